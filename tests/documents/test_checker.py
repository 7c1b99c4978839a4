"""documents/checker.py: each departure from Decree 30 is found and explained by its rule; a good letter is silent."""

from datetime import date, timedelta

import pytest

from documents.checker import findings, findings_of, plain_text
from documents.models import Kind
from documents.papers import paper_of
from tests.documents.sample import letter, prose, report

GOOD = (
    "Thực hiện Công văn số 05/HĐND-VP ngày 08/10/2026 của Thường trực HĐND tỉnh về việc chuyển kiến nghị, Sở trả lời:",
    "Ngày 05/01/2026, Sở đã kiểm tra tuyến đường; Công văn số 05/HĐND-VP nêu hai điểm.",
    "Trân trọng./.",
)


def good(**details):
    return letter(**{"body": prose(*GOOD), "place_name": "Ninh Bình", **details})


def codes(world, paper, kind=Kind.LETTER, agency=None, **more):
    return [finding.code for finding in findings(paper, kind=kind, agency=agency or world.department, **more)]


def test_a_good_letter_gives_no_finding(world):
    assert codes(world, good()) == []


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("symbol_space", {"symbol": "SXD - HTKT"}),
        ("symbol_kind", {"symbol": "CV-SXD"}),
        ("place_missing", {"place_name": ""}),
        ("place_other", {"place_name": "Nam Định"}),
        ("subject_long", {"subject": "trả lời ý kiến, kiến nghị của cử tri " * 3}),
        ("subject_twice", {"subject": "V/v trả lời kiến nghị"}),
        ("subject_end", {"subject": "trả lời kiến nghị."}),
        ("addressee_none", {"addressees": []}),
        ("addressee_missing", {"recipients": ["Ban Giám đốc", "Lưu: VT"]}),
        ("addressee_twice", {"recipients": ["Như trên", "Thường trực Hội đồng nhân dân tỉnh", "Lưu: VT"]}),
        ("recipients_kept", {"recipients": ["Như trên"]}),
        ("grounds", {"body": prose("Sở trả lời như sau:", "Trân trọng./.")}),
        ("zeros", {"body": prose("Căn cứ họp ngày 5/1/2026./.")}),
        ("zeros", {"body": prose("Căn cứ họp ngày 05/03/2026./.")}),
        ("zeros", {"body": prose("Căn cứ họp ngày 5 tháng 03 năm 2026./.")}),
        ("zeros", {"body": prose("Căn cứ Công văn số 5/UBND-TH ngày 08/10/2026 của UBND tỉnh./.")}),
        ("citation", {"body": prose("Căn cứ Công văn số 4102/UBND-TH của UBND tỉnh./.")}),
        ("blank", {"body": prose("Căn cứ biên bản số ……… nêu trên./.")}),
        ("end", {"body": prose("Căn cứ họp giao ban.")}),
        ("signer_none", {"signing_lines": [], "signer_name": ""}),
        ("tm", {"signing_lines": ["TM. SỞ XÂY DỰNG", "GIÁM ĐỐC"]}),
        ("titles", {"signer_name": "PGS.TS Cao Thị Phó"}),
        ("titles", {"signer_name": "ThS. Cao Thị Phó"}),
        ("titles", {"signer_name": "Tiến sĩ Cao Thị Phó"}),
    ],
)
def test_each_departure_is_found_alone(world, code, details):
    assert codes(world, good(**details)) == [code]


def test_place_names_with_a_common_noun_or_a_small_letter(world):
    assert codes(world, good(place_name="tỉnh Ninh Bình")) == ["place_case", "place_noun", "place_other"]


def test_a_collective_body_is_signed_for_with_tm(world):
    paper = good(signing_lines=["PHÓ CHỦ TỊCH"])

    assert codes(world, paper, agency=world.standing) == ["tm_missing"]
    assert codes(world, good(signing_lines=["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]), agency=world.standing) == []


def test_the_symbol_of_a_titled_document_names_its_kind(world):
    fine = {"body": prose("Tình hình chung./.")}

    assert codes(world, report(**fine), kind=Kind.REPORT, agency=world.standing) == []
    assert codes(world, report(symbol="HĐND", **fine), kind=Kind.REPORT, agency=world.standing) == ["symbol_kind"]


def test_a_decree_cited_by_its_year_needs_no_day(world):
    body = prose("Căn cứ Nghị định số 30/2020/NĐ-CP về công tác văn thư./.")

    assert codes(world, good(body=body)) == []


def test_what_was_cited_in_full_may_be_cited_in_short(world):
    again = prose(GOOD[0], "Công văn số 05/HĐND-VP và Công văn số 06/HĐND-VP nêu rõ./.")

    (finding,) = findings(good(body=again), kind=Kind.LETTER, agency=world.department)
    assert (finding.code, finding.where) == ("citation", "Công văn số 06/HĐND-VP")


def test_every_finding_says_what_is_right_and_by_which_rule(world):
    found = findings(letter(body="", signing_lines=[], place_name="nơi nào"), kind=Kind.LETTER, agency=world.department)

    assert len(found) > 4
    for finding in found:
        assert finding.words.endswith((".", "”.", "”"))
        assert finding.rule.startswith("Nghị định 30/2020/NĐ-CP, ")


def test_the_signer_must_hold_the_post_on_the_day(world, drafted):
    world.deputy.valid_to = world.today - timedelta(days=1)
    world.deputy.save()
    document = drafted()

    assert "signer_day" in [finding.code for finding in findings_of(document, paper_of(document))]


def test_who_no_longer_signs_keeps_the_letter_from_being_issued(world, cleared, as_):
    document = cleared()
    world.deputy.valid_to = date(2026, 1, 1)
    world.deputy.save()

    response = as_(world.registrar).post(f"/documents/{document.pk}/issue/", {"issued_on": f"{world.today:%d/%m/%Y}"})

    assert response.context["form"].errors == {"issued_on": ["Người ký không giữ chức vụ này vào ngày đó."]}


def test_the_review_page_shows_the_findings(world, drafted, as_):
    page = as_(world.drafter).get(drafted(subject="Về việc đèn.").get_absolute_url()).content.decode()

    assert "Trích yếu không có dấu chấm ở cuối." in page
    assert "Phụ lục I, Phần I, Mục II, khoản 5" in page


def test_the_words_of_a_body_one_paragraph_a_line():
    assert plain_text("<p>Một <b>hai</b></p>\n<table><tr><td>a</td><td>b &amp; c</td></tr></table>") == (
        "Một hai\na\nb & c"
    )
