"""A long workbook: ours against openpyxl as one writes it first, in one run, each in a process of its own."""

import io
import multiprocessing
import os
import resource
import time
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from openpyxl import Workbook  # noqa: E402
from openpyxl.styles import Alignment, Border, Font, Side  # noqa: E402

from bench.figures import line  # noqa: E402
from common import xlsx  # noqa: E402

ROWS = int(os.environ.get("BENCH_ROWS", "50000"))
KINDS = ["number", "text", "text", "text", "date"] * 3
DAY = date(2026, 11, 22)


def values(number):
    return [number if k == "number" else DAY if k == "date" else f"Đề nghị sửa đường {number}" for k in KINDS]


def ours(rows):
    columns = [xlsx.Column(f"Cột {place}", 18, kind) for place, kind in enumerate(KINDS)]
    xlsx.write([xlsx.Sheet("Danh sách", ["DANH SÁCH"], columns, rows)])


def naive(rows):
    """A font, a border and an alignment set on every cell, each made once."""
    workbook = Workbook()
    sheet, thin = workbook.active, Side(style="thin")
    font, border = Font(name="Times New Roman", size=12), Border(thin, thin, thin, thin)
    alignment = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(rows):
        for place, value in enumerate(row.values, start=1):
            cell = sheet.cell(number + 2, place, value)
            cell.font = font
            cell.border = border
            cell.alignment = alignment
    workbook.save(io.BytesIO())


def measured(act):
    """(seconds, MB more than before) of `act` in a process of its own."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(_measured, (act,))


def _measured(act):
    rows = [xlsx.Row(values(number)) for number in range(ROWS)]
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    act(rows)
    return time.perf_counter() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def main():
    (seconds, megabytes), (theirs, more) = measured(ours), measured(naive)
    name = f"workbook of {ROWS} rows × {len(KINDS)} styled columns"
    line(name, seconds, "s", f"{theirs / seconds:.2f}× as fast as plain openpyxl ({theirs:.1f} s), at least 3")
    line(f"{name}, memory", megabytes, "MB", f"plain openpyxl {more:.0f} MB; at most 40")


if __name__ == "__main__":
    main()
