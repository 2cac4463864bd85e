"""Real letters: what the portal sends also goes to a mail server on this machine, by SMTP."""

from __future__ import annotations

import ipaddress
import smtplib
import sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Any

from mock_portal.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DOMAIN = "portal.example"
PATIENCE = 10.0  # seconds for the mail server to take a letter
LAST_PORT = 65535


class SmtpRefusedError(ValueError):
    """The place is no `HOST:PORT` on this machine: made-up people's addresses may be somebody's."""


class Post:
    """Sends letters one after the other in a thread of its own, so that no page waits for the mail server.

    Args:
        place: `HOST:PORT` on loopback. Raises SmtpRefusedError for any other.
    """

    def __init__(self, place: str) -> None:
        self._host, self._port = _place(place)
        self._letters: Queue[Mapping[str, Any] | None] = Queue()
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def send(self, letter: Mapping[str, Any]) -> None:
        """Send a row of the store's letters."""
        self._letters.put(letter)

    def close(self) -> None:
        """Send what is left, and end."""
        self._letters.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (letter := self._letters.get()) is not None:
            try:
                message = _message(letter)
                # Without a name of its own, smtplib would ask a name server for this machine's.
                with smtplib.SMTP(self._host, self._port, DOMAIN, timeout=PATIENCE) as server:
                    server.send_message(message)
            except (OSError, smtplib.SMTPException, ValueError) as error:
                # Its text can hold the address.
                print(f"Письмо не ушло по SMTP: {type(error).__name__}", file=sys.stderr)  # noqa: T201 (a command speaks)


class PostedStore(Store):
    """A store that sends each letter which it keeps.

    Args:
        database: a file's path, or `:memory:`.
        place: `HOST:PORT` of the mail server. Raises SmtpRefusedError.
    """

    def __init__(self, database: str | Path, place: str) -> None:
        _place(place)
        super().__init__(database)
        self._post = Post(place)

    def insert(self, table: str, columns: Mapping[str, object]) -> int:
        """Add a row and return its id; a letter is also sent."""
        row = super().insert(table, columns)
        if table == "letters":
            self._post.send(columns)
        return row

    def close(self) -> None:
        """Send the letters that are left, and close the database."""
        self._post.close()
        super().close()


def _message(letter: Mapping[str, Any]) -> EmailMessage:
    """Return the letter as it travels; what the portal has for spam bears a spam filter's mark."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = letter["sender"], letter["recipient"], letter["subject"]
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain=DOMAIN)
    if letter["folder"] == "spam":
        message["X-Spam-Flag"] = "YES"
    message.set_content(letter["text"])
    return message


def _place(place: str) -> tuple[str, int]:
    host, _, port = place.rpartition(":")
    host = host.strip("[]")
    if not (_loopback(host) and port.isascii() and port.isdecimal() and 0 < int(port) <= LAST_PORT):
        raise SmtpRefusedError(place)
    return host, int(port)


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
