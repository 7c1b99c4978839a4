"""oversight/verdicts.py: what voters say of an answer, and raising the matter again."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.permissions import Role
from directory.models import AdministrativeUnit, Agency
from oversight import verdicts
from oversight.forms import VerdictForm
from oversight.models import VoterVerdict
from petitions import workflow as petitions
from petitions.models import Petition
from petitions.models.petitions import Status
from sessions.models import VoterMeeting
from tests.kept import keeping
from tests.world import World, agency, person

Verdict = VoterVerdict.Verdict


@dataclass
class Told:
    """A petition of two places that was answered; a delegate of a group; the session after."""

    world: World
    petition: Petition
    delegate: object
    coming: object


def build():
    world = World()
    petition = world.answered()
    petitions.add_origin(petition, by=world.officer, unit=world.ward, raised_on=world.today)
    group = agency(world.council, "Tổ đại biểu số 1", Agency.Kind.DELEGATE_GROUP, "TĐB1")
    delegate = person("to-1", (group, Role.DELEGATE))
    coming = world.new_session(opens_on=world.today + timedelta(days=200), number=4)
    return Told(world, Petition.objects.get(pk=petition.pk), delegate, coming)


kept, told = keeping(build)


def say(told, verdict=Verdict.DISAGREES, **details):
    details = {"by": told.delegate, "unit": told.world.commune, "told_on": told.world.today, **details}
    return verdicts.record(told.petition, verdict=verdict, **details)


def test_only_meetings_where_the_answer_can_have_been_announced_are_offered(told):
    world = told.world
    group = Agency.objects.get(symbol="TĐB1")
    elsewhere = AdministrativeUnit.objects.create(code="x", name="xã Ninh Xa", level="commune")

    def meeting(unit, days=0, **details):
        day = world.today + timedelta(days=days)
        return VoterMeeting.objects.create(council_session=told.coming, unit=unit, held_on=day, **details)

    there, before, far = meeting(world.commune), meeting(world.commune, -9), meeting(elsewhere)
    of_the_group = meeting(elsewhere, delegate_group=group)

    def offered(user):
        return set(VerdictForm(petition=told.petition, user=user).fields["meeting"].queryset)

    assert offered(world.officer) == {there}
    assert offered(told.delegate) == {there, of_the_group}
    assert not {before, far} & offered(told.delegate)


def test_a_delegate_group_records_the_verdict_of_each_place(told, as_):
    address = reverse("oversight:verdicts", args=[told.petition.pk])
    client, today = as_(told.delegate), f"{told.world.today:%d/%m/%Y}"

    client.post(
        address, {"unit": told.world.commune.pk, "verdict": "disagrees", "told_on": today, "remark": "Chưa lắp"}
    )
    client.post(address, {"unit": told.world.ward.pk, "verdict": "satisfied", "told_on": today})

    page = client.get(address)
    assert {unit: verdict and verdict.verdict for unit, verdict, _why in page.context["places"]} == {
        told.world.commune: "disagrees",
        told.world.ward: "satisfied",
    }
    assert told.petition.events.filter(kind="verdict").count() == 2
    shown = as_(told.world.head).get(told.petition.get_absolute_url()).content.decode()
    assert "Không đồng tình" in shown
    assert address not in shown


def test_recorded_again_the_later_verdict_counts_and_the_earlier_stays_in_the_history(told):
    say(told, Verdict.CLARIFY)
    verdict = say(told, Verdict.SATISFIED)

    assert list(VoterVerdict.objects.values_list("verdict", flat=True)) == ["satisfied"]
    assert list(verdict.history.values_list("verdict", flat=True)) == ["satisfied", "clarify"]


def test_where_voters_disagree_a_linked_petition_goes_into_the_next_session(told, as_):
    verdict = say(told)
    address = reverse("oversight:raise_again", args=[verdict.pk])
    page = as_(told.world.officer).get(reverse("oversight:verdicts", args=[told.petition.pk])).content.decode()

    response = as_(told.world.officer).post(address)
    again = as_(told.world.officer).post(address)

    raised = Petition.objects.get(repeats=told.petition)
    assert address in page
    assert response.url == raised.get_absolute_url()
    assert again.status_code == 403
    assert (raised.council_session, raised.status) == (told.coming, Status.CLASSIFIED)
    assert (raised.title, raised.place) == (told.petition.title, told.world.commune)
    assert [point.content for point in raised.points.all()] == ["Đề nghị lắp đèn chiếu sáng."]
    verdict.refresh_from_db()
    assert verdict.raised_again == raised
    with pytest.raises(ValidationError, match="nêu lại"):
        say(told, Verdict.SATISFIED)


def test_nothing_is_raised_again_where_voters_agree_or_no_session_follows(told):
    agreed = say(told, Verdict.SATISFIED)
    disagreed = say(told, unit=told.world.ward)
    told.coming.delete()

    for verdict in (agreed, disagreed):
        with pytest.raises(PermissionDenied):
            verdicts.raise_again(verdict, by=told.world.officer)

    assert not Petition.objects.filter(repeats=told.petition).exists()


def test_the_delegate_proposes_and_the_secretariat_logs(told, as_):
    verdict = say(told)

    assert as_(told.delegate).post(reverse("oversight:raise_again", args=[verdict.pk])).status_code == 403
    assert Petition.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"told_on": "1/1/2020"}, "told_on"),
        ({"told_on": "1/1/2999"}, "told_on"),
        ({"verdict": "whatever"}, "verdict"),
        ({"unit": ""}, "unit"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(told, as_, changes, field):
    data = {"unit": told.world.commune.pk, "verdict": "satisfied", "told_on": f"{told.world.today:%d/%m/%Y}"} | changes

    page = as_(told.delegate).post(reverse("oversight:verdicts", args=[told.petition.pk]), data)

    assert list(page.context["form"].errors) == [field]
    assert not VoterVerdict.objects.exists()


def test_only_places_where_it_was_raised_have_a_verdict(told):
    with pytest.raises(ValidationError, match="không được nêu"):
        say(told, unit=told.world.province)


def test_nothing_is_announced_before_the_answer(told):
    told.petition.answered_on = None

    assert "Chưa có văn bản trả lời" in verdicts.refusal(told.petition, told.delegate)


@pytest.mark.parametrize(
    ("who", "expected"), [("delegate", 403), ("member", 404), ("head", 404), ("other_drafter", 404)]
)
def test_who_belongs_to_no_group_records_nothing(told, as_, who, expected):
    data = {"unit": told.world.commune.pk, "verdict": "satisfied", "told_on": f"{told.world.today:%d/%m/%Y}"}

    response = as_(getattr(told.world, who)).post(reverse("oversight:verdicts", args=[told.petition.pk]), data)

    assert response.status_code == expected
    assert not VoterVerdict.objects.exists()
