"""Petitions, their points and origins, who they were given to, what happened to them."""

from petitions.models.assignments import Assignment, Forwarding
from petitions.models.events import PetitionEvent
from petitions.models.petitions import Petition, PetitionOrigin, PetitionPoint
from petitions.models.results import ResultClass
from petitions.models.urging import UrgedItem, Urging

__all__ = [
    "Assignment",
    "Forwarding",
    "Petition",
    "PetitionEvent",
    "PetitionOrigin",
    "PetitionPoint",
    "ResultClass",
    "UrgedItem",
    "Urging",
]
