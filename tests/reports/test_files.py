"""The report as Word, the tables as CSV and JSON: the same text, stable names, nothing that runs."""

import csv
import io
import json

import lxml.html
import pytest
from django.urls import reverse
from docx import Document as WordFile

from documents import word
from documents.papers import paper_of
from reports import exports, tables
from reports.figures import SessionFigures
from reports.tables import Field, Table
from tests.reports.prepared import answer_the_overdue, days_ago, drafted, recorded_as_issued

NAMES = {
    "figures": ["figure", "name", "part", "unit", "whole", "of", "share", "sentence", "day"],
    "balance": ["check", "left", "right", "difference", "reason"],
    **{
        by: ["number", by, "total", "answered", "resolved", "in_progress", "explained", "not_resolved", "unanswered",
             "overdue"]
        for by in ("agency", "level", "committee", "field", "place")
    },
    "points": ["number", "code", "content", "place", "agency", "coordinating", "level", "field", "due_on", "letter",
               "letter_on", "answer", "result", "roadmap_on", "assessed_result", "note"],
}  # fmt: skip


def letters(text):
    return "".join(text.split()).casefold()


def test_word_holds_the_text_and_every_appendix_of_the_report(prepared):
    paper = paper_of(drafted(prepared, achievements="Chủ động **rà soát** & trả lời.").document)

    file = WordFile(io.BytesIO(word.render(paper)))

    written = [element for element in file.element.body.iter() if element.tag.endswith(("}t", "}noBreakHyphen"))]
    in_word = letters("".join("-" if e.tag.endswith("n") else e.text or "" for e in written))
    for html in (paper.body, *(appendix.body for appendix in paper.appendices)):
        source = lxml.html.fromstring(f"<div>{html}</div>")
        for picture in source.iter("svg"):
            picture.clear()  # its numbers stand in the table below it
        assert letters(source.text_content()) in in_word


def test_the_word_file_of_an_issued_report_does_not_move(prepared, as_):
    report = recorded_as_issued(prepared)
    address = reverse("documents:word", args=[report.document_id])
    before = WordFile(io.BytesIO(as_(prepared.world.delegate).get(address).content)).element.xml
    answer_the_overdue(prepared)

    assert WordFile(io.BytesIO(as_(prepared.world.delegate).get(address).content)).element.xml == before


@pytest.mark.parametrize("name", NAMES)
def test_column_names_never_change(prepared, name):
    assert tables.TABLES[name](prepared.live()).names == NAMES[name]


def test_every_table_has_a_title_for_its_files():
    assert list(tables.TITLES) == list(tables.TABLES) == list(NAMES)


def test_the_list_of_points_is_whole_in_both_files(prepared):
    figures = prepared.live()
    table = tables.points(figures)

    rows = list(csv.DictReader(exports.as_csv(table).lstrip("\ufeff").splitlines()))
    data = json.loads(exports.as_json(table, prepared.session, figures))

    late = prepared.named["late"].code
    for found in (rows, data["rows"]):
        (row,) = [row for row in found if row["code"] == late]
        assert (row["due_on"], row["letter_on"]) == (days_ago(15).isoformat(), days_ago(8).isoformat())
        assert (row["place"], row["result"]) == ("Phường Hoa Lư", "Giải trình, cung cấp thông tin")
        assert len(found) == 15
    assert (data["table"], data["as_of"]) == ("points", days_ago(0).isoformat())


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5% mỗi năm", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_text_that_looks_like_a_formula_is_made_harmless_in_csv(text):
    table = Table("x", "X", [Field("words", "Lời"), Field("number", "Số", "number")], [[text, -5]])

    (row,) = list(csv.reader(io.StringIO(exports.as_csv(table).lstrip("\ufeff"))))[1:]

    assert row == [f"'{text}", "-5"]


def test_the_files_of_an_issued_report_do_not_move(prepared, as_):
    report = recorded_as_issued(prepared)
    client = as_(prepared.world.delegate)
    addresses = [reverse("reports:report_table", args=[report.pk, name, kind])
                 for name, kind in (("figures", "csv"), ("points", "json"))]  # fmt: skip
    before = [client.get(address).content for address in addresses]
    answer_the_overdue(prepared)

    assert [client.get(address).content for address in addresses] == before


def test_the_files_have_plain_names_and_unknown_tables_are_not_found(world, as_):
    client = as_(world.delegate)

    def get(name, kind):
        return client.get(reverse("reports:table", args=[world.session.pk, name, kind]))

    assert get("agency", "csv")["Content-Disposition"] == (
        f'attachment; filename="agency-ky-hop-{world.session.pk}.csv"'
    )
    assert get("agency", "json")["Content-Type"] == "application/json"
    assert [get("voters", "csv").status_code, get("agency", "xml").status_code] == [404, 404]


def test_no_voter_is_named_in_any_file(world):
    world.forwarded(voter={"voter_name": "Nguyễn Thị Bí Mật", "voter_address": "thôn Kín", "voter_phone": "0912"})
    figures = SessionFigures.live(world.session, world.today)

    for read in tables.TABLES.values():
        text = exports.as_csv(read(figures)) + exports.as_json(read(figures), world.session, figures)
        assert not [word for word in ("Bí Mật", "thôn Kín", "0912") if word in text]
