"""The journal: what was pressed and what came of it, by a keyed digest of the person, without personal data."""

from __future__ import annotations

import hmac
import os
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from nmo_autofill.outcome import WELL
from nmo_autofill.source import Source

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from nmo_autofill.outcome import StepOutcome

_TABLES = """
CREATE TABLE IF NOT EXISTS step (
    run TEXT, portal TEXT, person TEXT, file TEXT, line INTEGER, step TEXT, outcome TEXT, reason TEXT, at TEXT);
CREATE TABLE IF NOT EXISTS press (
    portal TEXT, person TEXT, step TEXT, at TEXT, PRIMARY KEY (portal, person, step));
CREATE TABLE IF NOT EXISTS follow_up (
    portal TEXT, person TEXT, file TEXT, line INTEGER, at TEXT, PRIMARY KEY (portal, person));
"""
_KEY_BYTES = 32


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
    """An SQLite file in a folder that only its owner may read. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._key = _key(folder / "digest.key")
        self._database = sqlite3.connect(_private(folder / "journal.sqlite"))
        self._database.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._database.close()

    def digest(self, snils: str) -> str:
        """Return the keyed digest (HMAC-SHA-256) of a person.

        Without the key nobody can try out the thousand million СНИЛС against the journal.
        """
        return hmac.new(self._key, snils.encode(), "sha256").hexdigest()

    def pressing(self, subject: Subject, step: str) -> None:
        """Write down, before the press, that it is about to be made."""
        with self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO press VALUES (?, ?, ?, ?)", (subject.portal, subject.person, step, _now())
            )

    def unsettled_press(self, subject: Subject, step: str) -> datetime | None:
        """Return when a press was made of which nobody knows what came of it, or None."""
        row = self._database.execute(
            "SELECT at FROM press WHERE portal = ? AND person = ? AND step = ?", (subject.portal, subject.person, step)
        ).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def settled(self, subject: Subject, step: str) -> None:
        """Write down that it is known what came of the press."""
        with self._database:
            self._database.execute(
                "DELETE FROM press WHERE portal = ? AND person = ? AND step = ?", (subject.portal, subject.person, step)
            )

    def record(self, run: str, subject: Subject, step: StepOutcome) -> None:
        """Write down what became of a step."""
        source = subject.source
        row = (run, subject.portal, subject.person, source.file, source.line)
        with self._database:
            self._database.execute(
                "INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, step.step, step.outcome, step.reason, _now()),
            )

    def done(self, subject: Subject, step: str) -> bool:
        """Tell whether the step ended well at this portal in any run."""
        row = self._database.execute(
            "SELECT 1 FROM step WHERE portal = ? AND person = ? AND step = ? AND outcome IN (?, ?)",
            (subject.portal, subject.person, step, *WELL),
        ).fetchone()
        return row is not None

    def owe(self, subject: Subject) -> None:
        """Write down that real numbers must follow for this person."""
        row = (subject.portal, subject.person, subject.source.file, subject.source.line, _now())
        with self._database:
            self._database.execute("INSERT OR IGNORE INTO follow_up VALUES (?, ?, ?, ?, ?)", row)

    def follow_ups(self) -> tuple[FollowUp, ...]:
        """Return the people whose real numbers are owed, the oldest first."""
        rows = self._database.execute("SELECT portal, person, file, line, at FROM follow_up ORDER BY at, file, line")
        return tuple(FollowUp(portal, person, Source(file, line), at) for portal, person, file, line, at in rows)


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
    return path.read_bytes()
