"""The names a report's skeleton may use: what each means, and how it is found in one report (a `Writing`)."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.acting import official
from common.formats import dotted, official_date, percent
from reports import annexes, shapes, skeleton, tables
from reports.catalogue import CATALOGUE, DUE_BY, FOUND_BY, LETTERS_BY, RECEIVED_BY, Unit
from reports.kinds import KINDS
from reports.models import ReportKind
from reports.skeleton import Word
from sessions.models import Phase


def _timing(key):
    return lambda writing: shapes.totals(writing.table("punctuality"))[key]


def _on_time_rate(writing):
    counts = shapes.totals(writing.table("punctuality"))
    return percent(counts["on_time"], counts["due"])


def _promised(*states):
    return lambda writing: sum(state in states for state in writing.table("promises").column("state"))


def _sum_of(test):
    """How many points of the petitions counted pass the test."""
    return lambda writing: sum(bool(test(point)) for _fact, point in writing.figures.all_points)


def _less(key, other):
    return lambda writing: writing.figures.counts[key].part - writing.figures.counts[other].part


#: {key: (what it means, how it is found)}
NUMBERS = {
    "meetings": (_("voter meetings"), lambda writing: len(writing.meetings)),
    "voters": (_("voters attending"), lambda writing: sum(one.voters_attending or 0 for one in writing.meetings)),
    "further_mentions": (_("mentions beyond the first"), _less("mentions", "received")),
    "further_points": (_("points beyond the first of each petition"), _less("points", "total")),
    "set_aside": (
        _("opinions not forwarded"),
        lambda writing: sum(fact.is_set_aside and not fact.is_opening for fact in writing.figures.facts),
    ),
    "opening_left": (_("carried over and still not closed"), lambda writing: len(_opening(writing))),
    "repeated": (_("petitions that repeat an earlier one"), lambda writing: len(writing.repeats)),
    "due": (_("points due by the day"), _timing("due")),
    "on_time": (_("points answered on time"), _timing("on_time")),
    "late": (_("points answered late"), _timing("answered_late")),
    "overdue_points": (_("points overdue and unanswered"), _timing("open_late")),
    "waiting": (_("points not due yet"), _timing("not_due")),
    "working_sessions": (_("working sessions of delegations"), lambda writing: len(writing.table("overseen").rows)),
    "assessed": (_("points the council assessed"), _sum_of(lambda point: point.assessed_result)),
    "differing": (_("points assessed otherwise than reported"), _sum_of(lambda point: point.is_disagreed)),
    "promises": (_("promises made in answers"), lambda writing: len(writing.table("promises").rows)),
    "promises_kept": (_("promises kept"), _promised(annexes.KEPT)),
    "promises_missed": (_("promises missed"), _promised(annexes.MISSED)),
    "promises_overdue": (_("promises overdue"), _promised(annexes.OVERDUE)),
    "promises_open": (_("promises not due yet"), _promised(annexes.UNDER_WAY)),
}


_HELD_BY, _SET_ASIDE_BY = _("Held on or before the day."), _("Set aside on or before the day and not reopened by then.")
_CLOSED_BY = _("Found on or before the day.")

#: {key: (what is counted, its unit, which day decides)} of every number that is no figure of the catalogue or of times.
MEANINGS = {
    "meetings": (_("Meetings of delegates with voters for the session."), _("meetings"), _HELD_BY),
    "voters": (_("Voters who came to these meetings, as its minutes say."), _("attendances"), _HELD_BY),
    "further_mentions": (_("Mentions less petitions received."), Unit.MENTIONS.label, RECEIVED_BY),
    "further_points": (_("Points less petitions to be dealt with."), Unit.POINTS.label, RECEIVED_BY),
    "set_aside": (
        _("Opinions of this session answered on the spot or not to be forwarded; in no other figure."),
        Unit.PETITIONS.label,
        _SET_ASIDE_BY,
    ),
    "opening_left": (_("Of those carried over, the ones not closed."), Unit.PETITIONS.label, LETTERS_BY),
    "repeated": (
        _("Of those to be dealt with, the ones linked to an earlier petition of the same matter."),
        Unit.PETITIONS.label,
        RECEIVED_BY,
    ),
    "working_sessions": (_("Working sessions that delegations held about the session."), _("meetings"), FOUND_BY),
    "assessed": (_("Points to which the council gave a result of its own."), Unit.POINTS.label, FOUND_BY),
    "differing": (
        _("Of the points assessed and answered, those to which council and agency give another result."),
        Unit.POINTS.label,
        FOUND_BY,
    ),
    "promises": (_("Promises in the answers in force."), _("promises"), LETTERS_BY),
    "promises_kept": (_("Of these, found to be kept."), _("promises"), _CLOSED_BY),
    "promises_missed": (_("Of these, found not to be kept."), _("promises"), _CLOSED_BY),
    "promises_overdue": (_("Of these, past their day and not found kept or missed."), _("promises"), DUE_BY),
    "promises_open": (_("Of these, not past their day and not found kept or missed."), _("promises"), DUE_BY),
}


def further_figures():
    """[(label, what is counted, unit, which day decides)] of the numbers that stand in texts of reports alone."""
    return [(NUMBERS[key][0], *meaning) for key, meaning in MEANINGS.items()]


def _opening(writing):
    return [fact for fact in writing.figures.rows("opening") if not fact.is_closed]


def _codes(facts):
    return ", ".join(fact.code for fact in facts)


def _overdue(writing):
    as_of = writing.figures.as_of
    return "; ".join(f"{fact.code}{_late_ones(fact, as_of)}" for fact in writing.figures.rows("overdue"))


def _late_ones(fact, as_of):
    """ " (Sở Xây dựng)": the agencies that have not answered in time."""
    names = dict.fromkeys(point.agency for point in fact.points if point.agency and point.standing(as_of).is_overdue)
    return f" ({', '.join(names)})" if names else ""


def _split(by, *, lower=False):
    def words(writing):
        rows = [(str(row.label), row.counts["total"]) for row in writing.figures.breakdown(by).rows]
        return "; ".join(f"{label.lower() if lower else label} {dotted(number)}" for label, number in rows)

    return words


def _phases(writing):
    facts = [fact for fact in writing.figures.rows("total") if not fact.is_opening]
    counted = [(phase.label, sum(fact.phase == phase for fact in facts)) for phase in Phase]
    return "; ".join(f"{official(label)} {dotted(number)}" for label, number in counted if number)


#: {key: (what it means, how it is found)}
LISTS = {
    "levels": (_("petitions by level"), _split("level", lower=True)),
    "committees": (_("petitions by committee"), _split("committee")),
    "phases": (_("petitions by when they were raised"), _phases),
    "on_time_rate": (_("share answered on time of those due"), _on_time_rate),
}

#: {key: (what it means, how it is found)}: codes of petitions, which are set flush left.
CODES = {
    "overdue": (_("codes of overdue petitions, with their agencies"), _overdue),
    "opening": (_("codes carried over and not closed"), lambda writing: _codes(_opening(writing))),
    "repeated": (
        _("codes of petitions that repeat an earlier one"),
        lambda writing: ", ".join(f"{fact.code} (lặp lại {earlier})" for fact, earlier in writing.repeats),
    ),
    "disagreed": (_("codes assessed differently"), lambda writing: _codes(writing.figures.rows("disagreed"))),
}

#: {key: (what it means, how it is found)}
NAMES = {
    "session": (_("the session, in full"), lambda writing: writing.council_session.official_name),
    "council": (_("the People's Council"), lambda writing: writing.council_session.council.name),
    "agency": (_("who reports"), lambda writing: writing.issuer.name),
    "as_of": (_("the day of the figures"), lambda writing: official_date(writing.figures.as_of)),
}

BLOCKS = {
    "bases": _("legal bases in force"),
    "erratum": _("corrections of figures already reported"),
}

#: What authors add.
OWN = {
    "remarks": _("general remarks"),
    "direction": _("direction by the People's Committee"),
    "achievements": _("achievements"),
    "limitations": _("limitations"),
    "causes": _("causes"),
    "recommendations": _("recommendations"),
}


def own_label(kind, name):
    """What a part that the author writes is called in a report of the kind."""
    is_proposed = name == "recommendations" and kind != ReportKind.OVERSIGHT
    return _("proposals of the report") if is_proposed else OWN[name]


#: What the names that begin alike are, for the list they are taken from.
FAMILIES = {
    "figure": _("Figures of the catalogue"),
    "number": _("Further numbers"),
    "name": _("Names"),
    "list": _("Lists within a sentence"),
    "codes": _("Codes of petitions"),
    "annex": _("Numbers of appendices"),
    "table": _("Tables, on a line of their own"),
    "own": _("What the author of the report writes, on a line of its own"),
    "block": _("Set parts, on a line of their own"),
}


def vocabulary(kind):
    """{name: Word} of everything a skeleton of this kind of report may use, in the order of the list."""
    of = KINDS[kind]
    words = [Word(f"figure.{key}", figure.label, bool(figure.of)) for key, figure in CATALOGUE.items()]
    for family, entries in (("number", NUMBERS), ("name", NAMES), ("list", LISTS), ("codes", CODES)):
        words += [Word(f"{family}.{key}", label) for key, (label, _find) in entries.items()]
    words += [Word(f"annex.{key}", title_of(key)) for key in of.choosable]
    words += [Word(f"table.{key}", title_of(key)) for key in of.blocks]
    words += [Word(f"own.{key}", OWN[key]) for key in of.texts if key in OWN]
    words += [Word(f"block.{key}", label) for key, label in BLOCKS.items()]
    return {word.name: word for word in words if word.name not in of.withheld}


def problems_of(kind, text, annexes):
    """What is wrong with a skeleton that has these appendices attached, in words; [] where nothing is."""
    found = skeleton.problems(text, vocabulary(kind))
    for key in KINDS[kind].choosable:
        name = f"annex.{key}"
        is_named = any(f"{{{name}}}" in line and f"{{nếu có {name}}}" not in line for line in text.splitlines())
        if is_named and key not in annexes:
            words = gettext(
                "The text names {%(name)s}, “%(title)s”, which is not attached: attach it, or take the name out."
            )
            found.append(words % {"name": name, "title": title_of(key)})
    return found


def title_of(key):
    """What a table or appendix is called."""
    if key == "charts":
        return "Biểu đồ"
    return shapes.SHAPES[key][0] if key in shapes.SHAPES else tables.TITLES[key]
