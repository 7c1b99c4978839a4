"""The tables of reports beside the figures: what was issued, what is asked for, what is left, what was promised.

Each is made from a session and its figures.
"""

import re
from collections import Counter
from datetime import date

from django.db.models import Q
from django.utils import timezone

from common.formats import percent, share
from common.text import alphabetical
from deadlines.workflow import due_dates_known_on
from directory.models import Agency
from oversight.models import ConclusionNotice, Delegation, Recommendation, WorkingSession
from petitions.models import ResultClass
from petitions.models.results import CLOSING
from reports.facts import capital
from reports.loading import names_on
from reports.shapes import LEVELS, RESULTS, UNCLASSIFIED, made
from reports.tables import result_name
from reports.times import SessionTimes
from responses.models import Answer, Commitment, ResultReason
from sessions.models import DueReport

UNASSIGNED = "Chưa giao cơ quan giải quyết"
UNANSWERED = "Chưa trả lời"


def _named(fact, point):
    return f"{fact.code}.{point.number}" if len(fact.points) > 1 else fact.code


def _naming(as_of):
    """What says how an agency was called on the day."""
    then = names_on(Agency, as_of)
    return lambda agency: then.get(agency.pk, agency.name)


def _due_then(records, as_of):
    """What says by which day a record with a clock was due, as it was known on the day."""
    clocks = [one.clock_id for one in records] if as_of < timezone.localdate() else []
    known = due_dates_known_on(as_of, clocks) if clocks else {}
    return lambda one: known.get(one.clock_id, one.due_on)


def _numbered(rows, group=None):
    """The rows with their number in front; where they are grouped, from 1 within each."""
    counted = Counter()
    numbered = []
    for row in rows:
        key = row[group] if group is not None else ""
        counted[key] += 1
        numbered.append([counted[key], *row])
    return numbered


def _by_agency(pairs):
    """The same (fact, point) pairs, those of one agency together, agencies by name."""
    return sorted(pairs, key=lambda pair: (pair[1].agency == "", alphabetical(pair[1].agency)))


_WRITTEN_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


def _day_in(words):
    """The day a reference names: date(2026, 6, 3) for "12/UBND-KT ngày 03/6/2026"; None where it names none."""
    found = _WRITTEN_DAY.search(words)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


#: Tables of what was asked of agencies, not of single petitions: an extract of a place or a Ban has none of them.
OF_AGENCIES = ("overseen", "received_reports", "recommendations")


def _of_its_agency(asked, figures):
    """Of these records those about the agency the figures are an extract of; all where they are of a whole session."""
    by, value = figures.part
    if not by:
        return asked
    return asked.filter(agency=value) if by == "agency" and value else asked.none()


_ASKED = (
    "pk", "reason", "directive_document", "point__number", "point__petition", "point__petition__code", "reply__agency",
    "reply__agency__name", "reply__document__number", "reply__document__symbol", "reply__document__issued_on",
    "reply__document__subject",
)  # fmt: skip


def _answers(figures):
    """{(petition, number of the point): its answers in force on the day, the latest last}, of the points counted.

    Each as the plain values of `_ASKED`: three tables ask for them, of very many petitions.
    """
    wanted = {(fact.pk, point.number) for fact, point in figures.all_points}
    answers = (
        Answer.objects.effective_on(figures.as_of)
        .filter(point__petition__in={petition for petition, _number in wanted})
        .order_by("reply__document__issued_on", "pk")
        .values(*_ASKED)
    )
    found = {}
    for answer in answers:
        if (key := (answer["point__petition"], answer["point__number"])) in wanted:
            found.setdefault(key, []).append(answer)
    return found


def issued_documents(council_session, figures):
    """PL2: the letters in force, and the documents they name as ordering the work; by agency, the earliest first."""
    found, names = {}, names_on(Agency, figures.as_of)
    for answers in _answers(figures).values():
        for answer in answers:
            agency = names.get(answer["reply__agency"], answer["reply__agency__name"])
            letter = f"{answer['reply__document__number']:02d}/{answer['reply__document__symbol']}"
            about = (agency, letter, answer["reply__document__issued_on"], answer["reply__document__subject"])
            found.setdefault(about, set()).add(answer["point__petition__code"])
            if ordered := answer["directive_document"]:
                about = (agency, ordered, _day_in(ordered), "Chỉ đạo thực hiện")
                found.setdefault(about, set()).add(answer["point__petition__code"])
    ordered = sorted(found.items(), key=lambda item: (alphabetical(item[0][0]), item[0][2] or date.min, item[0][1]))
    rows = [[*about[:3], capital(about[3]), ", ".join(sorted(codes))] for about, codes in ordered]
    return made("issued_documents", _numbered(rows, 0))


def documents_asked_for(council_session, figures):
    """PL3: points whose latest answer says that a document is made, changed, submitted or waited for."""
    about = dict(ResultReason.objects.filter(is_about_documents=True).values_list("pk", "name"))
    latest = {key: answers[-1] for key, answers in _answers(figures).items()}
    rows = []
    for fact, point in _by_agency(figures.all_points):
        answer = latest.get((fact.pk, point.number))
        if answer and answer["reason"] in about:
            name = about[answer["reason"]]
            rows.append([name, point.content, _named(fact, point), point.agency or UNASSIGNED, point.roadmap_on])
    order = list(about.values())
    return made("documents_asked_for", _numbered(sorted(rows, key=lambda row: order.index(row[0])), 0))


def outstanding(council_session, figures):
    """PL4: points of petitions carried over, by lead agency; the last share is what the others leave of 100 %."""
    counts = {}
    for fact, point in _by_agency(figures.all_points):
        if fact.is_opening:
            counts.setdefault(point.agency or UNASSIGNED, Counter())[point.result or "unanswered"] += 1
    names = [column.name for column in RESULTS]
    rows = _numbered([[agency, of.total(), *(of[name] for name in names)] for agency, of in counts.items()])
    sums = [sum(row[place] for row in rows) for place in range(2, 3 + len(names))]
    shares = ["", "Tỷ lệ", *_shares(sums)] if sums[0] else []
    return made("outstanding", rows, ["", "Tổng", *sums], [shares] if shares else [])


def _shares(sums):
    """ "100%" of the first number, then the share of each other; the last that is not 0 is what is left of 100 %."""
    whole, *parts = sums
    exact = [share(part, whole) for part in parts]
    last = max((place for place, part in enumerate(parts) if part), default=len(parts) - 1)
    exact[last] = 100 - sum(part for place, part in enumerate(exact) if place != last)
    return [percent(whole, whole), *(f"{part}%".replace(".", ",") for part in exact)]


def unfinished(council_session, figures):
    """PL5, PL5b: every point that is not finished, those carried over first."""
    rows = [
        ["Kỳ trước chuyển sang" if fact.is_opening else "Tiếp nhận tại kỳ này", point.content, _named(fact, point),
         fact.place, point.agency or UNASSIGNED, result_name(point.result) or UNANSWERED, point.roadmap_on]
        for fact, point in sorted(_by_agency(figures.all_points), key=lambda pair: not pair[0].is_opening)
        if point.result not in CLOSING
    ]  # fmt: skip
    return made("unfinished", _numbered(rows, 0))


def delegations_of(council_session):
    """The delegations that look at petitions of the session."""
    named = Q(council_session=council_session) | Q(scope__council_session=council_session)
    return Delegation.objects.filter(named).order_by().values("pk").distinct()


def overseen(council_session, figures):
    """PL6: who oversaw what, at which agency, with which conclusion."""
    held = (
        _of_its_agency(WorkingSession.objects.filter(delegation__in=delegations_of(council_session)), figures)
        .filter(held_on__lte=figures.as_of)
        .select_related("delegation__body", "agency")
        .order_by("held_on", "pk")
    )
    notices = ConclusionNotice.objects.issued().filter(working_session__in=held, document__issued_on__lte=figures.as_of)
    written = {one.working_session_id: one.document.number_and_symbol for one in notices.select_related("document")}
    named = _naming(figures.as_of)
    rows = [
        [named(one.delegation.body), capital(one.delegation.subject), named(one.agency), one.held_on,
         written.get(one.pk, "")]
        for one in held
    ]  # fmt: skip
    return made("overseen", _numbered(rows))


def _assessed_points(figures):
    return [(fact, point) for fact, point in _by_agency(figures.all_points) if point.assessed_result]


def assessed(council_session, figures):
    """The council's own result beside the agency's, point by point."""
    rows = [
        [point.agency or UNASSIGNED, point.content, _named(fact, point), result_name(point.result) or UNANSWERED,
         result_name(point.assessed_result), "x" if point.is_disagreed else ""]
        for fact, point in _assessed_points(figures)
    ]  # fmt: skip
    return made("assessed", _numbered(rows, 0))


def beside(council_session, figures):
    """How many of the points assessed the agencies call resolved, and how many the council does."""
    points = [point for _fact, point in _assessed_points(figures)]
    reported, own = Counter(point.result for point in points), Counter(point.assessed_result for point in points)
    rows = [[result_name(result), reported[result], own[result]] for result in ResultClass]
    rows.append([UNANSWERED, reported[""], 0])
    return made("beside", rows, ["Tổng cộng", len(points), len(points)])


#: What became of a promise by the day of the figures.
KEPT, MISSED, OVERDUE, UNDER_WAY = "Đã thực hiện", "Không thực hiện", "Quá hạn, chưa thực hiện", "Đang thực hiện"


def promises(council_session, figures):
    """What was promised in letters in force, with what became of it by the day."""
    wanted = {answer["pk"] for answers in _answers(figures).values() for answer in answers}
    promised = Commitment.objects.filter(answer__in=wanted).select_related("agency", "answer__point__petition")
    as_of, named = figures.as_of, _naming(figures.as_of)
    due = [(one, _promised_for(one, as_of)) for one in promised]
    rows = [
        [named(one.agency), one.quote, str(one.answer.point), due_on, _state(one, due_on, as_of)]
        for one, due_on in sorted(due, key=lambda pair: (alphabetical(named(pair[0].agency)), pair[1], pair[0].pk))
    ]
    return made("promises", _numbered(rows, 0))


def _promised_for(promise, as_of):
    """The day it was to be kept by, before what was granted after `as_of`."""
    later = [extension["from"] for extension in promise.extensions if extension["on"] > as_of.isoformat()]
    return date.fromisoformat(later[0]) if later else promise.due_on


def _state(promise, due_on, as_of):
    if promise.closed_on and promise.closed_on <= as_of:
        return KEPT if promise.status == Commitment.Status.KEPT else MISSED
    return OVERDUE if due_on < as_of else UNDER_WAY


def received_reports(council_session, figures):
    """PL9: on which day each report owed for the session came, and by how many days too late."""
    as_of, named = figures.as_of, _naming(figures.as_of)
    owed = _of_its_agency(DueReport.objects.filter(council_session=council_session), figures)
    owed = list(owed.select_related("agency", "clock"))
    due = _due_then(owed, as_of)
    rows = [
        [named(one.agency), one.title, due(one), *_received(one, due(one), as_of)]
        for one in sorted(owed, key=lambda one: (due(one) or date.max, alphabetical(named(one.agency)), one.pk))
    ]
    return made("received_reports", _numbered(rows))


def _received(owed, due_on, as_of):
    """The day it came and its number, if it had by `as_of`; by how many days it came, or is, too late."""
    sent_on, reference = (owed.sent_on, owed.reference) if owed.sent_on and owed.sent_on <= as_of else (None, "")
    return [sent_on, reference, max(((sent_on or as_of) - due_on).days, 0) if due_on else 0]


def recommendations(council_session, figures):
    """What delegations had asked for in notices issued by the day: of whom, by when, and whether it is done."""
    as_of, named = figures.as_of, _naming(figures.as_of)
    told = ConclusionNotice.objects.issued().filter(document__issued_on__lte=as_of)
    asked = list(
        _of_its_agency(Recommendation.objects.sent(), figures)
        .filter(working_session__delegation__in=delegations_of(council_session))
        .filter(working_session__in=told.values("working_session"))
        .select_related("agency")
    )
    due = _due_then(asked, as_of)
    rows = [
        [named(one.agency), one.content, due(one), _done(one, due(one), as_of)]
        for one in sorted(asked, key=lambda one: (alphabetical(named(one.agency)), due(one) or date.max, one.pk))
    ]
    return made("recommendations", _numbered(rows))


def _done(asked, due_on, as_of):
    if asked.status == Recommendation.Status.DONE and asked.verified_on <= as_of:
        return "Đã thực hiện"
    return "Quá hạn" if due_on and due_on < as_of else "Đang thực hiện"


def _levels(key, named):
    """How many of each level under each name; a column no row counts is left in, so that names stay the same."""
    names = [column.name for column in LEVELS]
    counts = {}
    for name, level in named:
        counts.setdefault(name, Counter())[level or "unclassified"] += 1
    ordered = sorted(counts, key=lambda name: (name == "", alphabetical(name)))
    missing = UNASSIGNED if key == "levels_by_agency" else UNCLASSIFIED
    rows = _numbered(
        [[capital(name) or missing, counts[name].total(), *(counts[name][n] for n in names)] for name in ordered]
    )
    return made(key, rows, ["", "Tổng cộng", *(sum(row[at] for row in rows) for at in range(2, 3 + len(names)))])


def levels_by_agency(council_session, figures):
    return _levels("levels_by_agency", ((point.agency, fact.level) for fact, point in figures.all_points))


def levels_by_field(council_session, figures):
    return _levels("levels_by_field", ((fact.field, fact.level) for fact in figures.rows("total")))


def levels_by_place(council_session, figures):
    return _levels("levels_by_place", ((fact.place, fact.level) for fact in figures.rows("total")))


def received_list(council_session, figures):
    """Every point with its words, by field."""
    pairs = sorted(figures.all_points, key=lambda pair: (pair[0].field == "", alphabetical(pair[0].field)))
    rows = [
        [capital(fact.field) or UNCLASSIFIED, point.content, _named(fact, point), fact.place, fact.times_raised,
         capital(fact.level_name), point.agency or UNASSIGNED]
        for fact, point in pairs
    ]  # fmt: skip
    return made("received_list", _numbered(rows, 0))


def punctuality(council_session, figures):
    """Points of local authority by lead agency, as the page of times counts them: of those due, on time or late."""
    counted = {point.agency_id for _fact, point in figures.all_points}
    found = [row for row in SessionTimes(figures.facts, figures.as_of).agencies if row.agency in counted]
    rows = [
        [row.name, *(row.counts[key] for key in _TIMES), share(row.counts["on_time"], row.counts["due"])]
        for row in sorted(found, key=lambda row: alphabetical(row.name))
    ]
    sums = [sum(row[place] for row in rows) for place in range(1, 1 + len(_TIMES))]
    rate = share(sums[_TIMES.index("on_time")], sums[_TIMES.index("due")])
    return made("punctuality", _numbered(rows), ["", "Tổng cộng", *sums, rate])


_TIMES = ("held", "due", "on_time", "answered_late", "open_late", "not_due")

MAKERS = {
    make.__name__: make
    for make in (
        issued_documents, documents_asked_for, outstanding, unfinished, overseen, assessed, beside, promises,
        received_reports, recommendations, levels_by_agency, levels_by_field, levels_by_place, received_list,
        punctuality,
    )
}  # fmt: skip
