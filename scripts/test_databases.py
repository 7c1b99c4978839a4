"""The test database, made once and copied: one for each of the processes that share a run of the suite.

usage: python -m scripts.test_databases <number of processes>, with DATABASE_URL as the tests have it. They bear the
names pytest-django looks for; `--reuse-db` makes it take them.
"""

import os
import shutil
import sys
from pathlib import Path


def main(processes):
    from django.db import connection  # noqa: PLC0415 — the settings are read by then

    creation = connection.creation
    plain = creation._get_test_db_name()
    first, *others = (f"{plain}_gw{number}" for number in range(processes))
    connection.settings_dict["TEST"]["NAME"] = first
    forget(creation, first)
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    for other in others:
        copy(creation, first, other)


def copy(creation, first, other):
    if creation.connection.vendor == "sqlite":
        forget(creation, other)
        shutil.copy(first, other)
        return
    with creation._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{other}" TEMPLATE "{first}"')


def forget(creation, name):
    """What a run that was cut off left beside its database on disk."""
    if creation.connection.vendor == "sqlite":
        for rest in ("-wal", "-shm"):
            Path(name + rest).unlink(missing_ok=True)


if __name__ == "__main__":
    import django

    import tests.environment  # noqa: F401 — what the settings are to be read with

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(int(sys.argv[1]))
