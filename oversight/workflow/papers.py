"""The papers of oversight: drafted from the record, edited as text, cleared and issued like a letter."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.acting import acting
from common.merging import merged
from documents import workflow as documents
from documents.purposes import Purpose
from oversight import papers, verification
from oversight.models import Delegation, OversightPaper
from petitions.models import Petition, PetitionOrigin
from sessions.models import CouncilSession

PURPOSE = "oversight_paper"


class SavedMeanwhileError(ValidationError):
    """The paper was saved by somebody else since it was opened."""


@transaction.atomic
def draft_paper(delegation, *, kind, by, signer=None, working_session=None, copies=(), purpose=PURPOSE, **details):
    """The standing paper of its kind, drafted from the record where there is none yet."""
    delegation = (
        Delegation.objects.select_for_update(of=("self",)).select_related("body__council").get(pk=delegation.pk)
    )
    kind = OversightPaper.Kind(kind)
    if (working_session is not None) != (kind in OversightPaper.OF_A_SESSION):
        raise ValidationError({"kind": _("An outline and minutes are of one working session, other papers of none.")})
    standing = OversightPaper.objects.standing().filter(
        delegation=delegation, kind=kind, working_session=working_session
    )
    if present := standing.first():
        return present
    is_letter = kind == OversightPaper.Kind.OUTLINE
    document = documents.draft(
        agency=delegation.body,
        kind=OversightPaper.AS_DOCUMENTS[kind],
        purpose=purpose,
        subject=papers.subject(kind, delegation, working_session),
        by=by,
        to=[(working_session.agency.name, working_session.agency)] if is_letter else (),
        copies=[*papers.recipients(kind, delegation, working_session), *copies],
        signer=signer,
        **details,
    )
    paper = OversightPaper(delegation=delegation, working_session=working_session, kind=kind, document=document)
    return _draw(paper, document.drafted_on, by=by)


@transaction.atomic
def draft_verification_report(council_session, *, body, by, signer=None, **details):
    """What the committees verified before a session as the report of one body; the standing one where there is one."""
    CouncilSession.objects.select_for_update().get(pk=council_session.pk)
    kind = OversightPaper.Kind.VERIFICATION
    standing = OversightPaper.objects.standing().filter(
        council_session=council_session, kind=kind, document__agency=body
    )
    if present := standing.first():
        return present
    council = council_session.council
    document = documents.draft(
        agency=body,
        kind=OversightPaper.AS_DOCUMENTS[kind],
        purpose=PURPOSE,
        subject=papers.verification_subject(council_session),
        by=by,
        copies=[("Đại biểu Hội đồng nhân dân", None), *_but(body, council.standing_committee)],
        signer=signer,
        **details,
    )
    paper = OversightPaper(council_session=council_session, kind=kind, document=document)
    return _draw(paper, document.drafted_on, by=by)


def _but(body, other):
    return [(other.name, other)] if other and other != body else []


def draw(kind, working_session, document, *, by, on=None):
    """The text of a document that has none yet: a notice, or a letter about a recommendation."""
    delegation = working_session.delegation
    paper = OversightPaper(delegation=delegation, working_session=working_session, kind=kind, document=document)
    return _draw(paper, on or timezone.localdate(), by=by)


def paper_of(document):
    """The text of a document; None for those drafted before texts were kept."""
    return OversightPaper.objects.filter(document=document).first()


def submit_refusal(document):
    """Why a paper drawn from a record that goes on changing cannot be submitted as it stands; "" when it can."""
    paper = paper_of(document)
    if paper and not paper.text.strip():
        return _("The paper has no text yet.")
    if paper and papers.news(paper):
        return _("The record changed since the text was drafted. Take the changes in, or say why the text stays.")
    return ""


def _draw(paper, today, *, by):
    """A new paper with the text the record gives."""
    text = papers.drawn_text(paper, today)
    with acting(by=by, reason=gettext_lazy("paper drafted from the record")):
        paper.change(text=text, drawn=text, drawn_on=today)
    _write(paper, by=by)
    return paper


def _write(paper, *, by):
    documents.rewrite(paper.document, by=by, body=papers.body(paper), appendices=papers.annexes(paper))


@transaction.atomic
def save_paper(paper, *, by, revision, text, reason=""):
    """The text as people made it. Refused when somebody else saved since `revision`: nobody's words are lost."""
    paper = OversightPaper.objects.select_for_update(of=("self",)).select_related("document__agency").get(pk=paper.pk)
    if why := documents.edit_refusal(paper.document, by):
        raise PermissionDenied(why)
    if paper.revision != revision:
        raise SavedMeanwhileError(
            _("Somebody else saved this paper meanwhile. Both texts stand below: bring them together and save again.")
        )
    if text != paper.text:
        with acting(by=by, reason=reason or gettext_lazy("text of the paper saved")):
            paper.change(text=text, revision=paper.revision + 1)
        _write(paper, by=by)
    return paper


@transaction.atomic
def draft_paper_again(paper, *, by):
    """The text from the record as it stands now; the text before stays in the history."""
    today = timezone.localdate()
    text = papers.drawn_text(paper, today)
    reason = gettext_lazy("drafted from the record again")
    saved = save_paper(paper, by=by, revision=paper.revision, text=text, reason=reason)
    return _seen(saved, text, today, by=by, reason=reason)


@transaction.atomic
def take_in(paper, *, by):
    """(paper, passages both changed): what the record says otherwise by now, brought into the text people made.

    Of a passage both changed the record's words stand after those in the text, for a person to bring together.
    """
    today = timezone.localdate()
    drawn = papers.drawn_text(paper, today)
    text, clashes = merged(paper.drawn, paper.text, drawn)
    reason = gettext_lazy("changes of the record taken in")
    saved = save_paper(paper, by=by, revision=paper.revision, text=text, reason=reason)
    return _seen(saved, drawn, today, by=by, reason=reason), clashes


@transaction.atomic
def leave_out(paper, *, by, reason):
    """The text stays as it is though the record says otherwise by now: somebody has looked at it, and says why."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    paper = OversightPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if why := documents.edit_refusal(paper.document, by):
        raise PermissionDenied(why)
    today = timezone.localdate()
    return _seen(paper, papers.drawn_text(paper, today), today, by=by, reason=reason)


def _seen(paper, drawn, today, *, by, reason):
    """Remember what the record said when somebody last brought the text up to it."""
    with acting(by=by, reason=reason):
        paper.change(drawn=drawn, drawn_on=today)
    return paper


class DelegationPaper(Purpose):
    """A plan, decision, outline, minutes, report of a delegation or of the committees: what was edited is issued."""

    key = PURPOSE
    label = gettext_lazy("Paper of oversight")

    def refusal(self, step, document, user):
        if step == "submit" and not document.oversight_paper.text.strip():
            return _("The paper has no text yet.")
        return ""

    def before_submitting(self, document, *, by):
        """The annexes say what the record says by now."""
        _write(document.oversight_paper, by=by)

    def issued(self, document, *, by):
        """The decision gives the delegation its number and day."""
        paper = document.oversight_paper
        if paper.kind == OversightPaper.Kind.DECISION:
            with acting(by=by, reason=gettext_lazy("decision issued")):
                paper.delegation.change(decision=document.number_and_symbol, decision_on=document.issued_on)

    def masked(self, document, text):
        paper = document.oversight_paper
        if paper.council_session_id:
            about = verification.petitions_of(paper.council_session)
        else:
            about = Petition.objects.filter(agenda_items__working_session__delegation=paper.delegation_id)
        return PetitionOrigin.objects.of(about).masked(text)

    def workplace(self, document):
        return reverse("oversight:paper", args=[document.oversight_paper.pk])


DELEGATION_PAPER = DelegationPaper()
