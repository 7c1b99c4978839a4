"""The appendices of a session report as a workbook, from the same figures as the paper."""

from common.acting import official
from common.formats import short_date
from common.xlsx import Column, GroupRow, Row, Sheet, write
from petitions.models import ResultClass
from reports.facts import capital
from reports.letters import grouped_by_agency


def appendices(council_session, figures):
    """The workbook as bytes: appendix I, appendix II, then the other breakdowns."""
    return write(
        [
            _by_agency(council_session, figures),
            _detail(council_session, figures),
            *(_breakdown(council_session, figures, by) for by in ("level", "committee", "field", "place")),
        ]
    )


def _heading(title, council_session, figures):
    return [
        title.upper(),
        f"{council_session.official_name} — số liệu tính đến ngày {short_date(figures.as_of)}",
    ]


_NUMBERS = [
    ("total", "Tổng số"),
    ("answered", "Đã trả lời"),
    ("resolved", "Đã giải quyết xong"),
    ("in_progress", "Đang giải quyết"),
    ("explained", "Giải trình, thông tin"),
    ("not_resolved", "Chưa giải quyết"),
    ("unanswered", "Chưa trả lời"),
    ("overdue", "Quá hạn"),
]


def _by_agency(council_session, figures):
    return _table(
        "PL1",
        _heading("Phụ lục I. Tổng hợp kết quả giải quyết theo cơ quan", council_session, figures),
        "Tên cơ quan, đơn vị",
        figures.by_agency,
    )


def _breakdown(council_session, figures, by):
    names = {
        "level": ("Theo thẩm quyền", "Thẩm quyền"),
        "committee": ("Theo Ban", "Ban của HĐND"),
        "field": ("Theo lĩnh vực", "Lĩnh vực"),
        "place": ("Theo địa bàn", "Địa bàn"),
    }
    name, head = names[by]
    return _table(name, _heading(name, council_session, figures), head, figures.breakdown(by))


def _table(name, heading, head, table):
    columns = [
        Column("STT", 6, "number"),
        Column(head, 44),
        *(Column(title, 13, "number") for _key, title in _NUMBERS),
    ]
    rows = [
        Row([place, capital(official(row.label)), *(row.counts[key] for key, _title in _NUMBERS)])
        for place, row in enumerate(table.rows, start=1)
    ]
    rows.append(Row(["", "Tổng cộng", *(table.total[key] for key, _title in _NUMBERS)], is_total=True))
    return Sheet(name, heading, columns, rows)


def _detail(council_session, figures):
    columns = [
        Column("TT", 6, "number"),
        Column("Mã kiến nghị", 16),
        Column("Nội dung kiến nghị", 48),
        Column("Cử tri (xã, phường)", 20),
        Column("Cơ quan phối hợp", 24),
        Column("Hạn trả lời", 13, "date"),
        Column("Số văn bản trả lời", 20),
        Column("Ngày trả lời", 13, "date"),
        Column("Tóm tắt nội dung trả lời", 48),
        Column("Kết quả", 20),
        Column("Lộ trình", 13, "date"),
        Column("Đánh giá qua giám sát", 20),
        Column("Ghi chú", 22),
    ]
    rows = []
    for agency, items in grouped_by_agency(figures):
        rows.append(GroupRow(f"{agency} ({len(items)} nội dung)"))
        rows += [Row(_detail_row(place, fact, point)) for place, (fact, point) in enumerate(items, start=1)]
    heading = _heading("Phụ lục II. Danh sách chi tiết kiến nghị và kết quả giải quyết", council_session, figures)
    return Sheet("PL2 Danh sách", heading, columns, rows)


def _detail_row(place, fact, point):
    return [
        place,
        f"{fact.code}.{point.number}" if len(fact.points) > 1 else fact.code,
        point.content,
        fact.place,
        "; ".join(point.coordinating),
        point.due_on,
        point.letter,
        point.letter_on,
        point.answer,
        result_name(point.result) or "Chưa trả lời",
        point.roadmap_on,
        result_name(point.assessed_result),
        f"Chuyển từ {fact.session}" if fact.is_opening else "",
    ]


def result_name(result):
    """ "Đã giải quyết xong" for a result class, in the office's language; "" for none."""
    return official(ResultClass(result).label) if result else ""
