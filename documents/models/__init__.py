"""Official documents, the register of their numbers, and what happens to them after issue."""

from documents.models.amendments import Amendment
from documents.models.clearance import ClearanceRoute, ReturnReason
from documents.models.deliveries import Delivery
from documents.models.documents import (
    Addressee,
    Appendix,
    Check,
    Document,
    DocumentQuerySet,
    Kind,
    NumberSeries,
    Route,
    Standing,
    Status,
    of_the_council,
)
from documents.models.register import SetAside
from documents.models.signed import SignedCopy

__all__ = [
    "Addressee",
    "Amendment",
    "Appendix",
    "Check",
    "ClearanceRoute",
    "Delivery",
    "Document",
    "DocumentQuerySet",
    "Kind",
    "NumberSeries",
    "ReturnReason",
    "Route",
    "SetAside",
    "SignedCopy",
    "Standing",
    "Status",
    "of_the_council",
]
