"""Whether a draft still says what the records say: the numbers it was written with, and a digest of everything else."""

import hashlib
import json
from dataclasses import dataclass

from reports.catalogue import CATALOGUE, Figure


@dataclass(frozen=True)
class Changed:
    """A figure as the paper of a draft prints it, and as the records say now."""

    figure: Figure
    before: int
    now: int


@dataclass(frozen=True)
class Changes:
    """What a draft would say otherwise if it were written now. False where it would say the same."""

    figures: list[Changed]
    is_other_text: bool  # also where no figure changed: words of an answer, a date, the council's own text

    def __bool__(self):
        return bool(self.figures) or self.is_other_text


def imprint(writing, body):
    """What is kept of a report when it is written: its numbers, and a digest of its text, its rows and its tables."""
    told = {
        "body": str(body),
        "annexes": [annex.key for annex in writing.annexes],
        "figures": writing.figures.as_data(),
        "tables": {key: writing.table(key).as_data() for key in writing.tables},
    }
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()
    return {"counts": {key: counted.part for key, counted in writing.figures.counts.items()}, "digest": digest}


def changes(kept, writing, body, written_body):
    """The `Changes` between what was kept of a draft and the same draft written now.

    Of a draft written by an earlier version of the program, which kept nothing, only the text is compared.
    """
    if not kept:
        return Changes([], str(body) != written_body)
    now = imprint(writing, body)
    figures = [
        Changed(CATALOGUE[key], kept["counts"][key], number)
        for key, number in now["counts"].items()
        if kept["counts"].get(key, number) != number
    ]
    return Changes(figures, kept["digest"] != now["digest"])
