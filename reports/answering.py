"""What each kind of report counts: all of a session, what came in, or what the answering side has to account for."""

from dataclasses import replace
from functools import partial

from directory.models import Agency
from reports.figures import SessionFigures
from reports.loading import load
from reports.models import ReportKind

#: Those for whom the People's Committee reports; the council's committees, courts and central bodies answer themselves.
ANSWERING = (
    Agency.Kind.PEOPLES_COMMITTEE, Agency.Kind.DEPARTMENT, Agency.Kind.COMMUNE_COMMITTEE, Agency.Kind.ENTERPRISE,
)  # fmt: skip


def figures_for(kind, council_session, as_of, *, words=True):
    """The live figures of a session as a report of this kind counts them; rows are read when a figure is asked for."""
    return SessionFigures(as_of, partial(_counted, kind, council_session, as_of, words))


def _counted(kind, council_session, as_of, words):
    facts = load(council_session, as_of, words=words)
    if kind == ReportKind.AGGREGATE:
        return [fact for fact in facts if not fact.is_opening]
    if kind == ReportKind.RESULTS:
        return _of_the_answering_side(facts)
    return facts


def _of_the_answering_side(facts):
    """The petitions with those of their points that lie with the People's Committee and the bodies under it.

    What the council found is the council's to tell: it does not stand in the other side's report.
    """
    held = {point.agency_id for fact in facts for point in fact.points}
    answering = set(Agency.objects.filter(pk__in=held - {None}, kind__in=ANSWERING).values_list("pk", flat=True))
    kept = [
        replace(fact, points=tuple(replace(p, assessed_result="") for p in fact.points if p.agency_id in answering))
        for fact in facts
        if fact.is_counted
    ]
    return [fact for fact in kept if fact.points]
