"""Petitions, their points and origins, who they were given to, what happened to them."""

from petitions.models.assignments import Assignment, Forwarding
from petitions.models.bulk import AgencyRule, BulkAct, BulkRow, Proposals
from petitions.models.events import PetitionEvent
from petitions.models.handouts import Handback, HandbackRow, Handout, HandoutRow
from petitions.models.imports import ColumnMemory, ImportClaim, ImportRow, ImportRun
from petitions.models.petitions import Petition, PetitionOrigin, PetitionPoint
from petitions.models.results import ResultClass
from petitions.models.saved import FilterMail, SavedFilter
from petitions.models.searching import IndexOfWords
from petitions.models.similarity import WordingKey
from petitions.models.tallies import PetitionTally
from petitions.models.urging import UrgedItem, Urging

__all__ = [
    "AgencyRule",
    "Assignment",
    "BulkAct",
    "BulkRow",
    "ColumnMemory",
    "FilterMail",
    "Forwarding",
    "Handback",
    "HandbackRow",
    "Handout",
    "HandoutRow",
    "ImportClaim",
    "ImportRow",
    "ImportRun",
    "IndexOfWords",
    "Petition",
    "PetitionEvent",
    "PetitionOrigin",
    "PetitionPoint",
    "PetitionTally",
    "Proposals",
    "ResultClass",
    "SavedFilter",
    "UrgedItem",
    "Urging",
    "WordingKey",
]
