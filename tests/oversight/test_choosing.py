"""oversight/choosing.py and views/agenda.py: what a working session is about, and why."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from oversight import choosing, workflow
from oversight.models import AgendaItem, Sign
from petitions.models import Petition, PetitionEvent
from responses import promising, reviewing
from responses.models import Answer, Commitment, VaguePhrase
from tests.counting import queries
from tests.kept import keeping
from tests.oversight import visits
from tests.world import World


@dataclass
class Chosen:
    """One petition for each sign, one without any, one of another agency; one finished before the delegation began."""

    world: World
    held: object = None
    by_sign: dict = field(default_factory=dict)
    plain: Petition = None
    elsewhere: Petition = None


def build():
    world = World()
    made = Chosen(world)
    yesterday = world.today - timedelta(days=1)
    earlier = world.new_session(opens_on=world.today - timedelta(days=150), number=2)
    VaguePhrase.objects.create(phrase="trong thời gian tới")
    signs = made.by_sign
    signs[Sign.OVERDUE] = world.forwarded(sent_on=world.today - timedelta(days=9), due_on=yesterday)
    names = [None, Sign.REPEATED, Sign.VAGUE, Sign.OFF, Sign.MISSED]
    together = dict(zip(names, answered_together(world, len(names)), strict=True))
    made.plain = together.pop(None)
    signs |= together
    signs[Sign.CARRIED] = world.forwarded(council_session=earlier)
    signs[Sign.REPEATED].repeats = made.plain
    signs[Sign.REPEATED].save()
    Answer.objects.filter(point__petition=signs[Sign.VAGUE]).update(text="Sở sẽ lắp đèn trong thời gian tới.")
    reviewing.mark(answer_of(signs[Sign.OFF]), value="off", note="", by=world.officer)
    promise = promising.confirm(
        answer_of(signs[Sign.MISSED]), quote="Sở đã lắp đèn.", due_on=world.today, by=world.officer
    )
    Commitment.objects.filter(pk=promise.pk).update(due_on=yesterday)
    made.elsewhere = world.forwarded(lead=world.other_department)
    closed = answered_together(world, 1)[0]
    closed.council_session, closed.result_on = earlier, yesterday
    closed.save()
    made.held = visits.session(world)
    return made


def answered_together(world, number):
    """So many petitions, forwarded by one letter and answered by one."""
    logged = [world.classified() for _number in range(number)]
    world.issue(world.planned(*logged).document, world.officer, world.leader, world.officer)
    waiting = list(Petition.objects.filter(pk__in=[petition.pk for petition in logged]).order_by("pk"))
    world.issue(world.drafted_reply(*waiting).document, world.drafter, world.head, world.registrar)
    return list(Petition.objects.filter(pk__in=[petition.pk for petition in logged]).order_by("pk"))


def answer_of(petition):
    return Answer.objects.get(point__petition=petition)


kept, chosen = keeping(build)


def offered(page):
    return {petition for petition, _signs in page.context["rows"]}


def test_each_sign_speaks_for_its_petition_and_no_other(chosen):
    delegation, today = chosen.held.delegation, chosen.world.today
    petitions = [*chosen.by_sign.values(), chosen.plain, chosen.elsewhere]

    found = choosing.signs_of(petitions, delegation, today)

    assert found == {petition.pk: [sign] for sign, petition in chosen.by_sign.items()} | {
        chosen.plain.pk: [],
        chosen.elsewhere.pk: [],
    }


@pytest.mark.parametrize("sign", Sign)
def test_the_page_offers_what_a_sign_speaks_for(chosen, as_, sign):
    address = reverse("oversight:agenda", args=[chosen.held.pk])

    page = as_(chosen.world.officer).get(address, {"sign": sign})

    assert offered(page) == {chosen.by_sign[sign]}
    ((_petition, words),) = page.context["rows"]
    assert words == [sign.label]


def test_without_a_filter_the_page_offers_what_the_agency_holds_in_the_cycle(chosen, as_):
    address = reverse("oversight:agenda", args=[chosen.held.pk])
    client = as_(chosen.world.officer)

    first = client.get(address)
    all_agencies = client.get(address, {"agency": "", "scope": ""})
    all_sessions = client.get(address, {"agency": chosen.world.department.pk, "scope": "all"})
    other_field = client.get(address, {"q": "không có chữ này"})

    assert offered(first) == {chosen.plain, *chosen.by_sign.values()}
    assert offered(all_agencies) == offered(first) | {chosen.elsewhere}
    assert len(offered(all_sessions)) == len(offered(first)) + 1
    assert offered(other_field) == set()


def test_two_signs_widen_and_an_agency_narrows(chosen, as_):
    address = reverse("oversight:agenda", args=[chosen.held.pk])
    client = as_(chosen.world.officer)
    signs = [Sign.OVERDUE, Sign.VAGUE]

    both = client.get(address, {"sign": signs})
    none = client.get(address, {"sign": signs, "agency": chosen.world.other_department.pk})

    assert offered(both) == {chosen.by_sign[sign] for sign in signs}
    assert offered(none) == set()


def test_the_ticked_ones_get_short_codes_and_keep_why_they_were_chosen(chosen, as_):
    world, held = chosen.world, chosen.held
    vague, plain = chosen.by_sign[Sign.VAGUE], chosen.plain
    address = reverse("oversight:agenda", args=[held.pk])
    client = as_(world.officer)

    response = client.post(f"{address}?sign=vague", {"petition": [vague.pk]})
    client.post(address, {"petition": [plain.pk]})

    assert response.url == f"{address}?sign=vague"
    assert [(item.number, item.petition, item.signs) for item in held.agenda.all()] == [
        (1, vague, ["vague"]),
        (2, plain, []),
    ]
    page = client.get(address)
    assert not offered(page) & {vague, plain}
    assert PetitionEvent.objects.filter(petition=vague, kind="on_agenda").count() == 1


def test_nothing_ticked_is_said_and_a_petition_not_offered_is_refused(chosen, as_):
    address = reverse("oversight:agenda", args=[chosen.held.pk])
    client = as_(chosen.world.officer)

    nothing = client.post(address, {})
    foreign = client.post(address, {"petition": [chosen.elsewhere.pk]})

    assert list(nothing.context["ticked"].errors) == list(foreign.context["ticked"].errors) == ["petition"]
    assert not chosen.held.agenda.exists()


def test_petitions_are_pinned_by_their_codes_whatever_the_filters_say(chosen, as_):
    held, codes = chosen.held, [chosen.elsewhere.code, chosen.plain.code]
    address = reverse("oversight:pin", args=[held.pk])

    response = as_(chosen.world.officer).post(address, {"codes": f" {codes[0].lower()}; {codes[1]},{codes[0]}"})

    assert response.url == reverse("oversight:agenda", args=[held.pk])
    assert [(item.petition.code, item.is_pinned, item.reasons) for item in held.agenda.all()] == [
        (codes[0], True, ["ghim thủ công"]),
        (codes[1], True, ["ghim thủ công"]),
    ]


def test_a_code_that_is_not_found_is_named_and_nothing_typed_is_lost(chosen, as_):
    address = reverse("oversight:pin", args=[chosen.held.pk])
    not_sent = chosen.world.classified()

    page = as_(chosen.world.officer).post(address, {"codes": f"{chosen.plain.code} {not_sent.code} KN-0"})

    assert f"{not_sent.code}, KN-0" in page.context["pin"].errors["codes"][0]
    assert f'value="{chosen.plain.code} {not_sent.code} KN-0"' in page.content.decode()
    assert not chosen.held.agenda.exists()


def test_after_a_wrong_code_the_filters_stand_and_the_page_still_leads_to_the_agenda(chosen, as_, monkeypatch):
    monkeypatch.setattr("oversight.views.agenda.PAGE_SIZE", 1)
    pin, agenda = (reverse(f"oversight:{name}", args=[chosen.held.pk]) for name in ("pin", "agenda"))
    client = as_(chosen.world.officer)

    page = client.post(f"{pin}?sign=vague", {"codes": "KN-0"})
    paged = client.post(pin, {"codes": "KN-0"})

    assert offered(page) == {chosen.by_sign[Sign.VAGUE]}
    assert re.findall(r'<form [^>]*action="([^"]*/agenda/[^"]*)" method="(\w+)"', page.content.decode()) == [
        (f"{pin}?sign=vague", "post"),
        (agenda, "get"),
        (f"{agenda}?sign=vague", "post"),
    ]
    assert f'href="{agenda}?page=2"' in paged.content.decode()


def test_a_short_code_taken_off_is_not_given_again(chosen, as_):
    held, world = chosen.held, chosen.world
    workflow.put_on_agenda(held, [chosen.plain, chosen.elsewhere], by=world.officer)
    second = held.agenda.get(number=2)

    response = as_(world.leader).post(reverse("oversight:take_off", args=[second.pk]))
    workflow.put_on_agenda(held, [chosen.by_sign[Sign.OFF]], by=world.officer)

    assert response.url == reverse("oversight:agenda", args=[held.pk])
    assert list(held.agenda.values_list("number", flat=True)) == [1, 3]
    assert PetitionEvent.objects.filter(petition=chosen.elsewhere, kind="off_agenda").count() == 1


def test_what_something_was_recorded_about_stays_on_the_agenda(chosen):
    held, world = chosen.held, chosen.world
    workflow.put_on_agenda(held, [chosen.plain, chosen.elsewhere], by=world.officer)
    visits.find(held, chosen.plain.points.get(), by=world.officer)
    workflow.recommend(held, by=world.officer, content="Làm.", petition=chosen.elsewhere)

    for item in held.agenda.all():
        with pytest.raises(PermissionDenied, match=item.petition.code):
            workflow.take_off_agenda(item, by=world.officer)

    assert held.agenda.count() == 2


@pytest.mark.parametrize("who", ["member", "delegate", "head"])
def test_who_does_not_plan_neither_chooses_nor_takes_off(chosen, as_, who):
    held, world = chosen.held, chosen.world
    workflow.put_on_agenda(held, [chosen.plain], by=world.officer)
    client, expected = as_(getattr(world, who)), 404 if who == "head" else 403

    answers = [
        client.get(reverse("oversight:agenda", args=[held.pk])),
        client.post(reverse("oversight:agenda", args=[held.pk]), {"petition": [chosen.elsewhere.pk]}),
        client.post(reverse("oversight:pin", args=[held.pk]), {"codes": chosen.elsewhere.code}),
        client.post(reverse("oversight:take_off", args=[held.agenda.get().pk])),
    ]

    assert [answer.status_code for answer in answers] == [expected] * 4
    assert AgendaItem.objects.count() == 1


def test_the_agenda_of_a_concluded_session_stands(chosen):
    held, world = chosen.held, chosen.world
    workflow.put_on_agenda(held, [chosen.plain], by=world.officer)
    concluded = visits.noticed(world, held)

    with pytest.raises(PermissionDenied):
        workflow.put_on_agenda(concluded, [chosen.elsewhere], by=world.officer)
    with pytest.raises(PermissionDenied):
        workflow.take_off_agenda(concluded.agenda.get(), by=world.officer)


def test_the_page_reads_its_rows_at_once(chosen, as_):
    address = reverse("oversight:agenda", args=[chosen.held.pk])
    client = as_(chosen.world.officer)

    assert queries(client, f"{address}?sign=vague") == queries(client, f"{address}?scope=&agency=&sign=vague&sign=off")
