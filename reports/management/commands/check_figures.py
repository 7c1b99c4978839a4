"""check_figures FILE.jsonl [--json]"""

import json
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.formats import dotted
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
            self.stdout.write("\n  ".join([one.name or _("(no name)"), *_lines(one)]))
        self.stdout.write(_("In all:"))
        for verdict in published.Agrees:
            self.stdout.write(f"  {verdict.label}: {dotted(totals[verdict])}")


def _lines(one):
    """What a set comes to, a line each; that it holds nothing to recompute where it does not."""
    found = [*(_of_share(row) for row in one.shares), *(_of_sum(row) for row in one.sums)]
    return found or [_("No percentage and no sum to recompute.")]


def _of_share(row):
    if not row.half_up:
        words = _("published %(published)s, without the two numbers it is computed from: %(verdict)s")
        return f"{row.label}: " + words % {"published": row.published, "verdict": row.verdict.label}
    return f"{row.label}: " + _(
        "published %(published)s, computed %(part)s/%(whole)s = %(half_up)s rounded half-up, %(truncated)s cut off: "
        "%(verdict)s"
    ) % {
        "published": row.published, "part": dotted(row.numerator), "whole": dotted(row.denominator),
        "half_up": row.half_up, "truncated": row.truncated, "verdict": row.verdict.label,
    }  # fmt: skip


def _of_sum(row):
    title, published_as = published.GROUPS[row.label], _("nothing") if row.published is None else dotted(row.published)
    told = {"published": published_as, "verdict": row.verdict.label}
    if row.computed is None:
        told["parts"] = "; ".join(f"{label} {_written(part)}" for label, part in row.parts.items())
        return f"{title}: " + _("%(parts)s; total published %(published)s: %(verdict)s") % told
    parts = " + ".join(_written(part) for part in row.parts.values()).replace("+ -", "− ")
    apart = ""
    if row.difference:
        words = _("%(number)s too many") if row.difference > 0 else _("%(number)s too few")
        apart = ", " + words % {"number": dotted(abs(row.difference))}
    told |= {"parts": parts, "computed": dotted(row.computed)}
    return f"{title}: " + _("%(parts)s = %(computed)s, published %(published)s: %(verdict)s") % told + apart


def _written(part):
    return dotted(part) if isinstance(part, int) else str(part)


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
