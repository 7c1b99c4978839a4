"""Rendering letters: ours against a naive loop, in one run."""

import os
from datetime import date

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


def main():
    numbers = iter(range(1, 1_000_000))
    ours = milliseconds(lambda: pdf.render(letter(next(numbers))), rounds=20)
    theirs = milliseconds(lambda: naive(letter(next(numbers))), rounds=20)
    preview = milliseconds(lambda: images(pdf.render(letter(next(numbers)))), rounds=10)
    line("two-page letter to PDF", ours, "ms", f"{theirs / ours:.2f}× as fast as naive ({theirs:.0f} ms)")
    line("preview of a two-page letter", preview, "ms", "at most 300")


if __name__ == "__main__":
    main()
