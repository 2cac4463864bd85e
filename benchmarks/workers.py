"""One group shared by several workers: how long it takes, and how soon a killed one's people are taken over."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple
from urllib.request import urlopen

from benchmarks.measuring import console, show_machine
from benchmarks.profiles import write_profiles
from nmo_autofill.runs.stand_in import StandIn, stand_in_portal
from nmo_autofill.settings import Skin

_SECONDS = 1800


class Arrangement(NamedTuple):
    """So many workers, each with so many people at once; of some the first is killed when a third is entered."""

    workers: int
    jobs: int
    killed: bool = False


ARRANGEMENTS = (
    Arrangement(1, 1),
    Arrangement(2, 1),
    Arrangement(1, 2),
    Arrangement(2, 2),
    Arrangement(1, 4),
    Arrangement(2, 1, killed=True),
)


def entered(group: Path, data: Path, database: str, arrangement: Arrangement, people: int) -> float:
    """Enter everybody on a fresh stand-in portal, and return the seconds.

    Raises AssertionError unless everybody is there once.
    """
    with stand_in_portal(Skin.NATIVE) as portal:
        command = [sys.executable, "-m", "nmo_autofill", "worker", str(group), "--portal", portal.address]
        command += ["--database", database, "--jobs", str(arrangement.jobs)]
        begun = perf_counter()
        workers = [_started(command, data) for _ in range(arrangement.workers)]
        if arrangement.killed:
            while _made(portal) < people // 3:
                with suppress(subprocess.TimeoutExpired):
                    workers[1].wait(0.2)
            workers.pop(0).kill()
        for worker in workers:
            worker.wait(_SECONDS)
        took = perf_counter() - begun
        if _made(portal) != people or any(worker.returncode for worker in workers):
            raise AssertionError(arrangement)
        return took


def _started(command: list[str], data: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "NMO_AUTOFILL_FOLDER": str(data)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 (our own command)


def _made(portal: StandIn) -> int:
    """Return how many cycles the stand-in portal has made, by its own record."""
    with urlopen(f"{portal.address.rstrip('/')}/_mock/witness", timeout=30) as answer:  # noqa: S310 (loopback)
        events = json.load(answer)
    return sum(event["action"] == "cycle" and bool(event["accepted"]) for event in events)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workers", description=__doc__)
    parser.add_argument("--database", required=True, metavar="postgresql://…")
    parser.add_argument("--people", type=int, default=12, metavar="N")
    arguments = parser.parse_args()
    show_machine(1)
    with TemporaryDirectory() as temporary:
        group, data = Path(temporary) / "group", Path(temporary) / "data"
        group.mkdir()
        write_profiles(group, arguments.people)
        for arrangement in ARRANGEMENTS:
            took = entered(group, data, arguments.database, arrangement, arguments.people)
            rate = arguments.people / took * 60
            console.print(f"{arrangement}: {took:.0f} s, {rate:.1f} people a minute")


if __name__ == "__main__":
    main()
