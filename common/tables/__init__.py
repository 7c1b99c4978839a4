"""Tables out of files people send: .xlsx, .xls, .ods and .docx, read as text within fixed limits.

Nothing in a file is ever run or followed: formulas give the value saved last, links to other files stay closed.
"""

from common.tables.checks import ENDINGS, FileKind, check
from common.tables.extent import MOST_ROWS
from common.tables.reading import Table, TableSize, list_tables, read_table
from common.tables.refusals import too_many_rows, unknown_kind

__all__ = [
    "ENDINGS",
    "MOST_ROWS",
    "FileKind",
    "Table",
    "TableSize",
    "check",
    "list_tables",
    "read_table",
    "too_many_rows",
    "unknown_kind",
]
