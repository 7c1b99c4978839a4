"""The shapes of the tables beside the figures: titles, columns that never change their names, what groups the rows."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from reports.tables import Field, Table

UNCLASSIFIED = "Chưa phân loại"


@dataclass(frozen=True)
class Annex(Table):
    """A table under merged rows: `group` names the column whose values stand in them, with how many `counted` things.

    `after` are rows below the total, such as its shares; columns `left_out` at 0 are not shown where they add up to it.
    """

    group: str = ""
    counted: str = "nội dung"
    after: list[list[Any]] = field(default_factory=list)
    left_out: tuple[str, ...] = ()

    @property
    def columns(self):
        """Places of the columns that stand side by side: all but the one that groups, and those left out."""
        empty = {name for name in self.left_out if not totals(self)[name]}
        return [place for place, column in enumerate(self.fields) if column.name not in {self.group, *empty}]

    @property
    def shown_fields(self):
        return [self.fields[place] for place in self.columns]

    @property
    def widths(self):
        """The class of each column's width on paper; "" for the widest, which takes what is left."""
        widths = [column.width for column in self.shown_fields]
        return ["" if width == max(widths) else _class_of(width / sum(widths)) for width in widths]

    @property
    def groups(self):
        """[(title of the merged row or "", rows)] in the order of the rows."""
        if not self.group:
            return [("", self.rows)] if self.rows else []
        found = {}
        for name, row in zip(self.column(self.group), self.rows, strict=True):
            found.setdefault(name, []).append(row)
        return list(found.items())

    def as_data(self):
        """For freezing: plain values only."""
        return {"rows": _frozen(self.rows), "total": _frozen([self.total])[0], "after": _frozen(self.after)}


#: Widths the style of our papers knows, in percent.
_WIDTHS = (5, 6, 8, 9, 10, 12, 13, 14, 15, 16, 18, 24, 26, 30)


def _class_of(share):
    return f"w{min(_WIDTHS, key=lambda width: abs(width - share * 100))}"


def _frozen(rows):
    return [[_plain(value) for value in row] for row in rows]


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


#: How values of a kind are read back.
_READ = {"date": date.fromisoformat, "share": Decimal}


def _read(row, fields):
    return [
        _READ[column.kind](value) if value and column.kind in _READ else value
        for value, column in zip(row, fields, strict=True)
    ]


def from_data(key, data):
    """The table as it was frozen."""
    title, fields, details = SHAPES[key]
    rows = [_read(row, fields) for row in data["rows"]]
    total = _read(data["total"], fields) if data["total"] else []
    return Annex(key, title, fields, rows, total, after=data["after"], **details)


def totals(table):
    """{column: number} of the last row of a table that adds up."""
    return dict(zip(table.names, table.total, strict=True))


def made(key, rows, total=(), after=()):
    title, fields, details = SHAPES[key]
    return Annex(key, title, fields, rows, list(total), after=list(after), **details)


_STT = Field("number", "STT", "number", 6)
_NUMBER = Field("number", "STT", "number", 10)  # of tables on upright pages
_CODE = Field("code", "Mã kiến nghị", width=20)
_CONTENT = Field("content", "Nội dung kiến nghị", width=52)
_PLACE = Field("place", "Cử tri (xã, phường)", width=18)
_AGENCY = Field("agency", "Cơ quan chủ trì", width=26)
_ROADMAP = Field("roadmap_on", "Lộ trình giải quyết", "date", 13)
RESULTS = [
    Field("resolved", "Đã giải quyết xong", "number", 12),
    Field("explained", "Giải trình, cung cấp thông tin", "number", 12),
    Field("in_progress", "Đang giải quyết", "number", 12),
    Field("not_resolved", "Chưa giải quyết", "number", 12),
    Field("unanswered", "Chưa trả lời", "number", 12),
]
LEVELS = [
    Field("central", "Trung ương", "number", 11),
    Field("provincial", "Cấp tỉnh", "number", 11),
    Field("district", "Cấp huyện (cũ)", "number", 11),
    Field("communal", "Cấp xã", "number", 11),
    Field("unclassified", UNCLASSIFIED, "number", 11),
]

#: {key: (title, columns, grouping)} of every table here, for making and for reading back what was frozen.
SHAPES = {
    "issued_documents": (
        "Văn bản ban hành để giải quyết, trả lời kiến nghị",
        [_STT, Field("agency", "Cơ quan ban hành", width=26), Field("document", "Số hiệu văn bản", width=26),
         Field("day", "Ngày", "date", 12), Field("subject", "Trích yếu nội dung", width=46),
         Field("codes", "Kiến nghị", width=30)],
        {"group": "agency", "counted": "văn bản"},
    ),
    "documents_asked_for": (
        "Văn bản cử tri kiến nghị ban hành, sửa đổi, bổ sung",
        [_STT, Field("reason", "Phân loại", width=30), _CONTENT, _CODE, _AGENCY, _ROADMAP],
        {"group": "reason"},
    ),
    "outstanding": (
        "Kết quả giải quyết kiến nghị tồn đọng qua nhiều kỳ họp",
        [_NUMBER, Field("agency", "Tên cơ quan, đơn vị", width=40), Field("total", "Tổng số", "number", 12), *RESULTS],
        {},
    ),
    "unfinished": (
        "Danh sách kiến nghị chưa giải quyết xong",
        [_STT, Field("part", "Kỳ tiếp nhận", width=24), _CONTENT, _CODE, _PLACE, _AGENCY,
         Field("result", "Tình trạng", width=16), _ROADMAP],
        {"group": "part"},
    ),
    "overseen": (
        "Các cuộc giám sát việc giải quyết kiến nghị của cử tri",
        [_STT, Field("body", "Cơ quan giám sát", width=28), Field("subject", "Nội dung giám sát", width=46),
         Field("agency", "Cơ quan được giám sát", width=28), Field("held_on", "Ngày làm việc", "date", 13),
         Field("notice", "Thông báo kết luận", width=20)],
        {},
    ),
    "assessed": (
        "Đối chiếu kết quả cơ quan báo cáo với đánh giá của Hội đồng nhân dân",
        [_STT, _AGENCY, _CONTENT, _CODE, Field("result", "Cơ quan báo cáo", width=20),
         Field("assessed_result", "Đánh giá qua giám sát, thẩm tra", width=20), Field("differs", "Khác nhau", width=9)],
        {"group": "agency"},
    ),
    "promises": (
        "Thực hiện lời hứa, cam kết với cử tri",
        [_STT, Field("agency", "Cơ quan cam kết", width=26), Field("promise", "Nội dung cam kết", width=56), _CODE,
         Field("due_on", "Thời hạn", "date", 13), Field("state", "Kết quả thực hiện", width=20)],
        {"group": "agency", "counted": "cam kết"},
    ),
    "received_reports": (
        "Thời điểm nhận được báo cáo của các cơ quan",
        [_STT, Field("agency", "Tên cơ quan, đơn vị", width=30), Field("report", "Báo cáo", width=46),
         Field("due_on", "Hạn gửi", "date", 13), Field("sent_on", "Ngày nhận được", "date", 13),
         Field("reference", "Số, ký hiệu", width=22), Field("days", "Số ngày chậm", "number", 9)],
        {},
    ),
    "recommendations": (
        "Kiến nghị sau giám sát",
        [_NUMBER, Field("agency", "Cơ quan thực hiện", width=26), Field("content", "Nội dung kiến nghị", width=52),
         Field("due_on", "Thời hạn", "date", 18), Field("state", "Tình trạng", width=20)],
        {},
    ),
    "beside": (
        "Kết quả cơ quan báo cáo bên cạnh đánh giá của Hội đồng nhân dân",
        [Field("result", "Kết quả", width=40), Field("reported", "Cơ quan báo cáo", "number", 16),
         Field("assessed", "Hội đồng nhân dân đánh giá", "number", 16)],
        {},
    ),
    "levels_by_agency": (
        "Tổng hợp kiến nghị theo cơ quan chủ trì và thẩm quyền",
        [_NUMBER, Field("agency", "Tên cơ quan, đơn vị", width=40), Field("total", "Tổng số nội dung", "number", 11),
         *LEVELS],
        {"left_out": ("district", "unclassified")},
    ),
    "levels_by_field": (
        "Kiến nghị theo lĩnh vực và thẩm quyền",
        [_NUMBER, Field("field", "Lĩnh vực", width=40), Field("total", "Tổng số", "number", 11), *LEVELS],
        {"left_out": ("district", "unclassified")},
    ),
    "levels_by_place": (
        "Kiến nghị theo địa bàn và thẩm quyền",
        [_NUMBER, Field("place", "Địa bàn", width=40), Field("total", "Tổng số", "number", 11), *LEVELS],
        {"left_out": ("district", "unclassified")},
    ),
    "received_list": (
        "Danh mục kiến nghị của cử tri",
        [_STT, Field("field", "Lĩnh vực", width=24), _CONTENT, _CODE, _PLACE,
         Field("mentions", "Số lượt nêu", "number", 8), Field("level", "Thẩm quyền", width=14), _AGENCY],
        {"group": "field"},
    ),
    "punctuality": (
        "Thời hạn trả lời theo cơ quan",
        [_NUMBER, Field("agency", "Tên cơ quan, đơn vị", width=32), Field("held", "Nội dung được giao", "number", 12),
         Field("due", "Đến hạn", "number", 11), Field("on_time", "Đúng hạn", "number", 11),
         Field("answered_late", "Trả lời muộn", "number", 11), Field("open_late", "Quá hạn chưa trả lời", "number", 12),
         Field("not_due", "Chưa đến hạn", "number", 11), Field("rate", "Tỷ lệ đúng hạn", "share", 13)],
        {},
    ),
}  # fmt: skip
