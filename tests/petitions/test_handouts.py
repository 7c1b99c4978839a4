"""A workbook for a delegate group goes out, comes back, and changes what a person has seen: no more, no less."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Notice
from accounts.permissions import Role
from directory.models import Agency, PolicyField
from petitions import handouts, workflow
from petitions.handouts import receiving
from petitions.models import Handout, Petition, PetitionEvent
from petitions.models.petitions import Status
from sessions.models import VoterMeeting
from tests.kept import keeping
from tests.petitions.books import Book, brought_back, looked_at, sheet_of, states, taken_over, word_of
from tests.world import World, agency, person


def build():
    world = World("kept", "tỉnh Ninh Bình")
    world.group = agency(world.council, "Tổ đại biểu số 1", Agency.Kind.DELEGATE_GROUP, "TĐB1")
    VoterMeeting.objects.filter(pk=world.meeting.pk).update(delegate_group=world.group)
    world.one = world.logged(points=["Đề nghị lắp đèn.", "Đề nghị sửa cầu."])
    world.two = world.classified(points=["=Đề nghị nạo vét kênh."])
    world.gone = world.forwarded()
    world.handout = handouts.hand_out(world.group, council_session=world.session, by=world.officer)
    return world


kept, world = keeping(build)


@pytest.fixture
def book(world):
    return Book(world.handout, world.officer)


def test_a_workbook_holds_the_groups_petitions_as_they_stand(world, book):
    codes = [row[book.column("code") - 1] for row in book.rows()[1:]]

    assert codes == [world.one.code, world.two.code, world.gone.code]
    assert book.cell(world.one.code, "content").value == "1. Đề nghị lắp đèn.\n2. Đề nghị sửa cầu."
    assert book.cell(world.two.code, "content").data_type == "s"
    assert [row.values["field"] for row in world.handout.rows.all()] == ["", "Giao thông", "Giao thông"]


def test_a_workbook_that_comes_back_as_it_went_out_changes_nothing(world, book):
    back = brought_back(book.content, world.officer)

    assert set(states(back, world.officer).values()) == {"unchanged"}


def test_each_changed_cell_is_shown_before_anything_happens(world, book):
    book.put(world.one.code, title="Đèn và cầu", field="giao thông", level="")

    back = brought_back(book.saved(), world.officer)

    state, cells, problem = looked_at(back, world.officer)[world.one.code]
    assert cells == {
        "title": (world.one.title, world.one.title, "Đèn và cầu"),
        "field": ("", "", "Giao thông"),
    }
    assert (state, problem) == ("refused", "Hãy điền cả cấp thẩm quyền; ô này đang để trống.")
    assert Petition.objects.get(pk=world.one.pk).title == world.one.title


def test_what_was_changed_is_taken_over_with_its_file_in_the_history(world, book):
    book.put(world.one.code, title="Đèn và cầu", content="1. Lắp đèn\n2. Sửa cầu\n3. Sơn lan can")
    book.put(world.two.code, level="Trung ương")
    back = taken_over(brought_back(book.saved(), world.officer, name="to-1.xlsx"), world.officer)

    one, two = Petition.objects.get(pk=world.one.pk), Petition.objects.get(pk=world.two.pk)

    assert one.title == "Đèn và cầu"
    assert [point.content for point in one.points.all()] == ["Lắp đèn", "Sửa cầu", "Sơn lan can"]
    assert (two.authority_level, two.status) == ("central", Status.CLASSIFIED)
    assert one.history.first().history_user == world.officer
    assert [p.history.filter(history_change_reason__contains="to-1.xlsx").exists() for p in (one, two)] == [True] * 2
    told = PetitionEvent.objects.get(petition=two, kind="handed_back")
    assert told.sentence == "đã nhận Thẩm quyền từ bảng “to-1.xlsx” của Tổ đại biểu số 1"
    assert states(back, world.officer) == {one.code: "done", two.code: "done", world.gone.code: "unchanged"}


def test_a_row_that_cannot_be_taken_over_says_why_and_keeps_no_other_from_it(world, book):
    book.put(world.gone.code, title="Khác")
    book.put(world.one.code, title="Đèn và cầu")
    book.put(world.two.code, field="Lĩnh vực lạ")
    back = brought_back(book.saved(), world.officer)

    found = looked_at(back, world.officer)
    taken_over(back, world.officer)

    assert found[world.gone.code][0] == found[world.two.code][0] == "refused"
    assert found[world.gone.code][2] == "Kiến nghị đã được chuyển; không sửa nội dung được nữa."
    assert found[world.two.code][2] == "Đây không phải lĩnh vực của Hội đồng."
    assert Petition.objects.get(pk=world.one.pk).title == "Đèn và cầu"
    assert Petition.objects.get(pk=world.gone.pk).title == world.gone.title


def test_a_row_changed_on_both_sides_is_a_conflict_and_never_overwritten(world, book):
    book.put(world.one.code, title="Tên trong tệp")
    back = brought_back(book.saved(), world.officer)
    points = ["Đề nghị lắp đèn.", "Đề nghị sửa cầu."]
    workflow.revise(world.one, by=world.officer, why="rõ hơn", title="Tên trên trang", points=points)

    state, cells, _problem = looked_at(back, world.officer)[world.one.code]
    taken_over(back, world.officer)

    assert state == "conflict"
    assert cells == {"title": (world.one.title, "Tên trên trang", "Tên trong tệp")}
    assert Petition.objects.get(pk=world.one.pk).title == "Tên trên trang"


def test_another_cell_changed_meanwhile_is_a_conflict_of_the_row_too(world, book):
    book.put(world.one.code, title="Tên trong tệp")
    back = brought_back(book.saved(), world.officer)
    workflow.classify(world.one, by=world.officer, policy_field=world.field, authority_level="provincial")

    assert states(back, world.officer)[world.one.code] == "conflict"


def test_both_sides_that_say_the_same_by_now_leave_nothing_to_do(world, book):
    book.put(world.one.code, title="Cùng một tên")
    back = brought_back(book.saved(), world.officer)
    points = ["Đề nghị lắp đèn.", "Đề nghị sửa cầu."]
    workflow.revise(world.one, by=world.officer, why="rõ hơn", title="Cùng một tên", points=points)

    assert states(back, world.officer)[world.one.code] == "unchanged"


def test_the_same_file_brought_back_twice_is_taken_over_once(world, book):
    book.put(world.one.code, title="Đèn và cầu")
    taken_over(brought_back(book.saved(), world.officer), world.officer)

    again = brought_back(book.saved(), world.officer)

    assert states(again, world.officer)[world.one.code] == "unchanged"


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_rows_sorted_removed_and_columns_moved_are_still_matched(world, book, ending):
    book.put(world.one.code, title="Đèn và cầu")
    head, one, two, _gone = (["Ghi chú", *reversed(row)] for row in book.rows())
    write = {"xlsx": sheet_of, "docx": word_of}[ending]

    back = brought_back(write([["Bảng của tổ"], [], head, two, one]), world.officer, name=f"xao-tron.{ending}")

    assert states(back, world.officer) == {world.two.code: "unchanged", world.one.code: "changed"}


def test_a_code_without_its_version_a_strange_one_and_one_twice(world, book):
    book.put(world.one.code, title="Đèn và cầu")
    head, one, two, gone = book.rows()
    place = book.column("version") - 1
    one[place], two[place] = None, gone[place]
    strange = [*gone]
    strange[book.column("code") - 1] = "KN-1999-00001"

    back = brought_back(sheet_of([head, one, two, gone, gone, strange]), world.officer)

    found = looked_at(back, world.officer)
    assert found[world.one.code][0] == "changed"
    assert found[world.two.code][2].startswith("Phiên bản thuộc dòng khác")
    assert [row.problem for row in back.rows.filter(code=world.gone.code)] == ["", f"{world.gone.code} đã có ở dòng 4."]
    assert found["KN-1999-00001"][2] == "Bảng này không gửi đi dòng nào có mã “KN-1999-00001”."


def test_a_row_left_out_is_not_taken_over(world, book):
    back = brought_back(book.put(world.one.code, title="Đèn và cầu").saved(), world.officer)
    handouts.turn(back.rows.get(code=world.one.code), by=world.officer)

    taken_over(back, world.officer)

    assert states(back, world.officer)[world.one.code] == "left_out"
    assert Petition.objects.get(pk=world.one.pk).title == world.one.title


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"<html>", "a.xlsx", "Đây là trang web"),
        (sheet_of([["Nội dung"], ["Đề nghị"]]), "a.xlsx", "Đây không phải bảng lập tại đây"),
        (b"PK\x03\x04 hong", "a.xlsx", "hỏng"),
    ],
)
def test_a_file_that_is_no_workbook_of_ours_is_refused(world, content, name, why):
    with pytest.raises(ValidationError, match=why):
        brought_back(content, world.officer, name=name)


def test_more_rows_than_can_have_been_handed_out_are_refused_whole(world, book, monkeypatch):
    monkeypatch.setattr(receiving, "_MOST_READ", 2)

    with pytest.raises(ValidationError, match="quá nhiều cho một bảng"):
        brought_back(book.content, world.officer)

    assert not world.handout.handbacks.exists()


def test_nobody_but_the_secretariat_and_the_group_makes_its_workbook_or_brings_it_back(world, book, elsewhere):
    for stranger in (world.drafter, world.delegate, elsewhere.officer):
        with pytest.raises(PermissionDenied):
            handouts.hand_out(world.group, council_session=world.session, by=stranger)
        with pytest.raises(ValidationError, match="cơ quan khác"):
            brought_back(book.content, stranger)


def test_who_lost_the_role_meanwhile_takes_nothing_over(world, book):
    back = brought_back(book.put(world.one.code, title="Khác").saved(), world.officer)

    assert states(back, world.leader)[world.one.code] == "refused"


def test_the_pages_make_read_compare_and_take_over(world, book, as_, django_assert_max_num_queries):
    client = as_(world.officer)
    made = client.post(reverse("petitions:hand_out"), {"recipient": world.group.pk})
    assert made.headers["Content-Disposition"].startswith('attachment; filename="kien-nghi-to-dai-bieu-so-1-')
    assert Handout.objects.count() == 2

    PolicyField.objects.create(council=world.council, name="Y tế", committee=world.committee)
    book.put(world.one.code, title="Đèn <b>và</b> cầu")
    file = SimpleUploadedFile("to-1.xlsx", book.saved())
    answer = client.post(reverse("petitions:bring_back"), {"file": file})
    with django_assert_max_num_queries(30):
        page = client.get(answer.url).content.decode()
    assert "Đèn &lt;b&gt;và&lt;/b&gt; cầu" in page
    client.post(answer.url + "take-over/")
    assert client.get(reverse("petitions:handouts")).status_code == 200


def test_more_changed_rows_cost_no_more_queries(world):
    for _number in range(4):
        world.classified()
    handout = handouts.hand_out(world.group, council_session=world.session, by=world.officer)
    counted = []
    for most in (1, 5):
        book = Book(handout, world.officer)
        for row in handout.rows.exclude(petition=world.gone)[:most]:
            book.put(row.code, title=f"Khác {row.code}", field="giao thông", level="Trung ương")
        back = brought_back(book.saved(), world.officer)
        rows = list(back.rows.select_related("row"))
        with CaptureQueriesContext(connection) as captured:
            found = [one.state for one in handouts.compared(back, rows, world.officer)]
        assert found.count("changed") == most
        counted.append(len(captured))

    assert counted[0] == counted[1]


def test_a_wrong_file_is_refused_beside_its_field(world, as_):
    file = SimpleUploadedFile("a.xlsx", b"<html>")

    page = as_(world.officer).post(reverse("petitions:bring_back"), {"file": file})

    assert page.status_code == 422
    assert "Đây là trang web" in page.content.decode()


class TestFiltered:
    """Of a filtered list, exactly its rows go out."""

    def test_the_rows_are_those_of_the_list_and_the_filter_is_said_above_them(self, world, client):
        client.force_login(world.officer)
        listed = {"list": f"facet=to_forward&field={world.field.pk}&page=1"}

        shown = client.get(reverse("petitions:handouts"), listed).content.decode()
        answer = client.post(reverse("petitions:hand_out"), {"recipient": world.group.pk, **listed})

        assert "Chỉ các dòng của danh sách:" in shown
        assert list(Handout.objects.first().rows.values_list("code", flat=True)) == [world.two.code]
        sheet = load_workbook(io.BytesIO(b"".join(answer))).worksheets[0]
        above = [row[0].value for row in sheet.iter_rows(max_row=8)]
        assert {"Chỉ gồm: Chờ chuyển", "Lĩnh vực: Giao thông"} <= set(above)

    def test_a_list_with_nothing_for_the_body_is_said_beside_the_field(self, world, client):
        client.force_login(world.officer)

        page = client.post(reverse("petitions:hand_out"), {"recipient": world.group.pk, "list": "q=khong+co"})

        assert page.status_code == 422
        assert "Danh sách đã lọc không có kiến nghị nào của Tổ đại biểu số 1." in page.content.decode()
        assert Handout.objects.count() == 1


class TestNotTakenOver:
    """What was not taken over goes back as it came, with why, and comes in again once mended."""

    def test_it_says_why_in_the_shape_it_came_and_comes_back_mended(self, world, book, client):
        book.put(world.one.code, title="Đèn và cầu")
        book.put(world.two.code, title="Kênh", field="Lĩnh vực lạ")
        back = taken_over(brought_back(book.saved(), world.officer), world.officer)
        client.force_login(world.officer)

        answer = client.get(reverse("petitions:not_taken_over", args=[back.pk]))
        refused = Book(world.handout, world.officer, content=b"".join(answer))

        assert [row[1] for row in refused.rows()[1:]] == [world.two.code]
        assert refused.cell(world.two.code, "title").value == "Kênh"
        why = refused.titles.index("Vì sao chưa tiếp nhận") + 1
        assert refused.sheet.cell(refused.head + 1, why).value == "Lĩnh vực: Đây không phải lĩnh vực của Hội đồng."
        refused.put(world.two.code, field="Giao thông")
        again = taken_over(brought_back(refused.saved(), world.officer), world.officer)
        assert states(again, world.officer) == {world.two.code: "done"}
        assert Petition.objects.get(pk=world.two.pk).title == "Kênh"

    def test_a_conflict_says_what_stands_here(self, world, book):
        back = brought_back(book.put(world.two.code, title="Trong tệp").saved(), world.officer)
        points = [point.content for point in world.two.points.all()]
        workflow.revise(world.two, by=world.officer, why="rõ hơn", title="=Trên trang", points=points)

        refused = Book(world.handout, world.officer, content=handouts.refused_workbook(back, by=world.officer))

        assert "Kiến nghị đã được sửa trên hệ thống: =Trên trang" in refused.rows()[1]


class TestGroups:
    """A delegate group's own people get and hand in its workbooks; the secretariat decides."""

    @pytest.fixture
    def member(self, world):
        return person("to-vien", (world.group, Role.DELEGATE))

    def test_they_make_one_and_hand_it_in_and_take_nothing_over(self, world, book, member, client):
        client.force_login(member)
        page = client.get(reverse("petitions:handouts")).content.decode()
        made = client.post(reverse("petitions:hand_out"), {"recipient": world.group.pk})
        book.put(world.one.code, title="Đèn và cầu")
        file = SimpleUploadedFile("to-1.xlsx", book.saved())

        handed_in = client.post(reverse("petitions:bring_back"), {"file": file}, follow=True)
        back = world.handout.handbacks.get()
        taken = client.post(reverse("petitions:take_over", args=[back.pk]))
        turned = client.post(reverse("petitions:turn_handback_row", args=[back.pk, back.rows.first().pk]))

        assert "Tổ đại biểu số 1" in page
        assert made.status_code == 200
        assert "Đã gửi: Văn phòng xem từng dòng" in handed_in.content.decode()
        assert states(back, member)[world.one.code] == "changed"
        notice = Notice.objects.get(key=f"handback/{back.pk}")
        assert (notice.user, notice.url) == (world.officer, back.get_absolute_url())
        assert notice.text.startswith("Tổ đại biểu số 1 đã nộp bảng Excel có ")
        assert (taken.status_code, turned.status_code) == (403, 403)
        assert Petition.objects.get(pk=world.one.pk).title == world.one.title
        taken_over(back, world.officer)
        assert Petition.objects.get(pk=world.one.pk).title == "Đèn và cầu"

    def test_a_job_started_for_them_changes_nothing_either(self, world, book, member):
        back = brought_back(book.put(world.one.code, title="Đèn và cầu").saved(), member)

        taken_over(back, member)

        assert Petition.objects.get(pk=world.one.pk).title == world.one.title

    def test_another_groups_people_see_nothing_of_it(self, world, book, client):
        other = agency(world.council, "Tổ đại biểu số 2", Agency.Kind.DELEGATE_GROUP, "TĐB2")
        stranger = person("to-khac", (other, Role.DELEGATE))
        back = brought_back(book.saved(), world.officer)
        client.force_login(stranger)

        assert client.get(back.get_absolute_url()).status_code == 404
        assert client.post(reverse("petitions:hand_out"), {"recipient": world.group.pk}).status_code == 422
        with pytest.raises(ValidationError, match="không nhận lại được bảng này"):
            brought_back(book.saved(), stranger)
