"""What `make bench` does: every benchmark in one run, one line a figure: name, value, unit, ratio to its peer.

Absolute times move with the machine; ratios inside one run are what to compare.
BENCH_PETITIONS sets how many petitions stand in the database, 20000 unless said otherwise; BENCH_LISTS and BENCH_MOST
how many the lists are measured with, 200000 and 1000000, BENCH_NUMBERS the figures, 200000; BENCH_REPORT_ROWS how many
petitions a long report lists.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from throwaway_postgres import throwaway_postgres

ROOT = Path(__file__).resolve().parent.parent
PETITIONS = os.environ.get("BENCH_PETITIONS", "20000")
NUMBERS = os.environ.get("BENCH_NUMBERS", "200000")
LISTS, MOST = os.environ.get("BENCH_LISTS", "200000"), os.environ.get("BENCH_MOST", "1000000")


def main():
    os.chdir(ROOT)
    print(f"{'figure':<58}{'value':>10}  {'unit':<12}ratio")
    run("bench.letters", {})
    run("bench.workbooks", {})
    run("bench.reports", {})
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        media = {"MEDIA_ROOT": f"{folder}/media"}
        run("bench.pages", {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", **media}, "SQLite", PETITIONS)
        with throwaway_postgres() as url:
            run("bench.pages", {"DATABASE_URL": url, **media}, "PostgreSQL", PETITIONS)
        run("bench.numbers", {"DATABASE_URL": f"sqlite:///{folder}/numbers.sqlite3", **media}, "SQLite", NUMBERS)
        with throwaway_postgres() as url:
            run("bench.numbers", {"DATABASE_URL": url, **media}, "PostgreSQL", NUMBERS)
        run("bench.imports", {"DATABASE_URL": f"sqlite:///{folder}/imports.sqlite3", **media}, "SQLite")
        with throwaway_postgres() as url:
            run("bench.imports", {"DATABASE_URL": url, **media}, "PostgreSQL")
        run("bench.lists", {"DATABASE_URL": f"sqlite:///{folder}/lists.sqlite3", **media}, "SQLite", LISTS)
        with throwaway_postgres() as url:
            run("bench.lists", {"DATABASE_URL": url, **media}, "PostgreSQL", LISTS, MOST)


def run(module, environment, *arguments):
    env = os.environ | {"DEBUG": "on", "PYTHONPATH": str(ROOT)} | environment
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, env=env)


if __name__ == "__main__":
    main()
