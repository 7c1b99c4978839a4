"""What `make test` does: the suite shared between SQLite and PostgreSQL; all of it on both with ALL=1."""

import os
import subprocess
import sys
from pathlib import Path

from throwaway_postgres import throwaway_postgres

ROOT = Path(__file__).resolve().parent.parent
PROCESSES = (os.cpu_count() or 1) + 1


def main():
    os.chdir(ROOT)
    arguments = sys.argv[1:]
    subprocess.run([sys.executable, "manage.py", "compilemessages", "--locale", "vi", "--verbosity", "0"],
                   check=True, env=os.environ | {"DEBUG": "on"})  # fmt: skip
    failed = [name for name, run in (("SQLite", on_sqlite), ("PostgreSQL", on_postgres)) if run(arguments) != 0]
    if failed:
        sys.exit(f"Failed on {' and '.join(failed)}.")


def on_sqlite(arguments):
    return pytest("SQLite", {}, [*share("sqlite"), *arguments])


def on_postgres(arguments):
    with throwaway_postgres() as url:
        return pytest("PostgreSQL", {"DATABASE_URL": url}, [*share("postgresql"), *arguments])


def share(database):
    """Each database runs its share of the suite; with ALL in the environment both run all of it."""
    return [] if os.environ.get("ALL") else [f"--share={database}"]


def pytest(database, environment, arguments):
    print(f"\n— {database} —", flush=True)
    environment = os.environ | environment
    subprocess.run([sys.executable, "-m", "scripts.test_databases", str(PROCESSES)], env=environment, check=True)
    command = [sys.executable, "-m", "pytest", "--reuse-db", "--numprocesses", str(PROCESSES), "--dist", "loadscope"]
    return subprocess.run([*command, *arguments], env=environment, check=False).returncode


if __name__ == "__main__":
    main()
