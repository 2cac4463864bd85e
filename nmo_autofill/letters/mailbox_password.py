"""Where the password of the mailbox comes from: the environment, a program, or the system's password store."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from nmo_autofill.errors import MailboxPasswordError
from nmo_autofill.letters.program import ProgramFailedError, parse_program

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nmo_autofill.letters.server import ImapServer

VARIABLE = "NMO_AUTOFILL_IMAP_PASSWORD"
COMMAND_VARIABLE = "NMO_AUTOFILL_IMAP_PASSWORD_COMMAND"


def mailbox_password(server: ImapServer, environment: Mapping[str, str] = os.environ) -> str:
    """Return the password of the mailbox.

    The first that is there counts: the variable, the command that the other variable names (it reads the user on its
    standard input and prints one line), the system's password store (service `nmo-autofill:HOST`, by the user).
    Raises MailboxPasswordError, which does not tell what a program said.
    """
    password = environment.get(VARIABLE) or _printed(server, environment.get(COMMAND_VARIABLE, "")) or _stored(server)
    if not password.isprintable():
        raise MailboxPasswordError(host=server.host, what="control character")
    return password


def _printed(server: ImapServer, line: str) -> str:
    if not line:
        return ""
    try:
        program = parse_program(line)
        lines = program.answer(server.user).splitlines() if program else []
    except ProgramFailedError as failure:
        raise MailboxPasswordError(host=server.host, what=f"{COMMAND_VARIABLE}: {failure.what}") from None
    if len(lines) != 1 or not lines[0]:
        raise MailboxPasswordError(host=server.host, what=f"{COMMAND_VARIABLE}: lines: {len(lines)}")
    return lines[0]


def _stored(server: ImapServer) -> str:
    """Ask the system's password store, by the package keyring, which is an optional one."""
    if not find_spec("keyring"):
        raise MailboxPasswordError(host=server.host, what=f"{VARIABLE}: –, keyring: not installed")
    keyring, errors = import_module("keyring"), import_module("keyring.errors")
    try:
        stored: str | None = keyring.get_password(f"nmo-autofill:{server.host}", server.user)
    except errors.KeyringError as error:
        what = f"{VARIABLE}: –, keyring: {type(error).__name__}"
        raise MailboxPasswordError(host=server.host, what=what) from None
    if not stored:
        raise MailboxPasswordError(host=server.host, what=f"{VARIABLE}: –, keyring: –")
    return stored
