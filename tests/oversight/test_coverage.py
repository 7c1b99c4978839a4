"""oversight/coverage.py: who sits in a delegation sees what it covers, while it lasts, and nothing else."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from demo.people import account
from documents.models import Document
from oversight import succeeding, workflow
from oversight.models import Delegation, Evidence, Finding, LadderStep, Recommendation, WorkingSession
from petitions.models import Petition
from responses.models import Answer, Commitment, Reply
from tests.counting import queries
from tests.kept import keeping
from tests.oversight import visits
from tests.world import World


@dataclass
class Made:
    """A delegation that looks at one department, with one petition of it and one pinned; and all it does not cover."""

    world: World
    delegation: Delegation
    visit: WorkingSession
    covered: Petition
    pinned: Petition
    outside: Petition
    unsent: Petition
    other_visit: WorkingSession
    letters: dict
    asked: Any


def build():
    """`outside` is answered, forwarded and overseen like `covered`, only by others."""
    world = World()
    covered, outside = world.forwarded(), world.forwarded(lead=world.other_department)
    pinned, unsent = world.forwarded(lead=world.other_department), world.logged()
    replied = world.drafted_reply(covered)
    world.issue(replied.document, world.drafter, world.head, world.registrar)
    delegation = visits.delegation(
        world, members=[{"name": "Lê Thị Đi", "post": "Ủy viên", "user": world.member}],
        scope=[("agency", world.department)], ends_on=world.today + timedelta(days=5),
    )  # fmt: skip
    visit = visits.session(world, covered, pinned, within=delegation)
    visits.find(visit, covered.points.get(), by=world.member)
    workflow.recommend(visit, by=world.member, content="Lắp đủ đèn.", due_on=world.today + timedelta(days=9))
    visits.noticed(world, visit)
    elsewhere = visits.delegation(world, members=[{"name": "Vũ Văn Khác", "post": "Trưởng Ban"}], name="Đoàn khác")
    other_visit = visits.session(world, outside, within=elsewhere, agency=world.other_department)
    visits.find(other_visit, outside.points.get(), by=world.officer)
    workflow.recommend(other_visit, by=world.officer, content="Việc khác.")
    letters = {
        "reply": replied.document,
        "notice": visit.notice.document,
        "forwarding": covered.points.get().assignments.get().forwarding.document,
        "of another": outside.points.get().assignments.get().forwarding.document,
    }
    return Made(
        world, delegation, visit, covered, pinned, outside, unsent, other_visit, letters, visit.recommendations.get()
    )


kept, made = keeping(build)


def fresh(user):
    """The person as a new request knows them."""
    return User.objects.get(pk=user.pk)


def seen(model, user):
    return set(model.objects.visible_to(fresh(user)))


def end(made, **changes):
    Delegation.objects.get(pk=made.delegation.pk).change(**changes)


def pages(made):
    """{what: its address} of everything the delegation covers."""
    return {
        "petition": made.covered.get_absolute_url(),
        "pinned": made.pinned.get_absolute_url(),
        "delegation": made.delegation.get_absolute_url(),
        "visit": made.visit.get_absolute_url(),
        "recommendation": made.asked.get_absolute_url(),
        "pack": reverse("oversight:pack", args=[made.visit.pk]),
        "history": reverse("common:history", args=["petitions", "petition", made.covered.pk]),
        **{name: made.letters[name].get_absolute_url() for name in ("reply", "notice", "forwarding")},
    }


def hidden(made):
    """{what: its address} of what it does not cover."""
    return {
        "petition": made.outside.get_absolute_url(),
        "not sent": made.unsent.get_absolute_url(),
        "delegation": made.other_visit.delegation.get_absolute_url(),
        "visit": made.other_visit.get_absolute_url(),
        "recommendation": made.other_visit.recommendations.get().get_absolute_url(),
        "letter": made.letters["of another"].get_absolute_url(),
        "synthesis": reverse("oversight:synthesis", args=[made.world.session.pk]),
        "verdicts": reverse("oversight:verdicts", args=[made.covered.pk]),
        "history": reverse("common:history", args=["petitions", "petition", made.outside.pk]),
    }


def statuses(client, addresses):
    return {name: client.get(address).status_code for name, address in addresses.items()}


def test_a_member_opens_what_the_delegation_covers_and_nothing_else(made, as_):
    client = as_(made.world.member)

    assert statuses(client, pages(made)) == dict.fromkeys(pages(made), 200)
    assert statuses(client, hidden(made)) == dict.fromkeys(hidden(made), 404)


def test_a_delegate_and_a_member_of_a_committee_read_all_of_it(made, as_):
    for reader in (made.world.delegate, made.world.committee_member):
        assert statuses(as_(reader), pages(made)) == dict.fromkeys(pages(made), 200)
        assert as_(reader).get(hidden(made)["petition"]).status_code == 200


@pytest.mark.parametrize(
    "over",
    [
        {"ends_on": timezone.localdate() - timedelta(days=1)},
        {"starts_on": timezone.localdate() + timedelta(days=1)},
    ],
    ids=["over", "to begin tomorrow"],
)
def test_before_the_first_day_and_after_the_last_nothing_is_open(made, as_, over):
    end(made, **over)

    assert statuses(as_(made.world.member), pages(made)) == dict.fromkeys(pages(made), 404)


def test_who_left_the_delegation_reads_no_more(made, as_):
    made.delegation.members.get().change(left_on=made.world.today)

    assert statuses(as_(made.world.member), pages(made)) == dict.fromkeys(pages(made), 404)


def test_a_seat_without_the_role_opens_nothing(made, as_):
    made.delegation.members.get().change(user=made.world.other_drafter)

    assert as_(made.world.other_drafter).get(made.covered.get_absolute_url()).status_code == 404


def test_every_list_of_a_member_holds_exactly_what_is_covered(made):
    member = made.world.member

    assert {
        Petition: seen(Petition, member),
        Document: seen(Document, member),
        Reply: seen(Reply, member),
        Delegation: seen(Delegation, member),
        WorkingSession: seen(WorkingSession, member),
        Finding: seen(Finding, member),
        Recommendation: seen(Recommendation, member),
    } == {
        Petition: {made.covered, made.pinned},
        Document: {
            *(made.letters[name] for name in ("reply", "notice", "forwarding")),
            made.pinned.points.get().assignments.get().forwarding.document,
        },
        Reply: {made.letters["reply"].reply},
        Delegation: {made.delegation},
        WorkingSession: {made.visit},
        Finding: {made.visit.findings.get()},
        Recommendation: {made.asked},
    }


def test_afterwards_every_list_is_empty(made):
    end(made, ends_on=made.world.today - timedelta(days=1))

    of_petitions = (Petition, Document, Answer, Commitment)
    models = (*of_petitions, Delegation, WorkingSession, Finding, Recommendation, Evidence, LadderStep)

    assert [model for model in models if seen(model, made.world.member)] == []


def test_of_a_letter_about_more_only_the_covered_answers_are_listed(made):
    world = made.world
    sent = world.forwarded(unit=world.commune, title="Một việc khác của Sở")
    letter = world.drafted_reply(sent, world.forwarded())
    world.issue(letter.document, world.drafter, world.head, world.registrar)
    made.delegation.scope.get().delete()
    end(made, council_session=None)
    workflow.revise(
        made.delegation, by=world.officer, scope=[("council_session", world.new_session(opens_on=world.today))]
    )
    workflow.put_on_agenda(visits.session(world, within=made.delegation), [sent], by=world.officer, is_pinned=True)

    listed = Answer.objects.visible_to(fresh(world.member)).filter(reply=letter)

    assert [answer.point.petition for answer in listed] == [sent]


def test_the_counts_of_list_sessions_and_desk_are_those_of_the_rows(made, as_):
    client = as_(made.world.member)

    listed = client.get(reverse("petitions:index")).context
    sessions = client.get(reverse("sessions:index")).context["sessions"]
    desk = client.get(reverse("desk:index"))

    assert {row.pk for row in listed["page"].object_list} == {made.covered.pk, made.pinned.pk}
    assert listed["page"].paginator.count == 2
    assert [session.petition_count for session in sessions] == [2]
    assert made.pinned.code in desk.content.decode()
    assert made.outside.code not in desk.content.decode()


def test_search_finds_only_what_is_covered(made, as_):
    shown = as_(made.world.member).get(reverse("petitions:index"), {"q": made.outside.code, "scope": "all"})

    assert shown.context["page"].paginator.count == 0


@pytest.mark.parametrize(
    ("scope", "sees"),
    [
        ([], {"covered", "pinned", "outside", "unsent"}),
        ([("policy_field", "field")], {"covered", "pinned", "outside"}),
        ([("agency", "department")], {"covered", "pinned"}),
        ([("unit", "ward")], {"covered", "pinned"}),
        ([("unit", "commune")], {"covered", "pinned", "outside", "unsent"}),
        ([("policy_field", "field"), ("agency", "other_department")], {"covered", "pinned", "outside"}),
    ],
)
def test_every_kind_of_scope_narrows_what_is_seen(made, scope, sees):
    world = made.world
    workflow.revise(made.delegation, by=world.officer, scope=[(kind, getattr(world, name)) for kind, name in scope])

    assert seen(Petition, world.member) == {getattr(made, name) for name in sees}


def test_the_session_and_what_earlier_ones_left_are_covered_and_later_ones_not(made):
    world = made.world
    earlier = world.new_session(opens_on=world.today - timedelta(days=200))
    later = world.new_session(opens_on=world.today + timedelta(days=200), number=4)
    left, new = world.forwarded(council_session=earlier), world.forwarded(council_session=later)

    assert seen(Petition, world.member) == {made.covered, made.pinned, left}
    workflow.revise(made.delegation, by=world.officer, scope=[("agency", world.department), ("council_session", later)])
    assert seen(Petition, world.member) == {made.covered, made.pinned, left, new}


def test_what_was_carried_over_stays_covered_when_it_is_resolved_while_the_delegation_lasts(made):
    world, member = made.world, User.objects.get(pk=made.world.member.pk)
    earlier = world.new_session(opens_on=world.session.opens_on - timedelta(days=180), number=1)
    about = Petition.objects.filter(pk=made.covered.pk)
    about.update(council_session=earlier, result="resolved", result_on=world.today)
    made.visit.agenda.filter(petition=made.covered).delete()

    def sees():
        return Petition.objects.visible_to(User.objects.get(pk=member.pk)).filter(pk=made.covered.pk).exists()

    assert sees()
    about.update(result_on=made.delegation.starts_on - timedelta(days=1))
    assert not sees()


def test_what_the_delegation_does_a_member_does_too_and_elsewhere_nothing(made, as_):
    client = as_(made.world.member)
    visit = visits.session(made.world, made.covered, within=made.delegation)
    data = {"content": "Báo cáo tiến độ.", "agency": made.world.department.pk, "due": "none"}

    client.post(reverse("oversight:assess", args=[visit.pk]), {"achievements": "Chủ động."})
    refused = client.post(reverse("oversight:recommend", args=[made.other_visit.pk]), data)

    assert WorkingSession.objects.get(pk=visit.pk).achievements == "Chủ động."
    assert refused.status_code == 404


def test_who_is_in_charge_follows_up_after_the_end_until_it_is_done_or_passed_on(made, as_):
    world, client = made.world, as_(made.world.member)
    succeeding.put_in_charge(made.asked, made.delegation.members.get(), by=world.officer)
    end(made, ends_on=world.today - timedelta(days=1))

    assert client.get(made.asked.get_absolute_url()).status_code == 200
    assert seen(Recommendation, world.member) == {made.asked}
    assert client.get(made.visit.get_absolute_url()).status_code == 404
    succeeding.put_in_charge(made.asked, None, by=world.officer)
    assert client.get(made.asked.get_absolute_url()).status_code == 404


def test_somebodys_own_words_stay_readable_to_them_and_to_nobody_else(made, as_):
    world = made.world
    end(made, ends_on=world.today - timedelta(days=1))

    own = as_(world.member).get(reverse("oversight:index"))
    colleague = account("dong-nghiep", "Người Khác", "Ủy viên", (world.committee, Role.DELEGATION_MEMBER))

    assert [(words.about, words.text) for words in own.context["own_words"]] == [
        ("", "Lắp đủ đèn."),
        (str(made.covered.points.get()), "Đã lắp đèn.\nĐúng như báo cáo."),
    ]
    assert "Hiện đồng chí không tham gia Đoàn giám sát nào đang hoạt động." in own.content.decode()
    assert as_(colleague).get(reverse("oversight:index")).context["own_words"] == []


def test_the_list_takes_as_many_queries_for_a_member_whatever_its_rows(made, as_):
    client = as_(made.world.member)

    few = queries(client, reverse("petitions:index"))
    for _time in range(3):
        made.world.forwarded(title="Thêm")

    assert queries(client, reverse("petitions:index")) == few
