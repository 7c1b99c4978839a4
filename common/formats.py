"""Numbers and dates as Vietnamese officials write them."""

from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings

_ORDINALS = {1: "Nhất", 4: "Tư"}


def dotted(number):
    """1472 → "1.472"."""
    return f"{number:,}".replace(",", ".")


def percent(numerator, denominator, decimals=None):
    """(1433, 1472) → "97,4%", rounded half-up; "-" where the denominator is 0."""
    rounded = share(numerator, denominator, decimals)
    return "-" if rounded is None else f"{rounded}".replace(".", ",") + "%"


def share(numerator, denominator, decimals=None, rounding=ROUND_HALF_UP):
    """(1433, 1472) → Decimal("97.4"): the percentage as printed; None where the denominator is 0."""
    if not denominator:
        return None
    decimals = settings.PERCENT_DECIMALS if decimals is None else decimals
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding)


def short_date(day):
    """date(2026, 6, 3) → "03/6/2026": a zero before days under 10 and months 1 and 2 only."""
    return f"{day.day:02d}/{written_month(day.month)}/{day.year}"


def official_date(day):
    """date(2026, 6, 3) → "ngày 03 tháng 6 năm 2026" (Decree 30/2020, Annex I, II.4.b)."""
    return f"ngày {day.day:02d} tháng {written_month(day.month)} năm {day.year}"


def blank_official_date(year=None, month=None):
    """The same with the day left to be filled in by hand: "ngày      tháng 10 năm 2024"."""
    month = written_month(month) if month else "\u2003\u2002"
    return f"ngày\u2003\u2002tháng {month} năm {year or ''}".rstrip()


def ordinal(number):
    """17 → "thứ 17"; the first and fourth have words of their own."""
    return f"thứ {_ORDINALS[number]}" if number in _ORDINALS else f"thứ {number}"


def roman(number):
    """4 → "IV"."""
    values = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
              (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]  # fmt: skip
    written = ""
    for value, sign in values:
        while number >= value:
            written, number = written + sign, number - value
    return written


def written_month(month):
    """2 → "02", 3 → "3"."""
    return f"{month:02d}" if month < 3 else str(month)
