"""Urging letters: one for an agency, numbered, logged on every petition in it; many in one go."""

from datetime import timedelta

import pytest

from common import jobs
from common.formats import short_date
from common.models import Job
from documents import workflow as documents
from petitions import workflow
from petitions.models import Petition, UrgedItem, Urging
from tests.refusals import refused
from tests.world import person


def urge(world, *petition_list, days=7):
    rows = list(workflow.to_urge(world.council, world.today))
    chosen = [row for row in rows if not petition_list or row.point.petition in petition_list]
    return workflow.draft_urging(
        by=world.officer,
        issuer=world.standing,
        agency=world.department,
        assignments=chosen,
        reply_by=world.today + timedelta(days=days),
        signer=world.chair,
        drafting_unit="VP",
    )


def issued(world, urging):
    return world.issue(urging.document, world.officer, world.leader, world.officer)


def test_what_is_owed_is_late_or_due_soon_and_neither_answered_nor_paused(world):
    soon = world.forwarded(due_on=world.today + timedelta(days=7))
    world.forwarded(due_on=world.today + timedelta(days=8))
    world.answered(due_on=world.today + timedelta(days=3))

    assert [row.point.petition for row in workflow.to_urge(world.council, world.today)] == [soon]


def test_a_letter_names_each_point_its_due_date_and_how_late_it_is(world):
    petition = world.forwarded(due_on=world.today + timedelta(days=2))

    urging = urge(world)

    document = urging.document
    document.refresh_from_db()
    assert (urging.number, document.subject) == (1, "đôn đốc trả lời kiến nghị của cử tri (lần 1)")
    assert "còn 1 kiến nghị (1 nội dung) chưa có văn bản trả lời" in document.body
    table = document.appendices.get().body
    assert petition.code in table
    assert petition.points.get().content in table


def test_on_issue_every_petition_has_one_more_step_on_the_ladder(world):
    petition = world.forwarded(due_on=world.today + timedelta(days=2))

    document = issued(world, urge(world))

    event = petition.events.filter(kind="urged").get()
    assert event.details == {
        "agency": world.department.name,
        "letter": document.number_and_symbol,
        "number": "1",
        "due": short_date(world.today + timedelta(days=7)),
    }
    assert UrgedItem.objects.issued().get().number == 1


def test_the_second_letter_says_time_two(world):
    world.forwarded(due_on=world.today + timedelta(days=2))
    issued(world, urge(world))

    second = urge(world)

    assert (second.number, second.items.get().number) == (2, 2)
    assert second.document.subject.endswith("(lần 2)")


def test_a_new_point_beside_an_urged_one_counts_its_own_times(world):
    first = world.forwarded(due_on=world.today + timedelta(days=2))
    issued(world, urge(world))
    world.forwarded(due_on=world.today + timedelta(days=3))

    second = urge(world)

    times = {item.assignment.point.petition_id == first.pk: item.number for item in second.items.all()}
    assert (second.number, times) == (2, {True: 2, False: 1})


def test_what_stands_in_a_letter_on_its_way_is_not_urged_twice(world):
    world.forwarded(due_on=world.today + timedelta(days=2))
    urging = urge(world)
    assert not workflow.to_urge(world.council, world.today).exists()

    documents.abandon(urging.document, by=world.officer)

    assert workflow.to_urge(world.council, world.today).count() == 1


def test_what_is_answered_before_the_letter_is_submitted_is_taken_out(world):
    kept = world.forwarded(due_on=world.today + timedelta(days=2))
    gone = world.forwarded(due_on=world.today + timedelta(days=2))
    urging = urge(world)
    world.issue(world.drafted_reply(gone).document, world.drafter, world.head, world.registrar)

    documents.submit(urging.document, by=world.officer)

    assert [item.assignment.point.petition for item in urging.items.all()] == [kept]


def test_a_letter_about_nothing_any_more_is_not_submitted(world):
    petition = world.forwarded(due_on=world.today + timedelta(days=2))
    urging = urge(world)
    world.issue(world.drafted_reply(petition).document, world.drafter, world.head, world.registrar)

    with refused("đã được trả lời"):
        documents.submit(urging.document, by=world.officer)


def test_only_the_secretariat_urges(world, elsewhere):
    world.forwarded(due_on=world.today + timedelta(days=2))
    for user in (world.leader, world.drafter, world.delegate, elsewhere.officer):
        assert workflow.urge_refusal(world.council, user)
    assert workflow.urge_refusal(world.council, world.officer) == ""


def test_the_queue_shows_each_agency_and_what_it_owes(world, as_):
    petition = world.forwarded(due_on=world.today + timedelta(days=2))

    page = as_(world.officer).get("/petitions/urging/").content.decode()

    assert world.department.short_label in page
    assert f"{petition.code}.1" in page


def test_one_agency_ticked_gives_its_letter(world, as_):
    world.forwarded(due_on=world.today + timedelta(days=2))
    sent = {
        "agencies": [world.department.pk],
        "reply_by": (world.today + timedelta(days=7)).strftime("%d/%m/%Y"),
        "signer": world.chair.pk,
    }

    response = as_(world.officer).post("/petitions/urging/", sent)

    urging = Urging.objects.get()
    assert response["Location"] == urging.document.get_absolute_url()
    assert urging.document.status == "draft"


def test_several_agencies_are_urged_in_the_background_and_each_once(world, as_):
    world.forwarded(due_on=world.today + timedelta(days=2))
    world.forwarded(due_on=world.today + timedelta(days=2), lead=world.other_department)
    sent = {
        "agencies": [world.department.pk, world.other_department.pk],
        "reply_by": (world.today + timedelta(days=7)).strftime("%d/%m/%Y"),
        "signer": world.chair.pk,
        "submit": "on",
    }
    as_(world.officer).post("/petitions/urging/", sent)
    job = Job.objects.get()

    jobs.run(job.pk)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 2)
    assert {(urging.agency, urging.document.status) for urging in Urging.objects.all()} == {
        (world.department, "submitted"),
        (world.other_department, "submitted"),
    }


def test_while_somebody_urges_several_another_is_told_who_and_loses_nothing(world, as_):
    colleague = person("colleague", (world.office, "officer"))
    for lead in (world.department, world.other_department):
        world.forwarded(due_on=world.today + timedelta(days=2), lead=lead)
    sent = {
        "agencies": [world.department.pk, world.other_department.pk],
        "reply_by": (world.today + timedelta(days=7)).strftime("%d/%m/%Y"),
        "signer": world.chair.pk,
    }
    first = as_(world.officer).post("/petitions/urging/", sent)
    again = as_(world.officer).post("/petitions/urging/", sent)
    assert first["Location"] == again["Location"] == Job.objects.get().get_absolute_url()
    day = (world.today + timedelta(days=9)).strftime("%d/%m/%Y")

    for user in (colleague, world.officer):
        response = as_(user).post("/petitions/urging/", sent | {"reply_by": day, "submit": "on"})

        page = response.content.decode()
        assert "Người officer đang soạn công văn đôn đốc" in page
        assert response.context["ticked"] == {str(pk) for pk in sent["agencies"]}
        assert (f'value="{day}"' in page, response.context["form"]["submit"].value()) == (True, True)
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("reply_by", "01/01/2020", "Ngày này phải ở phía trước."),
        ("agencies", [], "Hãy chọn ít nhất một cơ quan."),
    ],
)
def test_bad_input_is_named_and_nothing_is_drafted(world, as_, field, value, words):
    world.forwarded(due_on=world.today + timedelta(days=2))
    sent = {
        "agencies": [world.department.pk],
        "reply_by": (world.today + timedelta(days=7)).strftime("%d/%m/%Y"),
        "signer": world.chair.pk,
    } | {field: value}

    page = as_(world.officer).post("/petitions/urging/", sent).content.decode()

    assert words in page
    assert not Urging.objects.exists()


def test_who_does_not_see_the_council_finds_no_queue(world, as_):
    assert as_(world.drafter).get("/petitions/urging/").status_code == 404


def test_who_sees_but_may_not_urge_is_told_why(world, as_):
    petition = world.forwarded(due_on=world.today + timedelta(days=2))
    client = as_(world.delegate)

    assert "Vai trò của bạn không được phép đôn đốc" in client.get("/petitions/urging/").content.decode()
    assert client.post("/petitions/urging/", {}).status_code == 403
    assert Petition.objects.get(pk=petition.pk).events.filter(kind="urged").count() == 0
