"""The conclusion notice of a working session: drafted from the record, edited as text; issued, the agency is told."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.acting import acting, official
from common.formats import short_date
from deadlines import workflow as clocks
from documents.models import Status
from documents.purposes import Purpose
from oversight.models import ConclusionNotice, OversightPaper, Recommendation, WorkingSession
from oversight.notifications import tell_agency
from oversight.workflow.following import RECOMMENDATIONS
from oversight.workflow.papers import draft_paper, draw, paper_of, submit_refusal
from oversight.workflow.permitting import standing_notice
from petitions import workflow as petitions
from petitions.models import Petition, PetitionOrigin, ResultClass

PURPOSE = "conclusion_notice"


@transaction.atomic
def draft_notice(working_session, *, by, signer=None, copies=(), **details):
    """The standing conclusion notice, drafted from the record where there is none yet; its text is then edited."""
    working_session = _keep(working_session)
    notice = standing_notice(working_session)
    if notice and (paper_of(notice.document) or notice.document.status != Status.DRAFT):
        return notice
    if notice:  # drafted before texts were kept
        draw(OversightPaper.Kind.NOTICE, working_session, notice.document, by=by)
        return notice
    paper = draft_paper(
        working_session.delegation,
        kind=OversightPaper.Kind.NOTICE,
        by=by,
        signer=signer,
        working_session=working_session,
        copies=copies,
        purpose=PURPOSE,
        **details,
    )
    with acting(by=by, reason=gettext_lazy("conclusion notice drafted")):
        return ConclusionNotice.objects.create(working_session=working_session, document=paper.document)


def _keep(working_session):
    """The record as it stands, locked: what is recorded and the notice about it come one after the other."""
    kept = WorkingSession.objects.select_for_update(of=("self",)).select_related("delegation__body__council", "agency")
    return kept.get(pk=working_session.pk)


class NoticePaper(Purpose):
    """A conclusion notice: on its issue the agency is told and its clocks start."""

    key = PURPOSE
    label = gettext_lazy("Conclusion notice of a delegation")
    review_template = "oversight/_notice_review.html"

    def refusal(self, step, document, user):
        session = document.conclusion_notice.working_session
        if step == "submit" and not (session.findings.exists() or session.achievements or session.limitations):
            return _("Nothing was recorded at the working session yet.")
        if step == "submit" and session.held_on > timezone.localdate():
            day = {"day": short_date(session.held_on)}
            return _("The working session is held on %(day)s: its conclusions come after it.") % day
        if step == "submit" and (why := submit_refusal(document)):
            return why
        by_rule = session.recommendations.filter(is_by_rule=True).select_related("agency")
        if any(one.rule_on(timezone.localdate()) is None for one in by_rule):
            return _("A recommendation is due by the council's rule, and no rule gives the time: type its day.")
        return ""

    def before_submitting(self, document, *, by):
        _keep(document.conclusion_notice.working_session)
        if why := self.refusal("submit", document, by):  # recorded at this very moment
            raise PermissionDenied(why)

    def issued(self, document, *, by):
        session = document.conclusion_notice.working_session
        for finding in session.findings.exclude(assessed_result="").select_related("point__petition"):
            petitions.note(
                finding.point.petition,
                "finding",
                by=by,
                on=document.issued_on,
                delegation=session.delegation.name,
                result=ResultClass(finding.assessed_result).label,
            )
        for recommendation in session.recommendations.filter(status=Recommendation.Status.PREPARED):
            clock = self._clock(recommendation, document, by)
            due_on = clock.due_on if clock else None
            sent = RECOMMENDATIONS.take("send", recommendation, by=by, clock=clock, due_on=due_on)
            asked = {"delegation": session.delegation.name, "agency": sent.agency.name, "what": sent.content}
            if sent.petition:
                petitions.note(sent.petition, "recommended", by=by, on=document.issued_on, **asked)
            words = official(gettext_lazy("%(delegation)s asked %(agency)s: %(what)s")) % asked
            tell_agency(sent, key=f"recommendation/{sent.pk}/sent", text=words, on=document.issued_on, due_on=due_on)

    def _clock(self, recommendation, document, by):
        number = document.number_and_symbol
        if recommendation.is_by_rule:
            rule = recommendation.rule_on(document.issued_on)
            return clocks.start_by_rule(
                rule, on=document.issued_on, by=by, document=number, agency=recommendation.agency
            )
        if recommendation.due_on is None:
            return None
        return clocks.start(
            on=document.issued_on,
            due_on=recommendation.due_on,
            by=by,
            document=number,
            council=document.agency.council,
            agency=recommendation.agency,
        )

    def masked(self, document, text):
        session = document.conclusion_notice.working_session
        about = Petition.objects.filter(
            Q(agenda_items__working_session=session) | Q(recommendations__working_session=session)
        )
        return PetitionOrigin.objects.of(about).masked(text)

    def workplace(self, document):
        if paper := paper_of(document):
            return paper.get_absolute_url()
        return reverse("oversight:working_session", args=[document.conclusion_notice.working_session_id])

    def review_context(self, document):
        return {"working_session": document.conclusion_notice.working_session}


CONCLUSION_NOTICE = NoticePaper()
