"""A session report with annexes of thousands of petitions as PDF: ours against one naive document, in one run."""

import multiprocessing
import os
import random
import resource
import sys
import time
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import weasyprint  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.staticfiles import finders  # noqa: E402
from django.utils.safestring import mark_safe  # noqa: E402

from bench.figures import line  # noqa: E402
from documents import pdf, renderers  # noqa: E402
from documents.papers import AppendixPaper, Paper, official_text  # noqa: E402
from petitions.models import ResultClass  # noqa: E402
from reports import tables  # noqa: E402
from reports.facts import Fact, PointFact  # noqa: E402
from reports.figures import SessionFigures  # noqa: E402

#: How many petitions are listed; half of them are laid out too, to see how the time grows.
ROWS = int(os.environ.get("BENCH_REPORT_ROWS", "5000"))
DAY = date(2026, 11, 20)
AGENCIES = 15
TEXT = (
    "đoạn qua thôn khu dân cư ven sông gây ô nhiễm ảnh hưởng đời sống nhiều năm xuống cấp mùa mưa bão ngập úng đi lại "
    "khó khăn đề nghị kiểm tra sửa chữa bố trí kinh phí sớm đầu tư nâng cấp"
)
WORDS = TEXT.split()


def fact(number, chance):
    """One petition with a text and an answer of ordinary length."""
    agency = chance.randrange(1, AGENCIES + 1)
    result = chance.choice(["", *ResultClass.values])
    point = PointFact(
        number=1,
        content=f"Đề nghị sửa chữa tuyến đường số {number} {' '.join(chance.choices(WORDS, k=chance.randrange(15, 45)))}.",
        agency=f"Sở thứ {agency}",
        agency_id=agency,
        due_on=DAY,
        result=result,
        answered_on=DAY if result else None,
        letter=f"{number % 900 + 1:02d}/SXD-HTKT" if result else "",
        letter_on=DAY if result else None,
        answer=f"Sở đã phối hợp {' '.join(chance.choices(WORDS, k=chance.randrange(20, 60)))}." if result else "",
    )
    return Fact(
        pk=number, code=f"KN-2026-{number:05d}", title="", session="", phase="before", level="provincial",
        level_name="cấp tỉnh", field="Giao thông", committee="Ban Kinh tế - Ngân sách", place="Xã Yên Mô", place_id=1,
        is_opening=False, is_merged=False, is_set_aside=False, times_raised=1, points=(point,), received_on=DAY,
    )  # fmt: skip


def report(rows):
    """The paper of a session report: its summary by agency and the list of every petition."""
    chance = random.Random(3)
    figures = SessionFigures(DAY, [fact(number, chance) for number in range(1, rows + 1)])
    summary = {"table": figures.by_agency, "titles": tables.column_titles()}
    detail = {"groups": tables.grouped_by_agency(figures), "last": "Đánh giá qua giám sát"}
    return Paper(
        superior_line="",
        agency_name="Hội đồng nhân dân tỉnh Ninh Bình",
        number=5,
        symbol="BC-HĐND",
        place_name="Ninh Bình",
        issued_on=DAY,
        drafted_on=DAY,
        title="Báo cáo",
        subject="kết quả giám sát việc giải quyết, trả lời kiến nghị của cử tri",
        addressees=[],
        body=mark_safe(f"<p>{' '.join(WORDS * 4)}.</p>" * 12),
        recipients=["Lưu: VT"],
        signing_lines=["TM. THƯỜNG TRỰC HĐND", "CHỦ TỊCH"],
        signer_name="Dương Trọng Tín",
        appendices=[
            AppendixPaper("Phụ lục I", "Tổng hợp", mark_safe(official_text("reports/letters/by_agency.html", summary))),
            AppendixPaper(
                "Phụ lục II", "Danh sách", mark_safe(official_text("reports/letters/detail.html", detail)), True
            ),
        ],
    )


def ours(paper):
    """Laid out in parts by several processes and joined; returns the number of pages."""
    parts = list(paper.parts())
    contents = renderers.render_all([(part, "") for part in parts])
    return pdf.page_count(pdf.put_together(parts, contents))


def naive(paper):
    """What one writes first: all of it in one document, with the same look and tags."""
    parts = paper.parts(rows=sys.maxsize)
    html = "".join(part.html for part in parts)
    html = html.replace("<body", "<body><div").replace("</body>", "</div></body>")  # each on pages of its own shape
    stylesheet = weasyprint.CSS(filename=finders.find("documents/paper.css"))
    return pdf.page_count(weasyprint.HTML(string=html).write_pdf(stylesheets=[stylesheet], pdf_tags=True))


def measured(act, rows):
    """(seconds, pages, MB of the process, MB of the largest it started, seconds of the processor), all on its own."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(_measured, (act, rows))


def _measured(act, rows):
    paper = report(rows)
    start = time.perf_counter()
    pages = act(paper)
    seconds = time.perf_counter() - start
    renderers.stop()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own, others = (each.ru_maxrss / 1024 for each in used)
    return seconds, pages, own, others, sum(each.ru_utime + each.ru_stime for each in used)


def main():
    name = "report with {} petitions listed, PDF"
    half, *_rest = measured(ours, ROWS // 2)
    line(name.format(ROWS // 2), half, "s")
    seconds, pages, own, others, work = measured(ours, ROWS)
    line(name.format(ROWS), seconds, "s", f"{pages} pages; {seconds / half:.2f}× the time of half as many")
    line("memory of each of its processes", others, "MB", f"{settings.RENDERERS} processes; at most 200")
    line("memory of the process that joins them", own, "MB", "at most 200")
    theirs, pages, most, _others, their_work = measured(naive, ROWS)
    line("one naive document beside it", theirs, "s", f"{pages} pages, {most:.0f} MB")
    line("ours against the naive document", theirs / seconds, "×", "at least 2.6")
    line(
        "time of the processor for all of it",
        work,
        "s",
        f"naive {their_work:.0f} s: the same however busy the machine is",
    )


if __name__ == "__main__":
    main()
