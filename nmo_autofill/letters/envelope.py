"""What is known of a letter before it is read: when it came, to whom, from whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from email.message import Message

# Delivered-To and its kin: what the server that took the letter in noted. Postfix, Dovecot, Exim.
_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_UID = re.compile(rb"\bUID (\d+)")
_ARRIVAL = re.compile(rb'\bINTERNALDATE "([^"]+)"')

HEADERS = f"(UID INTERNALDATE BODY.PEEK[HEADER.FIELDS (From {' '.join(_RECIPIENTS)})])"


@dataclass(frozen=True)
class Envelope:
    """One letter's envelope.

    Attributes:
        uid: how its folder calls it.
        at: when the server took it in: what the sender wrote for a date proves nothing.
        sender: the one address it is from; empty when there is none, or several.
        recipients: addresses in lower case.
    """

    uid: int
    at: datetime
    sender: str = field(repr=False)
    recipients: frozenset[str] = field(repr=False)

    def is_for(self, address: str) -> bool:
        """Tell whether the letter went to exactly this address; case does not count, `+…` does."""
        return address.strip().casefold() in self.recipients

    def is_from(self, senders: Sequence[str]) -> bool:
        """Tell whether it is from one of these addresses or domains (`@…`); without any, every sender will do."""
        known = {sender.casefold() for sender in senders}
        return not known or self.sender in known or self.sender[self.sender.find("@") :] in known


def parse_envelope(told: bytes, headers: bytes) -> Envelope | None:
    """Return the envelope in a server's answer to HEADERS, or None when the answer lacks uid or date."""
    uid, at = uid_of(told), _arrival(told)
    if uid is None or at is None:
        return None
    message = message_from_bytes(headers)
    senders = _addresses(message, "From")
    return Envelope(
        uid,
        at,
        senders[0] if len(senders) == 1 else "",
        frozenset(address for name in _RECIPIENTS for address in _addresses(message, name)),
    )


def uid_of(told: bytes) -> int | None:
    """Return the uid in a server's answer."""
    uid = _UID.search(told)
    return int(uid[1]) if uid else None


def _arrival(told: bytes) -> datetime | None:
    written = _ARRIVAL.search(told)
    if written is None:
        return None
    try:
        return parsedate_to_datetime(written[1].decode("ascii", "replace"))
    except ValueError:
        return None


def _addresses(message: Message, name: str) -> list[str]:
    given = getaddresses([str(value) for value in message.get_all(name, [])])
    return [address.strip().casefold() for _, address in given if "@" in address]
