"""Processes of this machine, as /proc tells of them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def below(ancestor: int) -> dict[int, str]:
    """Return the processes below a process that are there now, with their names."""
    parents: dict[int, tuple[int, str]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            name, rest = stat.read_text().split("(", 1)[1].rsplit(")", 1)
            parents[int(stat.parent.name)] = int(rest.split()[1]), name
    found = {ancestor}
    while more := {pid for pid, (parent, _) in parents.items() if parent in found} - found:
        found |= more
    return {pid: parents[pid][1] for pid in found - {ancestor}}
