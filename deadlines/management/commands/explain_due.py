"""explain_due --start DATE --days N --count working|calendar [--before DATE] [--json]"""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from common.formats import short_date
from deadlines.counting import Counting, count


class Command(BaseCommand):
    help = "Print a due date and how it came about."

    def add_arguments(self, parser):
        parser.add_argument("--start", type=_date, help="the day the period starts; it is not counted (YYYY-MM-DD)")
        parser.add_argument("--before", type=_date, help="count back from this day instead (YYYY-MM-DD)")
        parser.add_argument("--days", type=int, required=True)
        parser.add_argument("--count", choices=list(Counting), default=Counting.WORKING, dest="counting")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, start, before, days, counting, **options):
        if (start is None) == (before is None):
            raise CommandError("Give either --start or --before.")
        if not 0 <= days <= 3660:
            raise CommandError("--days must lie between 0 and 3660.")
        found = count(start or before, days if start else -days, Counting(counting))
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(found), ensure_ascii=False))
            return
        self.stdout.write(found.sentence)
        for skipped in found.skipped:
            self.stdout.write(f"  - bỏ qua {short_date(skipped.day)}: {skipped.name}")


def _date(text):
    return date.fromisoformat(text)


def _as_data(found):
    return {
        "start": found.start.isoformat(),
        "days": found.days,
        "count": found.counting,
        "due": found.due_on.isoformat(),
        "moved_from": found.moved_from.isoformat() if found.moved_from else None,
        "skipped": [{"day": skipped.day.isoformat(), "name": skipped.name} for skipped in found.skipped],
        "sentence": found.sentence,
    }
