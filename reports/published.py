"""Published figure sets recomputed: what agrees by rounding, what by cutting off, what does not add up.

What was published and what is computed stand side by side; neither is changed.
"""

import re
from dataclasses import asdict, dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.formats import share
from common.text import fold


class Agrees(models.TextChoices):
    """How a published percentage or sum stands beside the computed one."""

    HALF_UP = "half_up", _("agrees, rounded half-up")
    TRUNCATED = "truncated", _("agrees, cut off")
    NOT = "not", _("does not agree")
    UNKNOWN = "unknown", _("cannot be computed")
    BALANCED = "balanced", _("adds up")
    UNBALANCED = "unbalanced", _("does not add up")
    APART = "apart", _("no parts of one whole, not added up")


@dataclass(frozen=True)
class Share:
    """One published percentage beside the computed ones, with as many decimals as were published."""

    label: str
    numerator: int | None
    denominator: int | None
    published: str
    half_up: str
    truncated: str
    verdict: Agrees


@dataclass(frozen=True)
class Sum:
    """The entries of one table as published, beside their total; `computed` is None where they are not added up."""

    label: str
    parts: dict[str, int | str]
    computed: int | None
    published: int | None
    verdict: Agrees

    @property
    def difference(self):
        return None if self.computed is None else self.computed - self.published


@dataclass(frozen=True)
class Checked:
    """One published set with everything that can be recomputed in it."""

    name: str
    shares: list[Share]
    sums: list[Sum]

    def as_data(self):
        sums = [
            asdict(found) | {"title": str(GROUPS[found.label]), "difference": found.difference} for found in self.sums
        ]
        return {"name": self.name, "percentages": [asdict(found) for found in self.shares], "sums": sums}


#: {key of a table in a set: what it is called}
GROUPS = {
    "by_authority_level": _("by level of authority"),
    "by_field": _("by field"),
    "by_agency": _("by agency"),
    "by_locality": _("by locality"),
    "by_result": _("by result"),
    "balance": _("opening + new − closed"),
}

#: Words in the names of results, one class of result a line. Results overlap unless each name is of another class.
_RESULTS = [
    ("da giai quyet", "giai quyet xong", "da thuc hien", "hoan thanh"),
    ("dang giai quyet", "dang trien khai", "dang thuc hien", "dang nghien cuu", "dang tiep tuc", "dang xem xet"),
    ("giai trinh", "giai thich", "thong tin"),
    ("khong giai quyet", "chua giai quyet", "khong the giai quyet", "chua thuc hien"),
    ("chua tra loi", "chua co tra loi", "chua co van ban tra loi"),
]
_TOTAL = ("tong", "tong so", "tong cong")
_FRACTION = re.compile(r"(\d[\d.]*)\s*/\s*(\d[\d.]*)")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_WHOLE = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")


class UnreadableSetError(ValueError):
    """A published set that is not made as it must be; the text says what is wrong."""


def check(data):
    """One set, as read from its line, recomputed."""
    if not isinstance(data, dict):
        raise UnreadableSetError("not a JSON object")
    if "numerator" in data or "denominator" in data:
        return Checked(str(data.get("source") or ""), [_one_share(data)], [])
    return Checked(_name(data), list(_shares(data)), [*_sums(data), *_balance(data)])


def _name(data):
    return ", ".join(str(data[key]) for key in ("council", "session", "date") if data.get(key))


def _one_share(data):
    numerator, denominator = _number(data.get("numerator")), _number(data.get("denominator"))
    return _compared(str(data.get("label") or ""), numerator, denominator, str(data.get("published") or ""))


def _compared(label, numerator, denominator, published):
    """The published percentage beside the one computed with as many decimals."""
    match = _PERCENT.search(published)
    if match is None or numerator is None or not denominator:
        return Share(label, numerator, denominator, published, "", "", Agrees.UNKNOWN)
    printed = Decimal(match[1].replace(",", "."))
    decimals = max(0, -printed.as_tuple().exponent)
    half_up = share(numerator, denominator, decimals, ROUND_HALF_UP)
    truncated = share(numerator, denominator, decimals, ROUND_DOWN)
    verdict = Agrees.HALF_UP if printed == half_up else Agrees.TRUNCATED if printed == truncated else Agrees.NOT
    return Share(label, numerator, denominator, published, _written(half_up), _written(truncated), verdict)


def _written(percentage):
    return f"{percentage}%".replace(".", ",")


def _shares(data):
    """Percentages printed apart, then those printed beside a fraction: "39/39 (100%)"."""
    for label, published in _group(data, "percentages").items():
        yield _compared(label, *_fraction_of(label, data), str(published))
    for group in GROUPS:
        for label, value in _group(data, group).items():
            if isinstance(value, str) and _PERCENT.search(value):
                yield _compared(label, *_fraction(value), value)


def _fraction_of(label, data):
    """Numerator and denominator a percentage belongs to: in its label, or under the same words in a table."""
    if _FRACTION.search(label):
        return _fraction(label)
    total = _number(data.get("total"))
    if counted := _WHOLE.match(label):
        return _number(counted[0]), total
    wanted = fold(label).strip()
    for group in GROUPS:
        for name, value in _group(data, group).items():
            if wanted and wanted in fold(name):
                return _fraction(value) if _is_fraction(value) else (_number(value), total)
    return None, None


def _sums(data):
    """Each table of two entries or more against its total, where its entries are parts of one whole.

    The whole is the total printed in the table, the one denominator of its fractions, or the total of the set.
    """
    for group in GROUPS:
        values = dict(_group(data, group))
        printed = [values.pop(label) for label in list(values) if fold(label).strip() in _TOTAL]
        fractions = [_fraction(value) for value in values.values() if _is_fraction(value)]
        wholes = {whole for _part, whole in fractions}
        if len(fractions) == len(values) and len(wholes) == 1:
            numbers, total = [part for part, _whole in fractions], wholes.pop()
        else:
            numbers, total = [_number(value) for value in values.values()], _number(data.get("total"))
        total = _number(printed[0]) if printed else total
        if len(values) > 1:
            yield _summed(group, values, numbers, total, is_whole=bool(printed))


def _summed(group, values, numbers, total, *, is_whole):
    pairs = zip(values.items(), numbers, strict=True)
    parts = {label: value if number is None else number for (label, value), number in pairs}
    computed = None if None in numbers else sum(numbers)
    if group == "by_result" and not (is_whole or _are_exclusive(values)) and (computed is None or computed != total):
        return Sum(group, parts, None, total, Agrees.APART)
    if computed is None or total is None:
        return Sum(group, parts, None, total, Agrees.UNKNOWN)
    return Sum(group, parts, computed, total, Agrees.BALANCED if computed == total else Agrees.UNBALANCED)


def _are_exclusive(labels):
    """Whether each name is that of another class of result, so that nothing is counted twice."""
    names = [fold(label).replace("chua giai quyet xong", "chua giai quyet") for label in labels]
    classes = [[place for place, words in enumerate(_RESULTS) if any(w in name for w in words)] for name in names]
    found = [of[0] for of in classes if len(of) == 1]
    return len(found) == len(classes) == len(set(found))


def _balance(data):
    """Opening + new − closed = closing, where all four are published."""
    numbers = {key: _number(data.get(key)) for key in ("opening", "new", "closed", "closing")}
    if None not in numbers.values():
        parts = numbers | {"closed": -numbers["closed"]}
        closing = parts.pop("closing")
        computed = sum(parts.values())
        verdict = Agrees.BALANCED if computed == closing else Agrees.UNBALANCED
        yield Sum("balance", parts, computed, closing, verdict)


def _group(data, name):
    group = data.get(name) or {}
    if not isinstance(group, dict):
        raise UnreadableSetError(f"{name} is not a JSON object")
    return group


def _is_fraction(value):
    return isinstance(value, str) and bool(_FRACTION.search(value))


def _fraction(text):
    found = _FRACTION.search(text)
    return (_number(found[1]), _number(found[2])) if found else (None, None)


def _number(value):
    """1472 from 1472 or "1.472"; None from "hơn 30", "106/115" or nothing."""
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value.strip().replace(".", ""))
    return value if isinstance(value, int) and not isinstance(value, bool) else None
