"""Lists of petitions out of files: columns, rows, checks, work in the background."""

from petitions.imports.receiving import receive

__all__ = ["receive"]
