"""What a petition is about, as terms to compare: blind to marks, tones, abbreviations and the usual phrases."""

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise

from common.text import fold

#: Written short in most lists. Folded; a longer form stands for the shorter one everywhere.
_SHORT = {
    "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "gpmb": "giai phong mat bang", "bhyt": "bao hiem y te",
    "bhxh": "bao hiem xa hoi", "kcn": "khu cong nghiep", "ccn": "cum cong nghiep", "gcn": "giay chung nhan",
    "gcnqsdd": "giay chung nhan quyen su dung dat", "qsdd": "quyen su dung dat", "atgt": "an toan giao thong",
    "vsmt": "ve sinh moi truong", "bvmt": "bao ve moi truong",
    "htx": "hop tac xa", "thcs": "trung hoc co so", "thpt": "trung hoc pho thong",
    "ntm": "nong thon moi", "tthc": "thu tuc hanh chinh", "ql": "quoc lo", "tl": "tinh lo", "dt": "duong tinh",
    "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran", "p": "phuong", "x": "xa", "h": "huyen",
    "mttq": "mat tran to quoc", "nvh": "nha van hoa", "tdc": "tai dinh cu", "cntt": "cong nghe thong tin",
}  # fmt: skip
_ROAD = re.compile(r"\b(ql|tl|dt) ?(\d)")

#: Said of any petition: they tell nothing about its matter.
_USUAL = [
    "de nghi", "kien nghi", "cu tri", "phan anh", "mong muon", "mong duoc", "mong som", "uy ban nhan dan",
    "hoi dong nhan dan", "co quan chuc nang", "nganh chuc nang", "luc luong chuc nang", "cac cap",
    "cap co tham quyen", "quan tam", "xem xet", "chi dao", "som", "kip thoi", "dut diem", "nghiem trong",
    "hien nay", "den nay", "trong thoi gian qua", "tren dia ban", "dia ban", "nguoi dan", "nhan dan", "ba con",
    "tinh trang", "viec", "da", "dang", "cac", "nhung", "cua", "va", "cho", "tai", "o", "den", "tu", "doan",
    "de", "nhieu", "rat", "con", "chua", "duoc", "bi", "co", "khong", "voi", "tren", "qua", "nham", "bao dam",
    "dam bao", "tiep tuc", "tang cuong", "yeu cau", "nam", "theo", "ve", "la", "sau", "khi", "do", "vi",
    "trong", "ra", "vao", "nay", "nay la", "thuong xuyen", "keo dai", "hay", "thi", "bo tri", "ho tro", "tinh",
    "dau tu", "xay dung", "chinh quyen", "dia phuong", "hon", "them", "moi", "cung", "ngay", "duong", "xa",
    "thon", "phuong", "thanh pho", "huyen", "khu", "can", "ho", "gay",
]  # fmt: skip
_USUAL_PHRASES = sorted((phrase for phrase in _USUAL if " " in phrase), key=len, reverse=True)
_USUAL_WORDS = frozenset(phrase for phrase in _USUAL if " " not in phrase)

#: Different words for one thing.
_ALIKE = {
    "nang cap": "sua chua", "tu sua": "sua chua", "cai tao": "sua chua", "khac phuc": "sua chua", "tu bo": "sua chua",
    "ton tao": "sua chua", "lam moi": "sua chua", "hu hong": "xuong cap", "hong nang": "xuong cap", "bac sy": "bac si",
    "liet sy": "liet si", "den duong": "den chieu sang", "dien chieu sang": "den chieu sang", "mui hoi thoi": "mui hoi",
    "phu cap": "muc ho tro", "tro cap": "muc ho tro", "boi lang": "nao vet", "ngap ung": "ngap", "dong nuoc": "ngap",
    "ngap lut": "ngap", "den bu": "boi thuong", "chi tra": "tra tien", "lop hoc": "truong hoc", "tre em": "tre",
    "xu ly": "", "kiem tra": "", "giai quyet": "", "lap dat": "lap", "di dong": "dien thoai", "vac xin": "tiem phong",
}  # fmt: skip
_ALIKE_PHRASES = re.compile("|".join(f" {phrase}(?= )" for phrase in sorted(_ALIKE, key=len, reverse=True)))
_USUAL_PATTERN = re.compile("|".join(f" {phrase}(?= )" for phrase in _USUAL_PHRASES))
_SENTENCE = re.compile(r"[.!?:;\n]+")
#: "TP.", "P.", "Q.4": the dot behind an abbreviation ends no sentence.
_DOT_OF_AN_ABBREVIATION = re.compile(r"\b(TP|TX|TT|KP|P|Q|H|X)\.\s*(?=\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_NO_NAMES = frozenset(
    {"ubnd", "hdnd", "gpmb", "bhyt", "tp", "p", "kp", "x", "h", "tt", "ql", "tl", "dt", "tx", "kcn", "gcnqsdd"}
)
_KIND = re.compile(r"^(?:uy ban nhan dan )?(?:thanh pho|thi xa|thi tran|huyen|quan|phuong|xa|tinh) (?=\S)")
#: First words of bodies written with a capital: "Ủy ban nhân dân", "Hội đồng nhân dân", "Sở Xây dựng".
_NO_NAME_ALONE = frozenset({"", "uy", "hoi", "so", "cong", "bo", "ban", "van", "chinh"})


@dataclass(frozen=True)
class Wording:
    """The matter of one text: single words, pairs of words, proper names and numbers."""

    words: frozenset
    pairs: frozenset
    names: frozenset

    @property
    def is_empty(self):
        return len(self.words) < 3


def read(text, renamed=None):
    """The wording of a title with its points; `renamed` gives places that are called otherwise today."""
    names = _names(text)
    today = {name: renamed[name] for name in names if name in renamed} if renamed else {}
    bare = written_out(text)
    for old, new in today.items():
        bare = bare.replace(f" {old} ", f" {new} ")
    bare = _ALIKE_PHRASES.sub(lambda found: f" {_ALIKE[found[0].strip()]}".rstrip(), bare)
    bare = _USUAL_PATTERN.sub("", bare)
    words = [word for word in bare.split() if word not in _USUAL_WORDS]
    pairs = frozenset(" ".join(pair) for pair in pairwise(words))
    return Wording(frozenset(words), pairs, frozenset(today.get(name, name) for name in names))


def written_out(text):
    """`fold`ed, with what is usually written short in full: “TP.” and “thành phố” read the same.

    >>> written_out("UBND TP. Hoa Lư")
    ' uy ban nhan dan thanh pho hoa lu '
    """
    return _expanded(fold(text))


def _expanded(folded):
    """Folded text with the usual abbreviations written out."""
    folded = _ROAD.sub(lambda found: f"{found[1]} {found[2]}", folded)
    return f" {' '.join(_SHORT.get(word, word) for word in folded.split())} "


def _names(text):
    """Proper names and numbers; the first word of a sentence counts only inside a longer name."""
    found, name = set(), []
    for sentence in _SENTENCE.split(_DOT_OF_AN_ABBREVIATION.sub(r"\1 ", text)):
        for place, word in enumerate(_WORD.findall(sentence)):
            is_name = word[0].isupper() or word[0].isdigit()
            if is_name and (place or word[0].isdigit()):
                name.append(word)
            elif name:
                found.add(" ".join(name))
                name = []
        if name:
            found.add(" ".join(name))
            name = []
    folded = {_without_kind(_ROAD.sub(lambda road: road[2], fold(name).strip())) for name in found}
    return folded - _NO_NAME_ALONE


def _without_kind(name):
    return _KIND.sub("", " ".join(word for word in name.split() if word not in _NO_NAMES))


def likeness(one, other):
    """From 0 to 1: how much two wordings speak of the same matter."""
    if one.is_empty or other.is_empty:
        return 0.0
    words, pairs = _shared(one.words, other.words), _shared(one.pairs, other.pairs)
    score = 0.65 * words + 0.35 * pairs
    return score * _agreement(one.names, other.names)


def _shared(one, other):
    """Shared terms over the mean of both sizes, leaning to the shorter so that a short text still meets a long one."""
    if not one or not other:
        return 0.0
    small, large = sorted((len(one), len(other)))
    return len(one & other) / (0.7 * small + 0.3 * min(large, 3 * small))


def _agreement(one, other):
    """Names that differ tell two matters apart, as long as both texts name something."""
    if not one or not other:
        return 0.95 if one or other else 1.0
    met = {name for name in one if any(name == o or f" {name} " in f" {o} " or f" {o} " in f" {name} " for o in other)}
    small = min(len(one), len(other))
    return 0.5 + 0.5 * min(1.0, len(met) / small)


#: MinHash: 20 numbers of two smallest hashes each; measured against the labelled pairs in the tests.
BANDS = 20
_MASK = 0xFFFFFFFFFFFFFFFF


def keys(wording):
    """Numbers of which two wordings share one the more surely, the more words they share."""
    if wording.is_empty:
        return set()
    hashes = [int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest()) for word in wording.words]
    lowest = [min((value ^ seed) * 0xBF58476D1CE4E5B9 & _MASK for value in hashes) for seed in _SEEDS]
    return {_signed((lowest[2 * band] * 31 + lowest[2 * band + 1] + band) & _MASK) for band in range(BANDS)}


_SEEDS = [(place + 1) * 0x9E3779B97F4A7C15 & _MASK for place in range(2 * BANDS)]


def _signed(value):
    return value - (1 << 64) if value >> 63 else value
