"""A private PostgreSQL on loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.sql import SQL, Identifier

from tests.letters.dovecot import free_port
from tests.packages import provide

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
SECONDS = 60
# Debian keeps the servers of several versions beside each other, out of PATH.
FOLDERS = [f"/usr/lib/postgresql/{version}/bin" for version in range(20, 12, -1)]


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Start a cluster of its own and give its address."""
    initdb = Path(provide("initdb", "postgresql", *FOLDERS))
    home = Path(tempfile.mkdtemp(prefix="postgresql-", dir="/tmp"))
    # It refuses to run as root.
    user: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    if user:
        entry = pwd.getpwnam("postgres")
        os.chown(home, entry.pw_uid, entry.pw_gid)
    port, data = free_port(), home / "data"
    try:
        subprocess.run(  # noqa: S603 (Debian's own program)
            [initdb, "--pgdata", data, "--auth", "trust", "--username", "nmo", "--no-sync"],
            cwd=home, check=True, capture_output=True, timeout=SECONDS, **user,
        )  # fmt: skip
        settings = {"port": port, "listen_addresses": HOST, "unix_socket_directories": home, "fsync": "off"}
        options = [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]
        log = home / "log"  # a pipe that nobody reads would fill up, and then the server waits
        with (
            log.open("wb") as said,
            subprocess.Popen(  # noqa: S603 (the same)
                [initdb.with_name("postgres"), "-D", data, *options], cwd=home, stderr=said, **user
            ) as server,
        ):
            try:
                _await_ready(server, log)
                yield f"postgresql://nmo@{HOST}:{port}/postgres"
            finally:
                server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
                server.wait(timeout=SECONDS)
    finally:
        shutil.rmtree(home)


def _await_ready(server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS
    while "ready to accept connections" not in (said := log.read_text("utf-8", "replace")):
        assert server.poll() is None, said
        assert time.monotonic() < end, said
        time.sleep(0.05)  # noqa: TID251 (a log tells nobody that it has grown)


def fresh_database(server: str, name: str) -> str:
    """Make a database on the server, and return its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return f"{server.rpartition('/')[0]}/{name}"
