"""petitions/points.py: from a text as typed to points."""

import pytest

from petitions.points import propose, split

TEXTS = {
    "one line": ("Đề nghị lắp đèn.", ["Đề nghị lắp đèn."]),
    "several lines of one point": ("Đề nghị lắp đèn\nở đường số 2.", ["Đề nghị lắp đèn ở đường số 2."]),
    "numbers with full stops": ("1. Lắp đèn.\n2. Sửa cầu.", ["Lắp đèn.", "Sửa cầu."]),
    "numbers with brackets": ("1) Lắp đèn.\n2) Sửa cầu.", ["Lắp đèn.", "Sửa cầu."]),
    "numbers of two digits": ("9. Chín.\n10. Mười.\n11. Mười một.", ["Chín.", "Mười.", "Mười một."]),
    "letters": ("a) Lắp đèn.\nb) Sửa cầu.\nđ) Dọn rác.", ["Lắp đèn.", "Sửa cầu.", "Dọn rác."]),
    "capital letters": ("A) Lắp đèn.\nB) Sửa cầu.", ["Lắp đèn.", "Sửa cầu."]),
    "indented numbers": ("  1. Lắp đèn.\n  2. Sửa cầu.", ["Lắp đèn.", "Sửa cầu."]),
    "a numbered point over several lines": (
        "1. Lắp đèn\nở đường số 2\n2. Sửa cầu.",
        ["Lắp đèn ở đường số 2", "Sửa cầu."],
    ),
    "an empty line inside a numbered point": ("1. Lắp đèn.\n\nGấp.\n2. Sửa cầu.", ["Lắp đèn. Gấp.", "Sửa cầu."]),
    "paragraphs": ("Lắp đèn.\n\nSửa cầu.", ["Lắp đèn.", "Sửa cầu."]),
    "paragraphs of several lines": ("Lắp đèn\ntrên đường.\n\n\nSửa cầu.", ["Lắp đèn trên đường.", "Sửa cầu."]),
    "only one numbered point": ("1. Lắp đèn.", ["Lắp đèn."]),
    "a year is no number": ("2025 là năm hạn.\nĐề nghị sửa kênh.", ["2025 là năm hạn. Đề nghị sửa kênh."]),
    "a decimal is no number": ("1.5 triệu là quá ít.\nĐề nghị tăng.", ["1.5 triệu là quá ít. Đề nghị tăng."]),
    "a number inside a line": ("Sửa đường số 1. 2 năm chưa xong.", ["Sửa đường số 1. 2 năm chưa xong."]),
    "words that lead up to numbers": ("Cử tri nêu:\n1. Sửa đường.\n2. Lắp đèn.", ["Sửa đường.", "Lắp đèn."]),
    "words that lead up and say where": (
        "Cử tri thôn Đông đề nghị:\n1. Sửa đường.\n2. Lắp đèn.",
        ["Cử tri thôn Đông đề nghị: Sửa đường.", "Lắp đèn."],
    ),
    "a matter before the numbers": ("Sửa kênh.\n1. Sửa đường.\n2. Lắp đèn.", ["Sửa kênh.", "Sửa đường.", "Lắp đèn."]),
    "nothing": ("", []),
    "only empty lines": ("\n\n \n", []),
}


@pytest.mark.parametrize(("text", "points"), TEXTS.values(), ids=TEXTS.keys())
def test_points_of(text, points):
    assert split(text) == points


@pytest.mark.parametrize("text", ["1.", "1.\n2.", "a)"])
def test_numbers_alone_are_no_points(text):
    assert split(text) == []


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Thứ nhất, sửa cầu Vòm đã yếu. Thứ hai, lắp đèn đường thôn Đông.",
         ["Sửa cầu Vòm đã yếu.", "Lắp đèn đường thôn Đông."]),
        ("Một là nạo vét kênh Cầu Đen; hai là bổ sung bác sĩ trạm y tế.",
         ["Nạo vét kênh Cầu Đen", "Bổ sung bác sĩ trạm y tế."]),
        ("Về hạ tầng xã Yên Mô: (1) sửa đường liên xã (2) xây nhà văn hóa thôn",
         ["Về hạ tầng xã Yên Mô: sửa đường liên xã", "Xây nhà văn hóa thôn"]),
        ("Cử tri đề nghị ba việc: 1. Sửa đường liên xã đã hỏng. 2. Lắp đèn đường thôn Đông. 3. Nạo vét kênh Cầu Đen.",
         ["Cử tri đề nghị ba việc: Sửa đường liên xã đã hỏng.", "Lắp đèn đường thôn Đông.", "Nạo vét kênh Cầu Đen."]),
        ("Đề nghị sửa cầu Vòm đã yếu. Ngoài ra, đề nghị bổ sung bác sĩ cho trạm y tế.",
         ["Đề nghị sửa cầu Vòm đã yếu.", "Đề nghị bổ sung bác sĩ cho trạm y tế."]),
        ("Nạo vét kênh tiêu Cầu Đen; bổ sung bác sĩ cho trạm y tế; lắp đèn chiếu sáng thôn Nội",
         ["Nạo vét kênh tiêu Cầu Đen", "Bổ sung bác sĩ cho trạm y tế", "Lắp đèn chiếu sáng thôn Nội"]),
    ],
)  # fmt: skip
def test_points_are_proposed(text, points):
    assert propose(text) == points


@pytest.mark.parametrize(
    "text",
    [
        "Đề nghị sửa đường liên xã, lắp đèn và trồng cây.",
        "Đề nghị sửa cầu Vòm; cầu Vòm đã yếu, đề nghị sửa cầu",
        "1. Sửa cầu.\n2. Lắp đèn.",
        "Sửa cầu; lắp đèn",
        "",
    ],
)
def test_one_matter_and_what_is_split_already_is_left_alone(text):
    assert propose(text) == []
