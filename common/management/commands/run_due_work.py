"""run_due_work [--json]: reminders, mails, work that was left, expiry. Safe at any time, any number of times."""

import json

from django.core.management.base import BaseCommand, CommandError

from common import duties


class Command(BaseCommand):
    help = "Do everything that is due now."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        done = duties.carry_out()
        if options["json"]:
            self.stdout.write(json.dumps(done, ensure_ascii=False))
        else:
            for key, outcome in done.items():
                self.stdout.write(f"{key}: {outcome}")
        if problems := [key for key, outcome in done.items() if isinstance(outcome, str)]:
            raise CommandError(f"Not everything could be done: {', '.join(problems)}.")
