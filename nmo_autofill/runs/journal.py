"""The journal: what was pressed and what came of it, by a keyed digest of the person, without personal data."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, delete, func, insert, select, tuple_, update
from sqlalchemy.exc import SQLAlchemyError

from nmo_autofill.browser.operator import Presser
from nmo_autofill.errors import JournalError, KeyDiffersError, PressUnderWayError
from nmo_autofill.outcome import WELL, Outcome, StepOutcome
from nmo_autofill.runs.database import FILE, open_database
from nmo_autofill.runs.digest import KEY_FILE, digest, read_key
from nmo_autofill.source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    from sqlalchemy import ColumnElement, Connection, Engine, Result, Select


def _named(*names: str, keys: int = 0) -> list[Column[str]]:
    return [Column(name, Text, primary_key=number < keys) for number, name in enumerate(names)]


_TABLES = MetaData()
_STEP = Table(
    "step",
    _TABLES,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),  # in the order of writing
    *_named("run", "portal", "person", "file"),
    Column("line", Integer),
    *_named("step", "outcome", "reason", "at"),
)
_PRESS = Table("press", _TABLES, *_named("portal", "person", "step", "at", "presser", keys=3))
_FOLLOW_UP = Table("follow_up", _TABLES, *_named("portal", "person", "file", "at", keys=2), Column("line", Integer))
_DAY = Table("day", _TABLES, *_named("portal", "day", "person", keys=3))
_PAUSE = Table("pause", _TABLES, *_named("portal", "at", keys=1))
_ERASURE = Table("erasure", _TABLES, *_named("at", "before"), Column("steps", Integer), Column("runs", Integer))
_KEY_SAMPLE = Table("key_sample", _TABLES, *_named("sample", keys=1))

_NEWEST = 2**63 - 1  # of the numbers of rows: who has not looked cannot have missed anything


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


@dataclass(frozen=True)
class Standing:
    """What became of a person's newest step, and when (ISO 8601)."""

    subject: Subject
    step: StepOutcome
    at: str


@dataclass(frozen=True)
class Erasure:
    """What was erased: when, what was older than when (ISO 8601), and how many steps of people and runs."""

    at: str
    before: str
    steps: int
    runs: int


class Journal:
    """An SQLite file in a folder that only its owner may read, or a PostgreSQL database. Use as a context manager.

    Several processes may write into one journal. Every method raises JournalError when it cannot be read or written.
    """

    def __init__(self, folder: Path, address: str | None = None) -> None:
        """Open the journal.

        Raises UsageError for an address that is no PostgreSQL's, KeyDiffersError when another machine began it with
        another key: nobody would be known again.
        """
        self.folder = folder
        self._looked: dict[tuple[str, str, str], int] = {}
        self.where = address or str(folder / FILE)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.database: Engine = open_database(folder, address)
            self._key = read_key(folder)
        except OSError as error:
            raise JournalError(path=self.where, what=error.strerror or str(error)) from None
        try:
            self._prepare()
        except (JournalError, KeyDiffersError):
            self.database.dispose()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.database.dispose()

    def digest(self, snils: str) -> str:
        """Return the keyed digest of a person."""
        return digest(self._key, snils)

    def looking(self, subject: Subject, step: str) -> None:
        """Remember that somebody begins to look whether the step is done already: what is done later they may miss."""
        newest = self._read(select(func.coalesce(func.max(_STEP.c.id), 0))).scalar_one()
        self._looked[subject.portal, subject.person, step] = newest

    def pressing(self, subject: Subject, step: str, presser: Presser) -> None:
        """Write down, before the press, that it is about to be made.

        Raises PressUnderWayError when another run of the same person got here first: nobody knows yet what came of its
        press, or it has ended the step since we began to look.
        """
        looked = self._looked.get((subject.portal, subject.person, step), _NEWEST)
        ended = (*_about(_STEP, subject, step), _STEP.c.outcome.in_(WELL), _STEP.c.id > looked)
        with self._writing(subject) as database:
            pressed = database.execute(select(_PRESS).where(*_about(_PRESS, subject, step))).first()
            if pressed or database.execute(select(_STEP.c.id).where(*ended)).first():
                raise PressUnderWayError
            row = {**_who(subject), "step": step, "at": _now(), "presser": presser.value}
            database.execute(insert(_PRESS).values(row))

    def begin(self, subject: Subject, day: date, most: int) -> bool:
        """Count somebody among those who are begun on a day at a portal, unless there are so many already.

        Tells whether they are among them: two processes never begin more than `most` together.
        """
        of_day = _DAY.c.portal == subject.portal, _DAY.c.day == day.isoformat()
        with self._told(), self.database.begin() as database:
            _be_alone(database, f"{subject.portal}/days")
            begun = {*database.execute(select(_DAY.c.person).where(*of_day)).scalars()}
            if subject.person not in begun and len(begun) < most:
                database.execute(insert(_DAY).values({**_who(subject), "day": day.isoformat()}))
                return True
        return subject.person in begun

    def unsettled_press(self, subject: Subject, step: str) -> Press | None:
        """Return the press of which nobody knows what came of it, or None."""
        row = self._read(select(_PRESS.c.at, _PRESS.c.presser).where(*_about(_PRESS, subject, step))).first()
        return Press(datetime.fromisoformat(row.at), Presser(row.presser)) if row else None

    def unsettled(self, subject: Subject) -> bool:
        """Tell whether any press for this person is unsettled."""
        return self._read(select(_PRESS.c.step).where(*_about(_PRESS, subject))).first() is not None

    def settled(self, subject: Subject, step: str) -> None:
        """Write down that it is known what came of the press."""
        with self._writing(subject) as database:
            database.execute(delete(_PRESS).where(*_about(_PRESS, subject, step)))

    def record(self, run: str, subject: Subject, step: StepOutcome) -> None:
        """Write down what became of a step; one that ended well settles its press.

        Both at once: between them another run would see neither the press nor what came of it.
        """
        told = {"run": run, "step": step.step, "outcome": step.outcome.value, "reason": step.reason, "at": _now()}
        with self._writing(subject) as database:
            database.execute(insert(_STEP).values({**_who(subject), **_place(subject), **told}))
            if step.well:
                database.execute(delete(_PRESS).where(*_about(_PRESS, subject, step.step)))

    def last(self, subject: Subject, step: str) -> Outcome | None:
        """Return what became of the step at this portal the last time, or None."""
        of_step = select(_STEP.c.outcome).where(*_about(_STEP, subject, step)).order_by(_STEP.c.id.desc())
        row = self._read(of_step.limit(1)).first()
        return Outcome(row.outcome) if row else None

    def done(self, subject: Subject, step: str) -> bool:
        """Tell whether the step ended well at this portal in any run."""
        well = select(_STEP.c.id).where(*_about(_STEP, subject, step), _STEP.c.outcome.in_(WELL))
        return self._read(well.limit(1)).first() is not None

    def done_at(self, subject: Subject, step: str) -> datetime | None:
        """Return when the step was done at this portal, by the journal, or None."""
        done = select(func.max(_STEP.c.at)).where(*_about(_STEP, subject, step), _STEP.c.outcome == Outcome.DONE)
        at = self._read(done).scalar()
        return datetime.fromisoformat(at) if at else None

    def letters_since(self, portal: str, people: Collection[str]) -> datetime | None:
        """Return when the first of these people (digests) was registered who has not signed in since, or None."""
        of_these = _STEP.c.portal == portal, _STEP.c.person.in_(people)
        entered = select(_STEP.c.person).where(*of_these, _STEP.c.step == "sign_in", _STEP.c.outcome.in_(WELL))
        begun = select(func.min(_STEP.c.at)).where(*of_these, _STEP.c.person.not_in(entered))
        at = self._read(begun).scalar()
        return datetime.fromisoformat(at) if at else None

    def pause(self, portal: str) -> None:
        """Let nobody more be begun at this portal, by whichever process."""
        with self._told(), self.database.begin() as database:
            _be_alone(database, "pausing")
            if not database.execute(select(_PAUSE.c.at).where(_PAUSE.c.portal == portal)).first():
                database.execute(insert(_PAUSE).values(portal=portal, at=_now()))

    def resume(self, portal: str) -> bool:
        """End the pause; tell whether there was one."""
        with self._told(), self.database.begin() as database:
            return bool(database.execute(delete(_PAUSE).where(_PAUSE.c.portal == portal)).rowcount)

    def paused(self, portal: str) -> bool:
        """Tell whether nobody more is to be begun at this portal."""
        return self._read(select(_PAUSE.c.at).where(_PAUSE.c.portal == portal)).first() is not None

    def standings(self) -> tuple[Standing, ...]:
        """Return everybody's newest step at each portal, the oldest first."""
        newest = select(func.max(_STEP.c.id)).group_by(_STEP.c.portal, _STEP.c.person)
        rows = self._read(select(_STEP).where(_STEP.c.id.in_(newest)).order_by(_STEP.c.id))
        return tuple(
            Standing(
                Subject(row.portal, row.person, Source(row.file, row.line)),
                StepOutcome(row.step, Outcome(row.outcome), row.reason),
                row.at,
            )
            for row in rows
        )

    def not_well(self, portal: str) -> frozenset[str]:
        """Return the people (digests) at a portal whose newest step did not end well."""
        here = (standing for standing in self.standings() if standing.subject.portal == portal)
        return frozenset(standing.subject.person for standing in here if not standing.step.well)

    def erase(self, before: datetime, runs: int) -> int:
        """Erase the steps of people about whom nothing was written since a moment, and write that down.

        Presses of which nobody knows the end, and debts, stay: without them somebody could be entered twice, or
        forgotten. `runs`: how many the engine erased. Returns how many steps.
        """
        moment = before.astimezone(UTC).isoformat(timespec="seconds")
        newest = select(_STEP.c.portal, _STEP.c.person).group_by(_STEP.c.portal, _STEP.c.person)
        old = newest.having(func.max(_STEP.c.at) < moment).subquery()
        of_old = tuple_(_STEP.c.portal, _STEP.c.person).in_(select(old.c.portal, old.c.person))
        with self._told(), self.database.begin() as database:
            _be_alone(database, "erasing")
            steps = database.execute(delete(_STEP).where(of_old)).rowcount
            database.execute(delete(_DAY).where(_DAY.c.day < f"{before.astimezone():%Y-%m-%d}"))
            row = {"at": _now(), "before": moment, "steps": steps, "runs": runs}
            database.execute(insert(_ERASURE).values(row))
        with self._told(), self.database.connect().execution_options(isolation_level="AUTOCOMMIT") as database:
            database.exec_driver_sql("VACUUM")  # else what was erased can be read from the file
            if database.dialect.name == "sqlite":
                database.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return steps

    def erasures(self) -> tuple[Erasure, ...]:
        """Return what was erased so far, the oldest first."""
        rows = self._read(select(_ERASURE).order_by(_ERASURE.c.at))
        return tuple(Erasure(row.at, row.before, row.steps, row.runs) for row in rows)

    def paid(self, subject: Subject) -> None:
        """Write down that the portal has this person's real numbers."""
        with self._writing(subject) as database:
            database.execute(delete(_FOLLOW_UP).where(*_about(_FOLLOW_UP, subject)))

    def owe(self, subject: Subject) -> None:
        """Write down that real numbers must follow for this person, and where the profile stands now."""
        with self._writing(subject) as database:
            moved = database.execute(update(_FOLLOW_UP).where(*_about(_FOLLOW_UP, subject)).values(_place(subject)))
            if not moved.rowcount:
                row = {**_who(subject), **_place(subject), "at": _now()}
                database.execute(insert(_FOLLOW_UP).values(row))

    def follow_ups(self) -> tuple[FollowUp, ...]:
        """Return the people whose real numbers are owed, the oldest first."""
        owed = _FOLLOW_UP.c
        rows = self._read(select(_FOLLOW_UP).order_by(owed.at, owed.file, owed.line))
        return tuple(FollowUp(row.portal, row.person, Source(row.file, row.line), row.at) for row in rows)

    def _prepare(self) -> None:
        """Make the tables, and hold our key against the one with which the journal was begun."""
        sample = digest(self._key, "sample")
        with self._told(), self.database.begin() as database:
            _be_alone(database, "preparing")
            _TABLES.create_all(database)
            known = database.execute(select(_KEY_SAMPLE.c.sample)).scalar()
            if known is None:
                database.execute(insert(_KEY_SAMPLE).values(sample=sample))
        if known not in {None, sample}:
            raise KeyDiffersError(path=self.where, key=str(self.folder / KEY_FILE))

    def _read(self, statement: Select[Any]) -> Result[Any]:
        with self._told(), self.database.connect() as database:
            return database.execute(statement).freeze()()

    @contextmanager
    def _writing(self, subject: Subject) -> Iterator[Connection]:
        """Give the database for one transaction about a person, alone."""
        with self._told(), self.database.begin() as database:
            _be_alone(database, f"{subject.portal}/{subject.person}")
            yield database

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise JournalError(path=self.where, what=complaint(error)) from None


def _be_alone(database: Connection, about: str) -> None:
    """Let nobody else write about this until the transaction ends: what is read in it holds for what is written."""
    if database.dialect.name == "sqlite":
        database.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        database.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(about, 0))))


def complaint(error: SQLAlchemyError) -> str:
    """Return the database's name for what is wrong; its sentences may repeat values."""
    original = getattr(error, "orig", None)
    name = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    return name or type(original or error).__name__


def _about(table: Table, subject: Subject, step: str = "") -> Iterator[ColumnElement[bool]]:
    yield table.c.portal == subject.portal
    yield table.c.person == subject.person
    if step:
        yield table.c.step == step


def _who(subject: Subject) -> dict[str, str]:
    return {"portal": subject.portal, "person": subject.person}


def _place(subject: Subject) -> dict[str, str | int | None]:
    return {"file": subject.source.file, "line": subject.source.line}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
