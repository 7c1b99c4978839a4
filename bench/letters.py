"""Rendering letters: ours against a naive loop, in one run."""

import multiprocessing
import os
import time
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import weasyprint  # noqa: E402
from django.contrib.staticfiles import finders  # noqa: E402
from django.utils.safestring import mark_safe  # noqa: E402

from bench.figures import line, milliseconds  # noqa: E402
from documents import pdf  # noqa: E402
from documents.papers import Paper  # noqa: E402
from documents.preview import images  # noqa: E402

#: How many letters the memory is watched for.
LETTERS = int(os.environ.get("BENCH_LETTERS", "2000"))
PARAGRAPH = (
    "Sở đã phối hợp với Ủy ban nhân dân các xã, phường kiểm tra thực tế, lập phương án sửa chữa mặt đường và hệ thống thoát "
    "nước; công việc hoàn thành, nghiệm thu và đưa vào sử dụng trong quý III năm 2026. "
)


def letter(number):
    """Two pages, each letter with a number of its own."""
    return Paper(
        superior_line="UBND tỉnh Ninh Bình",
        agency_name="Sở Xây dựng",
        number=number,
        symbol="SXD-HTKT",
        place_name="Ninh Bình",
        issued_on=date(2026, 11, 20),
        drafted_on=date(2026, 11, 20),
        title="",
        subject="trả lời ý kiến, kiến nghị của cử tri",
        addressees=["Thường trực Hội đồng nhân dân tỉnh Ninh Bình"],
        body=mark_safe("".join(f"<p>{PARAGRAPH * 3}</p>" for _paragraph in range(8))),
        recipients=["Như trên", "Lưu: VT, HTKT"],
        signing_lines=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
        signer_name="Dương Trọng Tín",
    )


def naive(paper):
    """What one writes first: styles and fonts anew for every letter."""
    stylesheet = weasyprint.CSS(filename=finders.find("documents/paper.css"))
    html = "".join(paper.sheets())
    return weasyprint.HTML(string=html).write_pdf(stylesheets=[stylesheet], pdf_tags=True)


def a_few(numbers):
    for number in numbers:
        pdf.render(letter(number))


def in_bulk(letters=40):
    """Milliseconds a letter when two warm processes share the work."""
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(a_few, [range(1, 4), range(1, 4)])
        start = time.perf_counter()
        pool.map(a_few, [range(1, letters // 2 + 1), range(letters // 2 + 1, letters + 1)])
        return (time.perf_counter() - start) * 1000 / letters


def growth():
    """How much a process grows, in MB, while it makes one letter after the other."""
    a_few(range(1, 201))
    before = resident()
    a_few(range(201, LETTERS + 1))
    return (resident() - before) / 1024


def resident():
    """The memory this process holds now, in kB."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def main():
    numbers = iter(range(1, 1_000_000))
    ours = milliseconds(lambda: pdf.render(letter(next(numbers))), rounds=20)
    theirs = milliseconds(lambda: naive(letter(next(numbers))), rounds=20)
    preview = milliseconds(lambda: images(pdf.render(letter(next(numbers)))), rounds=10)
    line("two-page letter to PDF", ours, "ms", f"{theirs / ours:.2f}× as fast as naive ({theirs:.0f} ms)")
    bulk, alone = in_bulk(), theirs
    line(
        "bulk letters, two processes", bulk, "ms a letter", f"{alone / bulk:.2f}× as fast as a naive loop, at least 2.5"
    )
    grown = growth()
    line(f"memory from letter 200 to {LETTERS}", grown, "MB", "under 10")
    line("preview of a two-page letter", preview, "ms", "at most 300")


if __name__ == "__main__":
    main()
