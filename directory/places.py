"""Provinces and communes from the `vietnam-provinces` package, as they are since July 2025."""

from datetime import date

from simple_history.utils import bulk_create_with_history
from vietnam_provinces import Province, Ward

from common.acting import acting
from common.text import clean_line
from directory.models import AdministrativeUnit

IN_FORCE_FROM = date(2025, 7, 1)


def load(province_codes=None):
    """Add the provinces and communes that are missing; returns how many were added.

    `province_codes` limits the communes to those provinces; provinces are always complete.
    """
    known = set(AdministrativeUnit.objects.values_list("code", flat=True))
    provinces = [_province(province) for province in Province.iter_all()]
    added = _add([unit for unit in provinces if unit.code not in known])
    parents = {unit.code: unit for unit in AdministrativeUnit.objects.filter(level=AdministrativeUnit.Level.PROVINCE)}
    wards = [
        _commune(ward, parents[f"{int(ward.province_code):02d}"])
        for ward in Ward.iter_all()
        if province_codes is None or int(ward.province_code) in province_codes
    ]
    return added + _add([unit for unit in wards if unit.code not in known])


def _add(units):
    with acting(reason="vietnam-provinces"):
        bulk_create_with_history(units, AdministrativeUnit, batch_size=500, default_change_reason="vietnam-provinces")
    return len(units)


def _province(province):
    name = clean_line(province.name)
    if not name.startswith("Thành phố "):
        name = f"tỉnh {name}"
    return AdministrativeUnit(
        code=f"{int(province.code):02d}",
        name=_lower_kind(name),
        level=AdministrativeUnit.Level.PROVINCE,
        valid_from=IN_FORCE_FROM,
    )


def _commune(ward, parent):
    return AdministrativeUnit(
        code=f"{int(ward.code):05d}",
        name=_lower_kind(clean_line(ward.name)),
        level=AdministrativeUnit.Level.COMMUNE,
        parent=parent,
        valid_from=IN_FORCE_FROM,
    )


def _lower_kind(name):
    """ "Xã Yên Mô" → "xã Yên Mô": in running text the kind is a common noun (Decree 30/2020, Annex II, III.1)."""
    return name[:1].lower() + name[1:]
