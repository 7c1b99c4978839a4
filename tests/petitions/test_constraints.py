"""What the database itself refuses in the petitions room, whoever writes."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from deadlines.models import Clock
from petitions.models import Assignment, Forwarding, Petition, PetitionOrigin, PetitionPoint


def petition(world, **changes):
    return changed(world.logged(), **changes)


def changed(record, **changes):
    for name, value in changes.items():
        setattr(record, name, value)
    return record


def copied(record, **changes):
    record.pk = None
    record._state.adding = True
    return changed(record, **changes)


def point(world, **changes):
    return changed(world.answered().points.get(), **changes)


def second_assignment(world, **changes):
    first = Assignment.objects.get(point__petition=world.forwarded(coordinating=()))
    clock = Clock.objects.create(due_on=world.today, original_due_on=world.today)
    return copied(first, clock=clock, **changes)


def planned(world, **changes):
    return changed(world.planned(world.classified()).assignments.get(), **changes)


#: {constraint: [records that must not be saved]}
REFUSED = {
    "petition_code_is_given_once": [lambda w: copied(w.logged(), number=99)],
    "petition_number_is_given_once": [lambda w: copied(w.logged(), code="KN-1999-00001")],
    "petition_is_classified_before_it_is_forwarded": [
        lambda w: petition(w, status="forwarded"),
        lambda w: petition(w, status="classified", policy_field=w.field),
        lambda w: petition(w, status="returned", authority_level="provincial"),
        lambda w: changed(w.classified(), policy_field=None),
    ],
    "petition_merged_names_its_survivor": [
        lambda w: petition(w, status="merged"),
        lambda w: petition(w, duplicate_of=w.logged()),
    ],
    "point_number_is_given_once": [lambda w: copied(w.logged().points.get())],
    "point_result_has_its_day": [
        lambda w: point(w, answered_on=None),
        lambda w: point(w, result=""),
        lambda w: point(w, result="", answered_on=None),
        lambda w: point(w, result_on=w.today - timedelta(days=1)),
    ],
    "assignment_one_lead_at_a_time": [lambda w: second_assignment(w, agency=w.other_department)],
    "assignment_agency_is_asked_once_at_a_time": [lambda w: second_assignment(w, part="coordinating")],
    "assignment_sent_has_day_and_clock": [
        lambda w: planned(w, status="sent"),
        lambda w: planned(w, status="sent", sent_on=w.today),
        lambda w: planned(w, status="answered", clock=Clock.objects.create(due_on=w.today, original_due_on=w.today)),
    ],
    "assignment_returned_says_why": [
        lambda w: changed(Assignment.objects.get(point__petition=w.forwarded()), status="returned"),
        lambda w: changed(
            Assignment.objects.get(point__petition=w.forwarded()), status="returned", return_reason="other"
        ),
        lambda w: changed(Assignment.objects.get(point__petition=w.forwarded()), status="returned", ended_on=w.today),
    ],
}

CASES = [
    pytest.param(name, make, id=f"{name}-{n}") for name, cases in REFUSED.items() for n, make in enumerate(cases, 1)
]


def test_every_constraint_of_petitions_and_assignments_is_tried():
    models = (Petition, PetitionPoint, PetitionOrigin, Forwarding, Assignment)

    assert set(REFUSED) == {constraint.name for model in models for constraint in model._meta.constraints}


@pytest.mark.parametrize(("name", "make"), CASES)
def test_the_database_refuses(world, name, make):
    record = make(world)
    constraint = next(c for c in record._meta.constraints if c.name == name)
    # SQLite names the columns of a unique constraint, PostgreSQL and checks name the constraint.
    columns = ", ".join(
        f"{record._meta.db_table}.{record._meta.get_field(field).column}" for field in getattr(constraint, "fields", ())
    )

    with pytest.raises(IntegrityError, match=f"{name}|{re.escape(columns) or name}"), transaction.atomic():
        record.save()


def test_the_database_refuses_a_result_without_the_day_it_is_of(world):
    with pytest.raises(IntegrityError, match="point_result_has_its_day"), transaction.atomic():
        point(world, result_on=None).save()


def test_a_returned_point_may_have_a_new_lead(world):
    first = Assignment.objects.get(point__petition=world.forwarded())
    changed(first, status="returned", return_reason="other", ended_on=world.today).save()

    second = planned(world)
    copied(second, point=first.point, agency=world.other_department).save()

    assert Assignment.objects.current().lead().filter(point=first.point).count() == 1


def test_the_same_code_may_stand_in_two_councils(world, elsewhere):
    day = world.today

    assert world.logged(received_on=day).code == elsewhere.logged(received_on=day).code
