"""What reads as a code, and the index of words that narrows a search on PostgreSQL before any text is read."""

import re
from dataclasses import dataclass

from django.db.models import Lookup, TextField

from common.text import fold

#: “KN 70”, “kn-2025-70”, “KN70/2025”, “KN 00070”: the number as one says it.
_NUMBER = re.compile(r"kn ?(?:(?P<year>20\d\d) )?(?P<number>\d{5}|[1-9]\d{0,3})(?: (?P<after>20\d\d))?")


@dataclass(frozen=True)
class Numbered:
    """The number of a petition as typed: how its code ends, and the words that code is made of."""

    end: str
    words: str


def numbered(words):
    """The petition's number that `words` are; None where they are anything else, as “KN 2025” may be a year.

    A whole code is looked for as words are: others may speak of it.
    """
    found = _NUMBER.fullmatch(fold(words).strip())
    if not found or (found["year"] and (found["after"] or len(found["number"]) == 5)):
        return None
    year, number = found["year"] or found["after"], f"{int(found['number']):05d}"
    if not year and 2000 <= int(number) < 2100:
        return None
    return Numbered(f"-{year}-{number}" if year else f"-{number}", f"kn {year} {number}" if year else f"kn {number}")


@TextField.register_lookup
class IndexOfWords(Lookup):
    """Whether a petition's texts hold these folded words, the last one perhaps cut short; their order is not asked.

    PostgreSQL keeps `words_index` beside the columns that are searched (migration 0006). SQLite has none: there
    everything may hold them, and reading the text decides.
    """

    lookup_name = "index_of_words"

    def as_sql(self, compiler, connection):
        return "1 = 1", []

    def as_postgresql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        table, _dot, _column = column.rpartition(".")
        return f"{table}.words_index @@ to_tsquery('simple', %s)", [*parameters, f"{' & '.join(self.rhs.split())}:*"]
