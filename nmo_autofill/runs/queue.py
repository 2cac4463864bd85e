"""The people who are not done yet, as the engine's tables know them; for those who look on from another process."""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from dbos import DBOSClient
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from nmo_autofill.errors import JournalError
from nmo_autofill.runs.journal import complaint
from nmo_autofill.runs.serializer import SERIALIZER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from dbos import WorkflowStatus

    from nmo_autofill.runs.journal import Journal

_TABLE = "workflow_status"


class Stage(StrEnum):
    """How far somebody is who is not done."""

    QUEUED = "queued"
    AT_WORK = "at_work"


_STAGES = {"ENQUEUED": Stage.QUEUED, "DELAYED": Stage.QUEUED, "PENDING": Stage.AT_WORK}
UNFINISHED = frozenset(_STAGES)
FINISHED = ("SUCCESS", "ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED", "CANCELLED")


def unfinished(journal: Journal) -> dict[tuple[str, str], Stage]:
    """Return those who are not done, by portal and digest. Raises JournalError."""
    with _client(journal) as client:
        return {_who(run.workflow_id): _STAGES[run.status] for run in _runs(client, UNFINISHED)}


def cancel(journal: Journal, portal: str, people: Collection[str] | None = None) -> int:
    """Take people (digests; everybody when there are none) out of the queue, and break off who is at work.

    Returns how many. Raises JournalError.
    """
    with _client(journal) as client:
        runs = [run.workflow_id for run in _runs(client, UNFINISHED)]
        names = [name for name in runs if _is_meant(*_who(name), portal, people)]
        if client and names:
            client.cancel_workflows(names)
        return len(names)


def erase(journal: Journal, before: datetime) -> int:
    """Erase the runs that ended and were begun before a moment; return how many. Raises JournalError."""
    with _client(journal) as client:
        names = [run.workflow_id for run in _runs(client, FINISHED, end_time=before.isoformat())]
        if client and names:
            client.delete_workflows(names, delete_children=True)
        return len(names)


def _runs(client: DBOSClient | None, status: Iterable[str], end_time: str | None = None) -> Sequence[WorkflowStatus]:
    if client is None:
        return ()
    return client.list_workflows(status=[*status], end_time=end_time, load_input=False, load_output=False)


def _is_meant(at: str, person: str, portal: str, people: Collection[str] | None) -> bool:
    return at == portal and (people is None or person in people)


def _who(name: str) -> tuple[str, str]:
    portal, person, _ = name.rsplit("/", 2)
    return portal, person


@contextmanager
def _client(journal: Journal) -> Iterator[DBOSClient | None]:
    """Give access to the engine's tables, or None where no run has made them yet."""
    try:
        schema = None if journal.database.dialect.name == "sqlite" else "dbos"
        if not inspect(journal.database).has_table(_TABLE, schema=schema):
            yield None
            return
        client = DBOSClient(
            system_database_engine=journal.database,
            serializer=SERIALIZER,
            retry_connection_errors=False,
        )
        try:
            yield client
        finally:
            client.destroy()
    except SQLAlchemyError as error:
        raise JournalError(path=journal.where, what=complaint(error)) from None
