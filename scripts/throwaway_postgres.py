"""A PostgreSQL cluster of our own: made in a temporary folder, on a free port, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

UNPRIVILEGED = "postgres"


@contextmanager
def throwaway_postgres():
    """Yields the DATABASE_URL of a fresh cluster. A server that is already there is never touched."""
    binaries = _newest_binaries()
    folder = Path(tempfile.mkdtemp(prefix="hoiam-postgres-"))
    port = _free_port()
    server = _Cluster(binaries, folder, port)
    try:
        server.start()
        yield f"postgres://hoiam@127.0.0.1:{port}/postgres"
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class _Cluster:
    def __init__(self, binaries, folder, port):
        self.binaries, self.folder, self.port = binaries, folder, port
        self.data = folder / "data"
        self.as_user = UNPRIVILEGED if os.geteuid() == 0 else None
        if self.as_user:
            owner = pwd.getpwnam(self.as_user)
            os.chown(folder, owner.pw_uid, owner.pw_gid)

    def start(self):
        self._run("initdb", "--pgdata", self.data, "--username", "hoiam", "--auth", "trust", "--encoding", "UTF8",
                  "--locale", "C.UTF-8", "--no-sync")  # fmt: skip
        # Throwaway data needs no safety: not waiting for the disk makes the tests several times faster.
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 300,
        }
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._run(
            "pg_ctl", "--pgdata", self.data, "--wait", "--log", self.folder / "log", "--options", options, "start"
        )

    def stop(self):
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "--pgdata", self.data, "--mode", "immediate", "--wait", "stop")

    def _run(self, program, *arguments):
        command = [self.binaries / program, *arguments]
        subprocess.run(
            [str(part) for part in command],
            check=True,
            user=self.as_user,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
        )


def _newest_binaries():
    """Debian keeps each version in a folder of its own."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        raise SystemExit("PostgreSQL is missing: install the package postgresql.")
    return found[-1]


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
