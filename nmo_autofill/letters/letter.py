"""A letter from the portal, and what it brings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from nmo_autofill.folding import digits, pattern
from nmo_autofill.portal.host import host_of, is_test_host

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.portal.model import PortalMap

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_VALUE = r"\s*[:—-][ \t]*(\S[^\r\n]*)"


@dataclass(frozen=True)
class Letter:
    """One letter: `to` its recipient, `text` its plain text. Neither is shown by `repr`."""

    to: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class Credentials:
    """Login and password of one person; an empty password is one that the person types."""

    login: str = field(repr=False)
    password: str = field(repr=False)


class Mailbox(Protocol):
    """Where letters are read."""

    async def letters(self, address: str) -> Sequence[Letter]:
        """Return the letters to this address from all folders, the oldest first."""
        ...


def find_credentials(letters: Sequence[Letter], login: str, portal: PortalMap) -> Credentials | None:
    """Return the newest login and password for this login (СНИЛС, digits count), or None.

    A letter that brings somebody else's login is passed over.
    """
    for letter in reversed(letters):
        found = _after(portal.letters.login, letter.text)
        password = _after(portal.letters.password, letter.text)
        if found and password and digits(found) == digits(login):
            return Credentials(login, password)
    return None


def find_link(letters: Sequence[Letter], portal: PortalMap) -> str | None:
    """Return the link of the newest confirmation letter that leads to one of the portal's hosts, or None."""
    confirming = [letter for letter in letters if _says(portal.letters.confirmation, letter.text)]
    for letter in reversed(confirming):
        for address in _ADDRESS.findall(letter.text):
            bare: str = address.rstrip(".,;)")
            if _leads_to_portal(bare, portal):
                return bare
    return None


def _leads_to_portal(address: str, portal: PortalMap) -> bool:
    if host_of(address) in portal.hosts:
        return address.startswith("https:")
    return is_test_host(address) and any(is_test_host(entry) for entry in portal.entry.values())


def _says(words: Sequence[str], text: str) -> bool:
    return any(pattern(word).search(text) for word in words)


def _after(words: Sequence[str], text: str) -> str | None:
    for word in words:
        match = re.search(rf"^\s*{pattern(word).pattern}{_VALUE}", text, re.IGNORECASE | re.MULTILINE)
        if match:
            return match[1].strip()
    return None
