"""explain_due --start DATE --days N --count working|calendar [--before DATE] [--json], or --clock ID."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from common.formats import short_date
from deadlines.counting import Counting, count
from deadlines.derivation import Event, Happening, derive
from deadlines.models import Clock, calendar_of
from directory.models import PeoplesCouncil


class Command(BaseCommand):
    help = "Print a due date and how it came about."

    def add_arguments(self, parser):
        parser.add_argument("--start", type=_date, help="the day the period starts; it is not counted (YYYY-MM-DD)")
        parser.add_argument("--before", type=_date, help="count back from this day instead (YYYY-MM-DD)")
        parser.add_argument("--days", type=int)
        parser.add_argument("--count", choices=list(Counting), default=Counting.WORKING, dest="counting")
        parser.add_argument("--count-start-day", action="store_true", help="the first day counts")
        parser.add_argument("--no-move", action="store_true", help="an end on a day off stays")
        parser.add_argument("--pause", type=_pause, action="append", default=[], metavar="FROM:UNTIL")
        parser.add_argument("--extend-days", type=int, help="so many days more")
        parser.add_argument("--extend-to", type=_date, help="a later date in writing")
        parser.add_argument("--council", help="code of the council whose working calendar counts")
        parser.add_argument("--clock", type=int, help="explain this recorded clock instead")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, clock, days, **options):
        if clock is not None:
            return self._recorded(clock, options)
        if days is None:
            raise CommandError("the following arguments are required: --days")
        start, before = options["start"], options["before"]
        if (start is None) == (before is None):
            raise CommandError("Give either --start or --before.")
        if not 0 <= days <= 3660:
            raise CommandError("--days must lie between 0 and 3660.")
        calendar = calendar_of(_council(options["council"]))
        if options["pause"] or options["extend_days"] or options["extend_to"]:
            return self._derived(derive(_events(days, **options), calendar), options)
        found = count(
            start or before,
            days if start else -days,
            Counting(options["counting"]),
            calendar,
            counts_start_day=options["count_start_day"],
            moves=not options["no_move"],
        )
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(found), ensure_ascii=False))
            return None
        self.stdout.write(found.sentence)
        self._skipped(found.skipped)
        return None

    def _recorded(self, pk, options):
        clock = Clock.objects.filter(pk=pk).prefetch_related("events").first()
        if clock is None:
            raise CommandError(f"There is no clock {pk}.")
        self._derived(clock.derived, options)

    def _derived(self, derived, options):
        """Two sentences, then every event with the days it passed over."""
        if options["json"]:
            self.stdout.write(json.dumps(_derived_as_data(derived), ensure_ascii=False))
            return
        for sentence in derived.sentences:
            self.stdout.write(sentence)
        for stage in derived.stages:
            why = f" ({stage.event.reason})" if stage.event.reason else ""
            self.stdout.write(f"* {short_date(stage.event.on)} {stage.event.kind}{why} → {short_date(stage.due_on)}")
            self._skipped(stage.skipped)

    def _skipped(self, skipped):
        for day in skipped:
            self.stdout.write(f"  - bỏ qua {short_date(day.day)}: {day.name}")


def _events(days, *, start, before, counting, count_start_day, no_move, pause, extend_days, extend_to, **_options):
    """The events the options describe, in the order they are recorded."""
    yield Event(
        Happening.STARTED,
        start or before,
        days=days,
        counting=counting,
        is_before=start is None,
        counts_start_day=count_start_day,
        moves=not no_move,
    )
    for first, until in pause:
        yield Event(Happening.PAUSED, first)
        yield Event(Happening.RESUMED, until)
    if extend_days or extend_to:
        yield Event(
            Happening.EXTENDED,
            start or before,
            due_on=extend_to,
            days=extend_days,
            counting=counting,
            moves=not no_move,
        )


def _council(code):
    if code is None:
        return None
    council = PeoplesCouncil.objects.filter(code=code).first()
    if council is None:
        raise CommandError(f"There is no council {code}.")
    return council


def _date(text):
    return date.fromisoformat(text)


def _pause(text):
    first, until = text.split(":")
    return _date(first), _date(until)


def _as_data(found):
    return {
        "start": found.start.isoformat(),
        "days": found.days,
        "count": found.counting,
        "due": found.due_on.isoformat(),
        "moved_from": found.moved_from.isoformat() if found.moved_from else None,
        "skipped": _days(found.skipped),
        "sentence": found.sentence,
    }


def _derived_as_data(derived):
    return {
        "due": derived.due_on.isoformat(),
        "original_due": derived.original_due_on.isoformat(),
        "paused_on": derived.paused_on.isoformat() if derived.paused_on else None,
        "stopped_on": derived.stopped_on.isoformat() if derived.stopped_on else None,
        "sentences": derived.sentences,
        "events": [
            {
                "kind": stage.event.kind,
                "on": stage.event.on.isoformat(),
                "reason": stage.event.reason,
                "due": stage.due_on.isoformat(),
                "skipped": _days(stage.skipped),
            }
            for stage in derived.stages
        ],
    }


def _days(skipped):
    return [{"day": day.day.isoformat(), "name": day.name} for day in skipped]
