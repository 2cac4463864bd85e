"""The setting that names where letters come from."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from nmo_autofill.errors import LetterCommandError, UsageError
from nmo_autofill.letters.command import CommandCredentials
from nmo_autofill.letters.imap import ImapMailbox
from nmo_autofill.letters.post import MailboxLetters
from nmo_autofill.letters.program import Program, ProgramFailedError, parse_program
from nmo_autofill.letters.server import PLAIN_PORT, TLS_PORT, ImapServer, Security
from nmo_autofill.letters.stand_in import StandInMailbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmo_autofill.letters.post import Letters
    from nmo_autofill.portal.model import PortalMap

_FORMS = "--letters portal | ask | command:PROGRAM | imap[+starttls]:USER@HOST[:PORT]"


@dataclass(frozen=True)
class PortalSource:
    """The mailbox page of the stand-in portal."""


@dataclass(frozen=True)
class AskSource:
    """A person, who reads the letter and types the password."""


LetterSource = PortalSource | AskSource | Program | ImapServer


def parse_source(text: str) -> LetterSource:
    """Return the source that the setting names: `portal`, `ask`, `command:PROGRAM ARGUMENTS`, `imap:USER@HOST[:PORT]`.

    `imap:` encrypts from the first byte (port 993), or before anything is told (port 143, or `imap+starttls:`);
    `imap+plain:` is for loopback. The user may be an address. A password has no place here: arguments are seen by
    every program on the computer.

    Raises UsageError for another form, LetterCommandError for a program that is not there, MailboxUnsafeError for
    `imap+plain:` elsewhere.
    """
    kind, _, rest = text.strip().partition(":")
    if text.strip() == "portal":
        return PortalSource()
    if text.strip() == "ask":
        return AskSource()
    found = _program(rest) if kind == "command" else _server(kind, rest)
    if found is None:
        raise UsageError(what=_FORMS)
    return found


@contextmanager
def opened(source: LetterSource, portal: PortalMap, **mailbox: Any) -> Iterator[Letters | None]:  # noqa: ANN401 (as ImapMailbox takes them)
    """Give the letters of a source, or None where a person reads them.

    `mailbox` are the further arguments of ImapMailbox. Raises HostRefusedError when a portal that is no stand-in is
    asked for its mailbox page.
    """
    match source:
        case ImapServer():
            with closing(ImapMailbox(source, senders=portal.letters.senders, **mailbox)) as kept:
                yield MailboxLetters(kept, portal)
        case Program():
            yield CommandCredentials(source)
        case PortalSource():
            yield MailboxLetters(StandInMailbox(next(iter(portal.entry.values()), "")), portal)
        case AskSource():
            yield None


def _program(line: str) -> Program | None:
    try:
        return parse_program(line)
    except ProgramFailedError as failure:
        raise LetterCommandError(program=line.split(maxsplit=1)[0], what=failure.what) from None


def _server(kind: str, rest: str) -> ImapServer | None:
    """Return the server of `imap:`; None when the setting is not well formed or tells a password."""
    scheme, _, word = kind.partition("+")
    user, _, place = rest.removeprefix("//").rpartition("@")
    if rest.startswith("//"):
        user = unquote(user)
    try:
        security = Security(word) if word else None
        parts = urlsplit(f"//{place}")
        port = parts.port
    except ValueError:
        return None
    whole = parts.netloc == place.rstrip("/") and parts.hostname and port != 0
    if scheme != "imap" or not user or ":" in user or not user.isprintable() or not whole:
        return None
    if security is None:
        security = Security.STARTTLS if port == PLAIN_PORT else Security.TLS
    return ImapServer(user, parts.hostname or "", port or _usual_port(security), security)


def _usual_port(security: Security) -> int:
    return TLS_PORT if security is Security.TLS else PLAIN_PORT
