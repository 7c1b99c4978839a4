"""common/formats.py: numbers and dates as officials write them."""

from datetime import date

import pytest

from common.formats import blank_official_date, dotted, official_date, ordinal, percent, roman, short_date


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (999, "999"), (1472, "1.472"), (1_234_567, "1.234.567"), (-1472, "-1.472")]
)
def test_thousands_are_parted_by_dots(number, written):
    assert dotted(number) == written


@pytest.mark.parametrize(
    ("numerator", "denominator", "written"),
    [
        (1433, 1472, "97,4%"),
        (144, 202, "71,3%"),  # 71.287: printed truncated in a real report of 2023
        (1, 8, "12,5%"),
        (1, 16, "6,3%"),  # 6.25 goes up
        (1, 2000, "0,1%"),  # 0.05 goes up, though a float would say 0.1 or 0.0
        (0, 7, "0,0%"),
        (7, 7, "100,0%"),
        (0, 0, "-"),
        (5, 0, "-"),
    ],
)
def test_a_share_is_rounded_half_up_to_one_decimal(numerator, denominator, written):
    assert percent(numerator, denominator) == written


@pytest.mark.parametrize(("decimals", "written"), [(0, "32%"), (1, "31,7%"), (2, "31,67%")])
def test_the_number_of_decimals_is_a_setting(settings, decimals, written):
    settings.PERCENT_DECIMALS = decimals

    assert percent(19, 60) == written
    assert percent(19, 60, decimals=3) == "31,667%"


@pytest.mark.parametrize(("numerator", "written"), [(1, "1%"), (3, "2%"), (5, "3%"), (7, "4%")])
def test_half_a_percent_goes_up_and_never_to_the_even_number(numerator, written):
    assert percent(numerator, 200, decimals=0) == written


@pytest.mark.parametrize(
    ("day", "short", "full"),
    [
        (date(2020, 1, 5), "05/01/2020", "ngày 05 tháng 01 năm 2020"),
        (date(2026, 2, 10), "10/02/2026", "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "09/3/2026", "ngày 09 tháng 3 năm 2026"),
        (date(2026, 9, 30), "30/9/2026", "ngày 30 tháng 9 năm 2026"),
        (date(2025, 12, 31), "31/12/2025", "ngày 31 tháng 12 năm 2025"),
    ],
)
def test_a_zero_stands_before_days_under_ten_and_months_one_and_two_only(day, short, full):
    assert short_date(day) == short
    assert official_date(day) == full


@pytest.mark.parametrize(
    ("year", "month", "words"),
    [
        (2024, 10, ["ngày", "tháng", "10", "năm", "2024"]),
        (2026, 2, ["ngày", "tháng", "02", "năm", "2026"]),
        (2026, 3, ["ngày", "tháng", "3", "năm", "2026"]),
        (None, None, ["ngày", "tháng", "năm"]),
    ],
)
def test_a_blank_date_has_room_for_the_day(year, month, words):
    blank = blank_official_date(year, month)

    assert blank.split() == words
    assert blank.startswith("ngày\u2003\u2002tháng")


def test_the_first_and_the_fourth_have_words_of_their_own():
    assert [ordinal(number) for number in (1, 2, 3, 4, 17)] == ["thứ Nhất", "thứ 2", "thứ 3", "thứ Tư", "thứ 17"]


@pytest.mark.parametrize(
    ("number", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (19, "XIX"), (40, "XL"), (1999, "MCMXCIX")]
)
def test_roman_numbers(number, written):
    assert roman(number) == written
