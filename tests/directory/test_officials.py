"""directory/models/officials.py: the lines above a signature (Decree 30/2020, Article 13; Annex I, II.7.b)."""

import pytest

from directory.models import Agency, Official

HEAD_LED, COLLECTIVE = Agency.Regime.HEAD_LED, Agency.Regime.COLLECTIVE
UBND = {"regime": COLLECTIVE, "head_post": "Chủ tịch", "collective_name": "Ủy ban nhân dân"}
STANDING = {"regime": COLLECTIVE, "head_post": "Chủ tịch", "collective_name": "Thường trực Hội đồng nhân dân"}
BAN = {"regime": COLLECTIVE, "head_post": "Trưởng Ban", "collective_name": "Ban Pháp chế"}
SO = {"regime": HEAD_LED, "head_post": "Giám đốc"}
VAN_PHONG = {"regime": HEAD_LED, "head_post": "Chánh Văn phòng"}


@pytest.mark.parametrize(
    ("body", "authority", "post", "lines"),
    [
        (SO, "head", "Giám đốc", ["GIÁM ĐỐC"]),
        (SO, "Q", "Phó Giám đốc", ["Q. GIÁM ĐỐC"]),
        (SO, "KT", "Phó Giám đốc", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        (SO, "TL", "Chánh Văn phòng Sở", ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG SỞ"]),
        (SO, "TUQ", "Trưởng phòng Hạ tầng", ["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG HẠ TẦNG"]),
        (VAN_PHONG, "KT", "Phó Chánh Văn phòng", ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
        (UBND, "head", "Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (UBND, "Q", "Phó Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"]),
        (UBND, "KT", "Phó Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (UBND, "TL", "Chánh Văn phòng", ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        (UBND, "TUQ", "Giám đốc Sở Nội vụ", ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"]),
        (
            STANDING,
            "KT",
            "Phó Chủ tịch",
            ["TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        (BAN, "head", "Trưởng Ban", ["TM. BAN PHÁP CHẾ", "TRƯỞNG BAN"]),
        (BAN, "KT", "Phó Trưởng Ban", ["TM. BAN PHÁP CHẾ", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]),
    ],
)
def test_the_lines_follow_from_authority_and_regime(body, authority, post, lines):
    official = Official(agency=Agency(**body), post=post, authority=authority)

    assert official.signing_lines == lines


@pytest.mark.parametrize("authority", list(Official.Authority))
def test_a_department_never_signs_on_behalf_of_itself(authority):
    lines = Official(agency=Agency(**SO), post="Phó Giám đốc", authority=authority).signing_lines

    assert [line for line in lines if line.startswith("TM.")] == []


@pytest.mark.parametrize("authority", ["TL", "TUQ"])
@pytest.mark.parametrize("body", [UBND, STANDING, BAN])
def test_who_signs_by_order_or_mandate_does_not_sign_for_the_body(body, authority):
    lines = Official(agency=Agency(**body), post="Chánh Văn phòng", authority=authority).signing_lines

    assert len(lines) == 2
    assert lines[0].startswith(f"{authority}. ")


def test_every_authority_on_either_regime_makes_a_block():
    for authority in Official.Authority:
        for body in (SO, UBND):
            lines = Official(agency=Agency(**body), post="Phó", authority=authority).signing_lines
            assert all(line == line.upper() and line for line in lines), (authority, body)


def test_an_official_reads_as_name_and_post(world):
    assert str(world.deputy) == "Cao Thị Phó, Phó Giám đốc"


def test_officials_are_seen_by_those_who_work_with_their_council(world, elsewhere):
    assert set(Official.objects.visible_to(world.drafter)) == {
        world.chair,
        world.director,
        world.deputy,
        world.committee_head,
    }
    assert world.director not in Official.objects.visible_to(elsewhere.officer)
