"""Rendering letters: ours against a naive loop, in one run."""

import gc
import json
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
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
from documents import pdf, word  # noqa: E402
from documents.papers import Paper  # noqa: E402
from documents.preview import images  # noqa: E402

#: Until which letter the memory is told, how many are made to know it, and how many go into each loop.
MOST = 2000
LETTERS = int(os.environ.get("BENCH_LETTERS", str(MOST)))
BULK = int(os.environ.get("BENCH_BULK", "40"))
PARAGRAPH = (
    "Sở đã phối hợp với Ủy ban nhân dân các xã, phường kiểm tra thực tế, lập phương án sửa chữa mặt đường và hệ thống thoát "
    "nước; công việc hoàn thành, nghiệm thu và đưa vào sử dụng trong quý III năm 2026. "
)


#: So many of them make two pages.
PARAGRAPHS = 5


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
        body=mark_safe("".join(f"<p>{PARAGRAPH * 3}</p>" for _paragraph in range(PARAGRAPHS))),
        recipients=["Như trên", "Lưu: VT, HTKT"],
        signing_lines=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
        signer_name="Dương Trọng Tín",
        code=f"K7M4P-{number:05d}",
        address=f"https://hoiam.example.gov.vn/public/verify/K7M4P-{number:05d}/",
    )


def ours(paper):
    """As it is issued: with its data attached, in a form to be kept."""
    return pdf.render(paper, json.dumps({"number": paper.number, "text": PARAGRAPH * 3 * PARAGRAPHS}))


def naive(paper):
    """What one writes first: styles and fonts anew for every letter, nothing attached, no form to be kept."""
    stylesheet = weasyprint.CSS(filename=finders.find("documents/paper.css"))
    html = "".join(part.html for part in paper.parts())
    return weasyprint.HTML(string=html).write_pdf(stylesheets=[stylesheet], pdf_tags=True)


def a_few(numbers):
    """Lay these letters out; the time of the processor that took."""
    start = time.process_time()
    for number in numbers:
        ours(letter(number))
    return time.process_time() - start


def in_bulk(letters=BULK):
    """Milliseconds a letter when two warm processes share the work and for a naive loop, turn by turn.

    As (bulk, naive, bulk in time of the processor, naive in time of the processor).
    """
    bulk, loop, bulk_cpu, loop_cpu = [], [], [], []
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(a_few, [range(1, 4), range(1, 4)])
        for _turn in range(3):
            start = time.perf_counter()
            spent = pool.map(a_few, [range(number, number + 2) for number in range(1, letters + 1, 2)], chunksize=1)
            bulk.append((time.perf_counter() - start) * 1000 / letters)
            bulk_cpu.append(sum(spent) * 1000 / letters)
            gc.unfreeze()
            start, start_cpu = time.perf_counter(), time.process_time()
            for number in range(1, letters + 1):
                naive(letter(number))
            loop.append((time.perf_counter() - start) * 1000 / letters)
            loop_cpu.append((time.process_time() - start_cpu) * 1000 / letters)
    return tuple(map(statistics.median, (bulk, loop, bulk_cpu, loop_cpu)))


def office(letters=BULK):
    """Milliseconds a letter when LibreOffice converts the same letters from Word in one call; None without it."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.docx" for number in range(1, letters + 1)]
        for number, file in enumerate(files, start=1):
            file.write_bytes(word.render(letter(number)))
        convert = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        start = time.perf_counter()
        subprocess.run([*convert, "--outdir", folder, *files], check=True, capture_output=True)  # noqa: S603
        spent = (time.perf_counter() - start) * 1000 / letters
        made = len(list(Path(folder).glob("*.pdf")))
    return spent if made == letters else None


def growth():
    """(MB a process grows while it makes letters 200 to 2000, what to say of how that was measured).

    Where fewer letters are made the growth per letter is taken to go on as it was.
    """
    a_few(range(1, 201))
    before = resident()
    a_few(range(201, LETTERS + 1))
    grown = (resident() - before) / 1024
    if LETTERS >= MOST:
        return grown, ""
    return grown * (MOST - 200) / (LETTERS - 200), f", extrapolated from {LETTERS}"


def resident():
    """The memory this process holds now, in kB."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def cpu(act, rounds=10):
    """The median time the processor spends on `act`, in ms: the same however busy the machine is."""
    act()
    spent = []
    for _round in range(rounds):
        start = time.process_time()
        act()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


def main():
    numbers = iter(range(1, 1_000_000))
    one = {
        "ours": lambda: ours(letter(next(numbers))),
        "naive": lambda: naive(letter(next(numbers))),
        "preview": lambda: images(pdf.render(letter(next(numbers)))),
    }
    if (pages := pdf.page_count(one["ours"]())) != 2:
        sys.exit(f"The letter has {pages} pages, not two")
    for name, measured in (("two-page letter to PDF", milliseconds), ("the same, time of the processor", cpu)):
        mine, theirs = measured(one["ours"], rounds=20), measured(one["naive"], rounds=20)
        line(name, mine, "ms", f"{theirs / mine:.2f}× as fast as naive ({theirs:.0f} ms)")
    bulk, loop, bulk_cpu, loop_cpu = in_bulk()
    ratio = f"{loop / bulk:.2f}× as fast as a naive loop, at least 2.5"
    line("bulk letters, two processes", bulk, "ms a letter", ratio)
    line("naive HTML(…).write_pdf() loop beside them", loop, "ms a letter")
    most = f"naive {loop_cpu:.0f} ms: at most {2 * loop_cpu / bulk_cpu:.2f}× where nothing else runs on the two cores"
    line("bulk letters, time of the processor", bulk_cpu, "ms a letter", most)
    if converted := office():
        line("LibreOffice, the same letters from Word", converted, "ms a letter", f"{converted / bulk:.2f}× our time")
    grown, how = growth()
    line(f"memory from letter 200 to {MOST}{how}", grown, "MB", "under 10")
    line("preview of a two-page letter", milliseconds(one["preview"], rounds=10), "ms", "at most 300")
    line("the same, time of the processor", cpu(one["preview"]), "ms")


if __name__ == "__main__":
    main()
