"""Every table of a session's figures, once: stable names for files, headings for papers and workbooks."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation

from common.acting import official
from common.formats import share
from common.text import alphabetical
from petitions.models import ResultClass
from reports import balance
from reports.catalogue import CATALOGUE, COLUMNS
from reports.facts import capital
from reports.figures import BREAKDOWNS


@dataclass(frozen=True)
class Field:
    """One column: a `name` that never changes, a `title` people read; `kind` is text, number, date or share."""

    name: str
    title: str
    kind: str = "text"
    width: float = 13  # in characters, in a workbook


@dataclass(frozen=True)
class Table:
    """Rows of plain values in the order of `fields`. `total` is the last row of tables that add up."""

    key: str
    title: str
    fields: list[Field]
    rows: list[list[Any]]
    total: list[Any] = field(default_factory=list)
    explanation: str = ""

    @property
    def names(self):
        return [column.name for column in self.fields]

    def column(self, name):
        """The values of one column, row by row."""
        place = self.names.index(name)
        return [row[place] for row in self.rows]


#: {key of a table: its title}, in the order of files.
TITLES = {
    "figures": "Các chỉ tiêu và cách tính",
    "balance": "Cân đối, đối chiếu số liệu",
    "agency": "Tổng hợp kết quả giải quyết theo cơ quan",
    "level": "Kết quả giải quyết theo thẩm quyền",
    "committee": "Kết quả giải quyết theo Ban",
    "field": "Kết quả giải quyết theo lĩnh vực",
    "place": "Kết quả giải quyết theo địa bàn",
    "points": "Danh sách chi tiết kiến nghị và kết quả giải quyết",
}

#: The heading of the first column.
HEADS = {
    "agency": "Tên cơ quan, đơn vị",
    "level": "Thẩm quyền",
    "committee": "Ban của HĐND",
    "field": "Lĩnh vực",
    "place": "Địa bàn",
}


def column_titles():
    """{column of a table: its heading}, by the names of the catalogue."""
    return {name: official(CATALOGUE[name].label) for name in COLUMNS} | {"total": "Tổng số"}


def by_agency(figures):
    return _counted("agency", figures.by_agency)


def breakdown(figures, by):
    """Petitions by level, committee, field or place."""
    return _counted(by, figures.breakdown(by))


def _counted(key, table):
    numbers = [Field(name, heading, "number") for name, heading in column_titles().items()]
    return Table(
        key,
        TITLES[key],
        [Field("number", "STT", "number", 6), Field(key, HEADS[key], width=44), *numbers],
        [
            [place, capital(official(row.label)), *(row.counts[name] for name in COLUMNS)]
            for place, row in enumerate(table.rows, start=1)
        ],
        ["", "Tổng cộng", *(table.total[name] for name in COLUMNS)],
        table.explanation,
    )


_POINTS = [
    Field("number", "TT", "number", 6),
    Field("code", "Mã kiến nghị", width=16),
    Field("content", "Nội dung kiến nghị", width=48),
    Field("place", "Cử tri (xã, phường)", width=20),
    Field("agency", "Cơ quan chủ trì", width=24),
    Field("coordinating", "Cơ quan phối hợp", width=24),
    Field("level", "Thẩm quyền", width=16),
    Field("field", "Lĩnh vực", width=20),
    Field("due_on", "Hạn trả lời", "date"),
    Field("letter", "Số văn bản trả lời", width=20),
    Field("letter_on", "Ngày trả lời", "date"),
    Field("answer", "Tóm tắt nội dung trả lời", width=48),
    Field("result", "Kết quả", width=20),
    Field("roadmap_on", "Lộ trình", "date"),
    Field("assessed_result", "Đánh giá qua giám sát", width=20),
    Field("note", "Ghi chú", width=22),
]


def grouped_by_agency(figures):
    """[(agency, [(fact, point), …])] over all petitions to be dealt with; a point stands with its lead agency."""
    groups = {}
    for fact in figures.rows("total"):
        for point in fact.points:
            _name, rows = groups.setdefault(point.agency_id, (point.agency, []))
            rows.append((fact, point))
    ordered = sorted(groups.values(), key=lambda group: (group[0] == "", alphabetical(group[0])))
    return [(agency or "Chưa giao cơ quan giải quyết", rows) for agency, rows in ordered]


def points(figures):
    """Every point of the petitions to be dealt with, numbered within its lead agency."""
    rows = [
        _point_row(place, agency, fact, point)
        for agency, items in grouped_by_agency(figures)
        for place, (fact, point) in enumerate(items, start=1)
    ]
    return Table("points", TITLES["points"], _POINTS, rows)


def _point_row(place, agency, fact, point):
    return [
        place,
        f"{fact.code}.{point.number}" if len(fact.points) > 1 else fact.code,
        point.content,
        fact.place,
        agency,
        "; ".join(point.coordinating),
        capital(fact.level_name),
        fact.field,
        point.due_on,
        point.letter,
        point.letter_on,
        point.answer,
        result_name(point.result) or "Chưa trả lời",
        point.roadmap_on,
        result_name(point.assessed_result),
        note(fact),
    ]


def note(fact):
    """ "Chuyển từ Kỳ họp thứ 2; cử tri nêu 3 lượt": what the list says of a petition besides its result."""
    came = f"chuyển từ {fact.session}" if fact.is_opening else ""
    often = f"cử tri nêu {fact.times_raised} lượt" if fact.times_raised > 1 else ""
    return capital("; ".join(filter(None, [came, often])))


def result_name(result):
    """ "Đã giải quyết xong" for a result class, in the office's language; "" for none."""
    return official(ResultClass(result).label) if result else ""


_FIGURES = [
    Field("figure", "Mã", width=16),
    Field("name", "Chỉ tiêu", width=28),
    Field("part", "Số liệu", "number"),
    Field("unit", "Đơn vị tính", width=14),
    Field("whole", "Trên tổng", "number"),
    Field("of", "Mẫu số", width=28),
    Field("share", "Tỷ lệ", "share"),
    Field("sentence", "Cách tính", width=60),
    Field("day", "Thời điểm tính", width=44),
]


def catalogue(figures):
    """Every figure of the catalogue with its number and its meaning."""
    rows = [
        [
            key,
            official(counted.figure.label),
            counted.part,
            official(counted.figure.unit.label),
            counted.whole,
            official(CATALOGUE[counted.figure.of].label) if counted.figure.of else "",
            share(counted.part, counted.whole),
            official(counted.figure.sentence),
            official(counted.figure.day),
        ]
        for key, counted in figures.counts.items()
    ]
    return Table("figures", TITLES["figures"], _FIGURES, rows)


_BALANCE = [
    Field("check", "Đối chiếu", width=64),
    Field("left", "Vế trái", "number"),
    Field("right", "Vế phải", "number"),
    Field("difference", "Chênh lệch", "number"),
    Field("reason", "Lý do chênh lệch", width=60),
]


def balanced(figures):
    """Every two numbers that must be equal, with their difference and its reason."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = [
            [check.words, check.left, check.right, check.difference, check.reason] for check in balance.checks(figures)
        ]
    return Table("balance", TITLES["balance"], _BALANCE, rows)


TABLES = {
    "figures": catalogue,
    "balance": balanced,
    "agency": by_agency,
    **{by: lambda figures, by=by: breakdown(figures, by) for by in BREAKDOWNS},
    "points": points,
}


_CRITERIA = [
    Field("criterion", "Mã", width=14),
    Field("name", "Tiêu chí", width=40),
    Field("part", "Đạt", "number"),
    Field("whole", "Trên tổng", "number"),
    Field("value", "Kết quả", "share"),
    Field("deducted", "Điểm trừ", "number"),
    Field("met_from", "Đạt từ", "share"),
    Field("partly_from", "Đạt một phần từ", "share", 16),
    Field("level", "Mức", width=18),
    Field("next_step", "Việc cần làm", width=48),
    Field("source", "Nguồn", width=48),
]


def criteria(scores):
    """The criteria of an evaluation framework with what was reached."""
    rows = [
        [
            score.criterion.measure,
            official(score.criterion.get_measure_display()),
            None if score.is_deducted else score.part,
            score.whole,
            None if score.is_deducted else share(score.part, score.whole),
            score.part if score.is_deducted else None,
            None if score.is_deducted else score.criterion.met_from,
            score.criterion.partly_from,
            official(score.level.label),
            score.next_step,
            score.criterion.source,
        ]
        for score in scores
    ]
    return Table("criteria", _marked("Bảng tiêu chí đánh giá", scores), _CRITERIA, rows)


def _marked(title, scores):
    """A title that says where criteria are drawn from a framework not in force."""
    is_draft = any(score.criterion.is_draft for score in scores)
    return f"{title} (theo dự thảo, để tham khảo)" if is_draft else title


_EVIDENCE = [
    Field("criterion", "Mã", width=14),
    Field("name", "Tiêu chí", width=32),
    Field("code", "Mã kiến nghị, số văn bản", width=20),
    Field("title", "Nội dung", width=48),
    Field("words", "Căn cứ", width=48),
    Field("is_gap", "Chưa đạt", width=10),
    Field("source", "Nguồn", width=48),
]


def evidence(scores):
    """What the scores rest on, row by row."""
    rows = [
        [
            score.criterion.measure,
            official(score.criterion.get_measure_display()),
            row.code,
            row.title,
            str(row.words),
            "x" if row.is_gap else "",
            score.criterion.source,
        ]
        for score in scores
        for row in score.evidence
    ]
    return Table("evidence", _marked("Căn cứ của bảng tiêu chí đánh giá", scores), _EVIDENCE, rows)


SCORECARD = {"criteria": criteria, "evidence": evidence}
