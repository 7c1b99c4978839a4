"""An old workbook opened in a process of its own first: its reader takes the whole process down when memory ends."""

import subprocess
import sys

from common.tables.refusals import too_many_rows

#: More than the largest sheet of an old workbook with every cell filled takes.
_MOST_MEMORY = 1 << 30
_MOST_SECONDS = 60
_OPEN = f"""
import io, resource, sys
from python_calamine import CalamineError, CalamineWorkbook
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_AS, ({_MOST_MEMORY}, {_MOST_MEMORY}))
try:
    CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
except CalamineError:
    pass
"""


def check_old_workbook(content):
    """Refused where opening it ends badly; what is merely damaged is found when it is read."""
    command = [sys.executable, "-I", "-c", _OPEN]
    try:
        subprocess.run(command, input=content, capture_output=True, check=True, timeout=_MOST_SECONDS)  # noqa: S603 — the content is only data
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise too_many_rows() from None
