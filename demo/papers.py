"""The demo's papers as files, to look at without signing in."""

from datetime import date

from documents import pdf, word
from documents.models import Document, Status
from documents.papers import paper_of
from reports import exports
from reports.models import ReportKind, SessionReport
from reports.workflow import writing_of
from responses.models import Reply


def write(made, folder):
    """Write letters, notice, report and workbooks; returns the files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [
        _pdf(folder, "1-tra-loi-binh-phuoc-du-thao", made.binh_phuoc_reply.document),
        _pdf(folder, "2-tra-loi-ba-kien-nghi", _letter_with_three_petitions()),
        _pdf(folder, "3-thong-bao-giam-sat-25-6-2024", _oversight_notice()),
        _pdf(folder, "4-bao-cao-ky-hop", made.report.document),
        _pdf(folder, "5-bao-cao-ky-hop-du-thao", made.draft_report.document),
        _pdf(folder, "6-bao-cao-tong-hop-kien-nghi", _report(made, ReportKind.AGGREGATE).document),
        _pdf(folder, "7-bao-cao-ket-qua-ubnd", _report(made, ReportKind.RESULTS).document),
    ]
    report_in_word = folder / "4-bao-cao-ky-hop.docx"
    report_in_word.write_bytes(word.render(paper_of(made.report.document)))
    files.append(report_in_word)
    workbooks = {
        "4-phu-luc-bao-cao": made.report,
        "5-phu-luc-bao-cao-du-thao": made.draft_report,
        "6-phu-luc-tong-hop-kien-nghi": _report(made, ReportKind.AGGREGATE),
        "7-phu-luc-ket-qua-ubnd": _report(made, ReportKind.RESULTS),
    }
    for name, report in workbooks.items():
        file = folder / f"{name}.xlsx"
        file.write_bytes(exports.of_report(writing_of(report)))
        files.append(file)
    return files


def _pdf(folder, name, document):
    document = Document.objects.select_related("agency", "signer__agency").get(pk=document.pk)
    file = folder / f"{name}.pdf"
    if document.pdf:
        with document.pdf.open("rb") as stored:
            file.write_bytes(stored.read())
    else:
        file.write_bytes(pdf.render(paper_of(document)))
    return file


def _report(made, kind):
    """The issued report of a kind on the last session."""
    return SessionReport.objects.get(
        kind=kind, council_session=made.report.council_session, document__status=Status.ISSUED
    )


def _letter_with_three_petitions():
    """An issued reply of the demo's own department that answers three petitions, or the next best."""
    replies = Reply.objects.filter(document__status=Status.ISSUED).prefetch_related("answers__point")
    ranked = sorted(
        replies,
        key=lambda reply: (
            len({answer.point.petition_id for answer in reply.answers.all()}),
            reply.agency.symbol == "SXD",
        ),
    )
    return ranked[-1].document


def _oversight_notice():
    return Document.objects.get(purpose="conclusion_notice", issued_on=date(2024, 6, 25))
