"""The index of words that narrows a search on PostgreSQL before any text is read."""

from django.db.models import Lookup, TextField


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
