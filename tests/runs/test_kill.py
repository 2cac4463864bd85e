"""Groups whose process is killed at any moment: nobody is lost, nobody is entered twice.

The short form is run with all tests; the long one by `make kill`.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.people import made_up
from benchmarks.profiles import write_profiles
from nmo_autofill.outcome import CHANGES
from nmo_autofill.runs.journal import Journal
from tests.processes import below
from tests.runs.postgres import fresh_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_portal.stand import Skin
    from tests.runs.conftest import Office, StandIn

ENTERED = sorted(CHANGES - {"password"})
LATE = {"late_effect": {"ms": 2500}}
SECONDS_TO_END = 20


def group_of(count: int, folder: Path) -> Path:
    """Write so many made-up people, and return where."""
    group = folder / "group"
    group.mkdir()
    write_profiles(group, count)
    return group


@dataclass(frozen=True)
class Command:
    """A command that works on a group, as its users start it."""

    group: Path
    portal: StandIn
    data: Path
    database: str = ""

    def start(self, jobs: int = 4) -> subprocess.Popen[str]:
        run = ["run", str(self.group), "--portal", self.portal.address, "--jobs", str(jobs), "--format", "json"]
        run += ["--database", self.database] if self.database else []
        return subprocess.Popen(  # noqa: S603 (our own command)
            [sys.executable, "-m", "nmo_autofill", *run],
            env={**os.environ, "NMO_AUTOFILL_FOLDER": str(self.data)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def killed(process: subprocess.Popen[str], after: float) -> set[int]:
    """Kill the process and its group after so many seconds; return what of it still runs a while later."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(after)
    pids = {process.pid, *below(process.pid)}
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    end = time.monotonic() + SECONDS_TO_END
    while (left := {pid for pid in pids if is_running(pid)}) and time.monotonic() < end:
        time.sleep(0.05)  # noqa: TID251 (nobody tells when a process that is not our child has ended)
    return left


def require_everybody_once(command: Command, count: int) -> None:
    """Hold the witness against what must be, and the journal against the witness."""
    entered = {action: [seen["snils"] for seen in command.portal.witness(action, accepted=True)] for action in ENTERED}
    everybody = sorted(str(person.values["snils"]) for person in made_up(count))
    assert {action: sorted(people) for action, people in entered.items()} == dict.fromkeys(ENTERED, everybody)
    with Journal(command.data, command.database) as journal, journal.database.connect() as database:
        done = database.exec_driver_sql(
            "SELECT DISTINCT person, step FROM step WHERE outcome IN ('done', 'already_done')"
        )
        told = {(row.person, row.step) for row in done}
        assert {(journal.digest(snils), action) for action in ENTERED for snils in everybody} <= told
        assert not database.exec_driver_sql("SELECT * FROM press").all()


def run_killed(
    office: Office, tmp_path: Path, *, count: int, moments: list[float], faults: dict[str, dict[str, int]]
) -> None:
    command = Command(group_of(count, tmp_path), office.portal, tmp_path / "data")
    office.portal.stand.faults.replace(faults)
    for moment in moments:
        assert killed(command.start(), moment) == set()
    printed, told = command.start().communicate(timeout=900)
    assert '"outcome": "failed"' not in printed, printed
    assert told
    require_everybody_once(command, count)


def run_shared(office: Office, tmp_path: Path, database: str, *, count: int, moments: list[float]) -> None:
    """Let two work on a group, and at each moment kill one of them and put another in its place."""
    command = Command(group_of(count, tmp_path), office.portal, tmp_path / "data", database)
    office.portal.stand.faults.replace(LATE)
    working = [command.start(2), command.start(2)]
    for moment in moments:
        assert killed(working.pop(0), moment) == set()
        working.append(command.start(2))
    for process in working:
        printed, _ = process.communicate(timeout=900)
        assert '"outcome": "failed"' not in printed, printed
    require_everybody_once(command, count)


@pytest.mark.parametrize(("skin", "faults"), [("native", LATE), ("kit", {})])
def test_a_group_that_is_killed_a_few_times(
    office_at: Callable[[Skin], Office], tmp_path: Path, skin: Skin, faults: dict[str, dict[str, int]]
) -> None:
    dice = random.Random(11)  # noqa: S311 (the same moments each time)
    run_killed(office_at(skin), tmp_path, count=4, moments=[dice.uniform(4, 14) for _ in range(3)], faults=faults)


def test_two_who_share_a_group_when_one_is_killed(
    office_at: Callable[[Skin], Office], tmp_path: Path, postgresql: str
) -> None:
    database = fresh_database(postgresql, "shared")
    run_shared(office_at("native"), tmp_path, database, count=4, moments=[9])


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(4))
def test_two_who_share_a_group_when_they_are_killed_again_and_again(
    office_at: Callable[[Skin], Office], tmp_path: Path, postgresql: str, seed: int
) -> None:
    """Twenty moments in all."""
    dice = random.Random(seed)  # noqa: S311 (the same moments each time)
    database = fresh_database(postgresql, f"shared_{seed}")
    moments = [dice.uniform(5, 25) for _ in range(5)]
    run_shared(office_at("kit" if seed % 2 else "native"), tmp_path, database, count=20, moments=moments)


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(10))
def test_a_group_that_is_killed_many_times(office_at: Callable[[Skin], Office], tmp_path: Path, seed: int) -> None:
    """Fifty moments in all; a third of them at a portal that takes effect seconds after the press."""
    dice = random.Random(seed)  # noqa: S311 (the same moments each time)
    skin: Skin = "kit" if seed % 2 else "native"
    moments = [dice.uniform(3, 40) for _ in range(5)]
    run_killed(office_at(skin), tmp_path, count=20, moments=moments, faults=LATE if seed % 3 == 0 else {})
