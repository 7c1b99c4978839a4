"""The whole demo: places, people, the seed cases, three generated sessions."""

from dataclasses import dataclass

from accounts.models import User
from demo import (
    daily,
    exchange,
    letters,
    people,
    seeds_binh_phuoc,
    seeds_inspections,
    seeds_ninh_binh,
    seeds_tay_ninh,
    times,
)
from demo.clones import multiply
from demo.generator import Generator
from demo.oversight_and_reports import make_reports, tell_voters, verify
from demo.present import Present
from directory.models import PeoplesCouncil
from petitions.models import Petition

MAIN_ACCOUNTS = ("thuky", "chanhvp", "chuyenvien", "giamdoc", "vanthu", "giamsat", "daibieu", "quantri", "truongphong",
                 "tonghop", "lanhdao.ubnd", "vanthu.ubnd", "thethuc", "uyvien", "phogiamdoc", "phoihop",
                 "lanhdao")  # fmt: skip

#: Everybody who can sign in.
USERNAMES = (*MAIN_ACCOUNTS, *seeds_binh_phuoc.ACCOUNTS, *seeds_tay_ninh.ACCOUNTS, *seeds_inspections.ACCOUNTS)

#: More than this is copied from what went through the workflow.
THROUGH_THE_WORKFLOW = 150


@dataclass(frozen=True)
class Made:
    """What was built, for those who print it or write its papers."""

    petitions: int
    councils: int
    accounts: list
    binh_phuoc_reply: object
    report: object
    draft_report: object


def build(number, password, today):
    """Build everything in an empty database; every act is attributed to the account that takes it."""
    people.load_places()
    people.legal_bases()
    present = Present()
    old = seeds_ninh_binh.build(present.council, present.crew)
    seeds_inspections.build(old, present.council, present.crew)
    people.leave(old["department"])
    people.succession(old["department"], present.agencies["khcn"])
    people.succession(old["department"], present.agencies["vanhoa"], policy_field=old["press"])
    people.former_districts(old["council"].unit)
    people.roads_department(old["council"], present.agencies["xaydung"])
    seeds_tay_ninh.build()
    reply = seeds_binh_phuoc.build()
    daily.prepare(present)
    generator = Generator(present, today)
    seasons = generator.run(min(number, THROUGH_THE_WORKFLOW))
    tell_voters(seasons[1], present, today)
    verify(seasons[-1], present)
    daily.keep(present, today)
    letters.add(present, today)
    issued, draft = make_reports(seasons, present, today)
    generator.leave_at_the_checks(seasons)
    generator.leave_contributions(seasons[-1])
    exchange.add(present, seasons[-1].council_session, today)
    times.spread()
    multiply(seasons, number - THROUGH_THE_WORKFLOW)
    people.open_accounts(USERNAMES, password)
    accounts = {user.username: user for user in User.objects.filter(username__in=USERNAMES)}
    return Made(
        petitions=Petition.objects.count(),
        councils=PeoplesCouncil.objects.count(),
        accounts=[accounts[name] for name in USERNAMES],
        binh_phuoc_reply=reply,
        report=issued,
        draft_report=draft,
    )
