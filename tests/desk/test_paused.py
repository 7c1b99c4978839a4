"""desk/piles.py: while a clock is paused nothing becomes late, and nothing disappears."""

from datetime import timedelta

from deadlines import workflow as deadlines
from deadlines.subjects import subject_of
from desk.piles import Group, piles
from petitions.models import Assignment


def lying(user, day):
    """{group: [(title, due date), …]} of the petitions on a desk."""
    found = {group.value: [] for group in Group}
    for pile in piles(user, day):
        found[pile.group] += [(task.title, task.due_on) for task in pile.tasks(9) if task.title == "Chờ số liệu"]
    return found


def test_what_is_paused_waits_without_a_date_on_both_desks(world):
    world.forwarded(title="Chờ số liệu", due_on=world.today + timedelta(days=3))
    clock = deadlines.pause(Assignment.objects.get().clock, on=world.today, reason="Chờ số liệu", by=world.officer)
    subject_of(clock).settled(clock, by=world.officer, words={"act": "pause", "why": "Chờ số liệu"})

    later = world.today + timedelta(days=30)
    nothing = {"do": [], "soon": [], "late": [], "waiting": []}
    assert lying(world.officer, later) == nothing | {"waiting": [("Chờ số liệu", None)]}
    assert lying(world.drafter, later) == nothing | {"do": [("Chờ số liệu", None)]}
