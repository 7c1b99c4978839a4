"""The register of who and where, valid from–to."""

from directory.models.agencies import Agency, AgencySuccession
from directory.models.councils import PeoplesCouncil
from directory.models.fields import PolicyField
from directory.models.legal import LegalBasis
from directory.models.officials import Official
from directory.models.units import AdministrativeUnit, UnitSuccession
from directory.models.validity import Validity, ValidityQuerySet

__all__ = [
    "AdministrativeUnit",
    "Agency",
    "AgencySuccession",
    "LegalBasis",
    "Official",
    "PeoplesCouncil",
    "PolicyField",
    "UnitSuccession",
    "Validity",
    "ValidityQuerySet",
]
