"""Locks that end with the process which holds them, whatever ends it: they tell who is still at work."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import func, select

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from nmo_autofill.runs.journal import Journal


class Held(Protocol):
    """A lock that is ours."""

    def check(self) -> None:
        """Make sure that it still is. Raises the database's error when it may be somebody else's."""
        ...


class Locks(Protocol):
    """Locks by name, among all processes that share a journal."""

    @contextmanager
    def hold(self, name: str) -> Iterator[Held | None]:
        """Give the lock while the block runs, or None when somebody else has it."""
        ...

    def forget(self, name: str) -> None:
        """Remove what is left of a lock that nobody will ask for again."""
        ...


def locks_of(journal: Journal) -> Locks:
    """Return the locks of those who share this journal."""
    if journal.database.dialect.name == "sqlite":
        return FileLocks(journal.folder / "locks")
    return DatabaseLocks(journal.database)


class FileLocks:
    """A file a lock. SQLite's own locks are used: they are there on every system, and end with their process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def hold(self, name: str) -> Iterator[Held | None]:
        """Give the lock while the block runs, or None when somebody else has it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(name)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)) as database:
            try:
                database.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                yield None
                return
            yield FileLock()

    def forget(self, name: str) -> None:
        """Remove the lock's file."""
        with suppress(FileNotFoundError, PermissionError):  # somebody else removes it, or has it open (Windows)
            self._file(name).unlink()

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.lock"


class FileLock:
    """A lock on a file: nobody can take it away."""

    def check(self) -> None:
        """Do nothing."""


class DatabaseLock:
    """A lock that its connection holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(self) -> None:
        """Raise SQLAlchemyError when the connection is gone, and the lock with it."""
        self._connection.execute(select(1))


class DatabaseLocks:
    """Advisory locks of PostgreSQL: they end with their connection."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    @contextmanager
    def hold(self, name: str) -> Iterator[Held | None]:
        """Give the lock while the block runs, or None when somebody else has it."""
        number = func.hashtextextended(f"nmo_autofill/{name}", 0)
        with self._database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.execute(select(func.pg_try_advisory_lock(number))).scalar():
                yield None
                return
            try:
                yield DatabaseLock(connection)
            finally:
                if not connection.invalidated:
                    connection.execute(select(func.pg_advisory_unlock(number)))

    def forget(self, name: str) -> None:
        """Do nothing: the database keeps no lock that nobody holds."""
