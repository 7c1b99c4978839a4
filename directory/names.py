"""The names by which a place is looked for: its own, those it had before and those it has now."""

from django.db.models import Q

from directory.models import AdministrativeUnit, UnitSuccession

_ENDS = [
    f"{end}{part}"
    for end in ("predecessor", "successor")
    for part in ("", "__name", "__parent__level", "__parent__name")
]


def names_of(units):
    """{unit: its name, those of all it succeeded and of all that succeeded it, with the districts these lay in}."""
    before, after, named = _successions({unit.pk for unit in units})
    for unit in units:
        district = unit.valid_to and unit.parent  # none is part of a district today
        named[unit.pk] = _names(unit.name, district and district.level, district and district.name)
    return {
        unit.pk: list(
            dict.fromkeys(
                name for pk in [unit.pk, *_reached(unit.pk, after), *_reached(unit.pk, before)] for name in named[pk]
            )
        )
        for unit in units
    }


def _successions(start):
    """Step by step what the units succeeded and what succeeded them: ({unit: before}, {unit: after}, {unit: names})."""
    before, after, named = {}, {}, {}
    back, forth = start, start
    while back or forth:
        pairs = UnitSuccession.objects.filter(Q(successor__in=back) | Q(predecessor__in=forth)).order_by("pk")
        pairs = list(pairs.values_list(*_ENDS))
        for old, *old_names, new, new_name, new_level, new_district in pairs:
            before.setdefault(new, {})[old] = after.setdefault(old, {})[new] = None
            named[old], named[new] = _names(*old_names), _names(new_name, new_level, new_district)
        olds, news = ({pair[place] for pair in pairs} for place in (0, 4))
        back, forth = olds - set(before) - start, news - set(after) - start
    return before, after, named


def related(units):
    """The given units (by primary key), all they succeeded and all that succeeded them."""
    before, after, _named = _successions(units)
    return units.union(*before.values(), *after.values())


def _names(name, parent_level, parent_name):
    return [name, parent_name] if parent_level == AdministrativeUnit.Level.DISTRICT else [name]


def _reached(unit, steps):
    """All units that lead on from `unit`, nearest first; a circle ends where it began."""
    found, waiting = {}, [unit]
    for one in waiting:
        new = [other for other in steps.get(one, ()) if other not in found and other != unit]
        found.update(dict.fromkeys(new))
        waiting += new
    return list(found)
