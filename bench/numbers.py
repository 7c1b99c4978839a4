"""The figures of one session among very many petitions: `python -m bench.numbers DATABASE NUMBER`.

The demo's petitions are copied: those of the present session until it has as many as a large province, finished ones
into earlier sessions, until there are NUMBER. Then the session itself gets NUMBER.
"""

import os
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from bench import begun, crowds  # noqa: E402
from bench.figures import line, measure, milliseconds  # noqa: E402
from bench.pages import figures_of  # noqa: E402
from petitions.models import Petition  # noqa: E402
from petitions.models.results import CLOSING  # noqa: E402
from reports import tallies  # noqa: E402
from reports.figures import SessionFigures  # noqa: E402
from sessions.models import CouncilSession  # noqa: E402

BASE, OWN, SESSIONS = 1000, 3000, 55
#: So many petitions change between two runs of the duty that counts them again.
CHANGED = 2000


def main(database, number):
    begun.council(BASE)
    session = CouncilSession.objects.order_by("-opens_on").first()
    copies = fill(session, int(number))
    today = timezone.localdate()
    tallies.count_again()
    rows = SessionFigures.live(session, today)
    if said(rows) != said(SessionFigures.numbers(session, today)):
        sys.exit("the database counts otherwise than the rows")
    name = f"figures of {rows.counts['total'].part} petitions, {Petition.objects.count()} in {database}"
    line(name, milliseconds(lambda: figures_of(session, today)), "ms", "at most 200")
    earlier = today - timedelta(days=7)
    line(f"{name}, a week ago", milliseconds(lambda: figures_of(session, earlier), rounds=5), "ms", "from history")
    client = begun.secretary()
    for page, address in {"cockpit": "", "figures": "figures/", "rows behind a figure": "rows/?figure=total"}.items():
        measure(client, f"{page} of that session, {database}", f"/reports/sessions/{session.pk}/{address}", rounds=7)
    enlarge(session, int(number), copies)
    of_very_many(session, database)


def of_very_many(session, database):
    """The same of a session that holds them all, before and after they are counted."""
    today = timezone.localdate()
    uncounted = said(SessionFigures.numbers(session, today))
    start = time.perf_counter()
    notes = tallies.count_again()
    line(f"{notes} changes counted again by the duty, {database}", time.perf_counter() - start, "s")
    if said(SessionFigures.numbers(session, today)) != uncounted:
        sys.exit("what was counted before differs from what is counted now")
    mine = Petition.objects.filter(council_session=session)
    name = f"figures of a session of {mine.count()}, {database}"
    line(name, milliseconds(lambda: figures_of(session, today)), "ms", "at most 200")
    mine.filter(pk__in=list(mine.order_by("pk").values_list("pk", flat=True)[:CHANGED])).update(origin_count=2)
    line(f"{name}, {CHANGED} just changed", milliseconds(lambda: figures_of(session, today)), "ms")


def enlarge(session, number, first):
    """The petitions the session has from the demo copied until it has so many."""
    mine = Petition.objects.filter(council_session=session)
    base = mine.filter(pk__lt=crowds.STEP)
    times = -(-(number - mine.count()) // base.count())
    crowds.copy(base, {first + place: session for place in range(1, times + 1)})


def fill(session, number):
    """Returns the highest number a copy has."""
    earlier = Petition.objects.filter(council_session__in=session_keys(session), result__in=CLOSING)
    mine = Petition.objects.filter(council_session=session)
    again, times = OWN // mine.count(), -(-(number - OWN) // (earlier.count() * SESSIONS))
    made = crowds.earlier_sessions(CouncilSession.objects.filter(term=session.term).earliest("opens_on"), SESSIONS)
    copies = dict(enumerate(made * times, start=1))
    crowds.copy(mine, {len(copies) + place: session for place in range(1, again)})
    crowds.copy(earlier.filter(pk__lt=crowds.STEP), copies)
    return len(copies) + again - 1


def session_keys(session):
    found = CouncilSession.objects.filter(term=session.term, opens_on__lt=session.opens_on)
    return list(found.values_list("pk", flat=True))


def said(figures):
    return {key: (counted.part, counted.whole) for key, counted in figures.counts.items()}, figures.by_agency


if __name__ == "__main__":
    main(*sys.argv[1:])
