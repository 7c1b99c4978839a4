"""The text and the appendices of a session report."""

from django.conf import settings
from django.utils import translation

from common.formats import official_date, short_date
from directory.models import Agency, LegalBasis
from documents.papers import official_text
from petitions.models import Petition
from reports import tables
from reports.charts import charts
from sessions.models import VoterMeeting


def report_subject(council_session):
    return f"kết quả giám sát việc giải quyết, trả lời kiến nghị của cử tri gửi đến {council_session.official_name}"


def recipients(council):
    """Whom a report to the council goes to unless its author says otherwise: (name, agency or None) pairs."""
    executive = council.agencies.filter(kind=Agency.Kind.PEOPLES_COMMITTEE).order_by("pk").first()
    members = [(f"Đại biểu {council.short_name}", None), (f"Các Ban {council.short_name}", None)]
    return members + ([(executive.name, executive)] if executive else [])


def report_body(report, figures, erratum=None):
    """The skeleton of an oversight report with its figures; the evaluation is the author's own text.

    `erratum` is what it corrects in the version before, if anything.
    """
    council_session = report.council_session
    meetings = VoterMeeting.objects.filter(council_session=council_session, held_on__lte=report.as_of)
    context = {
        "report": report,
        "session": council_session,
        "as_of": official_date(report.as_of),
        "bases": LegalBasis.objects.citable(
            LegalBasis.Topic.OVERSIGHT, council_session.opens_on, council_session.council
        ),
        "meetings": len(meetings),
        "voters": sum(meeting.voters_attending or 0 for meeting in meetings),
        "titles": tables.column_titles(),
        "counts": figures.counts,
        "erratum": erratum,
        "by_level": figures.breakdown("level"),
        "by_committee": figures.breakdown("committee"),
        "by_field": figures.breakdown("field"),
        "by_agency": figures.by_agency,
        "overdue": figures.rows("overdue"),
        "opening": [fact for fact in figures.rows("opening") if not fact.is_closed],
        "repeated": _repeated(figures),
        "disagreed": figures.rows("disagreed"),
    }
    return official_text("reports/letters/report.html", context)


#: An extract that lists more points is not laid out while somebody waits.
MOST_ON_PAPER = 300


def extract_page(council_session, figures, of):
    """The page for print of one agency's, committee's or locality's part: its results and its list, as HTML."""
    context = {"of": of, "session": council_session.title, "as_of": figures.as_of}
    return official_text("reports/letters/extract.html", context | _by_agency(figures) | _in_detail(figures))


def _by_agency(figures):
    return {"table": figures.by_agency, "titles": tables.column_titles()}


def _in_detail(figures):
    return {"groups": tables.grouped_by_agency(figures)}


def report_appendices(report, figures):
    """[(title, body, landscape)]: results per agency, every petition grouped by agency, figures explained, charts."""
    as_of = short_date(report.as_of)
    summary = official_text("reports/letters/by_agency.html", _by_agency(figures))
    detail = official_text("reports/letters/detail.html", _in_detail(figures))
    explained = official_text(
        "reports/letters/catalogue.html", {"counts": figures.counts, "balance": tables.balanced(figures)}
    )
    with translation.override(settings.LANGUAGE_CODE):
        drawn = charts(report.council_session, figures)
    pictures = official_text("reports/letters/charts.html", {"charts": drawn})
    return [
        (f"Tổng hợp kết quả giải quyết theo cơ quan (tính đến ngày {as_of})", summary, False),
        (f"Danh sách chi tiết kiến nghị và kết quả giải quyết (tính đến ngày {as_of})", detail, True),
        (f"Các chỉ tiêu và cách tính (tính đến ngày {as_of})", explained, True),
        (f"Biểu đồ (tính đến ngày {as_of})", pictures, False),
    ]


def _repeated(figures):
    """Petitions that repeat an earlier one: what was raised before and still comes back."""
    pks = [fact.pk for fact in figures.rows("total")]
    repeating = dict(Petition.objects.filter(pk__in=pks, repeats__isnull=False).values_list("pk", "repeats__code"))
    return [(fact, repeating[fact.pk]) for fact in figures.rows("total") if fact.pk in repeating]
