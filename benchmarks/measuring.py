"""Times of several pieces of work, taken in turn, and the peak memory of each."""

from __future__ import annotations

import gc
import os
import platform
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Work = Callable[[Path], object]

_KIBIBYTES = 1024
# Wide enough for every table, so that a file gets the same lines as a terminal.
console = Console(width=120)


class Peak(NamedTuple):
    """The largest memory, in MiB, of a process, and of the largest process that it started."""

    own: int
    child: int


class Measured(NamedTuple):
    """One piece of work: its CPU seconds in each round, and its memory in a process of its own."""

    seconds: Sequence[float]
    peak: Peak


def measure(works: Mapping[str, Work], path: Path, rounds: int) -> dict[str, Measured]:
    """Return what each piece of work takes on `path`; all of them are done in every round, one after another."""
    peaks = {name: apart(work, path) for name, work in works.items()}
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            took = _seconds(work, path)
            if number:  # the first round only warms up
                seconds[name].append(took)
    return {name: Measured(seconds[name], peaks[name]) for name in works}


def apart(work: Work, path: Path) -> Peak:
    """Do the work in a fresh process, and return its peak memory."""
    # A spawned process would inherit this one's peak as its own least peak; one of the fork server's does not.
    with ProcessPoolExecutor(1, get_context("forkserver")) as pool:
        return pool.submit(_peak, work, path).result()


def show(title: str, measured: Mapping[str, Measured], *, beside: str) -> None:
    """Print a table of what was measured, with the ratio of each median to that of the work `beside`."""
    table = Table(
        "work", "CPU min", "median", "max", f"× {beside}", "peak MiB", "of a child", title=title, title_justify="left"
    )
    for column in table.columns[1:]:
        column.justify = "right"
    yardstick = median(measured[beside].seconds)
    for name, (seconds, peak) in measured.items():
        times = (f"{figure:.3f} s" for figure in (min(seconds), median(seconds), max(seconds)))
        table.add_row(name, *times, f"{median(seconds) / yardstick:.2f}", str(peak.own), str(peak.child or "–"))
    console.print(table)


def show_machine(rounds: int) -> None:
    """Print the day, what it runs on, and how often."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    console.print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}, {rounds} rounds")


def _seconds(work: Work, path: Path) -> float:
    gc.collect()
    begun = _cpu()
    work(path)
    return _cpu() - begun


def _cpu() -> float:
    """Return the processor's seconds so far, with those of finished children: others on the machine count little."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _peak(work: Work, path: Path) -> Peak:
    work(path)
    return Peak(*(_mebibytes(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def _mebibytes(who: int) -> int:
    unit = 1 if sys.platform == "darwin" else _KIBIBYTES
    return resource.getrusage(who).ru_maxrss * unit // _KIBIBYTES**2
