"""reports/scorecard.py: criteria as data, measured on the records, with what each value rests on."""

import io
import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import capfirst
from openpyxl import load_workbook

from oversight.models import OversightPaper
from petitions.models import Petition
from portal.models import Publication
from reports.models import Criterion, ReportKind, SessionReport
from reports.scorecard import MEANINGS, Evidence, Level, Score, scores
from reports.tables import criteria
from tests.reports.prepared import days_ago, recorded_as_issued

Measure = Criterion.Measure


def measured(prepared, as_of=None):
    """{measure: score}"""
    return {score.criterion.measure: score for score in scores(prepared.session, prepared.live(as_of))}


def codes(prepared, *names):
    return [prepared.named[name].code for name in names]


def criterion(**values):
    return Criterion(**{"place": 1, "measure": Measure.ON_TIME, "met_from": 90, "partly_from": 80, **values})


def test_the_draft_framework_is_there_from_the_beginning(db):
    found = list(Criterion.objects.values_list("measure", "met_from", "partly_from", "days", "is_draft"))

    assert found == [
        (Measure.FORWARDED, 100, None, None, True),
        (Measure.ON_TIME, 90, 80, None, True),
        (Measure.VERIFIED, 100, None, None, True),
        (Measure.PUBLISHED, 100, None, 5, True),
        (Measure.UNANSWERED, 100, None, 365, True),
    ]


@pytest.mark.parametrize(
    ("part", "whole", "level"),
    [(9, 10, Level.MET), (89, 100, Level.PARTLY), (8, 10, Level.PARTLY), (79, 100, Level.NOT_MET), (0, 0, Level.OPEN)],
)
def test_the_level_follows_the_thresholds(part, whole, level):
    assert Score(criterion(), part, whole).level == level


def test_without_a_lower_threshold_nothing_is_partly_met():
    assert Score(criterion(partly_from=None), 89, 100).level == Level.NOT_MET


def test_what_is_deducted_is_met_only_by_none():
    taken = criterion(measure=Measure.UNANSWERED)

    assert [(Score(taken, part, 9).value, Score(taken, part, 9).level) for part in (0, 3)] == [
        ("0", Level.MET),
        ("−3", Level.NOT_MET),
    ]


def test_where_there_was_nothing_to_answer_nothing_is_met():
    empty = Score(criterion(measure=Measure.UNANSWERED), 0, 0)

    assert (empty.value, empty.level) == ("-", Level.OPEN)


def test_new_petitions_not_with_an_agency_are_named(prepared):
    score = measured(prepared)[Measure.FORWARDED]

    assert (score.part, score.whole, score.value) == (8, 10, "80,0%")
    assert [row.code for row in score.gaps] == codes(prepared, "new", "received_yesterday")
    assert score.next_step == "Phân loại, chuyển các kiến nghị này; giao lại kiến nghị bị trả lại."


def test_what_was_forwarded_after_its_working_days_is_late(prepared):
    Criterion.objects.filter(measure=Measure.FORWARDED).update(days=1)
    petition = prepared.named["resolved"]
    Petition.objects.filter(pk=petition.pk).update(received_on=days_ago(60))

    late = measured(prepared)[Measure.FORWARDED]
    Petition.objects.filter(pk=petition.pk).update(received_on=days_ago(28))
    in_time = measured(prepared)[Measure.FORWARDED]

    assert {(row.is_gap, row.is_past) for row in late.evidence if row.code == petition.code} == {(True, True)}
    assert {row.is_gap for row in in_time.evidence if row.code == petition.code} == {False}


def test_central_matters_are_left_out_where_the_criterion_says_so(prepared):
    Criterion.objects.filter(measure=Measure.FORWARDED).update(without_central=True)

    assert measured(prepared)[Measure.FORWARDED].whole == 9


def test_points_not_due_yet_are_not_in_the_rate(prepared):
    score = measured(prepared)[Measure.ON_TIME]
    due = [row for row in score.evidence if prepared.named["half"].code in row.code]

    assert due == []
    assert score.part + len(score.gaps) == score.whole == len(score.evidence)
    late = prepared.named["late"].code
    assert [row.words.rpartition(": ")[2] for row in score.gaps if late in row.code] == [
        f"hạn {days_ago(15):%d/%m/%Y}, trả lời {days_ago(8):%d/%m/%Y}"
    ]


def test_gaps_stand_before_what_is_reached(prepared):
    rows = measured(prepared)[Measure.ON_TIME].evidence

    assert [row.is_gap for row in rows] == sorted((row.is_gap for row in rows), reverse=True)


def test_the_report_is_not_late_before_the_session_opens(prepared):
    score = measured(prepared)[Measure.VERIFIED]

    assert (score.level, score.evidence) == (Level.OPEN, [])
    assert score.next_step == "Trình ký, ban hành báo cáo trước ngày khai mạc kỳ họp."


def test_an_issued_report_meets_its_criterion(prepared):
    report = recorded_as_issued(prepared)

    score = measured(prepared)[Measure.VERIFIED]
    assert (score.level, [row.code for row in score.evidence]) == (Level.MET, [report.document.number_and_symbol])


def test_what_another_side_reports_does_not_meet_it(prepared):
    report = recorded_as_issued(prepared)
    SessionReport.objects.filter(pk=report.pk).update(kind=ReportKind.RESULTS)

    assert measured(prepared)[Measure.VERIFIED].evidence == []


def test_a_verification_report_of_the_committees_meets_it(prepared):
    document = recorded_as_issued(prepared).document
    SessionReport.objects.filter(document=document).update(kind=ReportKind.RESULTS)
    OversightPaper.objects.create(
        council_session=prepared.session, kind=OversightPaper.Kind.VERIFICATION, document=document
    )

    score = measured(prepared)[Measure.VERIFIED]
    assert (score.level, [row.code for row in score.evidence]) == (Level.MET, [document.number_and_symbol])


def test_a_session_that_opened_without_a_report_is_told(prepared):
    prepared.session.opens_on = prepared.session.closes_on = days_ago(1)
    prepared.session.save()

    score = measured(prepared)[Measure.VERIFIED]
    assert (score.level, score.value) == (Level.NOT_MET, "0,0%")
    assert score.next_step == "Kỳ họp đã khai mạc: trình ký, ban hành ngay báo cáo."
    assert score.address == f"{reverse('reports:cockpit', args=[prepared.session.pk])}#road"


def test_answers_are_public_within_the_working_days_or_named(prepared):
    early, late = prepared.named["resolved"], prepared.named["not_resolved"]
    for petition, on in ((early, days_ago(18)), (late, days_ago(5))):
        Publication.objects.create(
            petition=petition, title="a", question="b", answer="c", answered_by="d", published_on=on
        )

    score = measured(prepared)[Measure.PUBLISHED]

    reached = [row.code for row in score.evidence if not row.is_gap]
    assert reached == [early.code]
    assert late.code in [row.code for row in score.gaps]


def test_an_answer_taken_off_the_public_page_is_not_public(prepared):
    Publication.objects.create(
        petition=prepared.named["resolved"], title="a", question="b", answer="c", answered_by="d",
        published_on=days_ago(18), withdrawn_on=days_ago(2),
    )  # fmt: skip

    assert measured(prepared)[Measure.PUBLISHED].part == 0
    assert measured(prepared, as_of=days_ago(3))[Measure.PUBLISHED].part == 1


def test_nothing_is_left_to_do_where_all_is_done_too_late():
    late = Score(criterion(), 0, 1, [Evidence("1", "", "", is_gap=True, is_past=True)])
    both = Score(criterion(), 0, 2, [*late.evidence, Evidence("2", "", "", is_gap=True)])

    assert late.next_step == "Mọi việc đã xong, có việc xong muộn: không còn gì phải làm."
    assert both.next_step.startswith("Đôn đốc các cơ quan")


def test_what_may_still_be_published_is_not_counted(prepared):
    Criterion.objects.filter(measure=Measure.PUBLISHED).update(days=200)

    assert measured(prepared)[Measure.PUBLISHED].whole == 0


def test_each_petition_unanswered_for_too_long_costs_a_point(prepared):
    assert measured(prepared)[Measure.UNANSWERED].value == "0"
    Criterion.objects.filter(measure=Measure.UNANSWERED).update(days=200)

    score = measured(prepared)[Measure.UNANSWERED]
    assert (score.value, [row.code for row in score.gaps]) == ("−1", codes(prepared, "never_answered"))


def test_a_criterion_that_ended_or_belongs_to_another_council_is_not_measured(prepared, elsewhere):
    Criterion.objects.filter(measure=Measure.ON_TIME).update(valid_to=days_ago(1))
    Criterion.objects.filter(measure=Measure.PUBLISHED).update(council=elsewhere.council)

    assert set(measured(prepared)) == {Measure.FORWARDED, Measure.VERIFIED, Measure.UNANSWERED}
    assert Measure.ON_TIME in measured(prepared, as_of=days_ago(1))


def test_a_council_s_own_criterion_takes_the_place_of_the_general_one(prepared):
    own = criterion(place=2, council=prepared.world.council, met_from=70, partly_from=None, source="x")
    own.save()

    found = [score.criterion for score in scores(prepared.session, prepared.live())]
    assert [one for one in found if one.measure == Measure.ON_TIME] == [own]
    assert len(found) == 5


def test_partly_met_lies_below_met(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Criterion.objects.create(place=9, measure=Measure.ON_TIME, met_from=80, partly_from=Decimal(80), source="x")


def test_the_table_says_what_the_page_says(prepared):
    table = criteria(scores(prepared.session, prepared.live()))

    row = dict(zip(table.names, table.rows[0], strict=True))
    assert (row["criterion"], row["part"], row["whole"], row["level"]) == ("forwarded", 8, 10, "chưa đạt")


# On the screen and in files


def test_the_page_is_marked_as_drawn_from_a_draft_and_opens_the_rows(as_, prepared):
    browser = as_(prepared.world.officer)
    page = browser.get(reverse("reports:scorecard", args=[prepared.session.pk])).content.decode()

    assert "dự thảo khung đánh giá chưa có hiệu lực" in page
    assert f'href="{reverse("petitions:urging")}">Đôn đốc các cơ quan' in page
    first = Criterion.objects.first()
    address = reverse("reports:scorecard_rows", args=[prepared.session.pk])
    rows = browser.get(address, {"criterion": first.pk}).content.decode()
    assert rows.count("data-row") == 10
    assert "Tiêu chí này lấy từ dự thảo khung đánh giá chưa có hiệu lực." in rows
    assert browser.get(address, {"criterion": "0"}).status_code == 404


def test_without_criteria_the_page_says_what_to_do(as_, prepared):
    Criterion.objects.update(valid_to=days_ago(1))

    page = as_(prepared.world.officer).get(reverse("reports:scorecard", args=[prepared.session.pk]))
    assert "Quản trị viên nhập tiêu chí" in page.content.decode()


def test_the_files_hold_the_same(as_, prepared):
    browser, session = as_(prepared.world.officer), prepared.session.pk

    data = json.loads(browser.get(reverse("reports:scorecard_table", args=[session, "criteria", "json"])).content)
    assert [row["criterion"] for row in data["rows"]] == list(Measure.values)
    on_time, unanswered = (
        next(row for row in data["rows"] if row["criterion"] == of) for of in ("on_time", "unanswered")
    )
    assert on_time["value"] == round(on_time["part"] * 100 / on_time["whole"], 1)
    assert (on_time["met_from"], on_time["deducted"]) == (90.0, None)
    assert [unanswered[name] for name in ("part", "value", "deducted", "met_from")] == [None, None, 0, None]
    text = browser.get(reverse("reports:scorecard_table", args=[session, "evidence", "csv"])).content.decode()
    assert text.splitlines()[0].lstrip("\ufeff") == "criterion,name,code,title,words,is_gap,source"
    book = load_workbook(io.BytesIO(browser.get(reverse("reports:scorecard_workbook", args=[session])).content))
    assert [(sheet.title, sheet["A1"].value) for sheet in book] == [
        ("Tiêu chí", "BẢNG TIÊU CHÍ ĐÁNH GIÁ (THEO DỰ THẢO, ĐỂ THAM KHẢO)"),
        ("Căn cứ", "CĂN CỨ CỦA BẢNG TIÊU CHÍ ĐÁNH GIÁ (THEO DỰ THẢO, ĐỂ THAM KHẢO)"),
    ]
    assert browser.get(reverse("reports:scorecard_table", args=[session, "other", "csv"])).status_code == 404


def test_more_petitions_mean_no_more_queries(prepared):
    fewer = prepared.live()
    prepared.world.forwarded(sent_on=days_ago(3), due_on=days_ago(-3))

    assert _queries(prepared, prepared.live()) == _queries(prepared, fewer)


def _queries(prepared, figures):
    with CaptureQueriesContext(connection) as captured:
        scores(prepared.session, figures)
    return len(captured)


# As the administrator keeps them


def changed(as_, world, **values):
    """What the form of the criterion of answers on time says to these values: {field: its errors}; {} once saved."""
    world.administrator.is_superuser = world.administrator.is_staff = True
    world.administrator.save()
    kept = Criterion.objects.get(measure=Measure.ON_TIME)
    given = {"place": 2, "measure": Measure.ON_TIME, "met_from": "90", "partly_from": "80", "source": "x", **values}
    response = as_(world.administrator).post(reverse("admin:reports_criterion_change", args=[kept.pk]), given)
    return response.context["adminform"].form.errors if response.status_code == 200 else {}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"met_from": "200"}, {"met_from": ["Tỷ lệ phải lớn hơn 0 và không quá 100%."]}),
        ({"met_from": "-5", "partly_from": ""}, {"met_from": ["Tỷ lệ phải lớn hơn 0 và không quá 100%."]}),
        ({"partly_from": "-1"}, {"partly_from": ["Tỷ lệ phải từ 0 đến 100%."]}),
        ({"partly_from": "95"}, {"partly_from": ["Phải thấp hơn tỷ lệ được coi là đạt."]}),
        ({"measure": Measure.UNANSWERED}, {"days": ["Tiêu chí này phải có số ngày."]}),
        ({"days": "9999"}, {"days": ["Không quá 3660 ngày."]}),
    ],
)
def test_a_threshold_typed_wrongly_is_refused_beside_its_field(as_, world, values, said):
    found = changed(as_, world, **values)

    assert {name: words for name, words in found.items() if name in said} == said
    assert Criterion.objects.get(measure=Measure.ON_TIME).met_from == 90


def test_a_changed_threshold_leaves_what_stood_there_before(as_, world):
    assert changed(as_, world, met_from="95") == {}
    assert changed(as_, world, met_from="92") == {}

    versions = Criterion.objects.get(measure=Measure.ON_TIME).history.order_by("history_id")
    assert list(versions.values_list("met_from", "history_user")) == [
        (90, None), (95, world.administrator.pk), (92, world.administrator.pk),
    ]  # fmt: skip


def test_the_page_of_figures_explains_every_measure(prepared, as_):
    page = as_(prepared.world.officer).get(reverse("reports:catalogue")).content.decode()

    assert set(MEANINGS) == set(Measure)
    told = [str(words) for measure in Measure for words in (capfirst(measure.label), MEANINGS[measure][0])]
    assert [words for words in told if escape(words) not in page] == []
