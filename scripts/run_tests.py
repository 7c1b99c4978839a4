"""What `make test` does: the suite shared between SQLite and PostgreSQL; all of it on both with ALL=1.

Both run at the same time, so that every core has work to the end.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from throwaway_postgres import throwaway_postgres

ROOT = Path(__file__).resolve().parent.parent
CORES = os.cpu_count() or 1
#: PostgreSQL's share is half as long, and its server works beside its tests.
PROCESSES = {"SQLite": max(CORES, 1), "PostgreSQL": max(CORES // 2, 1)}


def main():
    os.chdir(ROOT)
    arguments = sys.argv[1:]
    subprocess.run([sys.executable, "manage.py", "compilemessages", "--locale", "vi", "--verbosity", "0"],
                   check=True, env=os.environ | {"DEBUG": "on"})  # fmt: skip
    with throwaway_postgres() as url, ThreadPoolExecutor() as pool:
        where = {"SQLite": {}, "PostgreSQL": {"DATABASE_URL": url}}
        list(pool.map(make_databases, where, where.values()))
        postgresql = pool.submit(pytest, "PostgreSQL", where["PostgreSQL"], arguments, stdout=subprocess.PIPE)
        results = {"SQLite": pytest("SQLite", where["SQLite"], arguments), "PostgreSQL": postgresql.result()}
        print("\n— PostgreSQL —", results["PostgreSQL"].stdout.decode(), sep="\n", flush=True)
    if failed := [name for name, result in results.items() if result.returncode]:
        sys.exit(f"Failed on {' and '.join(failed)}.")


def make_databases(name, where):
    command = [sys.executable, "-m", "scripts.test_databases", str(PROCESSES[name])]
    subprocess.run(command, env=os.environ | where, check=True)


def pytest(name, where, arguments, **output):
    """The finished run of a database's share of the suite; of all of it with ALL in the environment."""
    share = [] if os.environ.get("ALL") else [f"--share={name.lower()}"]
    command = [sys.executable, "-m", "pytest", "--reuse-db", "--numprocesses", str(PROCESSES[name]),
               "--dist", "loadscope", "-o", f"cache_dir=.pytest_cache/{name.lower()}"]  # fmt: skip
    return subprocess.run([*command, *share, *arguments], env=os.environ | where, check=False, **output)


if __name__ == "__main__":
    main()
