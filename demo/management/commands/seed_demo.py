"""seed_demo [--petitions N] [--papers DIR] [--json]: the demo council, through the real workflow.

All or nothing: whoever stops it, or a paper that cannot be written, leaves the database empty."""

import json
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from demo import council, papers
from demo.people import refuse_if_real

DEFAULT_PASSWORD = "hoiam-demo"  # noqa: S105 — said in the README; refused on a real installation


class Command(BaseCommand):
    help = "Build the demo council. Refused where DEBUG is off or data is there already."

    def add_arguments(self, parser):
        parser.add_argument("--petitions", type=int, default=150, help="how many to generate over three sessions")
        parser.add_argument("--papers", type=Path, help="write letters, reports and workbooks to this folder")
        parser.add_argument("--allow-production", action="store_true", help="also where DEBUG is off")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, petitions, allow_production, **options):
        refuse_if_real(allow_production)
        if User.objects.exists():
            raise CommandError(
                "There are users already. The demo goes into an empty database only: `make clean` removes the old one."
            )
        if not 10 <= petitions <= 1_000_000:
            raise CommandError("--petitions must lie between 10 and 1000000.")
        password = os.environ.get("DEMO_PASSWORD", DEFAULT_PASSWORD)
        with transaction.atomic():
            made = council.build(petitions, password, timezone.localdate())
            files = papers.write(made, options["papers"]) if options["papers"] else []
        if options["verbosity"]:
            self._tell(made, files, options["json"])

    def _tell(self, made, files, as_json):
        accounts = [{"username": user.username, "name": str(user), "role": _role(user)} for user in made.accounts]
        if as_json:
            data = {"petitions": made.petitions, "accounts": accounts, "files": [str(file) for file in files]}
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        self.stdout.write(f"{made.petitions} petitions in {made.councils} councils.")
        for account in accounts:
            self.stdout.write(f"  {account['username']:<24} {account['role']}")
        for file in files:
            self.stdout.write(f"  {file}")


def _role(user):
    membership = user.main_role
    return f"{membership.get_role_display()} — {membership.agency.name}" if membership else ""
