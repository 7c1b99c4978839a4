"""A list of 20 000 rows read, checked and imported: `python -m bench.imports DATABASE`."""

import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.files import File  # noqa: E402
from django.core.management import call_command  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from bench.figures import line  # noqa: E402
from petitions import workflow  # noqa: E402
from petitions.imports import jobs, receiving  # noqa: E402
from tests.world import World  # noqa: E402

ROWS = 20_000
HEADINGS = [
    "STT",
    "Nội dung kiến nghị",
    "Xã, phường",
    "Lĩnh vực",
    "Thẩm quyền",
    "Ngày tiếp xúc",
    "Họ và tên",
    "Địa chỉ",
]
WORDS = [
    "đoạn",
    "qua",
    "thôn",
    "khu",
    "dân",
    "cư",
    "ven",
    "sông",
    "gây",
    "ô",
    "nhiễm",
    "ảnh",
    "hưởng",
    "đời",
    "sống",
    "nhiều",
    "năm",
    "xuống",
    "cấp",
    "mùa",
    "mưa",
    "bão",
    "ngập",
    "úng",
    "đi",
    "lại",
    "khó",
    "khăn",
]


def main(database):
    call_command("migrate", verbosity=0)
    settings.DEBUG = False
    world = World()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "danh-sach.xlsx"
        write(path)
        start = time.perf_counter()
        with path.open("rb") as content:
            run = receiving.receive(
                File(content, name=path.name), council_session=world.session, by=world.officer, raised_on=world.today
            )
        head = receiving.head_of(run, receiving.table_of(run, 0))
        run = receiving.start_reading(run, by=world.officer, index=0, row=head.row, columns=head.columns)
        jobs.run_now(jobs.ReadImport, run, by=world.officer)
    line(f"{ROWS} rows read and checked, {database}", time.perf_counter() - start, "s", "at most 15")
    start = time.perf_counter()
    jobs.run_now(jobs.AcceptImport, workflow.start_accepting(run, by=world.officer), by=world.officer)
    line(f"{ROWS} rows imported with history, {database}", time.perf_counter() - start, "s", "at most 30")
    line(f"memory of both, {database}", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", "at most 300")


def write(path):
    chance = random.Random(1)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Tổng hợp")
    sheet.append(HEADINGS)
    for number in range(1, ROWS + 1):
        text = f"Đề nghị sửa chữa tuyến đường số {number} {' '.join(chance.choices(WORDS, k=40))}."
        place = chance.choice(["xã Yên Mô", "phường Hoa Lư"])
        sheet.append([number, text, place, "Giao thông", "Tỉnh", "15/10/2026", f"Cử tri {number}", "thôn Đông"])
    workbook.save(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
