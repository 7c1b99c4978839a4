"""Imports as far as a test needs them."""

from django.core.files.base import ContentFile

from petitions import workflow
from petitions.imports import jobs, receive, receiving
from petitions.models import ImportRun
from tests.petitions.imports import files

HEADINGS = ["STT", "Nội dung kiến nghị", "Xã, phường", "Lĩnh vực", "Họ và tên"]
GOOD = ["1", "Đề nghị lắp đèn chiếu sáng.", "Yên Mô", "Giao thông", "Bà Cam"]
OTHER = ["2", "Đề nghị sửa cầu dân sinh.", "Hoa Lư", "", ""]
BAD = ["3", "Đề nghị nạo vét kênh tiêu.", "Nơi Nao", "", ""]


def received(world, rows=(GOOD, OTHER, BAD), name="ds.xlsx", by=None, content=None, **details):
    content = content or files.xlsx([HEADINGS, *rows])
    return receive(
        ContentFile(content, name=name),
        council_session=world.session,
        by=by or world.officer,
        **{"raised_on": world.today, **details},
    )


def read(world, *args, **details):
    run = received(world, *args, **details)
    head = receiving.head_of(run, receiving.table_of(run, 0))
    run = receiving.start_reading(run, by=world.officer, index=0, row=head.row, columns=head.columns)
    jobs.run_now(jobs.ReadImport, run, by=world.officer)
    return ImportRun.objects.get(pk=run.pk)


def accepted(run, by):
    jobs.run_now(jobs.AcceptImport, workflow.start_accepting(run, by=by), by=by)
    return ImportRun.objects.get(pk=run.pk)


def imported(world, *args, **details):
    return accepted(read(world, *args, **details), world.officer)


def undone(run, by):
    jobs.run_now(jobs.UndoImport, workflow.start_undoing(run, by=by), by=by)
    return ImportRun.objects.get(pk=run.pk)
