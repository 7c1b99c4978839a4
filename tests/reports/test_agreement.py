"""Every figure is the same number on the screen, in the PDF, Word, Excel, CSV, JSON and in a query of the records."""

import csv
import io
import json
import re

import docx
import openpyxl
import pytest
from django.db.models import Count, F, Q, Sum
from django.urls import reverse

from common.formats import dotted
from documents import pdf, word
from documents.papers import paper_of
from petitions.models import Assignment, Petition, PetitionPoint, ResultClass
from petitions.models.petitions import NOT_COUNTED, AuthorityLevel, Status
from petitions.models.results import CLOSING
from reports import exports, tables
from reports.catalogue import CATALOGUE, COLUMNS
from reports.figures import BREAKDOWNS
from tests.documents.reading import read
from tests.reports.prepared import days_ago, drafted


@pytest.fixture
def figures(prepared):
    return prepared.live()


@pytest.fixture
def counts(figures):
    return {key: counted.part for key, counted in figures.counts.items()}


def queried(prepared):
    """Each figure asked of the records as they stand today, without facts or catalogue."""
    own = Petition.objects.filter(council_session=prepared.session).exclude(
        status__in=[Status.SET_ASIDE, Status.UNDONE]
    )
    open_then = Q(result_on=None) | Q(result_on__gt=prepared.earlier.closes_on) | ~Q(result__in=CLOSING)
    carried = Petition.objects.filter(Q(council_session=prepared.earlier) & open_then)
    counted = Petition.objects.filter(Q(pk__in=own) | Q(pk__in=carried)).exclude(status__in=NOT_COUNTED)
    local = counted.exclude(authority_level=AuthorityLevel.CENTRAL)
    answered = local.exclude(result="")
    late = PetitionPoint.objects.filter(
        assignments__part="lead", answers__reply__document__issued_on__gt=F("assignments__clock__due_on")
    ).exclude(answers__reply__kind="supplementary")
    held = Assignment.objects.sent().current().lead()
    otherwise = (
        PetitionPoint.objects.exclude(findings__assessed_result="")
        .exclude(findings=None)
        .exclude(findings__assessed_result=F("result"))
    )
    found = {
        "opening": carried.exclude(status__in=NOT_COUNTED),
        "received": own,
        "merged": own.filter(status=Status.MERGED),
        "new": own.exclude(status=Status.MERGED),
        "total": counted,
        "unassigned": counted.filter(points__in=PetitionPoint.objects.exclude(assignments__in=held)).distinct(),
        "central": counted.filter(authority_level=AuthorityLevel.CENTRAL),
        "local": local,
        "answered": answered,
        **{result.value: local.filter(result=result) for result in ResultClass},
        "unanswered": local.filter(result=""),
        "overdue": local.filter(result="", due_on__lt=days_ago(0)),
        "late": answered.filter(points__in=late).distinct(),
        "disagreed": counted.filter(points__in=otherwise).distinct(),
        "closed": counted.filter(result__in=CLOSING),
        "closing": counted.exclude(result__in=CLOSING),
    }
    return {key: rows.count() for key, rows in found.items()} | {
        "mentions": own.annotate(raised=Count("origins")).aggregate(sum=Sum("raised"))["sum"],
        "points": PetitionPoint.objects.filter(petition__in=counted).count(),
    }


def test_the_figures_are_what_a_query_of_the_records_says(prepared, counts):
    assert counts == queried(prepared)


def test_the_screen_the_files_and_the_workbook_say_the_same(prepared, figures, counts, as_):
    client = as_(prepared.world.delegate)
    page = client.get(reverse("reports:figures", args=[prepared.session.pk])).content.decode()
    shown = re.findall(r'data-figure="(\w+)".*?data-number>([\d.]+)', page, re.S)
    book = openpyxl.load_workbook(io.BytesIO(exports.appendices(prepared.session, figures)), data_only=True)

    def file(kind):
        return client.get(reverse("reports:table", args=[prepared.session.pk, "figures", kind])).content.decode()

    assert {key: int(number.replace(".", "")) for key, number in shown} == counts
    assert {
        row["figure"]: int(row["part"]) for row in csv.DictReader(file("csv").lstrip("\ufeff").splitlines())
    } == counts
    assert {row["figure"]: row["part"] for row in json.loads(file("json"))["rows"]} == counts
    assert {row[0].value: row[2].value for row in book["PL11 Chỉ tiêu"].iter_rows(min_row=5)} == counts
    for key in CATALOGUE:
        (place,) = book.defined_names[f"so_{key}"].destinations
        assert book[place[0]][place[1]].value == counts[key]


def squeezed(words):
    return "".join(words.split())


def test_pdf_and_word_say_the_same(prepared, figures):
    paper = paper_of(drafted(prepared).document)
    on_paper = squeezed("".join(page.text for page in read(pdf.render(paper))))
    grids = docx.Document(io.BytesIO(word.render(paper))).tables
    rows = [[cell.text for cell in row.cells] for grid in grids for row in grid.rows]
    labels = {str(counted.figure.label) for counted in figures.counts.values()}
    explained = [row for row in rows if len(row) == 6 and row[1] in labels]
    expected = {counted.figure.label: (dotted(counted.part), counted.share) for counted in figures.counts.values()}

    assert {row[1]: (row[2], (row[4].split() or [""])[0]) for row in explained} == expected
    assert [row for row in explained if squeezed("".join(row)) not in on_paper] == []


@pytest.mark.parametrize("by", ["agency", *BREAKDOWNS])
def test_every_table_is_the_same_in_every_file(prepared, figures, by):
    table = tables.TABLES[by](figures)
    source = figures.by_agency if by == "agency" else figures.breakdown(by)
    rows = list(csv.DictReader(exports.as_csv(table).lstrip("\ufeff").splitlines()))
    data = json.loads(exports.as_json(table, prepared.session, figures))["rows"]

    expected = [[row.counts[name] for name in COLUMNS] for row in source.rows]
    assert [[int(row[name]) for name in COLUMNS] for row in rows] == expected
    assert [[row[name] for name in COLUMNS] for row in data] == expected
    assert table.total[2:] == [source.total[name] for name in COLUMNS]
