"""Two sessions with petitions at every stage: what the figures are counted from.

T is today. The session before opened on T−150 and closed on T−148; the present one opens on T+20.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from documents import numbering
from documents import workflow as documents
from documents.models import Document, Status
from petitions import workflow as petitions
from petitions.models import Petition, PetitionPoint, ResultClass
from petitions.models.petitions import AuthorityLevel
from reports import workflow as reports
from reports.figures import SessionFigures
from reports.models import SessionReport
from sessions.models import CouncilSession
from tests.oversight import visits
from tests.world import World

RESOLVED = {"result": ResultClass.RESOLVED}
IN_PROGRESS = {"result": ResultClass.IN_PROGRESS, "text": "Sở đang làm.", "evidence": ""}
EXPLAINED = {"result": ResultClass.EXPLAINED, "text": "Sở xin thông tin.", "evidence": ""}
NOT_RESOLVED = {"result": ResultClass.NOT_RESOLVED, "text": "Chưa có vốn.", "evidence": ""}


def days_ago(number):
    return timezone.localdate() - timedelta(days=number)


def reply(world, *petition_list, on, kind="final", **answer):
    """A letter of the department, issued."""
    drafted = world.drafted_reply(*petition_list, kind=kind, **answer)
    return world.issue(drafted.document, world.drafter, world.head, world.registrar, on=on)


@dataclass
class Prepared:
    """The petitions by name; see `build` for what became of each."""

    world: World
    earlier: CouncilSession
    named: dict[str, Petition]

    @property
    def session(self):
        return self.world.session

    def live(self, as_of=None):
        return SessionFigures.live(CouncilSession.objects.get(pk=self.session.pk), as_of or days_ago(0))

    def names(self, facts):
        """Which petitions these facts are, by name, in their order."""
        names = {petition.pk: name for name, petition in self.named.items()}
        return [names[fact.pk] for fact in facts]


def build(world):
    """Everything in the order of days, as the registers of numbers want it."""
    earlier = world.new_session(opens_on=days_ago(150), number=2)
    named = _earlier(world, earlier)
    named |= _present(world)
    reply(world, named["supplemented"], on=days_ago(10), kind="supplementary", **RESOLVED)
    reply(world, named["late"], on=days_ago(8), **EXPLAINED)
    visit(world, named["disagreed"])
    reply(world, named["supplemented_lately"], on=days_ago(2), kind="supplementary", **RESOLVED)
    fresh = Petition.objects.in_bulk([petition.pk for petition in named.values()])
    return Prepared(world, earlier, {name: fresh[petition.pk] for name, petition in named.items()})


def _earlier(world, session):
    """Of the session before: one never answered, two in progress, one explained too late, one finished, one merged."""

    def sent(**details):
        raised = {"council_session": session, "meeting": None, "raised_on": days_ago(220), "received_on": days_ago(220)}
        return world.forwarded(sent_on=days_ago(200), **{"due_on": days_ago(170), **raised, **details})

    named = {
        "never_answered": sent(unit=world.ward),
        "supplemented": sent(),
        "supplemented_lately": sent(),
        "finished_before": sent(),
        "explained_after": sent(due_on=days_ago(120)),
    }
    merged = world.logged(
        council_session=session, meeting=None, raised_on=days_ago(220), received_on=days_ago(220), unit=world.commune
    )
    named["merged_before"] = petitions.merge(merged, into=named["never_answered"], by=world.officer, on=days_ago(210))
    reply(world, named["supplemented"], on=days_ago(180), **IN_PROGRESS)
    reply(world, named["finished_before"], on=days_ago(180), **RESOLVED)
    reply(world, named["supplemented_lately"], on=days_ago(175), **IN_PROGRESS)
    reply(world, named["explained_after"], on=days_ago(140), **EXPLAINED)
    return named


def _present(world):
    """Of the present session: every result, late, overdue, half answered, merged, set aside, new, central."""

    def sent(due=10, **details):
        return world.forwarded(sent_on=days_ago(28), due_on=days_ago(due), **details)

    named = {
        "resolved": sent(),
        "late": sent(due=15, unit=world.ward),
        "overdue": sent(due=3),
        "not_resolved": sent(),
        "disagreed": sent(),
        "in_progress": sent(),
        "half": _of_two_agencies(world),
    }
    named["central"] = sent(due=3, level=AuthorityLevel.CENTRAL, lead=world.other_department)
    named["merged"] = petitions.merge(world.logged(), into=named["resolved"], by=world.officer, on=days_ago(29))
    named["set_aside"] = petitions.set_aside(
        world.logged(), by=world.officer, why="Đã trả lời tại chỗ.", on=days_ago(29)
    )
    named["new"] = world.logged()
    named["received_yesterday"] = world.classified(received_on=days_ago(1))
    for name, answer in (
        ("resolved", RESOLVED),
        ("disagreed", RESOLVED),
        ("half", RESOLVED),
        ("not_resolved", NOT_RESOLVED),
        ("in_progress", {**IN_PROGRESS, "roadmap_on": days_ago(-90)}),
    ):
        reply(world, named[name], on=days_ago(20), **answer)
    return named


def _of_two_agencies(world):
    """Two points, each led by another department; only the first is answered."""
    petition = world.classified(points=["Lắp đèn.", "Cử bác sĩ."])
    first, second = petition.points.all()
    forwarding = petitions.draft_forwarding(
        by=world.officer,
        issuer=world.standing,
        addressee=world.ubnd,
        due_on=days_ago(-10),
        plan={first: (world.department, [world.other_department]), second: (world.other_department, [])},
        signer=world.chair,
        drafting_unit="VP",
    )
    world.issue(forwarding.document, world.officer, world.leader, world.officer, on=days_ago(28))
    return Petition.objects.get(pk=petition.pk)


def visit(world, petition):
    """The delegation found otherwise than the agency had said."""
    held = visits.session(world, petition, held_on=days_ago(4))
    visits.find(held, PetitionPoint.objects.get(petition=petition), by=world.officer, result=ResultClass.IN_PROGRESS)


def drafted(prepared, *, as_of=None, **texts):
    """A report of the present session."""
    world = prepared.world
    report = reports.draft(prepared.session, as_of=as_of or days_ago(0), by=world.officer, signer=world.chair)
    if texts:
        report = reports.save(report, by=world.officer, as_of=report.as_of, **texts)
    return SessionReport.objects.get(pk=report.pk)


def submitted(prepared, **details):
    report = drafted(prepared, **details)
    documents.submit(report.document, by=prepared.world.officer)
    return SessionReport.objects.get(pk=report.pk)


def issued(prepared, **details):
    report = submitted(prepared, **details)
    documents.clear(report.document, by=prepared.world.leader)
    documents.issue(report.document, by=prepared.world.officer)
    return SessionReport.objects.get(pk=report.pk)


def recorded_as_issued(prepared, **details):
    """A submitted report with the marks of an issued one, where its printed pages are not the matter."""
    report = submitted(prepared, **details)
    document, today = report.document, days_ago(0)
    series = numbering.open_series(document.agency, document.kind, today.year)
    number = Document.objects.filter(series=series).count() + 1
    document.change(status=Status.ISSUED, series=series, number=number, issued_on=today)
    return SessionReport.objects.get(pk=report.pk)


def answer_the_overdue(prepared):
    """Something happens in the records: the overdue petition is answered."""
    reply(prepared.world, prepared.named["overdue"], on=days_ago(0), **RESOLVED)
