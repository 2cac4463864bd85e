"""A program of the operator's that is asked on its standard input."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

_SECONDS = 60.0


class ProgramFailedError(Exception):
    """The program gave no answer; `what` is its exit code or the kind of failure, never what it said."""

    def __init__(self, *, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class Program:
    """A program with its arguments; nothing personal is put into them.

    Attributes:
        command: the words; on Windows one line, which every program there parses by itself.
        name: how messages call it: its arguments may hold secrets.
        seconds: how long it may take.
    """

    command: list[str] | str = field(repr=False)
    name: str
    seconds: float = _SECONDS

    def answer(self, question: str) -> str:
        """Return what the program prints when it reads this line. Raises ProgramFailedError.

        What it says to people (standard error) goes nowhere: it may repeat the address.
        """
        try:
            return subprocess.run(  # noqa: S603 (the operator's own program, no shell)
                self.command,
                input=f"{question}\n",
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                timeout=self.seconds,
                check=True,
            ).stdout
        except (OSError, subprocess.SubprocessError, UnicodeError) as error:
            raise ProgramFailedError(what=self._reason(error)) from None

    def _reason(self, error: Exception) -> str:
        if isinstance(error, subprocess.CalledProcessError):
            return f"exit code {error.returncode}"
        if isinstance(error, subprocess.TimeoutExpired):
            return f"> {self.seconds:g} s"
        return type(error).__name__


def parse_program(line: str) -> Program | None:
    """Return the program that a command line names, or None for a line that names none.

    On Windows backslashes stand in paths and escape nothing. Raises ProgramFailedError when the program is not there:
    better now than after the first person is registered.
    """
    windows = sys.platform == "win32"
    try:
        words = shlex.split(line, posix=not windows)
    except ValueError:  # a quotation mark without its pair
        return None
    if not words:
        return None
    name = words[0].strip('"')
    if not shutil.which(name):
        raise ProgramFailedError(what="not found")
    return Program(line.strip() if windows else words, name)
