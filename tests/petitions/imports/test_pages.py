"""petitions/views/importing.py: from the file to the report, as a person does it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from common import jobs as background
from common.models import Job
from petitions.imports import receiving
from petitions.models import ImportRun, Petition
from tests.counting import queries
from tests.petitions.imports import files
from tests.petitions.imports.runs import BAD, GOOD, HEADINGS, OTHER, imported, read, received


def text(response):
    return " ".join(response.content.decode().split())


def work():
    """What a worker does."""
    for job in Job.objects.filter(state="waiting").order_by("pk"):
        background.run(job.pk)


def test_a_file_comes_in_is_matched_put_right_and_imported(world, as_):
    client = as_(world.officer)
    file = SimpleUploadedFile("ds.xlsx", files.xlsx([HEADINGS, GOOD, OTHER, BAD]))

    data = {"file": file, "sender": "Tổ 1", "phase": "before", "source": "meeting"}
    page = client.post(reverse("petitions:imports", args=[world.session.pk]), data, follow=True)
    assert "Ghép cột" in text(page)
    run = ImportRun.objects.get()
    columns = {"column_0": "number", "column_1": "content", "column_2": "place", "column_3": "field"}
    page = client.post(
        reverse("petitions:import_columns", args=[run.pk]), {"table": 0, "head": 1, **columns}, follow=True
    )
    assert "đang đọc" in text(page)
    work()
    page = text(client.get(run.get_absolute_url()))
    assert "Không có địa phương này trong tỉnh." in page
    assert "Nhập 2 hàng không lỗi" in page
    row = run.rows.get(state="refused")
    corrected = {"content": row.values["content"], "place": "Hoa Lư"}
    address = reverse("petitions:import_row", args=[run.pk, row.pk])
    put_right = client.post(address, corrected, headers={"HX-Request": "true"})
    assert "Có thể nhập" in text(put_right)
    assert "Nhập 3 hàng không lỗi" in text(put_right)
    assert '<nav class="facets" id="import-facets" hx-swap-oob="true"' in text(put_right)
    client.post(reverse("petitions:accept_import", args=[run.pk]))
    work()
    page = text(client.get(run.get_absolute_url()))
    assert Petition.objects.count() == 3
    assert Petition.objects.first().code in page
    client.post(reverse("petitions:undo_import", args=[run.pk]))
    work()
    assert set(Petition.objects.values_list("status", flat=True)) == {"undone"}
    assert list(client.get("/petitions/").context["page"]) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("ds.xlsx", b"<html>", "trang web"), ("ds.pdf", b"%PDF-", "Chỉ đọc được"), ("ds.docx", b"PK\x03\x04x", "hỏng")],
)
def test_a_file_that_cannot_be_taken_is_refused_beside_its_field(world, as_, name, content, words):
    data = {"file": SimpleUploadedFile(name, content), "phase": "before", "source": "meeting", "sender": "Tổ 7"}

    response = as_(world.officer).post(reverse("petitions:imports", args=[world.session.pk]), data)

    assert words in response.context["form"].errors["file"][0]
    assert 'value="Tổ 7"' in text(response)
    assert not ImportRun.objects.exists()


def test_a_file_that_can_no_longer_be_read_says_so_and_can_be_dropped(world, as_, monkeypatch):
    run, client = received(world), as_(world.officer)
    monkeypatch.setattr("common.tables.reading.MOST_ROWS", -99)
    columns = reverse("petitions:import_columns", args=[run.pk])

    for page in (client.get(run.get_absolute_url()), client.post(columns, {"column_1": "content"})):
        assert page.status_code == 422
        assert "Hãy tách" in text(page)
        assert reverse("petitions:drop_import", args=[run.pk]) in text(page)

    client.post(reverse("petitions:drop_import", args=[run.pk]))
    assert ImportRun.objects.get().status == "dropped"


def test_a_list_of_one_row_too_many_is_refused_before_anything_is_read(world, as_, monkeypatch):
    run, client = received(world), as_(world.officer)
    columns = reverse("petitions:import_columns", args=[run.pk])
    head = client.get(run.get_absolute_url()).context["head"]
    below = len(receiving.table_of(run, 0).rows) - head.last_row - 1

    monkeypatch.setattr("petitions.imports.receiving.MOST_ROWS", below - 1)
    for page in (client.get(run.get_absolute_url()), client.post(columns, {"column_1": "content"})):
        assert page.status_code == 422
        assert "Hãy tách" in text(page)
    monkeypatch.setattr("petitions.imports.receiving.MOST_ROWS", below)
    assert client.get(run.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "x"])
def test_a_table_or_row_that_does_not_exist_is_passed_over(world, as_, number):
    page = as_(world.officer).get(received(world).get_absolute_url(), {"table": number, "head": number})

    assert (page.context["index"], page.context["head_line"]) == (0, 1)


def test_before_the_columns_are_chosen_there_are_no_refused_rows(world, as_):
    run = received(world)

    assert as_(world.officer).get(reverse("petitions:refused", args=[run.pk])).status_code == 404


def test_columns_chosen_twice_or_without_content_are_refused(world, as_):
    run = ImportRun.objects.get(pk=read(world).pk)
    address = reverse("petitions:import_columns", args=[run.pk])

    twice = as_(world.officer).post(address, {"table": 0, "head": 1, "column_0": "content", "column_1": "content"})
    none = as_(world.officer).post(address, {"table": 0, "head": 1, "column_0": "number"})

    assert "Đã có cột khác mang nội dung này." in text(twice)
    assert "Hãy chỉ ra cột chứa nội dung kiến nghị." in text(none)


def test_the_refused_rows_come_back_in_their_shape_with_the_reason(world, as_):
    run = imported(world, [["I. Lĩnh vực lạ", "", "", "", ""], GOOD, ["+1+1", *BAD[1:]]])

    response = as_(world.officer).get(reverse("petitions:refused", args=[run.pk]))

    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row for row in rows if any(row)] == [
        [*HEADINGS, "Lý do bị loại"],
        ["I. Lĩnh vực lạ", "", "", "", "", ""],
        ["+1+1", *BAD[1:], "Không có địa phương này trong tỉnh."],
    ]


def test_rows_that_repeat_a_petition_are_shown_with_it(world, as_):
    petition = world.answered(points=["Đường Trần Phú chưa có đèn chiếu sáng, đề nghị lắp đèn."], title="Đèn đường")
    run = read(world, [["1", "Đề nghị lắp đèn chiếu sáng trên đường Trần Phú.", "Hoa Lư", "", ""], OTHER])

    response = as_(world.officer).get(reverse("petitions:import_similar", args=[run.pk]))

    assert [(row.line, similar.petition) for row, similar in response.context["found"]] == [(2, petition)]
    assert petition.code in text(response)


def test_the_rows_of_the_page_shown_are_compared(world, as_, monkeypatch):
    world.logged(points=["Đường Trần Phú chưa có đèn chiếu sáng, đề nghị lắp đèn."], title="Đèn đường")
    said = "Đề nghị lắp đèn chiếu sáng trên đường Trần Phú"
    run = read(world, [BAD, ["1", f"{said}.", "Hoa Lư", "", ""], ["2", f"{said} và sơn vạch.", "Hoa Lư", "", ""]])
    monkeypatch.setattr("petitions.views.importing.PAGE_SIZE", 1)
    address, client = reverse("petitions:import_similar", args=[run.pk]), as_(world.officer)

    def lines(**query):
        return [row.line for row, _similar in client.get(address, query).context["found"]]

    assert [lines(page=page) for page in (1, 2, 3)] == [[], [3], [4]]
    assert [lines(state="ready", page=page) for page in (1, 2)] == [[3], [4]]
    assert f"{address}?state=&amp;page=1" in client.get(run.get_absolute_url()).content.decode()


def test_a_row_left_out_by_hand(world, as_):
    run = read(world)
    row = run.rows.first()

    as_(world.officer).post(reverse("petitions:leave_out_row", args=[run.pk, row.pk]))

    assert run.rows.first().state == "left_out"


def test_a_file_is_dropped_before_it_counts(world, as_):
    run = read(world)

    as_(world.officer).post(reverse("petitions:drop_import", args=[run.pk]))

    assert ImportRun.objects.get().status == "dropped"


def test_what_a_file_says_is_escaped(world, as_):
    run = read(world, [["1", "<script>alert(1)</script> lắp đèn", "<b>x</b>", "", ""]])

    page = as_(world.officer).get(run.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize("who", ["leader", "drafter", "delegate", "member", "administrator"])
def test_others_find_no_import(world, as_, who):
    run = read(world)
    client = as_(getattr(world, who))

    assert client.get(run.get_absolute_url()).status_code == 404
    assert client.get(reverse("petitions:imports", args=[world.session.pk])).status_code == 403


def test_the_number_of_queries_does_not_grow(world, as_):
    client = as_(world.officer)
    one = queries(client, imported(world, [GOOD]).get_absolute_url())

    many = imported(
        world, [OTHER, ["3", "Đề nghị xây trạm bơm.", "Yên Mô", "", ""], ["4", "Đề nghị mở lớp.", "Yên Mô", "", ""]]
    )

    assert queries(client, many.get_absolute_url()) == one
