"""reports/charts.py and reports/drawing.py: pictures that show the figures, each with its numbers."""

import io
from itertools import pairwise

import docx
import lxml.html
import pikepdf
import pytest
from django.urls import reverse

from documents import pdf, word
from documents.papers import official_text
from reports import drawing
from reports.catalogue import COLUMNS
from reports.charts import MOST_BARS, _results, charts
from reports.figures import Breakdown, BreakdownRow, SessionFigures
from tests.reports.prepared import days_ago


def drawn(prepared, as_of=None):
    return {chart.key: chart for chart in charts(prepared.session, prepared.live(as_of))}


def rects(picture):
    """(left, width, fill) of what is drawn, legend and patterns left out."""
    svg = lxml.html.fromstring(str(picture))
    found = [rect for rect in svg.iter("rect") if rect.getparent().tag == "svg" and float(rect.get("y")) > 30]
    return [(float(r.get("x")), float(r.get("width")), r.get("fill")) for r in found]


def test_bars_are_as_long_as_their_numbers_and_follow_each_other():
    picture = drawing.bars(
        "c", "Hình.", ["Xong", "Đang", "Chưa"], [("Sở A", [6, 3, 1], "10"), ("Sở B", [0, 0, 5], "5")]
    )

    (one, two, three, four) = rects(picture)
    assert [round(width / four[1], 1) for _left, width, _fill in (one, two, three, four)] == [1.2, 0.6, 0.2, 1.0]
    assert [two[0], three[0]] == pytest.approx([one[0] + one[1], two[0] + two[1]], abs=0.2)
    assert len({one[2], two[2], three[2]}) == 3
    assert three[2] == four[2]


def test_series_are_told_apart_without_colour():
    """No two fills are the same kind of grey: solid dark, hatched, solid light, crossed, blank."""
    svg = lxml.html.fromstring(str(drawing.bars("c", "Hình.", list("ABCDE"), [("Sở A", [1, 1, 1, 1, 1], "5")])))

    fills = [rect.get("fill") for rect in svg.iter("rect") if rect.getparent().tag == "svg"]
    assert fills[:5] == fills[5:]
    strokes = {pattern.get("id"): pattern.find("path").get("d") for pattern in svg.iter("pattern")}
    assert [strokes.get(fill.removeprefix("url(#").removesuffix(")"), fill) for fill in fills[:5]] == [
        "#0d5561",
        strokes["c-1"],
        "#b9c7ca",
        strokes["c-3"],
        "#ffffff",
    ]


def test_columns_are_as_high_as_their_numbers():
    svg = lxml.html.fromstring(
        str(drawing.columns("c", "Hình.", [("A", 50, "50"), ("B", 100, "100"), ("C", None, "-")], 100))
    )

    heights = [float(rect.get("height")) for rect in svg.iter("rect") if rect.getparent().tag == "svg"]
    assert (heights[1] / heights[0], heights[2]) == (2, 0)


def test_names_are_text_and_nothing_is_styled_inline():
    picture = str(drawing.bars("c", "Hình.", ["<b>"], [('<script>alert("x")</script>', [1], "&")]))

    assert "<script" not in picture
    assert "style=" not in picture
    assert "&lt;script&gt;" in picture


def test_a_picture_of_nothing_is_drawn_too(world):
    found = charts(world.session, SessionFigures.live(world.session, world.today))

    assert [(chart.key, len(chart.rows)) for chart in found] == [
        ("agency", 0), ("field", 0), ("trend", 1), ("backlog", 5),
    ]  # fmt: skip
    assert all(lxml.html.fromstring(str(chart.picture)).tag == "svg" for chart in found)


def test_more_bars_than_can_be_read_stand_in_the_table_alone():
    rows = [BreakdownRow(str(n), f"Sở số {n}", dict.fromkeys(COLUMNS, 1)) for n in range(MOST_BARS + 5)]

    chart = _results("agency", "", "", Breakdown("agency", "", rows, {}, ""), lambda *_key, **_of: "")

    assert len(chart.rows) == MOST_BARS + 5
    assert "Sở số 19" in chart.picture
    assert "Sở số 20" not in chart.picture
    assert str(chart.sentence).endswith(f"Hình vẽ {MOST_BARS} dòng đầu; bảng có đủ {MOST_BARS + 5} dòng.")


def test_a_name_too_long_for_two_lines_says_that_it_goes_on():
    name = "Công ty trách nhiệm hữu hạn một thành viên Khai thác công trình thủy lợi tỉnh và các đơn vị trực thuộc"

    picture = drawing.bars("c", "Hình.", ["Xong"], [(name, [1], "1"), ("Sở A", [1], "1")])

    words = [text for text in lxml.html.fromstring(str(picture)).iter("text") if text.get("x") == "0"]
    assert [text.text for text in words] == [
        "Công ty trách nhiệm hữu hạn một",
        "thành viên Khai thác công trình…",
        "Sở A",
    ]
    heights = [float(text.get("y")) for text in words]
    assert all(below - above >= 13 for above, below in pairwise(heights))


def test_the_tables_hold_the_figures(prepared):
    found, figures = drawn(prepared), prepared.live()

    by_agency = sorted(figures.by_agency.rows, key=lambda row: -row.counts["total"])
    assert [row[1:] for row in found["agency"].rows] == [
        [row.counts[name] for name in ("total", "resolved", "in_progress", "explained", "not_resolved", "unanswered")]
        for row in by_agency
    ]
    assert sum(row[1] for row in found["field"].rows) == figures.counts["total"].part
    assert found["agency"].rows[0][0] == "Sở Xây dựng"


def test_the_backlog_by_age_is_what_is_left_at_the_end(prepared):
    rows = drawn(prepared)["backlog"].rows

    assert sum(row[1] for row in rows) == prepared.live().counts["closing"].part == 8
    assert [row[1] for row in rows] == [7, 0, 0, 1, 0]
    assert [row[2] for row in rows] == ["87,5%", "0,0%", "0,0%", "12,5%", "0,0%"]


def test_the_trend_counts_earlier_sessions_as_of_their_close(prepared):
    rows = drawn(prepared)["trend"].rows

    assert [row[0] for row in rows] == [prepared.earlier.title, prepared.session.title]
    assert rows[0][2:] == [3, 4, "75,0%"]
    assert rows[1][2:] == [7, 10, "70,0%"]


def test_the_page_shows_each_picture_beside_its_numbers(prepared, as_):
    page = as_(prepared.world.delegate).get(
        reverse("reports:charts", args=[prepared.session.pk]), {"as_of": days_ago(5).isoformat()}
    )

    html = lxml.html.fromstring(page.content.decode())
    assert len(html.findall(".//svg[@class='chart']")) == 4
    assert len(html.findall(".//div[@class='panel-body chart-pair']//table")) == 4
    assert [chart.key for chart in page.context["charts"]] == ["agency", "field", "trend", "backlog"]


def test_agency_staff_and_strangers_see_no_charts(world, elsewhere, as_):
    address = reverse("reports:charts", args=[world.session.pk])

    assert [as_(user).get(address).status_code for user in (world.head, elsewhere.officer)] == [404, 404]


def test_the_appendix_says_what_each_picture_shows(prepared):
    found = drawn(prepared)

    told = lxml.html.fromstring(official_text("reports/letters/charts.html", {"charts": found.values()}))

    assert [p.text for p in told.iter("p") if "quote" in p.get("class")] == [
        str(one.sentence) for one in found.values()
    ]


def test_who_cannot_see_a_picture_is_told_the_same_on_screen_in_the_pdf_and_in_word(prepared):
    chart = drawn(prepared)["backlog"]
    words = lxml.html.fromstring(str(chart.picture)).findtext("title")
    assert words.startswith(f"{chart.sentence} đến 30 ngày 7; ")

    page = f'<html lang="vi"><head><title>x</title></head><body>{chart.picture}</body></html>'
    with pikepdf.open(io.BytesIO(pdf.render_html(page))) as file:
        told = [str(one["/Alt"]) for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    file = docx.Document(io.BytesIO(word.render_text(str(chart.picture), title="x", author="")))

    assert told == [shape._inline.docPr.get("descr") for shape in file.inline_shapes] == [words]
