"""A command of the system, run without input and within a time limit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDED = -1


def run_command(command: Sequence[str], *, seconds: float) -> tuple[int, str]:
    """Run `command` and return its exit code and everything it printed.

    The code is -1 for a command that is not there or had to be ended after `seconds`. The output goes to a file and
    the command gets a group of its own: a grandchild that hangs (a download on a dead line) is ended with it and
    cannot hold this program by an open pipe.
    """
    with tempfile.TemporaryFile() as printed:
        try:
            process = subprocess.Popen(  # noqa: S603 (own command lines, no shell)
                command, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True
            )
        except OSError as error:
            return ENDED, error.strerror or type(error).__name__
        code = _waited(process, seconds)
        printed.seek(0)
        return code, printed.read().decode(errors="replace")


def _waited(process: subprocess.Popen[bytes], seconds: float) -> int:
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return ENDED
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":  # pragma: no cover (Windows knows no process groups)
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
