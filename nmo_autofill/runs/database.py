"""The database of runs: an SQLite file in the run folder, or PostgreSQL where several machines share a group."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from nmo_autofill.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

FILE = "journal.sqlite"
_SECONDS_TO_WAIT = 30  # until another process has written
_ON_CONNECT = (
    f"PRAGMA busy_timeout={_SECONDS_TO_WAIT * 1000}",
    "PRAGMA journal_mode=WAL",  # those who read do not wait for those who write
    "PRAGMA synchronous=FULL",  # a press that is about to be made must be known also after the power failed
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


def open_database(folder: Path, address: str | None = None) -> Engine:
    """Return the database at `address` (`postgresql://…`), else the file in the folder, readable by its owner only.

    Nobody is connected to yet. Raises OSError when the file cannot be made, UsageError for an address
    that is none of PostgreSQL's, or that bears a password: arguments are seen by everybody on the computer.
    """
    if address:
        return _postgresql(address)
    file = folder / FILE
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))  # SQLite gives the files beside it the same rights
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _prepare)
    return engine


def _postgresql(address: str) -> Engine:
    try:
        url = make_url(address)
    except ArgumentError:
        raise UsageError(what="--database postgresql://USER@HOST:PORT/NAME") from None
    if url.get_backend_name() != "postgresql" or url.password is not None:
        raise UsageError(what="--database postgresql://USER@HOST:PORT/NAME (PGPASSWORD, ~/.pgpass)")
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 (the driver's own connection)
    connection.isolation_level = "IMMEDIATE"  # who is going to write waits at the beginning, not in the middle
    for statement in _ON_CONNECT:
        connection.execute(statement)
