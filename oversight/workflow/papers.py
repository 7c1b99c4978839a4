"""The papers of a delegation: drafted from the record, edited as text, cleared and issued like a letter."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.acting import acting
from documents import workflow as documents
from documents.purposes import Purpose
from oversight import papers
from oversight.models import Delegation, OversightPaper
from petitions.models import Petition, PetitionOrigin

PURPOSE = "oversight_paper"


class SavedMeanwhileError(ValidationError):
    """The paper was saved by somebody else since it was opened."""


@transaction.atomic
def draft_paper(delegation, *, kind, by, signer=None, working_session=None, **details):
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
        purpose=PURPOSE,
        subject=papers.subject(kind, delegation, working_session),
        by=by,
        to=[(working_session.agency.name, working_session.agency)] if is_letter else (),
        copies=papers.recipients(kind, delegation, working_session),
        signer=signer,
        **details,
    )
    text = papers.draft_text(kind, delegation, working_session, document.drafted_on)
    with acting(by=by, reason=gettext_lazy("paper drafted from the record")):
        paper = OversightPaper.objects.create(
            delegation=delegation, working_session=working_session, kind=kind, document=document, text=text
        )
    documents.rewrite(document, by=by, body=papers.html(text))
    return paper


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
        documents.rewrite(paper.document, by=by, body=papers.html(text))
    return paper


def draft_paper_again(paper, *, by):
    """The text from the record as it stands now; the text before stays in the history."""
    today = timezone.localdate()
    text = papers.draft_text(OversightPaper.Kind(paper.kind), paper.delegation, paper.working_session, today)
    reason = gettext_lazy("drafted from the record again")
    return save_paper(paper, by=by, revision=paper.revision, text=text, reason=reason)


class DelegationPaper(Purpose):
    """A plan, decision, outline, minutes or report: what was edited is what is issued."""

    key = PURPOSE
    label = gettext_lazy("Paper of a delegation")

    def refusal(self, step, document, user):
        if step == "submit" and not document.oversight_paper.text.strip():
            return _("The paper has no text yet.")
        return ""

    def issued(self, document, *, by):
        """The decision gives the delegation its number and day."""
        paper = document.oversight_paper
        if paper.kind == OversightPaper.Kind.DECISION:
            with acting(by=by, reason=gettext_lazy("decision issued")):
                paper.delegation.change(decision=document.number_and_symbol, decision_on=document.issued_on)

    def masked(self, document, text):
        about = Petition.objects.filter(agenda_items__working_session__delegation__papers__document=document)
        return PetitionOrigin.objects.of(about).masked(text)

    def workplace(self, document):
        return reverse("oversight:paper", args=[document.oversight_paper.pk])


DELEGATION_PAPER = DelegationPaper()
