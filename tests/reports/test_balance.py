"""reports/balance.py: what must add up, and why it may not."""

from django.urls import reverse
from django.utils import translation

from petitions import workflow as petitions
from petitions.models import Petition, PetitionEvent
from reports import balance, tables
from reports.balance import Check
from tests.reports.prepared import days_ago


def found(figures):
    return {check.words: (check.left, check.right, check.reason) for check in balance.checks(figures)}


def test_the_balance_and_every_table_with_their_differences(prepared):
    checks = found(prepared.live())
    central = "1 kiến nghị thuộc thẩm quyền Trung ương có trong các bảng, không tính vào các tỷ lệ."

    assert checks["Kỳ trước chuyển sang + Mới sau khi gộp − Đã kết thúc = Còn lại cuối kỳ"] == (8, 8, "")
    assert checks["Tiếp nhận − Đã gộp = Mới sau khi gộp"] == (10, 10, "")
    for title in ("Theo thẩm quyền", "Theo Ban", "Theo lĩnh vực", "Theo địa bàn"):
        assert checks[f"{title} = Phải giải quyết"] == (14, 14, "")
    assert checks["Theo cơ quan chủ trì = Nội dung phải giải quyết"] == (15, 15, "")
    assert checks["Theo cơ quan chủ trì = Phải giải quyết"] == (
        15,
        14,
        "14 kiến nghị có 15 nội dung; mỗi nội dung được tính một lần cho cơ quan chủ trì.",
    )
    assert checks["Theo thẩm quyền: Chưa trả lời = Chưa trả lời"] == (6, 5, central)
    assert checks["Theo thẩm quyền: Quá hạn = Quá hạn"] == (3, 2, central)
    assert checks["Theo thẩm quyền: Đã trả lời = Đã trả lời"] == (8, 8, "")


def test_what_was_carried_over_and_merged_since_says_why_less_is_carried_over_than_was_left(prepared):
    words = "Còn lại từ kỳ họp trước = Kỳ trước chuyển sang"
    first, second = prepared.named["never_answered"], prepared.named["merged_before"]
    assert words not in found(prepared.live())
    petitions.unmerge(second, by=prepared.world.officer)
    PetitionEvent.objects.filter(petition=second).update(happened_on=days_ago(200))
    petitions.merge(Petition.objects.get(pk=second.pk), into=first, by=prepared.world.officer)

    assert words not in found(prepared.live(days_ago(1)))
    assert found(prepared.live())[words] == (
        5, 4, "1 kiến nghị kỳ trước chuyển sang đã được gộp hoặc không chuyển sau khi kỳ họp trước bế mạc."
    )  # fmt: skip


def test_everything_holds_on_any_day(prepared):
    for ago in (0, 29, 148):
        assert all(check.holds for check in balance.checks(prepared.live(days_ago(ago))))


def test_a_difference_holds_only_with_a_reason():
    assert [Check("", 3, 3).holds, Check("", 3, 2, "vì sao").holds, Check("", 3, 2).holds] == [True, True, False]
    assert Check("", 2, 3).difference == -1


def test_the_table_of_checks_is_vietnamese_whatever_language_the_person_works_in(prepared):
    with translation.override("en"):
        rows = tables.balanced(prepared.live()).rows

    assert rows[0][:4] == ["Kỳ trước chuyển sang + Mới sau khi gộp − Đã kết thúc = Còn lại cuối kỳ", 8, 8, 0]


def test_the_page_of_figures_shows_the_balance(prepared, as_):
    page = as_(prepared.world.delegate).get(reverse("reports:figures", args=[prepared.session.pk]))

    assert len(page.context["checks"]) == 19
    assert page.content.decode().count("<tr data-check>") == 19
    assert "chưa rõ lý do" not in page.content.decode()
