"""Sessions side by side: one by one, by year or by council, named as they were or as they are called today."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.acting import official
from common.formats import dotted, share, short_date
from common.text import alphabetical
from directory.models import Agency, AgencySuccession, UnitSuccession
from reports.catalogue import CATALOGUE, Unit
from reports.facts import capital
from reports.figures import BREAKDOWNS, SessionFigures
from reports.tables import HEADS, Field, Table

SESSION, YEAR, COUNCIL = "session", "year", "council"
ACROSS = {SESSION: _("one by one"), YEAR: _("by year"), COUNCIL: _("by council")}
THEN, NOW = "then", "now"
STRUCTURE = {THEN: _("as they were called then"), NOW: _("as they are called today")}
#: What the rows are; "" for the figures of the catalogue.
ROWS = {"": _("all figures"), "agency": _("lead agency"), **{by: title for by, (title, _read) in BREAKDOWNS.items()}}


@dataclass(frozen=True)
class Column:
    """What is counted in one column: the figures of a session, or of several together."""

    key: str
    title: str
    note: str
    sessions: tuple
    figures: SessionFigures


def groups(sessions, across):
    """[(key of a column, its sessions)] in the order of days: nothing is counted yet."""
    found = {}
    for session in sorted(sessions, key=lambda session: session.opens_on):
        found.setdefault(_key(session, across), []).append(session)
    return list(found.items())


def columns(grouped, *, across, structure, today, live):
    """The columns of these `groups`; `live(session, day)` counts one session, as of its close or of today."""
    present = PresentStructure(today) if structure == NOW else None

    def counted(session):
        figures = live(session, min(session.closes_on, today))
        return session, present.of(figures) if present else figures

    return [_column(key, across, [counted(session) for session in of]) for key, of in grouped]


def _key(session, across):
    return str({SESSION: session.pk, YEAR: session.opens_on.year, COUNCIL: session.council.pk}[across])


def _column(key, across, of):
    sessions = tuple(session for session, _counted in of)
    first = sessions[0]
    title = {SESSION: first.title, YEAR: key, COUNCIL: first.council.short_name}[across]
    note = first.council.short_name if across == SESSION else "; ".join(session.title for session in sessions)
    return Column(key, title, note, sessions, together([counted for _session, counted in of]))


def together(counted):
    """Several sessions as one: each petition once, as it stands at the last one that counts it.

    What was carried over into the first stays carried over; what entered in between is new.
    """
    if len(counted) == 1:
        return counted[0]
    facts = {}
    for figures in counted:
        for fact in figures.facts:
            known = facts.get(fact.pk)
            facts[fact.pk] = replace(fact, is_opening=known.is_opening) if known else fact
    return SessionFigures(max(figures.as_of for figures in counted), list(facts.values()))


class PresentStructure:
    """Agencies and places under the names of those that took over their work."""

    def __init__(self, today: date):
        self.today = today

    @cached_property
    def _agencies(self):
        """{agency that ended: {name of a field, or "" for all other work: the agency that took over}}"""
        found = {}
        taken = AgencySuccession.objects.filter(effective_on__lte=self.today)
        for pk, field, successor in taken.values_list("predecessor", "policy_field__name", "successor"):
            found.setdefault(pk, {})[field or ""] = successor
        return found

    @cached_property
    def _names(self):
        successors = {pk for of in self._agencies.values() for pk in of.values()}
        return dict(Agency.objects.filter(pk__in=successors).values_list("pk", "name"))

    @cached_property
    def _units(self):
        """{unit that ended: (the one that took it over, its name)}; one that was divided keeps its own name."""
        found = {}
        taken = UnitSuccession.objects.filter(effective_on__lte=self.today)
        for pk, successor, name in taken.values_list("predecessor", "successor", "successor__name"):
            found.setdefault(pk, []).append((successor, name))
        return {pk: after[0] for pk, after in found.items() if len(after) == 1}

    def of(self, figures):
        """The same figures with every agency and place as of today."""
        return SessionFigures(figures.as_of, [self._fact(fact) for fact in figures.facts], figures.session_name)

    def _fact(self, fact):
        place = _followed(fact.place_id, lambda pk: (self._units.get(pk) or (None,))[0])
        points = tuple(self._point(point, fact.field) for point in fact.points)
        if place != fact.place_id:
            fact = replace(fact, place_id=place, place=capital(self._unit_names[place]))
        return replace(fact, points=points)

    @cached_property
    def _unit_names(self):
        return dict(self._units.values())

    def _point(self, point, field):
        def after(pk):
            taken = self._agencies.get(pk, {})
            return taken.get(field) or taken.get("")

        agency = _followed(point.agency_id, after)
        if agency == point.agency_id:
            return point
        return replace(point, agency_id=agency, agency=self._names[agency])


def _followed(pk, after):
    """Where a chain of successions leads; a chain that runs in a circle ends where it began to repeat."""
    seen = set()
    while pk not in seen and (later := after(pk)):
        seen.add(pk)
        pk = later
    return pk


def table(found, by, figure, structure=THEN):
    """The comparison as a table: the figures of each column with their shares, or one figure of each row of a
    breakdown, in the unit its title names."""
    numbers = [Field(f"c{column.key}", _dated(column), "number", 16) for column in found]
    named = " (cơ quan, địa bàn theo tổ chức hiện nay)" if structure == NOW else ""
    if not by:
        rows = [
            [official(one.label), official(one.unit.label), *_parts(found, key), *_shares(found, key)]
            for key, one in CATALOGUE.items()
        ]
        fields = [Field("figure", "Chỉ tiêu", width=34), Field("unit", "Đơn vị tính", width=12), *numbers]
        shares = [Field(f"{one.name}{_SHARE}", f"Tỷ lệ – {one.title}", "share", 16) for one in numbers]
        return Table("comparison", f"So sánh các kỳ họp{named}", fields + shares, rows)
    lines = breakdown(found, by, figure)
    rows = [[capital(official(label)), *parts] for _key, label, parts in lines]
    unit = official((Unit.POINTS if by == "agency" else Unit.PETITIONS).label)
    words = f"số {unit} {official(CATALOGUE[figure].label).lower()} {_BY[by]}"
    title = f"So sánh các kỳ họp – {words}{named}"
    total = ["Tổng cộng", *(sum(parts) for parts in zip(*(row[1:] for row in rows), strict=True))]
    fields = [Field(by, HEADS[by], width=40), *numbers]
    return Table("comparison", title, fields, rows, total if rows else [])


_SHARE = "_share"


def _dated(column):
    return f"{column.title} (đến {short_date(column.figures.as_of)})"


def on_paper(table):
    """The same with each share in brackets behind its number: as many columns as are compared."""
    if not any(name.endswith(_SHARE) for name in table.names):
        return table
    fields = [field for field in table.fields if not field.name.endswith(_SHARE)]
    by_name = [dict(zip(table.names, values, strict=True)) for values in table.rows]
    rows = [[_with_share(row[one.name], row.get(f"{one.name}{_SHARE}")) for one in fields] for row in by_name]
    return replace(table, fields=fields, rows=rows)


def _with_share(value, rate):
    """ "1.433 (97,4%)"; the value alone where it is no share."""
    return value if rate is None else f"{dotted(value)} ({str(rate).replace('.', ',')}%)"


#: The title of a breakdown within a sentence.
_BY = {
    "agency": "theo cơ quan chủ trì", "level": "theo thẩm quyền", "committee": "theo Ban", "field": "theo lĩnh vực",
    "place": "theo địa bàn",
}  # fmt: skip


def _shares(found, key):
    counted = [column.figures.counts[key] for column in found]
    return [share(one.part, one.whole) if one.whole is not None else None for one in counted]


def _parts(found, key):
    return [column.figures.counts[key].part for column in found]


def breakdown(found, by, figure):
    """[(key, label, [number of each column])] of every row that any column has, by name."""
    tables = [column.figures.by_agency if by == "agency" else column.figures.breakdown(by) for column in found]
    labels, counts = {}, {}
    for place, one in enumerate(tables):
        for row in one.rows:
            name = str(row.label) if row.key else ""  # keys of two councils differ where names do not
            labels.setdefault(name, (row.key, row.label))
            counts.setdefault(name, [0] * len(found))[place] += row.counts[figure]
    ordered = sorted(labels, key=lambda name: (not name, alphabetical(name)))
    return [(*labels[name], counts[name]) for name in ordered]
