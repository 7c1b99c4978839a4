"""Vietnamese text: cleaning on the way in, folding for search, the dictionary's order."""

import re
import unicodedata
from functools import lru_cache

from django.conf import settings

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_NOT_WORD = re.compile(r"[^0-9a-z]+")

# A keyboard set to Icelandic or a bad converter writes Ð/ð (U+00D0/U+00F0) where Đ/đ is meant.
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "\u00a0": " ", "\u202f": " "})
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
#: Text of these alone is clean once its spaces are; most text is.
_PLAIN = re.compile(
    "[ \n!-~\u00a1-\u00ac\u00ae-\u00cf\u00d1-\u00ef\u00f1-\u02ff\u1e00-\u1ef9"
    "\u2013\u2014\u2018\u2019\u201c\u201d\u2026]*"
)

#: So many letters at most have texts that come again and again, in lists and headings: worth remembering.
_SHORT = 500

LONGEST_KEY = 18  # digits; more do not fit a key and name nothing


class _Folding(dict):
    """What each character becomes in folded text, worked out when first met."""

    _D = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"}

    def __missing__(self, code):
        letter = chr(code)
        bare = unicodedata.normalize("NFD", self._D.get(letter, letter)).lower()
        bare = "".join(part for part in bare if not unicodedata.combining(part))
        self[code] = _NOT_WORD.sub(" ", bare)
        return self[code]


_FOLDING = _Folding()

# Order of letters (TCVN 6909 alphabet) and, among equal letters, of tone marks.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_ORDER = {letter: f"{place:02d}" for place, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng


def clean_prose(text):
    """`text` in NFC with control and zero-width characters dropped and spaces tidied; lines stay."""
    if (_is_known_clean if len(text) <= _SHORT else _is_clean)(text):
        return text
    text = _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", text.translate(_LOOKALIKES)))
    lines = (_SPACES.sub(" ", line).strip() for line in _CONTROL.sub("", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _is_clean(text):
    spaced = "  " in text or " \n" in text or "\n " in text or "\n\n\n" in text
    return not spaced and text == text.strip() and bool(_PLAIN.fullmatch(text))


_is_known_clean = lru_cache(maxsize=5000)(_is_clean)


def clean_line(text):
    """`clean_prose` on one line."""
    text = clean_prose(text)
    return " ".join(text.split()) if "\n" in text else text


def fold(text):
    """What search compares: no marks, no case, only letters and digits, one space between and at each end.

    >>> fold("Đường Hòa Bình")
    ' duong hoa binh '
    """
    return _known_folded(text) if len(text) <= _SHORT else _folded(text)


def _folded(text):
    return f" {' '.join(text.translate(_FOLDING).split())} "


_known_folded = lru_cache(maxsize=5000)(_folded)


@lru_cache(maxsize=5000)
def alphabetical(text):
    """A sort key in the order of a Vietnamese dictionary: letters first, tones break ties; đ after d."""
    letters, tones = [], []
    for word_letter in unicodedata.normalize("NFC", text).lower():
        parts = unicodedata.normalize("NFD", word_letter)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        letters.append(_LETTER_ORDER.get(letter, _outside_the_alphabet(letter)))
        tones.append(tone)
    return tuple(letters), tuple(tones)


def _outside_the_alphabet(letter):
    """Spaces first, then digits and signs, then our letters, then anything else."""
    if letter == " ":
        return letter
    return f"!{letter}" if letter < "a" else f"~{letter}"


def key_in(text):
    """The number of a record as an address or a form names it; None for what cannot be one."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else None


def mail_domain():
    """The host people know us by, as the right half of a message id."""
    return settings.SITE_URL.split("//", 1)[-1].split("/")[0].split(":")[0]
