"""A connection to an IMAP server: encrypted, signed in, and only ever reading."""

from __future__ import annotations

import imaplib
import re
import ssl
from contextlib import suppress
from typing import TYPE_CHECKING

from imap_tools import BaseMailBox, ImapToolsError, MailboxFetchError, MailboxLoginError

from nmo_autofill.errors import MailboxRefusedError, MailboxUnreachableError, MailboxUnsafeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nmo_autofill.letters.server import ImapServer

# What says that a connection is of no more use: their texts can repeat what was sent, so only their kind is told.
BROKEN = (OSError, imaplib.IMAP4.error, ImapToolsError, UnicodeError)

_SECONDS = 30.0
_AT_ONCE = 500  # letters asked for by one command
# RFC 5530: the server could not even look at the password.
_PASSING = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\b")


class Connection(BaseMailBox):
    """A connection to this server. Raises MailboxUnsafeError, and one of BROKEN."""

    def __init__(self, server: ImapServer) -> None:
        self._server = server
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        host, port = self._server.host, self._server.port
        if self._server.security == "tls":
            return imaplib.IMAP4_SSL(host, port, ssl_context=self._trust(), timeout=_SECONDS)
        client = imaplib.IMAP4(host, port, timeout=_SECONDS)
        if self._server.security == "starttls":
            try:
                self._encrypt(client)
            except Exception:
                with suppress(OSError):
                    client.shutdown()
                raise
        return client

    def _encrypt(self, client: imaplib.IMAP4) -> None:
        if "STARTTLS" not in client.capabilities:
            raise MailboxUnsafeError(host=self._server.host, what="no STARTTLS")
        client.starttls(self._trust())

    def _trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._server.authorities:
            context.load_verify_locations(self._server.authorities)
        return context

    def answers(self, uids: Sequence[int], parts: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield, for each letter, what the server tells of it and the text that was asked for."""
        for begin in range(0, len(uids), _AT_ONCE):
            asked = ",".join(map(str, uids[begin : begin + _AT_ONCE]))
            status, data = self.client.uid("FETCH", asked, parts)
            if status != "OK":
                raise MailboxFetchError((status, data), "OK")
            yield from _paired(data)

    def end(self) -> None:
        """Say goodbye, as far as the server still listens."""
        with suppress(*BROKEN):
            self.client.logout()
        with suppress(OSError):
            self.client.shutdown()


def connect(server: ImapServer, password: str) -> Connection:
    """Return a connection that is signed in.

    Raises MailboxUnsafeError, MailboxRefusedError, MailboxUnreachableError, and one of BROKEN.
    """
    try:
        connection = Connection(server)
    except ssl.SSLCertVerificationError as error:
        raise MailboxUnsafeError(host=server.host, what=error.verify_message.rstrip(".")) from None
    except ssl.SSLEOFError:
        raise MailboxUnreachableError(host=server.host, what="EOF") from None
    except ssl.SSLError as error:
        raise MailboxUnsafeError(host=server.host, what=error.reason or type(error).__name__) from None
    try:
        _sign_in(connection, server, password)
    except Exception:
        connection.end()
        raise
    return connection


def _sign_in(connection: Connection, server: ImapServer, password: str) -> None:
    try:
        # Without a folder: its opening for writing would take the mark of being new from the letters.
        if "AUTH=PLAIN" in connection.client.capabilities:
            connection.login_utf8(server.user, password, initial_folder=None)
        elif (server.user + password).isascii():
            connection.login(server.user, password, initial_folder=None)
        else:
            raise MailboxRefusedError(host=server.host)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, MailboxLoginError) as refusal:
        if passing := _PASSING.search(str(refusal)):
            raise MailboxUnreachableError(host=server.host, what=passing[1]) from None
        raise MailboxRefusedError(host=server.host) from None


def _paired(data: Sequence[object]) -> Iterator[tuple[bytes, bytes]]:
    """Yield attributes and text of each answer: attributes stand before the text, and with some servers behind it.

    Then there may stand news of another letter: its marks were changed by somebody else. What comes first counts.
    """
    told, text = b"", None
    for item in data:
        if isinstance(item, tuple):
            if text is not None:
                yield told, text
            told, text = item[0], item[1]
        elif isinstance(item, bytes):
            told += item
    if text is not None:
        yield told, text
