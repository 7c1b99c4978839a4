"""A table as it is read from a file, and what its rows become."""

from common.tables import Table
from petitions.imports.headings import find_head
from petitions.imports.rows import items

HEADINGS = ["STT", "Nội dung kiến nghị", "Xã, phường", "Lĩnh vực"]


def table(*rows, covered=(), spans=None):
    return Table("Trang 1", [list(row) for row in rows], 1, frozenset(covered), spans or {})


def found(*rows, **options):
    made = table(HEADINGS, *rows, **options)
    head = find_head(made)
    return items(made, head, head.columns)
