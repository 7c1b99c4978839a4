"""Pages and figures with many petitions in the database: `python -m bench.pages DATABASE NUMBER`."""

import os
import sys
import time
import warnings

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import begun  # noqa: E402
from bench.figures import line, measure, milliseconds  # noqa: E402
from petitions.models import Petition  # noqa: E402
from reports.figures import BREAKDOWNS, SessionFigures  # noqa: E402
from reports.loading import load  # noqa: E402
from sessions.models import CouncilSession  # noqa: E402


def main(database, number):
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    warnings.filterwarnings("ignore", message="No directory at")
    build(database, number)
    session = CouncilSession.objects.order_by("-opens_on").first()
    some = Petition.objects.filter(council_session=session).order_by("-pk").first()
    pages = {
        "list of petitions": "/petitions/",
        "list, overdue": "/petitions/?facet=overdue",
        "search in all sessions": "/petitions/?q=den+chieu+sang&scope=all",
        "petition": f"/petitions/{some.pk}/",
        "my work": "/",
        "session cockpit": f"/reports/sessions/{session.pk}/",
    }
    name = f"figures of a session with {len(load(session, timezone.localdate()))} petitions, {number} in {database}"
    line(name, milliseconds(lambda: figures_of(session, timezone.localdate()), rounds=5), "ms", "at most 200")
    client = begun.secretary()
    for name, address in pages.items():
        measure(client, f"{name}, {number} petitions, {database}", address, rounds=7)


def figures_of(session, as_of):
    """Every figure of a session and every table of them, counted from the records."""
    figures = SessionFigures.numbers(session, as_of)
    return figures.counts, figures.by_agency, [figures.breakdown(by) for by in BREAKDOWNS]


def build(database, number):
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    start = time.perf_counter()
    settings.DEBUG = True
    call_command("seed_demo", petitions=int(number), verbosity=0)
    settings.DEBUG = False
    line(f"demo of {number} petitions, {database}", time.perf_counter() - start, "s")
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")


if __name__ == "__main__":
    main(*sys.argv[1:])
