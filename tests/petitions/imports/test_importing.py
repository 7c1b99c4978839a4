"""A file on its way: read, put right, imported once, undone as a whole; by page, by command, by two at once."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from common.models import Upload
from petitions import workflow
from petitions.imports import jobs, receiving
from petitions.models import ImportRow, ImportRun, Petition, PetitionEvent
from tests.petitions.imports import files
from tests.petitions.imports.runs import BAD, GOOD, HEADINGS, OTHER, accepted, imported, read, received, undone
from tests.refusals import refused


def states(run):
    return list(run.rows.order_by("line").values_list("state", flat=True))


def test_rows_are_read_with_what_is_wrong_and_nothing_counts_yet(world):
    run = read(world)

    assert (run.status, states(run)) == ("ready", ["ready", "ready", "refused"])
    assert (run.rows_read, run.refused, run.accepted) == (3, 1, 0)
    assert Petition.objects.count() == 0


def test_the_good_rows_become_petitions_with_points_origin_timeline_and_history(world):
    run = imported(world)

    first, second = Petition.objects.order_by("pk")
    assert (run.status, run.accepted, run.refused, states(run)) == ("done", 2, 1, ["imported", "imported", "refused"])
    assert (first.status, first.title, first.number, first.place) == (
        "received",
        "Lắp đèn chiếu sáng",
        1,
        world.commune,
    )
    assert first.policy_field == world.field
    assert (first.points.get().content, second.number) == ("Đề nghị lắp đèn chiếu sáng.", 2)
    origin = first.origins.get()
    assert (origin.voter_name, origin.unit, origin.raised_on) == ("Bà Cam", world.commune, world.today)
    assert [event.kind for event in first.events.all()] == ["received"]
    assert "Cam" not in first.search_text
    for record in (first, first.points.get(), origin):
        entry = record.history.get()
        assert (entry.history_user, entry.history_change_reason, entry.history_type) == (
            world.officer, "nhập từ tệp", "+",
        )  # fmt: skip
    assert world.logged().number == 3
    assert workflow.refresh(first, by=world.officer).history.count() == 1


def test_the_same_file_imports_once(world):
    content = files.xlsx([HEADINGS, GOOD, OTHER, BAD])
    imported(world, content=content)

    again = read(world, content=content)

    assert (again.duplicates, states(again)) == (2, ["duplicate", "duplicate", "refused"])
    assert receiving.earlier_run(again) is not None
    assert {row.petition for row in again.rows.filter(state="duplicate")} == set(Petition.objects.all())
    assert workflow.refused_ready(again) == "Không có hàng nào của tệp này nhập được."


def test_the_same_rows_in_another_file_import_once(world):
    imported(world)
    shouted = ["9", "ĐỀ NGHỊ LẮP ĐÈN CHIẾU SÁNG", "xã Yên Mô", "", "BÀ CAM"]

    run = read(world, content=files.docx([HEADINGS, shouted]), name="ds.docx")

    assert states(run) == ["duplicate"]


def test_a_row_twice_in_one_file_imports_once(world):
    run = read(world, [GOOD, GOOD])

    assert states(run) == ["ready", "duplicate"]
    assert run.rows.get(state="duplicate").notes == ["= trùng với dòng 2"]


def test_two_people_at_once_import_once(world):
    first, second = read(world), read(world)

    accepted(first, world.officer)
    second = accepted(second, world.officer)

    assert (second.accepted, second.duplicates) == (0, 2)
    assert Petition.objects.count() == 2


def test_a_row_put_right_is_checked_again(world):
    run = read(world)
    row = run.rows.get(state="refused")

    row = receiving.correct(row, {"place": "Hoa Lư"}, by=world.officer)

    assert (row.state, row.problems, row.values["unit"]) == ("ready", {}, world.ward.pk)
    assert accepted(run, world.officer).accepted == 3


def test_a_row_put_right_into_one_that_is_there_is_a_duplicate(world):
    run = read(world, [GOOD, ["2", GOOD[1], "Nơi Nao", "", "Bà Cam"]])

    row = receiving.correct(run.rows.get(state="refused"), {"place": "Yên Mô"}, by=world.officer)

    assert row.state == "duplicate"


def test_a_row_imported_meanwhile_stays_as_it_is(world):
    run = read(world, [GOOD])
    row = run.rows.get()
    accepted(run, world.officer)

    for change in (
        lambda: receiving.correct(row, {"content": "Đề nghị sửa cầu."}, by=world.officer),
        lambda: receiving.turn(row, by=world.officer),
    ):
        with refused("Nhập các hàng không lỗi"):
            change()

    assert (run.rows.get().state, run.rows.get().petition) == ("imported", Petition.objects.get())


def test_a_row_left_out_stays_out_and_can_come_back(world):
    run = read(world, [GOOD])
    row = receiving.turn(run.rows.get(), by=world.officer)
    assert workflow.refused_ready(run)

    assert receiving.turn(row, by=world.officer).state == "ready"


def test_the_columns_of_a_sender_are_remembered(world):
    run = received(world, sender="Tổ đại biểu số 1")
    receiving.start_reading(run, by=world.officer, index=0, row=0, columns={"content": 1, "place": 4})

    again = received(world, sender="tổ đại biểu số 1")
    other = received(world, sender="Tổ đại biểu số 2")

    assert receiving.head_of(again, receiving.table_of(again, 0)).columns == {"content": 1, "place": 4}
    assert receiving.head_of(other, receiving.table_of(other, 0)).columns["place"] == 2


def test_reading_again_forgets_the_first_reading(world):
    run = read(world)

    run = receiving.start_reading(run, by=world.officer, index=0, row=0, columns={"content": 1})
    jobs.run_now(jobs.ReadImport, run, by=world.officer)

    assert states(run) == ["refused"] * 3


def test_reading_needs_the_column_of_the_content(world):
    with pytest.raises(ValidationError, match="cột chứa nội dung"):
        receiving.start_reading(received(world), by=world.officer, index=0, row=0, columns={"place": 2})


class TestUndoing:
    def test_an_import_is_undone_as_a_whole_and_can_come_again(self, world):
        run = undone(imported(world), world.officer)

        assert run.status == "undone"
        assert set(Petition.objects.values_list("status", flat=True)) == {"undone"}
        assert Petition.objects.counted().count() == 0
        assert sorted(run.rows.values_list("state", flat=True)) == ["refused", "undone", "undone"]
        petition = Petition.objects.first()
        assert petition.history.first().history_user == world.officer
        assert [event.kind for event in petition.events.all()] == ["import_undone", "received"]
        assert imported(world).accepted == 2

    def test_not_once_something_was_done_with_one_of_its_petitions(self, world):
        run = imported(world)
        petition = Petition.objects.first()
        workflow.classify(petition, by=world.officer, policy_field=world.field, authority_level="provincial")

        with pytest.raises(PermissionDenied, match=f"{petition.code} đã được xử lý tiếp"):
            workflow.start_undoing(run, by=world.officer)
        assert PetitionEvent.objects.filter(kind="import_undone").count() == 0

    def test_not_by_who_may_not_log(self, world):
        with pytest.raises(PermissionDenied):
            workflow.start_undoing(imported(world), by=world.leader)


@pytest.mark.parametrize("who", ["leader", "drafter", "delegate", "administrator"])
def test_only_who_logs_petitions_and_reads_voters_data_brings_files_in(world, who):
    with pytest.raises(PermissionDenied):
        received(world, by=getattr(world, who))


def test_a_file_of_another_ending_is_refused(world):
    with pytest.raises(ValidationError, match="Chỉ đọc được bảng"):
        received(world, name="ds.csv")


def test_a_workbook_named_as_an_old_one_is_read_for_what_it_is(world):
    assert received(world, name="ds.xls").file_kind == "xlsx"


class TestCommand:
    def run(self, world, tmp_path, capsys, *options, rows=(GOOD, BAD)):
        path = tmp_path / "ds.xlsx"
        path.write_bytes(files.xlsx([HEADINGS, *rows]))
        call_command("import_petitions", str(path), "--session", str(world.session.pk), *options)
        return capsys.readouterr().out

    def test_it_imports_and_prints_the_run_report(self, world, tmp_path, capsys):
        report = json.loads(self.run(world, tmp_path, capsys, "--json"))

        assert {name: report[name] for name in ("rows_read", "accepted", "refused", "duplicates", "status", "by")} == {
            "rows_read": 2, "accepted": 1, "refused": 1, "duplicates": 0, "status": "done", "by": "officer",
        }  # fmt: skip
        assert report["errors"] == [{"line": 3, "problems": {"place": "Không có địa phương này trong tỉnh."}}]
        assert Petition.objects.get().place == world.commune

    def test_a_dry_run_leaves_nothing(self, world, tmp_path, capsys, settings):
        report = json.loads(self.run(world, tmp_path, capsys, "--json", "--dry-run"))

        assert (report["ready"], report["accepted"], report["dry_run"]) == (1, 0, True)
        assert not ImportRun.objects.exists()
        assert not Petition.objects.exists()
        assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]

    def test_the_report_for_people(self, world, tmp_path, capsys):
        assert "dòng 3: Không có địa phương này trong tỉnh." in self.run(world, tmp_path, capsys)

    def test_what_it_cannot_do_it_says(self, world, tmp_path, capsys):
        for options, words in (
            (["--by", "nobody"], "no user"), (["--table", "7"], "no table"), (["--unit", "77"], "no locality"),
            (["--by", "drafter"], "không được ghi"),
        ):  # fmt: skip
            with pytest.raises(CommandError, match=words):
                self.run(world, tmp_path, capsys, *options)
        with pytest.raises(CommandError, match="no session"):
            call_command("import_petitions", "x.xlsx", "--session", "999999")


def test_a_list_as_ugly_as_real_ones(world):
    """Word: title rows, Roman heads, merged communes, points, a cell broken over lines, a total at the end."""
    rows = [
        ["TT", "Nội dung kiến nghị", "Cử tri xã, phường", "Ghi chú"],
        ["(1)", "(2)", "(3)", "(4)"],
        [("I. LĨNH VỰC GIAO THÔNG", '<w:gridSpan w:val="4"/>')],
        ["1", "Đề nghị sửa tuyến\nđường liên xã.Lắp đèn", ("Xã Yên Mô", '<w:vMerge w:val="restart"/>'), ""],
        ["2", "Về cầu:", ("", "<w:vMerge/>"), ""],
        ["2.1", "Đề nghị sửa cầu Vòm", ("", "<w:vMerge/>"), ""],
        ["2.2", "Đề nghị xây cầu Mới", ("", "<w:vMerge/>"), ""],
        [("II. VẤN ĐỀ KHÁC", '<w:gridSpan w:val="4"/>')],
        ["1", "Ðề nghị\u00a0xử lý rác thải", "P. Hoa Lư", "đã nêu nhiều lần"],
        ["", "Tổng cộng: 3 kiến nghị", "", ""],
    ]

    imported(world, content=files.docx(rows), name="ds.docx")

    found = [(p.title, [point.content for point in p.points.all()], p.place, p.policy_field)
             for p in Petition.objects.order_by("pk")]  # fmt: skip
    assert found == [
        ("Sửa tuyến đường liên xã. Lắp đèn", ["Đề nghị sửa tuyến đường liên xã. Lắp đèn"], world.commune, world.field),
        ("Về cầu", ["Đề nghị sửa cầu Vòm", "Đề nghị xây cầu Mới"], world.commune, world.field),
        ("Xử lý rác thải", ["Đề nghị xử lý rác thải"], world.ward, None),
    ]
    assert (
        Petition.objects.order_by("pk")[1].origins.get().verbatim
        == "Về cầu:\n2.1 Đề nghị sửa cầu Vòm\n2.2 Đề nghị xây cầu Mới"
    )
    assert ImportRow.objects.filter(state="refused").count() == 0


@pytest.mark.parametrize(("name", "content"), [("trong.docx", files.docx()), ("trong.xlsx", files.xlsx([]))])
def test_nothing_is_kept_of_a_file_without_a_table(world, settings, name, content):
    with refused("bảng"):
        received(world, name=name, content=content)

    assert not Upload.objects.filter(name=name).exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
