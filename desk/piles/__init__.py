"""What lies on a person's desk, by role: piles of records, each with the one thing to do about it."""

from accounts.permissions import Permission
from desk.piles.oversight import oversight, reports_owed
from desk.piles.papers import documents_under_way
from desk.piles.petitions import answered_by_the_agency, contributions, followed_by_the_council, intake
from desk.piles.pile import Group, Pile, Task

__all__ = ["Group", "Pile", "Task", "piles"]


def piles(user, today):
    """Every pile on this person's desk."""
    found = []
    if user.may(Permission.PETITION_FORWARD):
        found += intake(user)
    if user.sees_councils or user.councils_overseen:
        found += followed_by_the_council(user, today)
    if user.agencies_where(Permission.ASSIGNMENT_RESPOND):
        found += answered_by_the_agency(user, today)
    found += contributions(user, today)
    found += documents_under_way(user)
    found += oversight(user, today)
    found += reports_owed(user, today)
    return found
