"""Which column holds what, guessed from its heading."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from common.text import clean_line, fold

#: What a column can hold, in the order shown. The empty one is left out.
MEANINGS = {
    "": _("not used"),
    "number": _("row number"),
    "content": _("content of the petition"),
    "title": _("title"),
    "place": _("locality"),
    "field": _("policy field"),
    "level": _("authority level"),
    "agency": _("agency that answers"),
    "raised_on": _("raised on"),
    "voter_name": _("voter's name"),
    "voter_address": _("voter's address"),
    "voter_phone": _("voter's telephone"),
    "verbatim": _("the voter's own words"),
}

#: Folded headings, the surest first: an exact one wins over one that only begins so, that over one that holds it.
_WORDS = {
    "number": ["stt", "tt", "so tt", "so thu tu", "so tt kien nghi"],
    "title": ["tieu de", "trich yeu", "tom tat", "tom tat noi dung", "ten kien nghi"],
    "verbatim": ["nguyen van", "loi cu tri", "y kien nguyen van"],
    "voter_name": ["ho ten", "ho va ten", "ten cu tri", "ho ten cu tri", "ho va ten cu tri", "nguoi kien nghi",
                   "nguoi phat bieu", "cu tri phat bieu", "cu tri"],
    "voter_address": ["dia chi", "noi o", "noi cu tru", "dia chi cu tri", "thon xom", "thon", "to dan pho"],
    "voter_phone": ["dien thoai", "so dien thoai", "sdt", "dt", "dien thoai lien he"],
    "place": ["dia phuong", "dia ban", "xa phuong", "xa", "phuong xa", "xa phuong thi tran", "ten xa", "don vi",
              "noi kien nghi", "noi phan anh", "cu tri xa phuong", "cu tri cac xa phuong", "dia phuong kien nghi",
              "cu tri xa", "cu tri phuong", "huyen thanh pho", "noi tiep xuc", "diem tiep xuc"],
    "field": ["linh vuc", "nhom linh vuc", "nhom van de", "thuoc linh vuc", "phan loai linh vuc"],
    "level": ["tham quyen", "cap tham quyen", "tham quyen giai quyet", "cap giai quyet"],
    "agency": ["co quan", "co quan giai quyet", "don vi giai quyet", "co quan tra loi", "don vi tra loi",
               "co quan xu ly", "don vi xu ly", "co quan chu tri", "don vi chu tri", "co quan don vi",
               "co quan co tham quyen", "co quan tham quyen", "co quan duoc giao", "don vi duoc giao",
               "don vi thuc hien", "don vi co tham quyen", "don vi tiep nhan", "so nganh", "so ban nganh",
               "chuyen den co quan", "de nghi co quan"],
    "raised_on": ["ngay", "ngay tiep xuc", "ngay tiep nhan", "ngay kien nghi", "ngay txct", "thoi gian",
                  "thoi gian tiep xuc", "ngay thang"],
    "content": ["noi dung", "noi dung kien nghi", "noi dung y kien kien nghi", "noi dung kien nghi cua cu tri",
                "kien nghi", "y kien kien nghi", "kien nghi cua cu tri", "y kien cua cu tri", "noi dung phan anh",
                "y kien", "noi dung y kien", "cac y kien kien nghi", "noi dung phan anh kien nghi"],
}  # fmt: skip
_LOOKED_AT = 30
#: Headings that hold a known word but mean something else.
_OTHERS = ("co quan phoi hop", "don vi phoi hop", "co quan tong hop", "don vi tong hop", "co quan ban hanh",
           "ket qua", "tra loi", "ghi chu", "van ban")  # fmt: skip


@dataclass(frozen=True)
class Head:
    """Where the headings stand (`row` to `last_row`, counted from 0), what they say, what each column holds."""

    row: int
    last_row: int
    titles: list
    columns: dict  # meaning → column

    @property
    def digest(self):
        return hashlib.blake2b("|".join(fold(title) for title in self.titles).encode(), digest_size=16).hexdigest()


def meaning_of(title):
    """The meaning of one heading and how sure it is (3 exact, 2 begins so, 1 holds it); ("", 0) for none."""
    folded = fold(title).strip()
    if not folded:
        return "", 0
    if folded.startswith(_OTHERS):
        return "", 0
    best = ("", 0)
    for meaning, words in _WORDS.items():
        for word in words:
            sure = (
                3
                if folded == word
                else 2
                if folded.startswith(f"{word} ")
                else 1
                if f" {word} " in f" {folded} "
                else 0
            )
            if sure > best[1] and not (sure < 3 and len(word) < 4):
                best = (meaning, sure)
    return best


def find_head(table, row=None):
    """The headings of a table: in `row` if said, else the row that reads most like headings."""
    if row is None:
        scores = [(_score(table.rows[i]), -i) for i in range(min(_LOOKED_AT, len(table.rows)))]
        best, at = max(scores, default=(0, 0))
        row = -at if best >= 2 else 0
    row = min(max(row, 0), max(len(table.rows) - 1, 0))
    titles = [clean_line(title) for title in table.rows[row]] if table.rows else []
    last_row = row
    if row + 1 < len(table.rows) and _completes(table.rows[row + 1], titles):
        last_row = row + 1
        titles = [clean_line(lower) or upper for upper, lower in zip(titles, table.rows[last_row], strict=True)]
    return Head(row, last_row, titles, guess(titles))


def guess(titles):
    """{meaning: column}: for each meaning the column whose heading says it most surely, the leftmost of equals."""
    found = {}
    for column, title in enumerate(titles):
        meaning, sure = meaning_of(title)
        if meaning and sure > found.get(meaning, (0, 0))[0]:
            found[meaning] = (sure, column)
    return {meaning: column for meaning, (_sure, column) in found.items()}


def _score(row):
    """How many cells read like headings; long cells are no headings."""
    return sum(meaning_of(cell)[1] > 1 for cell in row if len(cell) <= 60)


def _completes(row, titles):
    """Whether `row` is a second line of headings: under one that spans several columns."""
    under = [column for column, cell in enumerate(row) if cell and meaning_of(cell)[1] >= 2 and len(cell) <= 60]
    return bool(under) and any(not titles[column] for column in under)
