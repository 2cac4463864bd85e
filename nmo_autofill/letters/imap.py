"""The mailbox that collects the graduates' letters, by IMAP."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from imap_tools import AND, MailboxFolderSelectError

from nmo_autofill.errors import MailboxRefusedError, MailboxUnreachableError
from nmo_autofill.letters.body import body_text
from nmo_autofill.letters.connection import BROKEN, connect
from nmo_autofill.letters.envelope import HEADERS, Envelope, parse_envelope, uid_of
from nmo_autofill.letters.folders import MOST_FOLDERS, reading_order
from nmo_autofill.letters.letter import Letter
from nmo_autofill.letters.mailbox_password import mailbox_password

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nmo_autofill.letters.connection import Connection
    from nmo_autofill.letters.server import ImapServer

Item = TypeVar("Item")

LARGEST = 500_000  # bytes that are read of one letter
_MOST_LETTERS = 100  # of one person
_MOST_ENVELOPES = 10_000  # of one folder


@dataclass
class _Folder:
    """The envelopes of a folder, each fetched once; they hold while the server keeps its `validity`."""

    validity: object
    envelopes: dict[int, Envelope] = field(default_factory=dict)


class ImapMailbox:
    """Reads letters from all folders of one mailbox, «Спам» too, and leaves no trace there.

    One connection serves everybody; a connection that broke is made anew once.

    Args:
        server: where the mailbox is.
        password: asked for once, when it is needed.
        since: older letters do not count; with its time zone; by default the beginning of yesterday.
        senders: addresses, or domains with `@`, from which the portal writes; with none every sender will do.
        tell: gets the key of a sentence when something was not read, or is not checked; each key once.
    """

    def __init__(
        self,
        server: ImapServer,
        password: Callable[[ImapServer], str] = mailbox_password,
        *,
        since: datetime | None = None,
        senders: Sequence[str] = (),
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._server = server
        self._password = password
        self._since = since or _yesterday()
        self._senders = tuple(senders)
        self._tell = tell
        self._told: set[str] = set()
        self._secret = ""
        self._refused = False
        self._connection: Connection | None = None
        self._folders: dict[str, _Folder] = {}
        self._worker = ThreadPoolExecutor(1, "letters")  # one connection takes one question at a time

    async def letters(self, address: str) -> Sequence[Letter]:
        """Return the letters to this address, the oldest first.

        Raises MailboxUnreachableError, MailboxRefusedError, MailboxUnsafeError, MailboxPasswordError.
        """
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._letters, address)

    def close(self) -> None:
        """End the connection; afterwards nothing can be read."""
        self._worker.submit(self._drop).result()
        self._worker.shutdown()

    def _letters(self, address: str) -> Sequence[Letter]:
        if self._connection is not None:
            with suppress(*BROKEN):  # servers close a connection that was idle for long
                return self._attempt(address)
        try:
            return self._attempt(address)
        except BROKEN as error:
            raise MailboxUnreachableError(host=self._server.host, what=type(error).__name__) from None

    def _attempt(self, address: str) -> Sequence[Letter]:
        try:
            if self._connection is None:
                self._connection = self._connected()
            found = sorted(self._found(self._connection, address), key=lambda letter: letter[0])
        except BROKEN:
            self._drop()
            raise
        # «Вся почта» and the like hold each letter once more.
        once = {(arrival[0], letter.text): letter for arrival, letter in found}
        return tuple(self._newest(tuple(once.values()), _MOST_LETTERS))

    def _connected(self) -> Connection:
        """Sign in; a password that was refused once is not sent again, lest the provider lock the mailbox."""
        if self._refused:
            raise MailboxRefusedError(host=self._server.host)
        self._secret = self._secret or self._password(self._server)
        try:
            return connect(self._server, self._secret)
        except MailboxRefusedError:
            self._refused = True
            raise

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.end()
            self._connection = None

    def _found(self, connection: Connection, address: str) -> Iterator[tuple[tuple[datetime, int, int], Letter]]:
        if not self._senders:
            self._remark("letters.any_sender")
        names = reading_order(connection.folder.list())
        if len(names) > MOST_FOLDERS:
            self._remark("letters.folder_unread")
        for place, name in enumerate(names[:MOST_FOLDERS]):
            wanted = [envelope for envelope in self._envelopes(connection, name) if self._is_wanted(envelope, address)]
            arrivals = {envelope.uid: envelope.at for envelope in self._newest(wanted, _MOST_LETTERS)}
            for uid, text in self._texts(connection, sorted(arrivals)):
                yield (arrivals[uid], place, uid), Letter(address, text)

    def _is_wanted(self, envelope: Envelope, address: str) -> bool:
        if envelope.at < self._since or not envelope.is_for(address):
            return False
        if not envelope.is_from(self._senders):
            self._remark("letters.other_sender")
            return False
        return True

    def _envelopes(self, connection: Connection, name: str) -> list[Envelope]:
        """Return a folder's envelopes, the oldest first, from a day earlier: a server has days of its own."""
        try:
            connection.folder.set(name, readonly=True)
        except MailboxFolderSelectError:
            self._remark("letters.folder_unread")
            return []
        validity = connection.client.response("UIDVALIDITY")[1]
        folder = self._folders.get(name)
        if folder is None or folder.validity != validity:
            folder = self._folders[name] = _Folder(validity)
        since = AND(date_gte=(self._since - timedelta(days=1)).date())
        uids = self._newest(sorted(map(int, connection.uids(since, charset=None))), _MOST_ENVELOPES)
        for told, headers in connection.answers([uid for uid in uids if uid not in folder.envelopes], HEADERS):
            envelope = parse_envelope(told, headers)
            if envelope is not None:
                folder.envelopes[envelope.uid] = envelope
        known = [folder.envelopes[uid] for uid in uids if uid in folder.envelopes]
        return sorted(known, key=lambda envelope: (envelope.at, envelope.uid))

    def _texts(self, connection: Connection, uids: Sequence[int]) -> Iterator[tuple[int, str]]:
        for told, content in connection.answers(uids, f"(UID BODY.PEEK[]<0.{LARGEST}>)"):
            whole = len(content) < LARGEST
            if not whole:
                self._remark("letters.cut")
            uid = uid_of(told)
            if uid is not None and uid in uids:
                yield uid, body_text(content, whole=whole)

    def _newest(self, items: Sequence[Item], most: int) -> Sequence[Item]:
        if len(items) > most:
            self._remark("letters.too_many")
        return items[-most:]

    def _remark(self, key: str) -> None:
        if key not in self._told:
            self._told.add(key)
            self._tell(key)


def _yesterday() -> datetime:
    now = datetime.now().astimezone()
    return (now - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
