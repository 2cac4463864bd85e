"""The journal: what was pressed and what came of it, by a keyed digest of the person, without personal data."""

from __future__ import annotations

import hmac
import os
import secrets
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from nmo_autofill.errors import JournalError, PressUnderWayError
from nmo_autofill.outcome import WELL, Outcome
from nmo_autofill.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from nmo_autofill.outcome import StepOutcome

_TABLES = {
    "step": """run TEXT, portal TEXT, person TEXT, file TEXT, line INTEGER,
        step TEXT, outcome TEXT, reason TEXT, at TEXT""",
    "press": "portal TEXT, person TEXT, step TEXT, at TEXT, presser TEXT, PRIMARY KEY (portal, person, step)",
    "follow_up": "portal TEXT, person TEXT, file TEXT, line INTEGER, at TEXT, PRIMARY KEY (portal, person)",
}
_SETTLE = "DELETE FROM press WHERE portal = ? AND person = ? AND step = ?"
_NEWEST = 2**63 - 1  # of SQLite's row numbers
_KEY_BYTES = 32
_SECONDS_TO_WAIT = 30  # until another process has written


class Presser(StrEnum):
    """Who makes a press: a person is waited for without limit, so their press can still be to come."""

    TOOL = "tool"
    PERSON = "person"


@dataclass(frozen=True)
class Press:
    """A press of which nobody knows what came of it: when it was about to be made, and by whom."""

    at: datetime
    presser: Presser


@dataclass(frozen=True)
class Subject:
    """Whom an entry of the journal is about: the portal's name, the digest of the person, the profile's place."""

    portal: str
    person: str
    source: Source


@dataclass(frozen=True)
class FollowUp:
    """A person whose record has zeros on a portal since a day (ISO 8601, UTC)."""

    portal: str
    person: str
    source: Source
    at: str


class Journal:
    """An SQLite file in a folder that only its owner may read. Use as a context manager.

    Several processes may write into one journal. Every method raises JournalError when the file cannot be read or
    written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "journal.sqlite"
        self._looked: dict[tuple[str, str, str], int] = {}
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._database = sqlite3.connect(_private(self._path), timeout=_SECONDS_TO_WAIT)
        except (OSError, sqlite3.Error) as error:
            raise self._error(error) from None
        try:
            self._key = self._prepared(folder / "digest.key")
        except JournalError:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._database.close()

    def digest(self, snils: str) -> str:
        """Return the keyed digest (HMAC-SHA-256) of a person.

        Without the key nobody can try out the thousand million СНИЛС against the journal.
        """
        return hmac.new(self._key, snils.encode(), "sha256").hexdigest()

    def looking(self, subject: Subject, step: str) -> None:
        """Remember that somebody begins to look whether the step is done already: what is done later they may miss."""
        ((newest,),) = self._execute("SELECT coalesce(max(rowid), 0) FROM step")
        self._looked[subject.portal, subject.person, step] = newest

    def pressing(self, subject: Subject, step: str, presser: Presser) -> None:
        """Write down, before the press, that it is about to be made.

        Raises PressUnderWayError when another run of the same person got here first: nobody knows yet what came of its
        press, or it has ended the step since we began to look.
        """
        who = (subject.portal, subject.person, step)
        taken = self._execute(
            "INSERT INTO press (portal, person, step, at, presser) SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS"
            " (SELECT 1 FROM step WHERE portal = ? AND person = ? AND step = ? AND outcome IN (?, ?) AND rowid > ?)"
            " ON CONFLICT DO NOTHING RETURNING step",
            (*who, _now(), presser, *who, *WELL, self._looked.get(who, _NEWEST)),
        )
        if not taken:
            raise PressUnderWayError

    def unsettled_press(self, subject: Subject, step: str) -> Press | None:
        """Return the press of which nobody knows what came of it, or None."""
        rows = self._execute(
            "SELECT at, presser FROM press WHERE portal = ? AND person = ? AND step = ?",
            (subject.portal, subject.person, step),
        )
        return Press(datetime.fromisoformat(rows[0][0]), Presser(rows[0][1] or Presser.TOOL)) if rows else None

    def unsettled(self, subject: Subject) -> bool:
        """Tell whether any press for this person is unsettled."""
        return bool(
            self._execute("SELECT 1 FROM press WHERE portal = ? AND person = ?", (subject.portal, subject.person))
        )

    def settled(self, subject: Subject, step: str) -> None:
        """Write down that it is known what came of the press."""
        self._execute(_SETTLE, (subject.portal, subject.person, step))

    def record(self, run: str, subject: Subject, step: StepOutcome) -> None:
        """Write down what became of a step; one that ended well settles its press.

        Both at once: between them another run would see neither the press nor what came of it.
        """
        row = (run, subject.portal, subject.person, subject.source.file, subject.source.line)
        with self._writing() as database:
            database.execute(
                "INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, step.step, step.outcome, step.reason, _now()),
            )
            if step.well:
                database.execute(_SETTLE, (subject.portal, subject.person, step.step))

    def last(self, subject: Subject, step: str) -> Outcome | None:
        """Return what became of the step at this portal the last time, or None."""
        rows = self._execute(
            "SELECT outcome FROM step WHERE portal = ? AND person = ? AND step = ? ORDER BY rowid DESC LIMIT 1",
            (subject.portal, subject.person, step),
        )
        return Outcome(rows[0][0]) if rows else None

    def done(self, subject: Subject, step: str) -> bool:
        """Tell whether the step ended well at this portal in any run."""
        rows = self._execute(
            "SELECT 1 FROM step WHERE portal = ? AND person = ? AND step = ? AND outcome IN (?, ?) LIMIT 1",
            (subject.portal, subject.person, step, *WELL),
        )
        return bool(rows)

    def paid(self, subject: Subject) -> None:
        """Write down that the portal has this person's real numbers."""
        self._execute("DELETE FROM follow_up WHERE portal = ? AND person = ?", (subject.portal, subject.person))

    def owe(self, subject: Subject) -> None:
        """Write down that real numbers must follow for this person, and where the profile stands now."""
        row = (subject.portal, subject.person, subject.source.file, subject.source.line, _now())
        self._execute(
            "INSERT INTO follow_up VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET file = excluded.file, line = excluded.line",
            row,
        )

    def follow_ups(self) -> tuple[FollowUp, ...]:
        """Return the people whose real numbers are owed, the oldest first."""
        rows = self._execute("SELECT portal, person, file, line, at FROM follow_up ORDER BY at, file, line")
        return tuple(FollowUp(portal, person, Source(file, line), at) for portal, person, file, line, at in rows)

    def _prepared(self, key: Path) -> bytes:
        """Make the tables, and return the key; of two processes that begin at once, one makes it."""
        try:
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                for table, columns in _TABLES.items():
                    self._database.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
                if "presser" not in {row[1] for row in self._database.execute("PRAGMA table_info(press)")}:
                    self._database.execute("ALTER TABLE press ADD COLUMN presser TEXT")  # a journal of version 0.1
                return _key(key)
        except (OSError, sqlite3.Error) as error:
            raise self._error(error) from None

    def _execute(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._writing() as database:
            return database.execute(statement, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Give the database for one transaction."""
        try:
            with self._database:
                yield self._database
        except sqlite3.Error as error:
            raise self._error(error) from None

    def _error(self, error: OSError | sqlite3.Error) -> JournalError:
        what = error.strerror if isinstance(error, OSError) else getattr(error, "sqlite_errorname", "")
        return JournalError(path=str(self._path), what=what or type(error).__name__)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _private(path: Path) -> Path:
    """Make the file readable by its owner only before anything is written into it."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return path


def _key(path: Path) -> bytes:
    _private(path)
    if not path.stat().st_size:
        path.write_bytes(secrets.token_bytes(_KEY_BYTES))
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise OSError(0, path.name)  # with another key nobody in the journal would be known again
    return key
