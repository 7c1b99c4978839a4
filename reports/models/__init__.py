"""Reports, criteria and what is kept to count quickly."""

from reports.models.criteria import Criterion
from reports.models.papers import ReportKind, SessionReport, Skeleton
from reports.models.tallies import CountedPetition, CountedPoint, StandingTally, TouchedPetition

__all__ = [
    "CountedPetition",
    "CountedPoint",
    "Criterion",
    "ReportKind",
    "SessionReport",
    "Skeleton",
    "StandingTally",
    "TouchedPetition",
]
