"""Sources of new passwords: a program, or the person at the terminal."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nmo_autofill.errors import PasswordMissingError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmo_autofill.runs.case import PasswordSource

_SECONDS = 60
_FORMS = "--new-password-from ask | command:PROGRAM"


@dataclass(frozen=True)
class CommandPasswords:
    """A program that reads the login on its standard input and prints the password: nothing personal in arguments.

    Attributes:
        command: the program with its arguments; on Windows one line, which every program there parses by itself.
        name: how messages call it: its arguments may hold secrets.
        seconds: how long it may take.
    """

    command: list[str] | str
    name: str
    seconds: float = _SECONDS

    def password(self, login: str) -> str:
        """Return the one line that the program prints. Raises PasswordMissingError, which does not tell the output."""
        try:
            answer = subprocess.run(  # noqa: S603 (the operator's own program, no shell)
                self.command, input=login, capture_output=True, encoding="utf-8", timeout=self.seconds, check=True
            )
        except (OSError, subprocess.SubprocessError, UnicodeError) as error:
            raise PasswordMissingError(program=self.name, what=self._reason(error)) from None
        lines = answer.stdout.splitlines()
        if len(lines) != 1 or not lines[0]:
            raise PasswordMissingError(program=self.name, what=f"lines: {len(lines)}")
        return lines[0]

    def _reason(self, error: Exception) -> str:
        if isinstance(error, subprocess.CalledProcessError):
            return f"exit code {error.returncode}"
        if isinstance(error, subprocess.TimeoutExpired):
            return f"> {self.seconds} s"
        return type(error).__name__


@dataclass(frozen=True)
class AskedPasswords:
    """The person at the terminal, who types the password twice without seeing it."""

    ask: Callable[[str], str]

    def password(self, login: str) -> str:
        """Return what the person typed for this login. Raises PasswordMissingError when the keyboard is closed."""
        try:
            return self.ask(login)
        except EOFError:
            raise PasswordMissingError(program="ask", what="EOF") from None


@dataclass(frozen=True)
class AskedOnce:
    """A source that is asked once for each login, however often one run needs the password."""

    source: PasswordSource
    known: dict[str, str] = field(default_factory=dict, repr=False)

    def password(self, login: str) -> str:
        """Return what the source gave for this login. Raises PasswordMissingError."""
        if login not in self.known:
            self.known[login] = self.source.password(login)
        return self.known[login]


def password_source(source: str, ask: Callable[[str], str]) -> PasswordSource:
    """Return the source that the option names: `ask`, or `command:PROGRAM ARGUMENTS`.

    Raises UsageError for another one, and PasswordMissingError for a program that is not there: better now than after
    the first person is registered.
    """
    if source == "ask":
        return AskedPasswords(ask)
    kind, _, command = source.partition(":")
    program = _program(command) if kind == "command" else ""
    if not program:
        raise UsageError(what=_FORMS)
    if not shutil.which(program):
        raise PasswordMissingError(program=program, what="not found")
    return CommandPasswords(command.strip() if sys.platform == "win32" else shlex.split(command), program)


def _program(command: str) -> str:
    """Return the first word of a command; on Windows backslashes stand in paths and escape nothing."""
    try:
        words = shlex.split(command, posix=sys.platform != "win32")
    except ValueError:  # a quotation mark without its pair
        return ""
    return words[0].strip('"') if words else ""
