"""The book of outgoing documents: every number of a series in order, each a document or an explanation."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from common import xlsx
from common.acting import official
from common.formats import dotted
from documents.models import Addressee, Amendment, Document, SetAside, Standing


@dataclass(frozen=True)
class Entry:
    """One line of the book; without a document its note says why."""

    number: int
    written_number: str
    day: date | None
    subject: str
    signer: str
    recipients: list[str]
    drafting_unit: str
    note: str
    document: Any = None
    set_aside: Any = None


@dataclass(frozen=True)
class Book:
    series: Any
    entries: list[Entry]

    @property
    def last_number(self):
        return max((entry.number for entry in self.entries), default=0)

    @property
    def missing(self):
        """Numbers nobody can explain. The register of a series of ours never has any."""
        if self.series.is_external:
            return []
        present = {entry.number for entry in self.entries}
        return [number for number in range(1, self.last_number + 1) if number not in present]

    @property
    def title(self):
        return f"SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM {self.series.year}"

    @property
    def subtitle(self):
        where = " (số do hệ thống khác cấp)" if self.series.is_external else ""
        return f"{self.series.agency.name} — {self.series.get_kind_display()}{where}"

    @property
    def closing_line(self):
        """ "Tổng số: 57 số, trong đó 55 văn bản, 2 số có ghi chú." """
        documents = sum(entry.document is not None for entry in self.entries)
        return (
            f"Tổng số: {dotted(len(self.entries))} số, trong đó {dotted(documents)} văn bản, "
            f"{dotted(len(self.entries) - documents)} số không có văn bản."
        )


def book(series):
    """The book of one series, by number."""
    changes = Prefetch("amendments", Amendment.objects.in_force().select_related("document"))
    documents = (
        Document.objects.filter(series=series)
        .select_related("agency", "amendment__original")
        .prefetch_related(Prefetch("addressees", Addressee.objects.order_by("is_copy", "pk")), changes)
    )
    entries = [_of_document(document) for document in documents]
    entries += [_of_number(entry) for entry in series.set_aside.exclude(status=SetAside.Status.USED)]
    return Book(series, sorted(entries, key=lambda entry: entry.number))


def _of_document(document):
    return Entry(
        number=document.number,
        written_number=document.number_and_symbol,
        day=document.issued_on,
        subject=f"{document.get_kind_display()} {document.subject}",
        signer=document.signer_name,
        recipients=[addressee.name for addressee in document.addressees.all()],
        drafting_unit=document.drafting_unit,
        note="; ".join(_notes(document)),
        document=document,
    )


def _notes(document):
    """What became of it, and why it stands where it stands."""
    if not document.is_written_here:
        yield official(document.get_origin_display()).capitalize()
    if document.registration_reason:
        yield f"đăng ký muộn: {document.registration_reason}"
    if document.standing != Standing.VALID:
        by = [amendment.document.number_and_symbol for amendment in document.amendments.all()]
        yield f"{official(document.get_standing_display())}: {', '.join(by)}"
    if amendment := getattr(document, "amendment", None):
        yield f"{official(amendment.get_kind_display())}: {amendment.original.number_and_symbol}"


def _of_number(entry):
    state = official(entry.get_status_display()).capitalize()
    return Entry(
        number=entry.number,
        written_number=f"{entry.number:02d}",
        day=entry.reserved_on,
        subject="",
        signer="",
        recipients=[],
        drafting_unit="",
        note=f"{state}: {entry.explanation}",
        set_aside=entry,
    )


COLUMNS = [
    xlsx.Column("Số, ký hiệu", 20),
    xlsx.Column("Ngày tháng", 12, "date"),
    xlsx.Column("Tên loại và trích yếu nội dung", 46),
    xlsx.Column("Người ký", 20),
    xlsx.Column("Nơi nhận", 36),
    xlsx.Column("Đơn vị lưu", 12),
    xlsx.Column("Ghi chú", 30),
]


def workbook(found):
    """The book as an Excel file."""
    rows = [
        xlsx.Row([e.written_number, e.day, e.subject, e.signer, "; ".join(e.recipients), e.drafting_unit, e.note])
        for e in found.entries
    ]
    closing = xlsx.Row(["", None, found.closing_line, "", "", "", ""], is_total=True)
    return xlsx.write([xlsx.Sheet("Sổ văn bản đi", [found.title, found.subtitle], COLUMNS, [*rows, closing])])


def file_name(found, ending):
    return f"so-van-ban-di-{found.series.year}-{found.series.pk}.{ending}"
