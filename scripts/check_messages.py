"""The Vietnamese catalogue is complete: every text in the source is in it, translated, with the same variables."""

import re
import subprocess
import sys
from pathlib import Path

import polib

CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")
VARIABLE = re.compile(r"%\(\w+\)[sd]")


def main():
    kept = CATALOGUE.read_bytes()
    before = polib.pofile(str(CATALOGUE))
    try:
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "--locale", "vi", "--no-wrap", "--no-location",
             "--ignore", ".venv", "--ignore", "var", "--ignore", "tests", "--verbosity", "0"],
            check=True,
        )  # fmt: skip
        after = polib.pofile(str(CATALOGUE))
    finally:
        CATALOGUE.write_bytes(kept)
    found = list(problems(before, after))
    print("\n".join(found))
    sys.exit(1 if found else 0)


def problems(before, after):
    """What is wrong, in words."""
    known = {(entry.msgctxt, entry.msgid) for entry in before if not entry.obsolete}
    for entry in after:
        if entry.obsolete:
            continue
        written = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
        if (entry.msgctxt, entry.msgid) not in known:
            yield f"not in the catalogue (run make messages): {entry.msgid}"
        elif not written or entry.fuzzy:
            yield f"not translated: {entry.msgid}"
        elif set(VARIABLE.findall(entry.msgid)) != set(VARIABLE.findall(written)):
            yield f"other variables: {entry.msgid}"


if __name__ == "__main__":
    main()
