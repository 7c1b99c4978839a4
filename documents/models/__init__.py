"""Official documents, the register of their numbers, and what happens to them after issue."""

from documents.models.amendments import Amendment
from documents.models.deliveries import Delivery
from documents.models.documents import (
    Addressee,
    Appendix,
    Document,
    DocumentQuerySet,
    Kind,
    NumberSeries,
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
    "Delivery",
    "Document",
    "DocumentQuerySet",
    "Kind",
    "NumberSeries",
    "SetAside",
    "SignedCopy",
    "Standing",
    "Status",
    "of_the_council",
]
