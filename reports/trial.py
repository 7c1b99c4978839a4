"""A report laid out as it would stand today, without drafting one: nothing is written down."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from common.formats import dotted, roman
from directory.models import Official
from documents.models import Kind, Status
from documents.papers import AppendixPaper, Paper, official_text
from documents.workflow import default_symbol
from reports import letters
from reports.answering import figures_for
from reports.erratum import erratum_of
from reports.kinds import KINDS
from reports.lacking import lacks
from reports.models import SessionReport, Skeleton
from reports.wording import Writing
from reports.workflow import making_refusal, skeleton_text

MARK = "BẢN THỬ"
#: Of one list: a report of thousands would be laid out for minutes.
MOST_ROWS = 60
UNDER_WAY = (Status.DRAFT, Status.SUBMITTED, Status.CLEARED)


@dataclass
class Trial:
    """One report as a paper, with what it lacks. Its author's words are those of `draft`, where one is under way."""

    writing: Writing
    skeleton: Skeleton | None
    draft: SessionReport | None
    signer: Official | None
    opens: bool  # whether its reader sees what the figures count
    may_make: bool  # whether its reader makes this kind of report

    @property
    def text(self):
        return skeleton_text(self.writing.kind, self.skeleton)

    @cached_property
    def gaps(self):
        session = self.writing.council_session
        write = f"{reverse('reports:create', args=[session.pk])}?kind={self.writing.kind}"
        address = self.draft.get_absolute_url() if self.draft else write if self.may_make else ""
        return lacks(self.writing, self.text, address=address, signer=self.signer, opens=self.opens)

    @property
    def still_missing(self):
        return sum(not gap.is_done for gap in self.gaps)

    @cached_property
    def paper(self):
        """As it would print, marked as a trial on every page."""
        writing, issuer, signer = self.writing, self.writing.issuer, self.signer
        council = writing.council_session.council
        to = [name for name, _agency in letters.addressees(writing.kind, council)]
        copies = [name for name, _agency in letters.recipients(writing.kind, council)]
        attached = letters.report_appendices(writing)
        return Paper(
            superior_line=issuer.superior_line,
            agency_name=issuer.printed_name,
            number=None,
            symbol=default_symbol(issuer, Kind.REPORT),
            place_name=issuer.place_name,
            issued_on=None,
            drafted_on=timezone.localdate(),
            title=Kind.REPORT.label,
            subject=letters.report_subject(writing.kind, writing.council_session),
            addressees=to,
            body=mark_safe(writing.text(self.text)),
            recipients=[*(["Như trên"] if to else []), *copies, "Lưu: VT"],
            signing_lines=signer.signing_lines if signer else [],
            signer_name=signer.name if signer else "",
            signer_other_post=signer.other_post if signer else "",
            appendices=[_appendix(place, len(attached), *one) for place, one in enumerate(attached, start=1)],
            draft_mark=MARK,
        )


def _appendix(place, of, title, body, is_landscape):
    """One appendix; of a long list no more than its beginning, for somebody waits for it."""
    label = f"Phụ lục {roman(place)}" if of > 1 else "Phụ lục"
    whole = AppendixPaper(label, title, mark_safe(body), is_landscape)
    first, *rest = whole.pieces(MOST_ROWS)
    if not rest:
        return whole
    lines = {"shown": dotted(_lines(first)), "all": dotted(_lines(first) + sum(_lines(piece) for piece in rest))}
    return replace(whole, body=official_text("reports/letters/cut.html", {"table": first, **lines}))


def _lines(table):
    """How many lines a table has under its head."""
    return table.partition("<tbody")[2].count("<tr")


def trial(kind, council_session, as_of, *, user):
    """The `Trial` of one kind of report as this user may know it: words of a draft only where they see the draft."""
    issuer = letters.issuer_of(kind, council_session.council)
    draft = under_way(council_session, kind, user)
    like = draft or SessionReport(
        council_session=council_session, kind=kind, version=council_session.reports.filter(kind=kind).count() + 1
    )
    present = Skeleton.objects.present(council_session.council, kind)
    writing = Writing(
        kind,
        council_session,
        figures_for(kind, council_session, as_of),
        issuer,
        own={name: getattr(like, name) for name in KINDS[kind].texts},
        erratum=erratum_of(like),
        attached=present.annexes if present else None,
    )
    signer = draft.document.signer if draft else _signer(issuer)
    sees = council_session.council.pk in user.sees_councils
    return Trial(writing, present, draft, signer, sees, not making_refusal(kind, council_session.council, user))


def under_way(council_session, kind, user):
    """The latest report of the kind that this user sees and that is not issued yet; None without one."""
    reports = SessionReport.objects.visible_to(user).filter(council_session=council_session, kind=kind)
    reports = reports.filter(document__status__in=UNDER_WAY).select_related("document__agency", "document__signer")
    return reports.order_by("-version").first()


def _signer(issuer):
    signers = Official.objects.filter(agency=issuer).exclude(authority="")
    return signers.valid_on(timezone.localdate()).order_by("pk").first()
