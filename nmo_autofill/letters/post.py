"""What has come for one person, from whatever source of letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from nmo_autofill.letters.letter import find_credentials, find_link

if TYPE_CHECKING:
    from nmo_autofill.letters.letter import Credentials, Mailbox
    from nmo_autofill.portal.model import PortalMap


@dataclass(frozen=True)
class Brought:
    """What lies there for one person at one moment.

    Attributes:
        letters: how many letters: one more than before a press tells that the press took effect.
        link: the newest link that confirms the address, on one of the portal's hosts.
        credentials: the newest login and password for this person.
    """

    letters: int
    link: str | None = field(default=None, repr=False)
    credentials: Credentials | None = field(default=None, repr=False)


class Letters(Protocol):
    """A source of letters."""

    async def look(self, address: str, login: str) -> Brought:
        """Return what has come to this address for this login (СНИЛС, digits count)."""
        ...


@dataclass(frozen=True)
class MailboxLetters:
    """The letters of a mailbox, read by the words of a portal map."""

    mailbox: Mailbox
    portal: PortalMap

    async def look(self, address: str, login: str) -> Brought:
        """Return what the letters to this address bring. Raises what the mailbox raises."""
        letters = await self.mailbox.letters(address)
        credentials = find_credentials(letters, login, self.portal)
        return Brought(len(letters), find_link(letters, self.portal), credentials)
