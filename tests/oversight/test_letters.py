"""oversight/papers.py: what a conclusion notice says."""

import re
from datetime import date

import pytest
from django.utils import timezone, translation
from django.utils.html import strip_tags

from directory.models import LegalBasis
from oversight import workflow
from oversight.models import OversightPaper
from oversight.papers import drawn_text, html, subject
from petitions.models import ResultClass
from tests.oversight import visits

OLD_LAW = "Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân năm 2015"
NEW_LAW = "Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân năm 2025"
UNCONFIRMED = "Nghị quyết chưa được xác nhận"


@pytest.fixture
def bases(world, elsewhere):
    """Two laws one after the other, and what must never be printed here."""
    topic = LegalBasis.Topic
    for citation, topic_, valid_from, valid_to, is_confirmed, council in (
        (OLD_LAW, topic.OVERSIGHT, date(2016, 7, 1), date(2026, 2, 28), True, None),
        (NEW_LAW, topic.OVERSIGHT, date(2026, 3, 1), None, True, None),
        (UNCONFIRMED, topic.OVERSIGHT, date(2016, 7, 1), None, False, None),
        ("Quy chế của tỉnh khác", topic.OVERSIGHT, date(2016, 7, 1), None, True, elsewhere.council),
        ("Nghị quyết về tiếp xúc cử tri", topic.VOTER_CONTACT, date(2016, 7, 1), None, True, None),
        ("Quy chế của tỉnh này", topic.OVERSIGHT, date(2026, 3, 1), None, True, world.council),
    ):
        LegalBasis.objects.create(
            citation=citation,
            topic=topic_,
            valid_from=valid_from,
            valid_to=valid_to,
            is_confirmed=is_confirmed,
            council=council,
        )


def notice_body(working_session):
    """The body of the notice, drafted from the record and changed by nobody."""
    kind, delegation = OversightPaper.Kind.NOTICE, working_session.delegation
    paper = OversightPaper(kind=kind, delegation=delegation, working_session=working_session)
    return html(drawn_text(paper, timezone.localdate()))


def _of(working_session):
    return working_session.delegation, working_session


def words(working_session):
    """The text of the notice without its tags, in single spaces."""
    spaced = re.sub(r"</(p|h3)>", " ", notice_body(working_session))
    return re.sub(r"\s+", " ", strip_tags(spaced)).strip()


def grounds(working_session):
    return re.findall(r'<p class="ground">(.*?)</p>', notice_body(working_session))


def test_a_session_of_2024_cites_the_law_of_2015(world, bases):
    held = visits.session(world, held_on=date(2024, 6, 25))

    assert grounds(held) == [f"Căn cứ {OLD_LAW}."]


def test_a_session_of_late_2026_cites_the_law_of_2025_and_the_councils_own_rules(world, bases):
    held = visits.session(world, held_on=date(2026, 10, 15))

    assert grounds(held) == [f"Căn cứ {NEW_LAW};", "Căn cứ Quy chế của tỉnh này."]


@pytest.mark.parametrize(
    ("held_on", "law"), [(date(2026, 2, 28), OLD_LAW), (date(2026, 3, 1), NEW_LAW)], ids=["last day", "first day"]
)
def test_the_law_changes_from_one_day_to_the_next(world, bases, held_on, law):
    assert grounds(visits.session(world, held_on=held_on))[0].startswith(f"Căn cứ {law}")


def test_the_decision_that_set_the_delegation_up_comes_last(world, bases):
    held = visits.session(world, held_on=date(2024, 6, 25), decision="25/QĐ-BKTNS", decision_on=date(2024, 6, 3))

    assert grounds(held) == [
        f"Căn cứ {OLD_LAW};",
        "Căn cứ Quyết định số 25/QĐ-BKTNS ngày 03/6/2024 về việc thành lập Đoàn giám sát của Ban Kinh tế - Ngân sách.",
    ]


def test_without_confirmed_bases_no_ground_is_printed(world):
    assert grounds(visits.session(world)) == []


def test_the_subject_names_delegation_and_agency(world):
    assert subject(OversightPaper.Kind.NOTICE, *_of(visits.session(world))) == (
        "kết quả làm việc của Đoàn giám sát của Ban Kinh tế - Ngân sách tại Sở Xây dựng tỉnh Ninh Bình"
    )


def test_the_text_says_what_was_reported_found_and_assessed_point_by_point(world):
    petition = world.answered(points=["Lắp đèn.", "Đặt biển báo."])
    held = visits.session(world, petition, held_on=date(2024, 6, 3))
    first, second = petition.points.all()
    visits.find(held, first, by=world.officer, reported="Đã lắp.", found="Đúng.", result=ResultClass.RESOLVED)
    visits.find(held, second, by=world.officer, reported="Đã đặt.", found="Chưa có.", result=ResultClass.NOT_RESOLVED)

    text = words(held)

    assert f"1. {petition.title} (xã Yên Mô, mã {petition.code})" in text
    assert "Nội dung 1: Lắp đèn. Cơ quan báo cáo: Đã lắp." in text
    assert "Đoàn giám sát nhận thấy: Đúng. Đánh giá của Đoàn giám sát: đã giải quyết xong." in text
    assert "Nội dung 2: Đặt biển báo. Cơ quan báo cáo: Đã đặt." in text
    assert (
        "Đoàn giám sát nhận thấy: Chưa có. Đánh giá của Đoàn giám sát: chưa giải quyết "
        "(cơ quan tự đánh giá: đã giải quyết xong)."
    ) in text
    assert "Ngày 03/6/2024, Đoàn giám sát của Ban Kinh tế - Ngân sách đã làm việc tại Sở Xây dựng" in text
    assert "Vũ Văn Ban (Trưởng Ban, trưởng đoàn)" in text
    assert text.endswith("./.")


def test_petitions_stand_in_the_order_of_the_agenda(world):
    first, second = world.answered(), world.answered()
    held = visits.session(world, second, first)
    for petition in (first, second):
        visits.find(held, petition.points.get(), by=world.officer)

    text = words(held)

    assert text.index(second.code) < text.index(first.code)
    assert "Nội dung 1:" not in text


def test_general_assessment_and_recommendations_are_numbered(world):
    held = visits.session(world, held_on=world.today)
    held = workflow.assess(held, by=world.officer, achievements="Chủ động.", limitations="Chậm.", causes="Thiếu vốn.")
    workflow.recommend(held, by=world.officer, content="Lắp đèn.", due_on=date(2098, 6, 3))
    workflow.recommend(held, by=world.officer, content="Kiểm tra thường xuyên.")

    text = words(held)

    assert "1. Kết quả đạt được Chủ động. 2. Tồn tại, hạn chế Chậm. 3. Nguyên nhân Thiếu vốn." in text
    assert "1. Lắp đèn. Thời hạn thực hiện: chậm nhất ngày 03/6/2098." in text
    assert "2. Kiểm tra thường xuyên. Đề nghị" in text


def test_what_people_typed_stays_text(world):
    held = visits.session(world)
    held = workflow.assess(held, by=world.officer, achievements='<script src="x">', limitations="a & b", causes="")
    workflow.recommend(held, by=world.officer, content="<b>đậm</b>")

    body = notice_body(held)

    assert "<script" not in body
    assert "<b>" not in body
    assert "a &amp; b" in body


def test_the_notice_is_vietnamese_whatever_language_its_author_works_in(world):
    petition = world.answered()
    held = visits.session(world, petition)
    visits.find(held, petition.points.get(), by=world.officer)

    with translation.override("en"):
        text = words(held)

    assert "Đánh giá của Đoàn giám sát: đã giải quyết xong." in text
    assert "trưởng đoàn" in text


def test_a_recommendation_to_another_agency_names_it(world):
    held = visits.session(world)
    workflow.recommend(held, by=world.officer, content="Cử bác sĩ.", agency=world.other_department)

    assert world.other_department.name in words(held)


def test_without_recommendations_nothing_is_asked_for(world):
    assert f"Đoàn giám sát đề nghị {world.department.name}:" not in words(visits.session(world))
