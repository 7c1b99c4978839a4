"""check_figures FILE.jsonl [--json]"""

import json
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports import published


class Command(BaseCommand):
    help = "Recompute published figure sets: which percentages agree and how, which sums do not add up."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="one set a line, as JSON")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, file, **options):
        found = list(_checked(file))
        totals = Counter(row.verdict for one in found for row in (*one.shares, *one.sums))
        if options["json"]:
            sets = [one.as_data() for one in found]
            data = {"sets": sets, "totals": {verdict.value: totals[verdict] for verdict in published.Agrees}}
            self.stdout.write(json.dumps(data, ensure_ascii=False))
            return
        for one in found:
            self._print(one)
        self.stdout.write("; ".join(f"{verdict.label}: {totals[verdict]}" for verdict in published.Agrees))

    def _print(self, one):
        self.stdout.write(one.name)
        for row in one.shares:
            fraction = f"{row.numerator}/{row.denominator}" if row.denominator else "?"
            computed = f" → {row.half_up} | {row.truncated}" if row.half_up else ""
            self.stdout.write(f"  {row.label}: {row.published}, {fraction}{computed}: {row.verdict.label}")
        for row in one.sums:
            parts = " + ".join(str(part) for part in row.parts.values()).replace("+ -", "− ")
            apart = f" ({row.difference:+d})" if row.difference else ""
            table = published.GROUPS[row.label]
            self.stdout.write(f"  {table}: {parts} = {row.computed}, {row.published}{apart}: {row.verdict.label}")


def _checked(file):
    if not file.is_file():
        raise CommandError(f"There is no file {file}.")
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not UTF-8 text.") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield published.check(json.loads(line))
            except ValueError as problem:
                raise CommandError(f"{file}, line {number}: {problem}") from None
