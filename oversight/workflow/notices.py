"""The conclusion notice of a working session: drafted from the record, on its issue the agency is told."""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.acting import acting, official
from deadlines import workflow as clocks
from documents import workflow as documents
from documents.models import Kind
from documents.purposes import Purpose
from oversight import letters
from oversight.models import ConclusionNotice, Recommendation, WorkingSession
from oversight.notifications import tell_agency
from oversight.workflow.following import RECOMMENDATIONS
from oversight.workflow.permitting import standing_notice
from petitions import workflow as petitions
from petitions.models import Petition, PetitionOrigin, ResultClass

PURPOSE = "conclusion_notice"


@transaction.atomic
def draft_notice(working_session, *, by, signer=None, copies=(), **details):
    """The conclusion notice, drafted from the record; drafting again brings its text up to date."""
    delegation = working_session.delegation
    if present := standing_notice(working_session):
        documents.DOCUMENTS.fresh(present.document)  # the paper before the record, as who submits it does
    _keep(working_session)
    notice = standing_notice(working_session)
    if notice is None:
        document = documents.draft(
            agency=delegation.body,
            kind=Kind.NOTICE,
            purpose=PURPOSE,
            subject=letters.notice_subject(working_session),
            by=by,
            copies=[(working_session.agency.name, working_session.agency), *copies],
            signer=signer,
            **details,
        )
        with acting(by=by, reason=gettext_lazy("conclusion notice drafted")):
            notice = ConclusionNotice.objects.create(working_session=working_session, document=document)
    documents.rewrite(notice.document, by=by, body=letters.notice_body(working_session))
    return notice


def _keep(working_session):
    """Lock the record: what is recorded and the notice written from it come one after the other."""
    WorkingSession.objects.select_for_update().get(pk=working_session.pk)


class NoticePaper(Purpose):
    """A conclusion notice: on its issue the agency is told and its clocks start."""

    key = PURPOSE
    label = gettext_lazy("Conclusion notice of a delegation")
    review_template = "oversight/_notice_review.html"

    def refusal(self, step, document, user):
        session = document.conclusion_notice.working_session
        if step == "submit" and not (session.findings.exists() or session.achievements or session.limitations):
            return _("Nothing was recorded at the working session yet.")
        by_rule = session.recommendations.filter(is_by_rule=True).select_related("agency")
        if any(one.rule_on(timezone.localdate()) is None for one in by_rule):
            return _("A recommendation is due by the council's rule, and no rule gives the time: type its day.")
        return ""

    def before_submitting(self, document, *, by):
        _keep(document.conclusion_notice.working_session)
        documents.rewrite(document, by=by, body=letters.notice_body(document.conclusion_notice.working_session))

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
        return reverse("oversight:working_session", args=[document.conclusion_notice.working_session_id])

    def review_context(self, document):
        return {"working_session": document.conclusion_notice.working_session}


CONCLUSION_NOTICE = NoticePaper()
