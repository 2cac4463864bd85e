"""The stand-in portal as a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.errors import UsageError

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

    Raises UsageError with the portal's own words when it does not start.
    """
    command = [sys.executable, "-m", "mock_portal", "--port", str(port), "--skin", skin.value]
    process = subprocess.Popen(  # noqa: S603 (our own module, no shell)
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield StandIn(_address(process), process)
    finally:
        process.terminate()
        process.communicate(timeout=_SECONDS_TO_END)


def _address(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout else ""
    found = _ADDRESS.search(line)
    if found is None:
        _, words = process.communicate(timeout=_SECONDS_TO_END)
        raise UsageError(what=words.strip() or line.strip())
    return found[0]
