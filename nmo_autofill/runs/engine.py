"""The durable engine (DBOS): people wait in its queue, and who was at work when a process died is taken up again.

What crosses its tables are digests, names of steps and outcomes, as JSON; never a personal value.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dbos import DBOS, SetWorkflowID, WorkflowSerializationFormat
from dbos._error import DBOSWorkflowCancelledError  # it has no public name (DBOS 3.4)
from pydantic import TypeAdapter
from sqlalchemy.exc import SQLAlchemyError

from nmo_autofill.errors import EngineError, JournalError, NmoAutofillError
from nmo_autofill.outcome import Difference, Outcome, StepOutcome
from nmo_autofill.runs.journal import complaint
from nmo_autofill.runs.locks import locks_of
from nmo_autofill.runs.queue import FINISHED, UNFINISHED
from nmo_autofill.runs.serializer import SERIALIZER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterable, Iterator

    from dbos import StepOptions, WorkflowStatus

    from nmo_autofill.runs.errand import Pace
    from nmo_autofill.runs.journal import Journal
    from nmo_autofill.runs.locks import Held, Locks

Steps = tuple[StepOutcome, ...]
# What came of a step. It is told whether this is the last attempt; an error before the last one is retried.
Taking = Callable[[bool], Awaitable[StepOutcome]]
# Takes a step once: what came of it is kept, and a process that goes on after a crash is given that.
Durably = Callable[[str, Taking], Awaitable[StepOutcome]]
# Runs a person (digest), so far, with steps that are taken durably.
RunPerson = Callable[[str, str, Durably], Awaitable[Steps]]

# Pinned: else waiting people would stay stuck, untold, after any edit of the workflow (engine-notes, trap 3).
_VERSION = "1"
_POLL_SECONDS = 0.2
_TAKE_OVER_SECONDS = 3
_ATTEMPTS = 4
_OUTCOMES = TypeAdapter(Steps)
# A process has one engine, whose workflows are found by name: they find us here.
_at_work: list[Engine] = []


@DBOS.workflow(name="person", serialization_type=WorkflowSerializationFormat.PORTABLE)
async def _person(person: str, until: str) -> list[dict[str, Any]]:
    steps = await _at_work[-1].run_person(person, until, _durably)
    _at_work[-1].news.set()
    return _plain(steps)


async def _durably(step: str, take: Taking) -> StepOutcome:
    taken_here: list[StepOutcome] = []

    async def attempt() -> list[dict[str, Any]]:
        status = DBOS.step_status
        last = status is None or (status.current_attempt or 0) + 1 >= _ATTEMPTS
        taken_here[:] = [await take(last)]
        return _plain(taken_here)

    options: StepOptions = {
        "name": step,
        "retries_allowed": True,
        "max_attempts": _ATTEMPTS,
        "interval_seconds": _at_work[-1].pace.retry_seconds,
        "should_retry": lambda error: isinstance(error, NmoAutofillError),
    }
    try:
        kept = await DBOS.run_step_async(options, attempt)
    except DBOSWorkflowCancelledError:
        raise asyncio.CancelledError from None
    (outcome,) = taken_here or _OUTCOMES.validate_python(kept)
    return outcome


def _plain(steps: Iterable[StepOutcome]) -> list[dict[str, Any]]:
    """Return outcomes as JSON has them, without the values of a document that differs."""
    unnamed = (
        replace(step, differences=tuple(Difference(other.field, "", "") for other in step.differences))
        for step in steps
    )
    return [asdict(step) for step in unnamed]


@dataclass
class Engine:
    """The engine while it runs, for the people of one portal whose profiles are here."""

    journal: Journal
    portal: str
    pace: Pace
    run_person: RunPerson
    executor: str
    queue: str
    presence: Held
    complaints: list[str]
    pause_heard: Callable[[bool], None] = lambda _: None
    news: asyncio.Event = field(default_factory=asyncio.Event)
    _waited: dict[str, str] = field(default_factory=dict)  # person by the name of the run
    _until: str = ""
    _waiting: int = 0
    _is_paused: bool = False

    async def widen(self, waiting: int) -> None:
        """Take so many people more than there are places: they wait for a person or a letter, and hold none."""
        self._waiting = waiting
        await self._set_places()

    async def _set_places(self) -> None:
        queue = await DBOS.retrieve_queue_async(self.queue)
        if queue is not None:
            await queue.set_worker_concurrency_async(0 if self._is_paused else self.pace.jobs + self._waiting)

    async def _heed_pause(self) -> None:
        is_paused = self.journal.paused(self.portal)
        if is_paused != self._is_paused:
            self._is_paused = is_paused
            await self._set_places()
            self.pause_heard(is_paused)

    async def put(self, people: Iterable[str], until: str) -> None:
        """Let these people (digests) be run so far; who is under way already, here or elsewhere, is waited for.

        An attempt that ended is followed by a new one: its steps look before they act.
        """
        await self._heed_pause()
        self._until = until
        wanted = {f"{self.portal}/{person}/": person for person in people}
        known = await DBOS.list_workflows_async(workflow_id_prefix=[*wanted], load_output=False)
        newest = {run.workflow_id[: run.workflow_id.rindex("/") + 1]: run for run in sorted(known, key=_attempt)}
        for prefix, person in wanted.items():
            await self._put(prefix, person, newest.get(prefix))

    async def _put(self, prefix: str, person: str, newest: WorkflowStatus | None) -> None:
        if newest is not None and newest.status == "ENQUEUED" and _until(newest) != self._until:
            await DBOS.cancel_workflow_async(newest.workflow_id)
        elif newest is not None and newest.status in UNFINISHED:
            self._waited[newest.workflow_id] = person
            if newest.status == "ENQUEUED" and newest.queue_name != self.queue:
                await DBOS.resume_workflow_async(newest.workflow_id, queue_name=self.queue)
            return
        name = f"{prefix}{_attempt(newest) + 1 if newest else 1}"
        with SetWorkflowID(name):
            await DBOS.enqueue_workflow_async(self.queue, _person, person, self._until)
        self._waited[name] = person

    async def ended(self) -> AsyncIterator[tuple[str, Steps]]:
        """Yield people (digests) as their runs end, here or elsewhere, until all have.

        Raises EngineError, JournalError.
        """
        beat = asyncio.get_running_loop().time
        looked = -float(_TAKE_OVER_SECONDS)
        while self._waited:
            if self.complaints:
                raise EngineError(what=self.complaints[0])
            self.presence.check()
            await self._heed_pause()
            if beat() - looked >= _TAKE_OVER_SECONDS:
                await self._take_over()
                looked = beat()
            for run in await DBOS.list_workflows_async(workflow_ids=[*self._waited], status=[*FINISHED]):
                person = self._waited.pop(run.workflow_id)
                if run.status == "SUCCESS" and _until(run) != self._until:
                    await self.put([person], self._until)
                else:
                    yield person, _steps(run)
            self.news.clear()
            await _heard(self.news)

    async def _take_over(self) -> None:
        """Let those be run again whose process died: the engine itself never would (engine-notes, trap 1)."""
        locks = locks_of(self.journal)
        with locks.hold("take-over") as ours:  # two who take over the same run would both run it
            if ours is None:
                return
            pending = await DBOS.list_workflows_async(
                workflow_ids=[*self._waited], status="PENDING", load_input=False, load_output=False
            )
            for executor in {run.executor_id for run in pending if run.executor_id} - {self.executor}:
                with locks.hold(executor) as held:
                    if held is not None:
                        theirs = [run.workflow_id for run in pending if run.executor_id == executor]
                        await DBOS.resume_workflows_async(theirs, queue_name=self.queue)
                if held is not None:
                    locks.forget(executor)


def _steps(run: WorkflowStatus) -> Steps:
    if run.status == "SUCCESS":
        return _OUTCOMES.validate_python(run.output)
    if run.status == "CANCELLED":
        return (StepOutcome("visit", Outcome.STOPPED, "step.cancelled"),)
    return (StepOutcome("visit", Outcome.FAILED, "step.our_fault"),)


def _attempt(run: WorkflowStatus) -> int:
    return int(run.workflow_id.rpartition("/")[2])


def _until(run: WorkflowStatus) -> str:
    if run.input is not None and not isinstance(run.input, dict):  # the engine gives what it could not read as it is
        raise EngineError(what="inputs")
    return str(run.input["args"][1]) if run.input else ""


async def _heard(news: asyncio.Event) -> None:
    """Wait for news; of what happens in another process there are none, so not for long."""
    try:
        async with asyncio.timeout(_POLL_SECONDS):
            await news.wait()
    except TimeoutError:
        return


@asynccontextmanager
async def engine(
    journal: Journal, portal: str, people: Collection[str], pace: Pace, run_person: RunPerson
) -> AsyncIterator[Engine]:
    """Start the engine for these people (digests) of a portal, and stop it.

    Who is at work then is taken up by the next engine for them.
    Raises JournalError, EngineError.
    """
    executor = secrets.token_hex(8)
    # Others' profiles are not here: only these people are taken from the database.
    queue = f"people-{journal.digest('/'.join([portal, *sorted(people)]))[:16]}"
    with _complaints() as complaints, _present(locks_of(journal), executor) as presence:
        try:
            _launch(journal, executor, queue)
            running = Engine(journal, portal, pace, run_person, executor, queue, presence, complaints)
            _at_work.append(running)
            await DBOS.register_queue_async(
                queue,
                worker_concurrency=0 if journal.paused(portal) else pace.jobs,
                limiter={"limit": 1, "period": pace.seconds} if pace.seconds else None,
                polling_interval_sec=_POLL_SECONDS,
                on_conflict="always_update",
            )
            yield running
        except SQLAlchemyError as error:
            raise JournalError(path=journal.where, what=complaint(error)) from None
        finally:
            _at_work.clear()
            await asyncio.to_thread(DBOS.destroy)


@contextmanager
def _present(locks: Locks, executor: str) -> Iterator[Held]:
    """Be known as at work while the block runs; `executor` is a name that nobody else has."""
    try:
        with locks.hold(executor) as presence:
            if presence is None:
                raise EngineError(what="executor")
            yield presence
    finally:
        locks.forget(executor)


def _launch(journal: Journal, executor: str, queue: str) -> None:
    """Launch the engine in the running loop: workflows, steps and the browser then share it (engine-notes, trap 4)."""
    DBOS(
        config={
            "name": "nmo_autofill",
            "system_database_engine": journal.database,
            "application_version": _VERSION,
            "executor_id": executor,
            "log_level": "ERROR",
            "serializer": SERIALIZER,
            "notification_listener_polling_interval_sec": _POLL_SECONDS,
        }
    )
    DBOS.listen_queues([queue])
    DBOS.launch()


class _Ear(logging.Handler):
    """Keeps what the engine complains of: the kind of error only, its sentences can hold anything."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        self.heard.append(kind.__name__ if kind else record.funcName or record.name)


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Listen to the engine's log, which else would go to the terminal."""
    ear, logger = _Ear(), logging.getLogger("dbos")
    before = logger.handlers[:]
    logger.handlers[:] = [ear]
    logger.propagate = False
    try:
        yield ear.heard
    finally:
        logger.handlers[:] = before
