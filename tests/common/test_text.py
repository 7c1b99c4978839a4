"""common/text.py: cleaning, folding, the dictionary's order."""

import unicodedata

import pytest

from common.text import alphabetical, clean_line, clean_prose, fold

NBSP, NARROW_NBSP, ZERO_WIDTH, BOM = "\u00a0", "\u202f", "\u200b", "\ufeff"


def nfd(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (nfd("Đề nghị lắp đèn ở xã Yên Mô"), "Đề nghị lắp đèn ở xã Yên Mô"),
        ("Ðường", "Đường"),  # U+00D0, as an Icelandic keyboard writes it
        ("ðường", "đường"),  # U+00F0
        (f"Sở{NBSP}Xây{NARROW_NBSP}dựng", "Sở Xây dựng"),
        (f"{BOM}Hoa{ZERO_WIDTH} Lư\x00\x07", "Hoa Lư"),
        ("Hoa\ufffe Lư\uffff", "Hoa Lư"),  # no letters: a Word file or a workbook with them cannot be opened
        ("  một \t hai  ", "một hai"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("một\n\n\n\n hai", "một\n\nhai"),
        ("cuối dòng   \nđầu dòng", "cuối dòng\nđầu dòng"),
        ("", ""),
        (f" {ZERO_WIDTH}\n ", ""),
    ],
)
def test_prose_is_cleaned_and_keeps_its_lines(typed, kept):
    assert clean_prose(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Sở Xây dựng\ntỉnh Ninh Bình", "Sở Xây dựng tỉnh Ninh Bình"),
        (nfd(" Nguyễn  Thị\tẨn "), "Nguyễn Thị Ẩn"),
        ("\n", ""),
    ],
)
def test_a_line_has_no_line_breaks(typed, kept):
    assert clean_line(typed) == kept


def test_what_is_clean_stays_as_it_is():
    text = "Điều 1. Ạ ậ ặ ẻ ề – “ngoặc” 50% … 1.472 m²\n\nĐoạn hai"

    assert clean_prose(text) == text
    assert clean_prose(clean_prose(nfd(text))) == text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Hòa Bình", " duong hoa binh "),
        (nfd("Đường Hòa Bình"), " duong hoa binh "),
        ("Ðường", " duong "),
        ("ĐĐ, ơ ư ạ ễ", " dd o u a e "),
        ("QL.1A (đoạn qua xã Yên Mô)", " ql 1a doan qua xa yen mo "),
        (f"Hoa{NBSP}Lư", " hoa lu "),
        ("KN-2026-00012", " kn 2026 00012 "),
        ("–", "  "),
    ],
)
def test_folding_leaves_letters_and_digits_only(text, folded):
    assert fold(text) == folded


def test_every_vietnamese_letter_folds_to_a_plain_one():
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    marked = [
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in "aăâeêioôơuưy"
        for tone in "\u0300\u0301\u0303\u0309\u0323"
    ]

    folded = {fold(letter).strip() for letter in [*letters, *letters.upper(), *marked, *(m.upper() for m in marked)]}

    assert folded == set("abcdeghiklmnopqrstuvxy")


@pytest.mark.parametrize(
    "ordered",
    [
        ["Da", "Dương", "Đa", "Đức"],  # đ is a letter of its own, after d
        ["an", "ăn", "ân", "ba"],
        ["e", "ê", "o", "ô", "ơ", "u", "ư", "v"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],  # the tones in the order of a dictionary
        ["Hòa An", "Hòa Bình", "Hoa Lư", "Hoàng Mai"],
        ["Ý Yên", "Yên Mô", "Yên Từ"],
        ["Phường 1", "Phường 2", "Phường An Phú", "Phường Đông"],
        ["Ba", "Bả", "Ba Đình", "Bác Ái"],  # all letters first; only equal ones are told apart by tone
        ["Hoa Lư", "Hoa Lừ", "Hòa Lư", "Hóa Lư"],
    ],
)
def test_names_stand_in_the_order_of_a_dictionary(ordered):
    backwards = ordered[::-1]

    assert sorted(backwards, key=alphabetical) == ordered
    assert sorted(map(nfd, backwards), key=alphabetical) == [nfd(name) for name in ordered]


def test_case_does_not_matter_to_the_order():
    assert alphabetical("ĐỒNG THÁP") == alphabetical("Đồng Tháp")


def test_signs_stand_before_letters_and_foreign_letters_after():
    assert sorted(["zebra", "ähnlich", "7", "a", "(x)"], key=alphabetical) == ["(x)", "7", "a", "zebra", "ähnlich"]


@pytest.mark.parametrize("line_break", ["\x0b", "\x0c", "\u2028", "\u2029"])
def test_a_line_break_of_another_program_never_joins_two_words(line_break):
    assert clean_line(f"một{line_break}hai") == "một hai"
