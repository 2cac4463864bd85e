"""The stand-in portal as a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from nmo_autofill.errors import StandInError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmo_autofill.settings import Skin

_ADDRESS = re.compile(r"http://\S+")
_SECONDS_TO_END = 10


@dataclass(frozen=True)
class StandIn:
    """A running stand-in portal."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def stand_in_portal(skin: Skin, port: int = 0) -> Iterator[StandIn]:
    """Start the stand-in portal on loopback (port 0: a free one), and end it.

    Raises StandInError with the portal's own words when it does not start.
    """
    # It ends with its input, which ends with us, however we end: a signal leaves no time to end it.
    portal = ("mock_portal", "--port", str(port), "--skin", skin.value, "--end-with-input")
    command = [sys.executable, "-X", "utf8", "-m", *portal]
    # A file takes any length of complaints, and shows none: Ctrl-C in a terminal reaches the portal as well.
    with TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603 (our own module, no shell)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, encoding="utf-8"
        )
        try:
            yield StandIn(_address(process, complaints), process)
        finally:
            process.terminate()
            process.communicate(timeout=_SECONDS_TO_END)


def _address(process: subprocess.Popen[str], complaints: IO[bytes]) -> str:
    line = process.stdout.readline() if process.stdout else ""
    found = _ADDRESS.search(line)
    if found is None:
        process.communicate(timeout=_SECONDS_TO_END)
        complaints.seek(0)
        words = complaints.read().decode(errors="replace").strip().splitlines()
        raise StandInError(words=words[-1] if words else "—")
    return found[0]
