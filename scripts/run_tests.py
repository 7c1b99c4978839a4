"""What `make test` does: the suite shared between SQLite and PostgreSQL; all of it on both with ALL=1."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from throwaway_postgres import throwaway_postgres

ROOT = Path(__file__).resolve().parent.parent
PROCESSES = (os.cpu_count() or 1) + 1


def main():
    os.chdir(ROOT)
    arguments = sys.argv[1:]
    subprocess.run([sys.executable, "manage.py", "compilemessages", "--locale", "vi", "--verbosity", "0"],
                   check=True, env=os.environ | {"DEBUG": "on"})  # fmt: skip
    with throwaway_postgres() as url:
        runs = {"SQLite": {}, "PostgreSQL": {"DATABASE_URL": url}}
        with ThreadPoolExecutor() as pool:
            list(pool.map(make_databases, runs.values()))
        failed = [name for name, where in runs.items() if pytest(name, where, [*share(name.lower()), *arguments])]
    if failed:
        sys.exit(f"Failed on {' and '.join(failed)}.")


def share(database):
    """Each database runs its share of the suite; with ALL in the environment both run all of it."""
    return [] if os.environ.get("ALL") else [f"--share={database}"]


def make_databases(where):
    command = [sys.executable, "-m", "scripts.test_databases", str(PROCESSES)]
    subprocess.run(command, env=os.environ | where, check=True)


def pytest(name, where, arguments):
    """0 when all is well."""
    print(f"\n— {name} —", flush=True)
    command = [sys.executable, "-m", "pytest", "--reuse-db", "--numprocesses", str(PROCESSES), "--dist", "loadscope"]
    return subprocess.run([*command, *arguments], env=os.environ | where, check=False).returncode


if __name__ == "__main__":
    main()
