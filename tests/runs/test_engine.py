"""Durable runs: what is kept, what is not, and who is taken up again."""

from __future__ import annotations

import asyncio
import base64
import logging
import pickle
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from nmo_autofill.errors import EngineError, PortalUnreachableError
from nmo_autofill.outcome import Difference, Outcome, StepOutcome
from nmo_autofill.runs.engine import engine
from nmo_autofill.runs.errand import Pace
from nmo_autofill.runs.journal import Journal
from nmo_autofill.runs.locks import locks_of
from tests.runs.postgres import fresh_database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from nmo_autofill.runs.engine import Durably, RunPerson, Steps
    from tests.conftest import InThread

PACE = Pace(jobs=2, retry_seconds=0.01)
DONE = StepOutcome("registration", Outcome.DONE)


@pytest.fixture(params=["sqlite", "postgresql"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    address = None
    if request.param == "postgresql":
        address = fresh_database(request.getfixturevalue("postgresql"), f"engine_{secrets.token_hex(4)}")
    with Journal(tmp_path, address) as opened:
        yield opened


def take(step: str, outcome: Callable[[], Awaitable[StepOutcome]]) -> RunPerson:
    """Return what runs everybody by one step."""

    async def run(person: str, until: str, durably: Durably) -> Steps:
        del person, until
        return (await durably(step, lambda _: outcome()),)

    return run


async def ends(
    journal: Journal, run: RunPerson, *people: str, portal: str = "mock", until: str = "cycle"
) -> dict[str, Steps]:
    async with engine(journal, portal, people, PACE, run) as running:
        await running.put(people, until)
        return {person: steps async for person, steps in running.ended()}


async def is_left_waiting(journal: Journal, run: RunPerson, *people: str, until: str = "cycle") -> None:
    """Put people into the queue of an engine that has no hand free, and stop it."""
    async with engine(journal, "mock", people, Pace(jobs=0), run) as running:
        await running.put(people, until)


def test_everybody_is_run_and_run_again_by_the_next_call(journal: Journal, in_thread: InThread) -> None:
    seen: list[str] = []

    async def run(person: str, until: str, durably: Durably) -> Steps:
        seen.append(f"{person} {until}")

        async def done() -> StepOutcome:
            return DONE

        return (await durably("registration", lambda _: done()),)

    for _ in range(2):
        told = in_thread(lambda: asyncio.run(ends(journal, run, "a", "b", "c")))
        assert told == dict.fromkeys("abc", (DONE,))
    assert sorted(seen) == sorted(["a cycle", "b cycle", "c cycle"] * 2)


def test_who_was_at_work_is_taken_up_again_and_finished_steps_are_not_taken_twice(
    journal: Journal, in_thread: InThread
) -> None:
    taken: list[str] = []
    at_work = asyncio.Event()

    async def run(person: str, until: str, durably: Durably) -> Steps:
        del until

        async def step(name: str) -> StepOutcome:
            taken.append(f"{person} {name}")
            if taken.count("a admission") == 1 and f"{person} {name}" == "a admission":
                at_work.set()
                await asyncio.Event().wait()  # until the process "dies"
            return StepOutcome(name, Outcome.DONE)

        first = await durably("registration", lambda _: step("registration"))
        return first, await durably("admission", lambda _: step("admission"))

    async def dies() -> None:
        async with engine(journal, "mock", ["a"], PACE, run) as running:
            await running.put(["a"], "cycle")
            await asyncio.wait_for(at_work.wait(), 60)
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

    in_thread(lambda: asyncio.run(dies()))
    told = in_thread(lambda: asyncio.run(ends(journal, run, "a", "b")))
    assert [step.step for step in told["a"]] == ["registration", "admission"]
    assert taken.count("a registration") == 1
    assert taken.count("a admission") == 2
    assert told["b"][-1].outcome is Outcome.DONE


def test_a_technical_error_is_retried_and_told_at_last(journal: Journal, in_thread: InThread) -> None:
    attempts: list[bool] = []

    async def run(person: str, until: str, durably: Durably) -> Steps:
        del person, until

        async def unreachable(last: bool) -> StepOutcome:  # noqa: FBT001 (as the engine calls it)
            attempts.append(last)
            if not last:
                raise PortalUnreachableError(page="127.0.0.1")
            return StepOutcome("registration", Outcome.FAILED, PortalUnreachableError.code)

        return (await durably("registration", unreachable),)

    told = in_thread(lambda: asyncio.run(ends(journal, run, "a")))
    assert attempts == [False, False, False, True]
    assert told["a"][0].outcome is Outcome.FAILED


def test_another_goal_begins_a_new_attempt(journal: Journal, in_thread: InThread) -> None:
    goals: list[str] = []

    async def run(person: str, until: str, durably: Durably) -> Steps:
        del person, durably
        goals.append(until)
        return (DONE,)

    in_thread(lambda: asyncio.run(is_left_waiting(journal, run, "a", until="registered")))
    in_thread(lambda: asyncio.run(ends(journal, run, "a")))
    assert goals == ["cycle"]


def test_people_of_another_list_are_left_to_it(journal: Journal, in_thread: InThread) -> None:
    seen: list[str] = []

    async def run(person: str, until: str, durably: Durably) -> Steps:
        del until, durably
        seen.append(person)
        return (DONE,)

    in_thread(lambda: asyncio.run(is_left_waiting(journal, run, "a", "b")))
    in_thread(lambda: asyncio.run(ends(journal, run, "b", "c")))
    assert sorted(seen) == ["b", "c"]
    in_thread(lambda: asyncio.run(ends(journal, run, "a", "b")))
    assert sorted(seen) == ["a", "b", "b", "c"]


def test_the_values_of_a_document_that_differs_stay_here(tmp_path: Path, in_thread: InThread) -> None:
    differs = StepOutcome("admission", Outcome.DIFFERENT, differences=(Difference("number", "планта-7", "планта-8"),))

    async def different() -> StepOutcome:
        return differs

    with Journal(tmp_path) as journal:
        told = in_thread(lambda: asyncio.run(ends(journal, take("admission", different), "a")))
    assert told["a"][0].differences == (Difference("number", "", ""),)
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"number" in written
    assert "планта".encode() not in written
    assert b"py_pickle" not in written


@dataclass(frozen=True)
class Pickled:
    """What would make a file when it is unpickled."""

    file: Path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.file,)


def test_a_pickle_that_somebody_put_into_the_tables_is_not_unpickled(
    journal: Journal, tmp_path: Path, in_thread: InThread
) -> None:
    async def done() -> StepOutcome:
        return DONE

    run, file = take("registration", done), tmp_path / "made by the pickle"
    pickled = base64.b64encode(pickle.dumps({"args": (Pickled(file), "cycle"), "kwargs": {}})).decode()
    in_thread(lambda: asyncio.run(is_left_waiting(journal, run, "a")))
    schema = "dbos." if journal.database.dialect.name == "postgresql" else ""
    with journal.database.begin() as database:
        changes = {"workflow_input": "inputs = :it", "workflow_status": "serialization = :as"}
        for table, change in changes.items():
            sql = text(f"UPDATE {schema}{table} SET {change}")  # noqa: S608 (our own words)
            assert database.execute(sql, {"it": pickled, "as": "py_pickle"}).rowcount == 1
    with pytest.raises(EngineError):
        in_thread(lambda: asyncio.run(asyncio.wait_for(ends(journal, run, "a"), 30)))
    assert not file.exists()


def test_what_the_engine_complains_of_ends_the_group_by_its_kind_only(
    tmp_path: Path, in_thread: InThread, capfd: pytest.CaptureFixture[str]
) -> None:
    async def complains() -> StepOutcome:
        logging.getLogger("dbos").error("plantasecret", exc_info=OSError("plantasecret"))
        return DONE

    with Journal(tmp_path) as journal, pytest.raises(EngineError) as raised:
        in_thread(lambda: asyncio.run(ends(journal, take("registration", complains), "a")))
    assert raised.value.facts == {"what": "OSError"}
    assert capfd.readouterr() == ("", "")


def test_no_command_waits_for_the_engine_before_it_is_needed() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, nmo_autofill.cli; print('dbos' in sys.modules)"],
        capture_output=True, check=True, text=True, timeout=60,
    )  # fmt: skip
    assert told.stdout == "False\n"


def test_a_lock_is_one_holders_and_ends_with_it(journal: Journal) -> None:
    locks = locks_of(journal)
    with locks.hold("name") as ours, locks.hold("name") as theirs, locks.hold("other") as other:
        assert ours is not None
        ours.check()
        assert theirs is None
        assert other is not None
    with locks.hold("name") as again:
        assert again is not None
    locks.forget("name")
    locks.forget("never")
