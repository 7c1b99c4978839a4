"""petitions/imports: headings, group rows, points, places — what a table becomes."""

import pytest

from petitions.imports.headings import find_head, guess
from petitions.imports.rows import items, tidy
from tests.petitions.imports.sheets import HEADINGS, found, table


@pytest.mark.parametrize(
    ("titles", "columns"),
    [
        (["TT", "Nội dung ý kiến, kiến nghị của cử tri", "Địa phương"], {"number": 0, "content": 1, "place": 2}),
        (["STT", "noi dung kien nghi", "xa phuong", "linh vuc"], {"number": 0, "content": 1, "place": 2, "field": 3}),
        (["Số TT", "Họ và tên", "Địa chỉ", "SĐT", "Kiến nghị"],
         {"number": 0, "voter_name": 1, "voter_address": 2, "voter_phone": 3, "content": 4}),
        (["Cơ quan phối hợp", "Ghi chú", "Kết quả"], {}),
        (["Nội dung", "Đơn vị", "Cơ quan giải quyết"], {"content": 0, "place": 1, "agency": 2}),
        (["Nội dung", "Đơn vị trả lời"], {"content": 0, "agency": 1}),
        (["Thẩm quyền giải quyết", "Ngày TXCT", "Nội dung"], {"level": 0, "raised_on": 1, "content": 2}),
    ],
)  # fmt: skip
def test_columns_are_guessed_from_headings_with_and_without_marks(titles, columns):
    assert guess(titles) == columns


def test_the_headings_are_found_under_a_title_block():
    made = table(
        ["TỔNG HỢP", "", ""],
        ["Kiến nghị của cử tri gửi tới kỳ họp", "", ""],
        ["STT", "Nội dung", "Xã"],
        ["1", "a", "b"],
    )

    assert (find_head(made).row, find_head(made).columns) == (2, {"number": 0, "content": 1, "place": 2})


def test_headings_in_two_lines_are_read_together():
    made = table(["STT", "Cử tri", "", "Nội dung kiến nghị"], ["", "Họ tên", "Địa chỉ", ""], ["1", "A", "B", "C"])

    head = find_head(made)

    assert (head.row, head.last_row) == (0, 1)
    assert head.columns == {"number": 0, "voter_name": 1, "voter_address": 2, "content": 3}


def test_a_row_is_a_petition():
    (item,) = found(["1", "Đề nghị lắp đèn.", "Yên Mô", "Giao thông"])

    assert (item.line, item.content(), item.values["place"]) == (2, "Đề nghị lắp đèn.", "Yên Mô")


def test_lines_that_are_no_petition_are_passed_over():
    rows = [["(1)", "(2)", "(3)", "(4)"], HEADINGS, ["", "", "", ""], ["", "Tổng cộng", "12", ""]]

    assert found(*rows, ["1", "Đề nghị lắp đèn.", "", ""])[0].content() == "Đề nghị lắp đèn."
    assert len(found(*rows)) == 0


def test_group_rows_stand_above_what_follows():
    rows = found(
        ["A", "Thuộc thẩm quyền cấp tỉnh", "", ""],
        ["I", "Lĩnh vực giao thông", "", ""],
        ["1", "Đèn đường hỏng.", "", ""],
        ["II. Lĩnh vực y tế", "", "", ""],
        ["1", "Trạm y tế dột.", "", ""],
        spans={(4, 0): 4},
    )

    assert [(item.content(), item.values["heads"]) for item in rows] == [
        ("Đèn đường hỏng.", ["Thuộc thẩm quyền cấp tỉnh", "Lĩnh vực giao thông"]),
        ("Trạm y tế dột.", ["Thuộc thẩm quyền cấp tỉnh", "Lĩnh vực y tế"]),
    ]


def test_a_row_with_nothing_but_its_number_is_passed_over():
    rows = found(["1", "Đèn đường hỏng.", "", ""], ["2", "", "", ""], ["a)", "Cầu yếu.", "", ""])

    assert [(item.content(), item.values["heads"]) for item in rows] == [("Đèn đường hỏng.", []), ("Cầu yếu.", [])]


def test_a_matter_numbered_like_a_group_is_a_petition_where_nothing_stands_under_it():
    rows = found(
        ["A", "Xã Yên Mô", "", ""],
        ["I", "Đề nghị sửa cầu Vòm.\nĐề nghị sơn lan can.", "", ""],
        ["II", "Lắp đèn đường liên thôn cho bà con", "", ""],
        ["B", "Phường Hoa Lư: không có kiến nghị", "", ""],
        ["C", "Các ý kiến, kiến nghị khác của cử tri", "", ""],
        ["", "IV. Kiến nghị sớm dọn chợ", "", ""],
    )

    assert [(item.line, item.number, item.content(), item.values["heads"]) for item in rows] == [
        (3, "I", "Đề nghị sửa cầu Vòm.\nĐề nghị sơn lan can.", ["Xã Yên Mô"]),
        (4, "II", "Lắp đèn đường liên thôn cho bà con", ["Xã Yên Mô"]),
        (7, "", "Kiến nghị sớm dọn chợ", ["Các ý kiến, kiến nghị khác của cử tri"]),
    ]


def test_a_group_may_carry_its_number_in_the_column_of_the_content():
    rows = found(["", "I. GIAO THÔNG", "", ""], ["1", "Sửa cầu Vòm.", "", ""],
                 ["", "II. Y TẾ", "", ""], ["1", "Trạm y tế dột.", "", ""])  # fmt: skip

    assert [(item.content(), item.values["heads"]) for item in rows] == [
        ("Sửa cầu Vòm.", ["GIAO THÔNG"]),
        ("Trạm y tế dột.", ["Y TẾ"]),
    ]


def test_a_commune_as_a_section_head():
    rows = found(["1", "Xã Yên Mô", "", ""], ["1.1", "Đèn đường hỏng.", "", ""], ["1.2", "Cầu yếu.", "", ""],
                 ["2", "Phường Hoa Lư", "", ""], ["2.1", "Chợ bẩn.", "", ""])  # fmt: skip

    assert [(item.content(), item.values["heads"]) for item in rows] == [
        ("Đèn đường hỏng.", ["Xã Yên Mô"]),
        ("Cầu yếu.", ["Xã Yên Mô"]),
        ("Chợ bẩn.", ["Phường Hoa Lư"]),
    ]


def test_a_sentence_about_a_place_is_a_petition_and_no_head():
    rows = found(["1", "Xã Yên Mô chưa có đèn đường", "", ""], ["2", "Cử tri xã Yên Mô đề nghị sửa cầu", "", ""])

    assert [item.content() for item in rows] == ["Xã Yên Mô chưa có đèn đường", "Cử tri xã Yên Mô đề nghị sửa cầu"]


@pytest.mark.parametrize("head", ["Cử tri xã Trung An, TP. Hoa Lư", "Cử tri khu vực phía Nam (TX.Đức Thành cũ)"])
def test_a_head_may_hold_an_abbreviation(head):
    rows = found(["1", head, "", ""], ["1.1", "Đèn đường hỏng.", "", ""], ["1.2", "Cầu yếu.", "", ""])

    assert [(item.content(), item.values["heads"]) for item in rows] == [
        ("Đèn đường hỏng.", [head]), ("Cầu yếu.", [head])]  # fmt: skip


def test_a_number_within_the_text_is_not_counted_twice():
    made = table(
        ["Nội dung kiến nghị", "Xã"], ["1. Đề nghị lắp đèn đường.", "Yên Mô"], ["1.1. Sớm trả lời cử tri.", ""]
    )
    head = find_head(made)

    (item,) = items(made, head, head.columns)

    assert item.content() == "1. Đề nghị lắp đèn đường.\n2. Sớm trả lời cử tri."


@pytest.mark.parametrize("numbers", [("1.1", "1.2"), ("a)", "b)"), ("-", "-"), ("1.1.", "1.2.")])
def test_parts_become_points_under_their_petition(numbers):
    (item,) = found(
        ["1", "Về giao thông:", "Yên Mô", ""], [numbers[0], "Sửa cầu.", "", ""], [numbers[1], "Lắp đèn.", "", ""]
    )

    assert item.content() == "1. Sửa cầu.\n2. Lắp đèn."
    assert item.title() == "Về giao thông"
    assert item.whole() == f"Về giao thông:\n{numbers[0]} Sửa cầu.\n{numbers[1]} Lắp đèn."


def test_a_parent_that_asks_for_something_is_a_point_too():
    (item,) = found(
        ["1", "Đề nghị nâng cấp đường ĐT 477 qua xã Yên Mô", "Yên Mô", ""],
        ["1.1", "Sớm giải phóng mặt bằng đoạn còn lại.", "", ""],
    )

    assert item.content() == (
        "1. Đề nghị nâng cấp đường ĐT 477 qua xã Yên Mô\n2. Sớm giải phóng mặt bằng đoạn còn lại."
    )


def test_what_leads_up_to_the_parts_is_said_in_each():
    (item,) = found(
        ["1", "Đề nghị tỉnh sửa chữa các tuyến đường:", "Yên Mô", ""],
        ["1.1", "ĐT 477 qua xã Yên Mô;", "", ""],
        ["1.2", "đường trục xã đoạn qua chợ.", "", ""],
    )

    assert item.content() == (
        "1. Đề nghị tỉnh sửa chữa các tuyến đường: ĐT 477 qua xã Yên Mô;\n"
        "2. Đề nghị tỉnh sửa chữa các tuyến đường: đường trục xã đoạn qua chợ."
    )


@pytest.mark.parametrize("columns", [["1", "1.1", "a)", "b)", "1.2"], ["1", "1.1", "1.1.1", "1.1.2", "1.2"],
                                     ["1", "", "", "", ""]])  # fmt: skip
def test_parts_of_parts_stay_with_the_part_they_stand_under(columns):
    texts = ["Về giao thông", "Đề nghị sửa các cầu:", "cầu Đông xã Yên Mô", "cầu Tây xã Yên Mô", "Lắp đèn đường trục."]
    numbered = ["", "1.1 ", "a) ", "b) ", "1.2 "]
    words = [text if number else f"{mark}{text}" for number, mark, text in zip(columns, numbered, texts, strict=True)]
    (item,) = found(*([number, text, "", ""] for number, text in zip(columns, words, strict=True)))

    assert item.title() == "Về giao thông"
    assert item.content() == (
        "1. Đề nghị sửa các cầu: cầu Đông xã Yên Mô\n2. Đề nghị sửa các cầu: cầu Tây xã Yên Mô\n3. Lắp đèn đường trục."
    )


def test_parts_of_a_word_or_two_stay_in_their_sentence():
    (item,) = found(["1", "Đề nghị tỉnh sớm sửa chữa các cầu yếu sau.", "", ""], ["a)", "cầu Đông;", "", ""],
                    ["b)", "cầu Tây.", "", ""])  # fmt: skip

    assert item.content() == "Đề nghị tỉnh sớm sửa chữa các cầu yếu sau. a) cầu Đông; b) cầu Tây."


def test_parts_from_several_places_are_petitions_of_their_own():
    rows = found(
        ["1", "Về giao thông", "", ""],
        ["1.1", "Sửa cầu Đông đang yếu.", "Yên Mô", ""],
        ["1.2", "Lắp đèn đường trục phường.", "Hoa Lư", ""],
        ["a)", "Đoạn qua chợ làm trước.", "", ""],
    )

    assert [(item.line, item.content(), item.values["place"], item.values["heads"]) for item in rows] == [
        (3, "Sửa cầu Đông đang yếu.", "Yên Mô", ["Về giao thông"]),
        (4, "1. Lắp đèn đường trục phường.\n2. Đoạn qua chợ làm trước.", "Hoa Lư", ["Về giao thông"]),
    ]


def test_what_a_part_says_of_itself_is_not_said_of_another_petition():
    rows = found(["1", "Về giao thông", "", ""], ["1.1", "Sửa cầu Đông đang yếu.", "Yên Mô", "Giao thông"],
                 ["1.2", "Lắp đèn đường trục phường.", "Hoa Lư", ""])  # fmt: skip

    assert [(item.values["field"], item.notes) for item in rows] == [("Giao thông", []), ("", [])]


def test_parts_that_all_name_one_place_give_it_to_their_petition():
    (item,) = found(["1", "Về giao thông", "", ""], ["1.1", "Sửa cầu Đông đang yếu.", "Yên Mô", ""],
                    ["1.2", "Lắp đèn đường trục xã.", "Yên Mô", ""])  # fmt: skip

    assert (item.values["place"], item.content()) == ("Yên Mô", "1. Sửa cầu Đông đang yếu.\n2. Lắp đèn đường trục xã.")


def test_a_row_cut_by_the_end_of_a_page_goes_on():
    (item,) = found(["1", "Đề nghị sửa đường liên xã đoạn", "Yên Mô", ""], ["", "qua thôn Đông.", "", ""])

    assert item.content() == "Đề nghị sửa đường liên xã đoạn qua thôn Đông."


def test_a_row_without_number_is_a_point_of_the_one_above():
    (item,) = found(["1", "Sửa cầu.", "Yên Mô", ""], ["", "Lắp đèn.", "", ""])

    assert item.content() == "1. Sửa cầu.\n2. Lắp đèn."


def test_a_row_without_number_from_elsewhere_is_a_petition():
    assert len(found(["1", "Sửa cầu.", "Yên Mô", ""], ["", "Lắp đèn.", "Hoa Lư", ""])) == 2


def test_cells_merged_downwards_hold_for_every_row():
    rows = found(["1", "Sửa cầu.", "Yên Mô", ""], ["2", "Lắp đèn.", "", ""], covered={(2, 2)})

    assert [item.values["place"] for item in rows] == ["Yên Mô", "Yên Mô"]


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("Đề nghị sửa đường\nliên xã", "Đề nghị sửa đường liên xã"),
        ("Sửa đường.\nLắp đèn.", "Sửa đường.\nLắp đèn."),
        ("hư hỏng.Đề nghị sửa;Lắp đèn", "hư hỏng. Đề nghị sửa; Lắp đèn"),
        ("giao thôngĐề nghị", "giao thông Đề nghị"),
        ("sửa đường xóm 4.Cử tri bức xúc;QL.1A, TP.Hoa Lư", "sửa đường xóm 4. Cử tri bức xúc;QL.1A, TP.Hoa Lư"),
        ("qua VNeID, mạng 4G", "qua VNeID, mạng 4G"),
        ("a) Sửa cầu\nb) Lắp đèn", "a) Sửa cầu\nb) Lắp đèn"),
    ],
)
def test_broken_and_glued_sentences_are_put_right(typed, tidied):
    assert tidy(typed) == tidied
