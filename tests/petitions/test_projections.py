"""petitions/workflow/record.py: what a petition repeats always follows from its points, origins and assignments."""

from datetime import timedelta
from itertools import product

import pytest

from documents import workflow as documents
from petitions import workflow
from petitions.models import Assignment, Petition, ResultClass
from petitions.models.results import CLOSING, combined
from petitions.models.wording import written_out
from tests.petitions.test_responding import assignment_of, give_back

RESOLVED, IN_PROGRESS = ResultClass.RESOLVED, ResultClass.IN_PROGRESS
EXPLAINED, NOT_RESOLVED = ResultClass.EXPLAINED, ResultClass.NOT_RESOLVED

#: The truth table of two points; "" is a point without an answer.
COMBINED = {
    ("", ""): "",
    ("", RESOLVED): "",
    ("", IN_PROGRESS): "",
    ("", EXPLAINED): "",
    ("", NOT_RESOLVED): "",
    (RESOLVED, RESOLVED): RESOLVED,
    (RESOLVED, IN_PROGRESS): IN_PROGRESS,
    (RESOLVED, EXPLAINED): RESOLVED,
    (RESOLVED, NOT_RESOLVED): NOT_RESOLVED,
    (IN_PROGRESS, IN_PROGRESS): IN_PROGRESS,
    (IN_PROGRESS, EXPLAINED): IN_PROGRESS,
    (IN_PROGRESS, NOT_RESOLVED): NOT_RESOLVED,
    (EXPLAINED, EXPLAINED): EXPLAINED,
    (EXPLAINED, NOT_RESOLVED): NOT_RESOLVED,
    (NOT_RESOLVED, NOT_RESOLVED): NOT_RESOLVED,
}


@pytest.mark.parametrize(("one", "other"), list(product(["", *ResultClass], repeat=2)))
def test_two_points_together(one, other):
    expected = COMBINED.get((one, other), COMBINED.get((other, one)))

    assert combined([one, other]) == expected


@pytest.mark.parametrize("result", ["", *ResultClass])
def test_one_point_alone(result):
    assert combined([result]) == result


def test_no_point_no_result():
    assert combined([]) == ""


def test_three_points_the_worst_decides():
    assert combined([EXPLAINED, RESOLVED, IN_PROGRESS]) == IN_PROGRESS
    assert combined([RESOLVED, NOT_RESOLVED, IN_PROGRESS]) == NOT_RESOLVED
    assert combined([RESOLVED, "", NOT_RESOLVED]) == ""


def test_what_is_finished():
    assert {RESOLVED, EXPLAINED} == CLOSING


def derived(petition):
    """What the petition must repeat, worked out here from the rows alone."""
    points = list(petition.points.all())
    leads = [
        assignment
        for point in points
        for assignment in point.assignments.all()
        if assignment.part == "lead" and assignment.status not in ("returned", "withdrawn")
    ]
    clocks = [assignment.clock for assignment in leads if assignment.clock]
    running = [clock.due_on for clock in clocks if clock.stopped_on is None]
    all_answered = all(point.result for point in points)
    origins = list(petition.origins.all())
    words = [petition.code, petition.title, *[point.content for point in points]]
    words += [origin.unit.name for origin in origins]
    words += [event.details["letter"] for event in petition.events.order_by("pk") if "letter" in event.details]
    return {
        "point_count": len(points),
        "origin_count": len(origins),
        "place": origins[0].unit,
        "lead_agency": leads[0].agency if leads else None,
        "due_on": min(running or [clock.due_on for clock in clocks], default=None),
        "answered_on": max(point.answered_on for point in points) if all_answered else None,
        "result_on": max(point.result_on for point in points) if all_answered else None,
        "result": combined([point.result for point in points]),
        "search_text": written_out(" ".join(words)),
        "voters_words": written_out(" ".join(origin.verbatim for origin in origins if origin.verbatim)),
    }


def repeated(petition):
    petition = Petition.objects.get(pk=petition.pk)
    return {name: getattr(petition, name) for name in derived(petition)}


def answers_given(world, petition, *rows, on=None):
    return workflow.record_answers(
        petition, rows, by=world.registrar, on=on or world.today, agency=world.department, letter="1/SXD"
    )


def two_points_answered_on_two_days(world):
    petition = world.forwarded(points=["Một.", "Hai."])
    first, second = petition.points.all()
    day = world.today - timedelta(days=3)
    petition = answers_given(world, petition, (first, RESOLVED, None), on=day)
    assert petition.answered_on is None
    return answers_given(world, petition, (second, IN_PROGRESS, None))


def half_given_back(world):
    petition = world.forwarded(points=["Một.", "Hai."])
    give_back(petition, world, number=1)
    return petition


def extended(world):
    petition = world.forwarded()
    world.more_time(assignment_of(petition), days=50)
    return petition


def raised_again(world):
    petition = world.classified(unit=world.ward)
    workflow.add_origin(petition, by=world.officer, unit=world.commune, raised_on=world.today, verbatim="Tối lắm.")
    return petition


SCENARIOS = {
    "logged": lambda world: world.logged(),
    "classified": lambda world: world.classified(),
    "raised again": raised_again,
    "forwarded": lambda world: world.forwarded(coordinating=[world.other_department]),
    "half given back": half_given_back,
    "extended": extended,
    "answered": lambda world: world.answered(),
    "answered on two days": two_points_answered_on_two_days,
}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_petition_repeats_what_is_derivable(world, scenario):
    petition = SCENARIOS[scenario](world)

    assert repeated(petition) == derived(Petition.objects.get(pk=petition.pk))


@pytest.mark.parametrize("then", ["drafted", "given up"])
def test_a_petition_in_a_draft_letter_repeats_what_is_derivable(world, then):
    petition = world.classified()
    forwarding = world.planned(petition)
    if then == "given up":
        workflow.add_origin(petition, by=world.officer, unit=world.ward, raised_on=world.today)
        documents.abandon(forwarding.document, by=world.officer)

    assert repeated(petition) == derived(Petition.objects.get(pk=petition.pk))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_refreshing_again_changes_and_records_nothing(world, scenario):
    petition = SCENARIOS[scenario](world)
    before, versions = repeated(petition), petition.history.count()

    workflow.refresh(petition, by=world.officer)

    assert (repeated(petition), petition.history.count()) == (before, versions)


def test_refresh_mends_what_was_spoilt(world):
    petition = world.forwarded()
    petition.due_on, petition.lead_agency, petition.search_text = None, None, "sai"
    petition.save()

    workflow.refresh(petition, by=world.officer)

    assert repeated(petition) == derived(petition)


def test_answered_on_is_the_day_the_last_point_got_its_first_answer(world):
    petition = two_points_answered_on_two_days(world)

    assert (petition.answered_on, petition.result, petition.result_on) == (world.today, IN_PROGRESS, world.today)


def test_a_later_answer_changes_the_result_but_not_the_day_of_the_answer(world):
    petition = world.forwarded()
    point, first = petition.points.get(), world.today - timedelta(days=40)
    answers_given(world, petition, (point, IN_PROGRESS, world.today), on=first)

    petition = answers_given(world, petition, (point, RESOLVED, None))

    assert (petition.answered_on, petition.result_on, petition.result) == (first, world.today, RESOLVED)
    point.refresh_from_db()
    assert (point.answered_on, point.result_on, point.roadmap_on) == (first, world.today, None)


def test_the_councils_own_result_stands_beside_the_agencys(world):
    petition = world.answered()
    point = petition.points.get()

    workflow.record_assessment(point, NOT_RESOLVED, by=world.member)

    point.refresh_from_db()
    assert (point.result, point.assessed_result) == (RESOLVED, NOT_RESOLVED)
    assert Petition.objects.get().result == RESOLVED
    assert point.history.first().history_user == world.member


def test_search_text_holds_no_personal_data(world):
    petition = world.logged(voter={"voter_name": "Bưởi", "voter_address": "ngõ Cam", "voter_phone": "0912"})

    words = written_out(f"{petition.code} {petition.title}").strip()
    assert petition.search_text == f" {words} de nghi lap den chieu sang xa yen mo "


def test_a_due_day_is_the_nearest_of_those_still_running(world):
    petition = world.forwarded(points=["Một.", "Hai."])
    first, second = Assignment.objects.order_by("point__number")
    world.more_time(second, days=40)
    first.clock.stopped_on = world.today
    first.clock.save()

    assert workflow.refresh(petition, by=world.officer).due_on == world.today + timedelta(days=40)
