"""Sources of new passwords: a program, or the person at the terminal."""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmo_autofill.runs.case import PasswordSource

_SECONDS = 60


@dataclass(frozen=True)
class CommandPasswords:
    """A program that reads the login on its standard input and prints the password: nothing personal in arguments."""

    command: str

    def password(self, login: str) -> str:
        """Return the program's answer. Raises UsageError when it fails or prints nothing."""
        try:
            answer = subprocess.run(  # noqa: S603 (the operator's own program, no shell)
                shlex.split(self.command), input=login, capture_output=True, text=True, timeout=_SECONDS, check=True
            )
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            raise UsageError(what=f"{self.command}: {type(error).__name__}") from None
        password = answer.stdout.strip("\r\n")
        if not password:
            raise UsageError(what=self.command)
        return password


@dataclass(frozen=True)
class AskedPasswords:
    """The person at the terminal, who types the password twice without seeing it."""

    ask: Callable[[], str]

    def password(self, login: str) -> str:  # noqa: ARG002 (the person knows whose turn it is from the screen)
        """Return what the person typed."""
        return self.ask()


def password_source(source: str, ask: Callable[[], str]) -> PasswordSource:
    """Return the source that the option names: `ask`, or `command:PROGRAM ARGUMENTS`. Raises UsageError."""
    kind, _, command = source.partition(":")
    if source == "ask":
        return AskedPasswords(ask)
    if kind == "command" and command.strip():
        return CommandPasswords(command)
    raise UsageError(what=source)
