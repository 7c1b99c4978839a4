"""oversight/views.py: who sees which page, setting up, planning."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from accounts.permissions import Role
from oversight import workflow
from oversight.forms import WorkingSessionForm
from oversight.models import Delegation, WorkingSession
from petitions.models import ResultClass
from tests.counting import queries
from tests.kept import keeping, ready
from tests.oversight import visits

#: A council with a petition forwarded; what a test changes is undone after it.
kept, world = keeping(ready)

COUNCIL = [Role.OFFICER, Role.LEADER, Role.DELEGATION_MEMBER, Role.DELEGATE, Role.ADMINISTRATOR]
AGENCY = [Role.DRAFTER, Role.HEAD, Role.REGISTRAR]


def day(date):
    return f"{date:%d/%m/%Y}"


def delegation_data(world, **changes):
    """The form as filled in by somebody who forgot nothing."""
    return {
        "name": "Đoàn giám sát số 1",
        "body": world.committee.pk,
        "subject": "việc trả lời kiến nghị",
        "council_session": world.session.pk,
        "decision": "25/QĐ-BKTNS",
        "decision_on": day(world.today - timedelta(days=5)),
        "starts_on": day(world.today),
        "ends_on": day(world.today + timedelta(days=5)),
        "members-TOTAL_FORMS": "2",
        "members-INITIAL_FORMS": "0",
        "members-0-name": "Vũ Văn Ban",
        "members-0-post": "Trưởng Ban",
        "members-0-part": "head",
        "members-1-name": "Lê Thị Giám Sát",
        "members-1-post": "Ủy viên",
        "members-1-part": "member",
        **changes,
    }


# Who sees which page


@pytest.mark.parametrize("role", [*COUNCIL, *AGENCY])
def test_everybody_may_open_the_index(world, as_, role):
    assert as_(world.people[role]).get(reverse("oversight:index")).status_code == 200


def test_a_visitor_is_sent_to_the_sign_in(world, client):
    response = client.get(reverse("oversight:index"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", COUNCIL)
def test_the_council_reads_delegation_and_session(world, as_, role):
    petition = world.answered()
    held = visits.session(world, petition)
    visits.find(held, petition.points.get(), by=world.officer)
    workflow.recommend(held, by=world.officer, content="Lắp đèn.")
    client = as_(world.people[role])

    assert client.get(held.delegation.get_absolute_url()).status_code == 200
    page = client.get(held.get_absolute_url())
    assert page.status_code == 200
    assert page.context["is_open"] == (role in (Role.OFFICER, Role.LEADER, Role.DELEGATION_MEMBER))


@pytest.mark.parametrize("role", AGENCY)
def test_an_agency_sees_neither_before_the_notice_and_the_session_after_it(world, as_, role):
    held = visits.session(world)
    client = as_(world.people[role])
    before = client.get(held.get_absolute_url()).status_code
    visits.noticed(world, held)

    assert before == 404
    assert client.get(held.get_absolute_url()).status_code == 200
    assert client.get(held.delegation.get_absolute_url()).status_code == 404


def test_a_stranger_gets_404_everywhere(world, elsewhere, as_):
    petition = world.answered()
    held = visits.session(world, petition)
    recommendation = workflow.recommend(held, by=world.officer, content="Lắp đèn.")
    visits.noticed(world, held)
    client = as_(elsewhere.officer)

    gets = [
        held.delegation.get_absolute_url(),
        held.get_absolute_url(),
        reverse("oversight:plan", args=[held.delegation.pk]),
        reverse("oversight:findings", args=[held.pk, petition.pk]),
        reverse("oversight:assess", args=[held.pk]),
        reverse("oversight:report_done", args=[recommendation.pk]),
        reverse("oversight:reject", args=[recommendation.pk]),
    ]
    posts = [
        reverse("oversight:recommend", args=[held.pk]),
        reverse("oversight:draft_notice", args=[held.pk]),
        reverse("oversight:verify", args=[recommendation.pk]),
    ]

    assert {address: client.get(address).status_code for address in gets} == dict.fromkeys(gets, 404)
    assert {address: client.post(address).status_code for address in posts} == dict.fromkeys(posts, 404)


def test_the_index_of_another_council_is_empty(world, elsewhere, as_):
    visits.recommended(world)

    page = as_(elsewhere.officer).get(reverse("oversight:index"))

    assert list(page.context["delegations"]) == []
    assert list(page.context["recommendations"]) == []


def test_the_index_of_the_agency_shows_its_open_recommendations_and_no_delegation(world, as_):
    recommendation = visits.recommended(world)

    page = as_(world.head).get(reverse("oversight:index"))

    assert list(page.context["recommendations"]) == [recommendation]
    assert list(page.context["delegations"]) == []


def test_the_index_counts_sessions_and_open_recommendations_once(world, as_):
    made = visits.delegation(world)
    for _number in range(2):
        held = visits.session(world, within=made)
        for _again in range(2):
            workflow.recommend(held, by=world.officer, content="Lắp đèn.")
        visits.noticed(world, held)

    page = as_(world.delegate).get(reverse("oversight:index"))

    (row,) = page.context["delegations"]
    assert (row.session_count, row.open_count) == (2, 4)


# Setting up


def test_set_up_by_the_form(world, as_):
    response = as_(world.officer).post(reverse("oversight:create"), delegation_data(world))

    made = Delegation.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.name, made.decision, made.council_session) == ("Đoàn giám sát số 1", "25/QĐ-BKTNS", world.session)
    assert [member.name for member in made.members.all()] == ["Vũ Văn Ban", "Lê Thị Giám Sát"]


@pytest.mark.parametrize("role", [Role.DELEGATION_MEMBER, Role.DELEGATE, Role.ADMINISTRATOR, *AGENCY])
def test_set_up_is_refused_with_a_reason(world, as_, role):
    client = as_(world.people[role])

    assert client.get(reverse("oversight:create")).status_code == 403
    assert client.post(reverse("oversight:create"), delegation_data(world)).status_code == 403
    assert not Delegation.objects.exists()


def test_what_a_member_lacks_is_said_beside_the_field(world, as_):
    data = delegation_data(world, **{"members-1-post": "", "members-0-name": ""})

    page = as_(world.officer).post(reverse("oversight:create"), data)

    assert page.status_code == 200
    first, second = page.context["members"].forms
    assert (list(first.errors), list(second.errors)) == (["name"], ["post"])
    html = page.content.decode()
    assert 'id="id_members-1-post"' in html
    beside = html.split('id="id_members-1-post"')[1].split("id_members-1-part")[0]
    assert second.errors["post"][0] in beside
    assert not Delegation.objects.exists()


def test_a_delegation_needs_a_member(world, as_):
    data = delegation_data(world, **{"members-TOTAL_FORMS": "0"})

    page = as_(world.officer).post(reverse("oversight:create"), data)

    assert page.status_code == 200
    assert not Delegation.objects.exists()


def test_an_empty_line_between_members_is_left_out(world, as_):
    data = delegation_data(
        world, **{"members-1-name": "", "members-1-post": "", "members-TOTAL_FORMS": "3", "members-2-name": "Hà"}
    )
    data |= {"members-2-post": "Ủy viên", "members-2-part": "member"}

    as_(world.officer).post(reverse("oversight:create"), data)

    assert [member.name for member in Delegation.objects.get().members.all()] == ["Vũ Văn Ban", "Hà"]


def test_the_last_day_must_not_lie_before_the_first(world, as_):
    data = delegation_data(world, ends_on=day(world.today - timedelta(days=1)))

    page = as_(world.officer).post(reverse("oversight:create"), data)

    assert list(page.context["form"].errors) == ["ends_on"]


def test_only_bodies_of_the_own_council_are_offered(world, elsewhere, as_):
    page = as_(world.officer).get(reverse("oversight:create"))

    offered = page.context["form"].fields["body"].queryset
    assert {body.pk for body in offered} == {world.standing.pk, world.committee.pk}
    bad = as_(world.officer).post(reverse("oversight:create"), delegation_data(world, body=elsewhere.committee.pk))
    assert list(bad.context["form"].errors) == ["body"]


# Planning


def test_plan_asks_for_the_agency_first(world, as_):
    made = visits.delegation(world)

    response = as_(world.officer).get(reverse("oversight:plan", args=[made.pk]))

    assert response.url == made.get_absolute_url()


def test_a_planned_session_leads_to_its_agenda(world, as_):
    made = visits.delegation(world)
    address = f"{reverse('oversight:plan', args=[made.pk])}?agency={world.department.pk}"

    response = as_(world.officer).post(address, {"kind": "meeting", "held_on": day(world.today), "venue": "Sở"})

    held = WorkingSession.objects.get()
    assert response.url == reverse("oversight:agenda", args=[held.pk])
    assert (held.agency, held.held_on, held.venue) == (world.department, world.today, "Sở")


def test_the_hour_is_read_as_people_write_it(world):
    delegation, read = visits.delegation(world), []

    for written in ["08:30", "8h30", "8H30", "8g30", "08 giờ 30"]:
        typed = {"kind": "meeting", "held_on": day(world.today), "begins_at": written}
        form = WorkingSessionForm(typed, delegation=delegation)
        assert form.is_valid()
        read.append(form.cleaned_data["begins_at"])

    assert read == [time(8, 30)] * 5


def test_a_reader_cannot_plan(world, as_):
    made = visits.delegation(world)
    address = f"{reverse('oversight:plan', args=[made.pk])}?agency={world.department.pk}"

    response = as_(world.member).post(address, {"held_on": day(world.today)})

    assert response.status_code == 403
    assert not WorkingSession.objects.exists()


# The number of queries


def test_the_index_reads_its_rows_at_once(world, as_):
    visits.recommended(world, petition=world.answered())
    client = as_(world.officer)
    one = queries(client, reverse("oversight:index"))
    for _number in range(2):
        visits.recommended(world, petition=world.answered(), due_on=world.today)

    assert queries(client, reverse("oversight:index")) == one


def test_the_delegation_reads_its_sessions_at_once(world, as_):
    made = visits.delegation(world)
    visits.noticed(world, visits.session(world, within=made))
    client = as_(world.officer)
    one = queries(client, made.get_absolute_url())
    for _number in range(2):
        visits.noticed(world, visits.session(world, within=made))

    assert queries(client, made.get_absolute_url()) == one


def test_the_working_session_reads_agenda_and_recommendations_at_once(world, as_):
    held = visits.session(world)

    def fill(number):
        for _number in range(number):
            petition = world.answered()
            workflow.put_on_agenda(held, [petition], by=world.officer)
            visits.find(held, petition.points.get(), by=world.officer, result=ResultClass.IN_PROGRESS)
            workflow.recommend(held, by=world.officer, content="Lắp đèn.", petition=petition)

    fill(1)
    client = as_(world.officer)
    one = queries(client, held.get_absolute_url())
    fill(2)

    assert queries(client, held.get_absolute_url()) == one
