"""The council's own result on a point: by the latest delegation or committee that came to one."""

from datetime import date

from oversight.models import Finding, Verification


def assessed_results(points, as_of=date.max):
    """{point id: result} as it stood at the end of a day, or stands now; points without one are left out."""
    found = Finding.objects.filter(point__in=points, working_session__held_on__lte=as_of).exclude(assessed_result="")
    said = list(found.order_by("pk").values_list("point_id", "working_session__held_on", "assessed_result"))
    said += _verified(points, as_of)
    return {point: result for point, _day, result in sorted(said, key=lambda one: one[1])}


def _verified(points, as_of):
    """[(point id, day, result)] of committees; what a committee took back by then counts no more."""
    rows = Verification.history.filter(point__in=points, assessed_on__lte=as_of).order_by("history_id")
    latest = {
        (session, point): (point, day, result)
        for session, point, day, result in rows.values_list(
            "council_session_id", "point_id", "assessed_on", "assessed_result"
        )
    }
    return [row for row in latest.values() if row[2]]
