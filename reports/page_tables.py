"""The tables of the pages beside the reports, for files: the times of a session, its trend, the age of its backlog.

Each is made from a session and its figures; no report freezes them.
"""

from django.conf import settings
from django.utils import translation

from common.acting import official
from common.formats import share
from reports.ages import AGES
from reports.charts import backlog_ages, punctual_sessions
from reports.tables import Field, Table
from reports.times import FIGURES, REASONS, STEPS, SessionTimes

TITLES = {
    "times": "Thời gian giải quyết theo cơ quan",
    "trend": "Tỷ lệ trả lời đúng hạn qua các kỳ họp",
    "backlog": "Thời gian tồn của kiến nghị chưa kết thúc",
}


def times(council_session, figures):
    """Points by lead agency: kept due dates, medians of days at each step with how many points, where late ones were.

    The agencies stand by how punctual they are, as on the page; the last row is that of all together.
    """
    counted = SessionTimes(figures.facts, figures.as_of)
    numbers = [Field(key, official(figure.label), "number") for key, figure in FIGURES.items()]
    steps = [
        field
        for key, (label, _sentence) in STEPS.items()
        for field in (
            Field(f"{key}_days", f"Số ngày {official(label)} (trung vị)", "number"),
            Field(f"{key}_points", f"Số nội dung {official(label)}", "number"),
        )
    ]
    reasons = [Field(key, official(figure.label), "number") for key, figure in REASONS.items()]
    fields = [
        Field("number", "STT", "number", 6),
        Field("agency", "Tên cơ quan, đơn vị", width=40),
        *numbers,
        Field("rate", "Tỷ lệ đúng hạn", "share"),
        *steps,
        *reasons,
    ]
    rows = [[place, row.name, *_measured(row)] for place, row in enumerate(counted.agencies, start=1)]
    return Table("times", TITLES["times"], fields, rows, ["", "Tổng cộng", *_measured(counted.total)])


def _measured(row):
    days = [number for found in row.steps.values() for number in (found or (None, 0))]
    return [*row.counts.values(), share(row.counts["on_time"], row.counts["due"]), *days, *row.reasons.values()]


def trend(council_session, figures):
    """Points answered on time of those due, session by session, the oldest first."""
    fields = [
        Field("session", "Kỳ họp", width=40),
        Field("as_of", "Tính đến ngày", "date"),
        Field("on_time", "Trả lời đúng hạn", "number"),
        Field("due", "Đã đến hạn", "number"),
        Field("rate", "Tỷ lệ đúng hạn", "share"),
    ]
    rows = [
        [session.title, day, on_time, due, share(on_time, due)]
        for session, day, on_time, due in punctual_sessions(council_session, figures)
    ]
    return Table("trend", TITLES["trend"], fields, rows)


def backlog(council_session, figures):
    """Petitions that are not closed, by the days since they were received; the last age has no end."""
    fields = [
        Field("age", "Thời gian tồn", width=24),
        Field("days_to", "Đến số ngày", "number"),
        Field("petitions", "Kiến nghị", "number"),
        Field("share", "Tỷ lệ", "share"),
    ]
    left, ages = backlog_ages(figures)
    with translation.override(settings.LANGUAGE_CODE):
        rows = [[str(AGES[key][1]), AGES[key][0], number, share(number, left)] for key, number in ages.items()]
    return Table("backlog", TITLES["backlog"], fields, rows)


TABLES = {make.__name__: make for make in (times, trend, backlog)}
