"""What the clocks of reports owed are about."""

from django.db.models import Q
from django.utils.translation import gettext as _

from deadlines.subjects import Subject, Told
from sessions import reporting
from sessions.models import DueReport


class DueReportTime(Subject):
    """The time an agency has to send a report."""

    relation = "due_report"

    def visible(self, user):
        return Q(due_report__in=DueReport.objects.visible_to(user))

    def tell(self, clocks):
        owed = DueReport.objects.filter(clock__in=clocks)
        return {
            report.clock_id: Told(
                "Báo cáo",
                str(report),
                report.get_absolute_url(),
                report.agency,
                f"report/{report.pk}",
                "Hạn gửi báo cáo",
            )
            for report in owed.select_related("agency", "council_session", "assembly_session")
        }

    def change_refusal(self, clock, user):
        report = (clock.beside or clock).due_report
        if reporting.keeps(report.agency.council, user):
            return ""
        return _("Only the council's secretariat grants more time.")

    def settled(self, clock, *, by, words):
        """Nothing repeats this date."""


DUE_REPORT_TIME = DueReportTime()
