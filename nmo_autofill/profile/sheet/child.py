"""The process that reads one workbook, within bounds; it imports as little as it can."""

from __future__ import annotations

import sys

from nmo_autofill.profile.sheet import reader, wire
from nmo_autofill.profile.sheet.workbook import Refused

# The largest workbook that is not refused takes less than half of it.
MEMORY = 4_000_000_000


def main() -> None:
    """Read the workbook on standard input and write what it holds to standard output."""
    _bound_memory()
    try:
        answer = wire.encoded(*reader.opened(sys.stdin.buffer.read()))
    except Refused as refused:
        answer = wire.refusal(refused)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def _bound_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 (not on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
