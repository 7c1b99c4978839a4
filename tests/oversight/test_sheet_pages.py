"""oversight/pack.py, forms/sheet.py and views/sheet.py: the delegation's paper, out and back in."""

import io
import re
from dataclasses import dataclass
from datetime import timedelta

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from docx import Document as WordFile

from common import jobs
from common.models import Job
from oversight import pack, packing, workflow
from oversight.models import Finding, Recommendation
from petitions.models import Petition
from responses import promising, reviewing
from responses.models import Answer, Commitment, ResultReason
from tests.counting import queries
from tests.kept import keeping
from tests.oversight import visits
from tests.records import PERSONAL, VERBATIM, VOTER
from tests.world import World, any_page


@dataclass
class Taken:
    """A petition with two points that were answered, one with a single point that was not."""

    world: World
    answered: Petition
    waiting: Petition
    held: object = None


def build():
    world = World()
    answered = world.answered(points=["Đề nghị lắp đèn.", "Đề nghị sơn cột."], voter=VOTER, verbatim=VERBATIM)
    made = Taken(world, answered, world.forwarded())
    answer = Answer.objects.filter(point__petition=answered).order_by("point__number").first()
    promising.confirm(answer, quote="Sở đã lắp đèn.", due_on=world.today, by=world.officer)
    reviewing.mark(answer, value="partly", note="Chưa nói rõ nơi lắp", by=world.officer)
    earlier = visits.session(world, answered, held_on=world.today - timedelta(days=3))
    visits.find(earlier, answer.point, by=world.officer, found="Đoạn cuối còn tối.")
    workflow.recommend(earlier, by=world.officer, content="Lắp nốt đoạn cuối.", petition=answered)
    made.held = visits.session(world, answered, made.waiting)
    return made


kept, taken = keeping(build)


def sheet(taken):
    return reverse("oversight:sheet", args=[taken.held.pk])


def any_pages(long, places):
    """Any page in place of each part."""
    for place in places:
        default_storage.save(long.names[place], ContentFile(any_page()))


def rows(*typed, total=None):
    """The sheet as sent: (code, mark, remark) a row."""
    data = {"row-TOTAL_FORMS": total or len(typed), "row-INITIAL_FORMS": 0}
    for number, (code, mark, remark) in enumerate(typed):
        data |= {f"row-{number}-code": code, f"row-{number}-mark": mark, f"row-{number}-remark": remark}
    return data


def found(taken):
    """{short point: (assessed, found)}"""
    findings = Finding.objects.filter(working_session=taken.held).order_by("point__petition", "point__number")
    return {str(f.point).rpartition("-")[2]: (f.assessed_result, f.found) for f in findings}


# The pack


def test_the_pack_says_everything_about_each_petition_and_nothing_about_voters(taken):
    words = "".join(pack.bodies(taken.held))

    for said in (
        taken.answered.code,
        "Nội dung 1.1.",
        "Nội dung 1.2.",
        "Nội dung 2.",
        "Sở đã lắp đèn.",
        "đang thực hiện",
        "Chưa nói rõ nơi lắp",
        "Đoạn cuối còn tối.",
        "Lắp nốt đoạn cuối.",
        "Chưa có văn bản trả lời.",
        "Xã Yên Mô",
    ):
        assert said in words
    assert not [personal for personal in PERSONAL if personal in words]
    assert "đã quá hạn" not in words


def test_the_pack_says_which_promises_and_recommendations_are_past_their_day(taken):
    yesterday = taken.world.today - timedelta(days=1)
    Commitment.objects.update(original_due_on=yesterday, due_on=yesterday)
    Recommendation.objects.update(status="open", due_on=yesterday)

    words = "".join(pack.bodies(taken.held))

    assert "<b>đang thực hiện, đã quá hạn</b>" in words
    assert "<b>Đang thực hiện, đã quá hạn</b>" in words


def test_what_an_agency_calls_its_result_is_said_once(taken):
    reason = ResultReason.objects.create(result="resolved", name="Đã giải quyết xong")
    Answer.objects.update(result="resolved", roadmap_on=None, evidence="Biên bản", reason=reason)

    words = "".join(pack.bodies(taken.held))

    assert "<b>đã giải quyết xong</b>;" in words
    assert "(đã giải quyết xong)" not in words


def address(name, taken):
    return reverse(f"oversight:{name}", args=[taken.held.pk])


def test_the_pack_is_made_in_the_background_as_one_pdf_and_one_word_file(taken, as_):
    client = as_(taken.world.member)
    assert "Tạo tài liệu" in client.get(address("pack", taken)).content.decode()
    assert client.get(address("pack_pdf", taken))["Location"] == address("pack", taken)

    asked = [client.post(address("pack", taken))["Location"] for _time in range(2)]
    job = Job.objects.get()
    jobs.run(job.pk)

    job.refresh_from_db()
    assert asked == [job.get_absolute_url()] * 2
    assert (job.state, job.done, job.total) == (Job.State.DONE, 3, 3)
    assert jobs.kind_of(job).result_address(job) == address("pack", taken)
    assert address("pack_pdf", taken) in client.get(address("pack", taken)).content.decode()
    printed, word = client.get(address("pack_pdf", taken)), client.get(address("pack_word", taken))
    with pypdfium2.PdfDocument(printed.content) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "TÀI LIỆU BUỔI LÀM VIỆC" in text
    assert f"tai-lieu-so-xay-dung-{taken.world.today:%Y-%m-%d}.pdf" in printed["Content-Disposition"]
    tables = WordFile(io.BytesIO(word.content)).tables
    assert [cell.text for cell in tables[1].rows[1].cells] == ["1.1", "X\u2003Đ\u2003G\u2003C", ""]
    assert [round(row.height.mm) if row.height else 0 for row in tables[1].rows][:2] == [0, 16]
    assert {round(row.height.mm) for row in tables[-1].rows[1:]} == {34}


def test_a_record_that_changed_since_asks_for_the_pack_anew(taken, monkeypatch):
    monkeypatch.setattr(packing.LongPaper, "lay_out", any_pages)
    made = packing.Pack(taken.held)
    while not made.is_made:
        made.go_on()
    assert packing.Pack(taken.held).is_made

    workflow.put_on_agenda(taken.held, [taken.world.forwarded()], by=taken.world.officer)

    assert not packing.Pack(taken.held).is_made


def test_many_petitions_are_laid_out_a_few_at_a_time_and_each_once(taken, monkeypatch):
    monkeypatch.setattr(pack, "SHEETS_A_PIECE", 1)

    first, last = pack.bodies(taken.held)

    said = ("TÀI LIỆU BUỔI LÀM VIỆC", "Phiếu ghi chung", "Nội dung 2.")
    assert [words in first for words in said] == [True, False, False]
    assert [words in last for words in said] == [False, True, True]
    assert packing.Pack(taken.held).steps == (0, 4)


def test_the_pack_is_the_councils_even_after_the_agency_sees_the_session(taken, as_):
    visits.noticed(taken.world, taken.held)
    client = as_(taken.world.head)

    assert client.get(taken.held.get_absolute_url()).status_code == 200
    for name in ("pack", "pack_pdf", "pack_word"):
        assert client.get(reverse(f"oversight:{name}", args=[taken.held.pk])).status_code == 404


def test_the_pack_reads_a_longer_agenda_in_as_many_queries(taken, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        pack.pack_of(taken.held)
    other = visits.session(taken.world)
    with django_assert_max_num_queries(14):
        pack.pack_of(other)


# The sheet


def test_beside_a_mistaken_row_the_codes_show_what_was_recorded_just_now(taken, as_):
    page = as_(taken.world.member).post(sheet(taken), rows(("1.1", "c", ""), ("7", "x", "")))

    shown = {
        code: finding.assessed_result for code, _point, _petition, finding, _letter in page.context["legend"] if finding
    }
    assert shown["1.1"] == "not_resolved"


def test_the_keyboard_begins_in_the_first_row_to_be_typed(taken, as_):
    client = as_(taken.world.member)

    def begins(page):
        return re.findall(r'name="([^"]+)"[^>]* autofocus', page.content.decode())

    assert begins(client.get(sheet(taken))) == ["row-0-code"]
    assert begins(client.post(sheet(taken), rows(("1.1", "x", "Đã lắp"), ("7", "x", "")))) == ["row-1-code"]


def test_rows_are_recorded_by_their_short_codes(taken, as_):
    typed = rows(("1.1", "x", "Đã lắp"), ("1,2", "Đ", ""), ("2", "chưa giải quyết", "Chưa trả lời"), ("", "", ""))

    response = as_(taken.world.member).post(sheet(taken), typed)

    assert response.url == taken.held.get_absolute_url()
    assert list(found(taken).values()) == [
        ("resolved", "Đã lắp"),
        ("in_progress", ""),
        ("not_resolved", "Chưa trả lời"),
    ]
    assert [p.assessed_result for p in taken.answered.points.all()] == ["resolved", "in_progress"]


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (("9", "x", ""), "code", "mã ngắn 9"),
        (("1", "x", ""), "code", "1.1, 1.2"),
        (("", "x", "Thiếu mã"), "code", "mã ngắn"),
        (("2", "y", ""), "mark", "“y”"),
        (("2", "", ""), "mark", "nhận xét"),
        (("1.1", "c", ""), "code", "dòng 1"),
    ],
)
def test_what_is_wrong_is_said_beside_its_row_and_the_others_are_recorded(taken, as_, row, field, words):
    page = as_(taken.world.member).post(sheet(taken), rows(("1.1", "X", "Đã lắp"), row))

    good, bad = page.context["formset"].forms[:2]
    assert page.status_code == 200
    assert good.errors == {}
    assert list(bad.errors) == [field]
    assert words in bad.errors[field][0]
    assert list(found(taken).values()) == [("resolved", "Đã lắp")]
    html = page.content.decode()
    for name, typed in zip(("code", "mark"), row[:2], strict=True):
        assert f'name="row-1-{name}" value="{typed}"' in html
    assert f">{row[2]}</textarea>" in html
    assert 'name="row-0-code"' not in html


def test_the_row_put_right_is_recorded_when_the_page_is_sent_again(taken, as_):
    client = as_(taken.world.member)
    client.post(sheet(taken), rows(("1.1", "X", "Đã lắp"), ("7", "c", "Chưa làm")))
    again = rows(("", "", ""), ("2", "c", "Chưa làm"))
    del again["row-0-code"], again["row-0-mark"], again["row-0-remark"]

    response = client.post(sheet(taken), again)

    assert response.url == taken.held.get_absolute_url()
    assert list(found(taken).values()) == [("resolved", "Đã lắp"), ("not_resolved", "Chưa làm")]


def test_typing_the_same_again_changes_nothing(taken):
    point, member = taken.waiting.points.get(), taken.world.member
    workflow.record_finding(taken.held, point, by=member, reported="Đang làm", found="", assessed_result="")
    first = workflow.type_in(taken.held, point, by=member, assessed_result="not_resolved", remark="Hẹn tháng 12")
    again = workflow.type_in(taken.held, point, by=member, assessed_result="not_resolved", remark="Hẹn tháng 12")

    assert (again.reported, again.found, again.assessed_result) == ("Đang làm", "Hẹn tháng 12", "not_resolved")
    assert first.pk == again.pk
    assert again.history.count() == 2


def test_a_code_recorded_before_comes_back_with_its_words_and_is_replaced_when_sent_over_them(taken, as_):
    client = as_(taken.world.member)
    client.post(sheet(taken), rows(("2", "c", "Chưa có")))
    before = Finding.objects.get(working_session=taken.held)

    page = client.post(sheet(taken), rows(("2", "đ", "Đã xem tại chỗ")))

    row = page.context["formset"].forms[0]
    assert list(found(taken).values()) == [("not_resolved", "Chưa có")]
    assert "chưa giải quyết" in row.errors["code"][0].lower()
    assert [row[name].value() for name in ("mark", "remark", "over")] == ["Đ", "Chưa có\nĐã xem tại chỗ", before.seal]
    html = page.content.decode()
    assert f'data-letter="C" data-remark="Chưa có" data-over="{before.seal}"' in html

    typed = rows(("2", "Đ", "Đã xem tại chỗ: đang làm")) | {"row-0-over": before.seal}
    assert client.post(sheet(taken), typed).url == taken.held.get_absolute_url()
    assert list(found(taken).values()) == [("in_progress", "Đã xem tại chỗ: đang làm")]
    assert [version.found for version in before.history.all()] == ["Đã xem tại chỗ: đang làm", "Chưa có"]
    assert client.post(sheet(taken), typed | {"row-0-remark": "Của người khác"}).status_code == 200
    assert list(found(taken).values()) == [("in_progress", "Đã xem tại chỗ: đang làm")]


def test_an_empty_sheet_says_so_and_too_many_rows_are_not_read(taken, as_):
    client = as_(taken.world.member)

    empty = client.post(sheet(taken), rows(("", "", ""), ("", "", "")))
    endless = client.post(sheet(taken), rows(("9", "x", ""), total=100_000))

    assert empty.status_code == endless.status_code == 200
    assert len(endless.context["formset"].forms) == 400
    assert found(taken) == {}


@pytest.mark.parametrize(("who", "expected"), [("delegate", 403), ("head", 404)])
def test_who_does_not_record_types_nothing_in(taken, as_, who, expected):
    client = as_(getattr(taken.world, who))

    assert client.get(sheet(taken)).status_code == expected
    assert client.post(sheet(taken), rows(("2", "x", ""))).status_code == expected
    assert found(taken) == {}


def test_nothing_is_typed_in_once_the_conclusions_are_issued(taken):
    concluded = visits.noticed(taken.world, taken.held)

    with pytest.raises(PermissionDenied):
        workflow.type_in(concluded, taken.waiting.points.get(), by=taken.world.member, remark="Muộn")


def test_the_sheet_reads_its_codes_at_once(taken, as_):
    client = as_(taken.world.member)
    both = queries(client, sheet(taken))
    taken.held.agenda.get(number=2).delete()

    assert queries(client, sheet(taken)) == both
