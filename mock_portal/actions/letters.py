"""The portal's letters: the link that confirms an address, and login with password."""

from __future__ import annotations

import asyncio
import secrets
import string
from typing import TYPE_CHECKING

from mock_portal import snils
from mock_portal.lists import texts
from mock_portal.stand import sealed

if TYPE_CHECKING:
    from mock_portal.model import Account
    from mock_portal.stand import Stand

SENDER = "no-reply@portal.example"  # [assumed]: the real sender was not found
EVERY_THIRD = 3

_ALPHABET = string.ascii_letters + string.digits


def send_link(stand: Stand, account: Account, base_url: str) -> Account:
    """Send the first letter: the link that confirms the address."""
    link = secrets.token_urlsafe(18)
    account = stand.store.update(account, {"link": link})
    until = (stand.now() + stand.link_lifetime).strftime("%d.%m.%Y %H:%M")
    _send(stand, account, "confirm", {"link": f"{base_url.rstrip('/')}/confirmation/{link}", "until": until})
    return account


def send_password(stand: Stand, account: Account, base_url: str) -> Account:
    """Send login and a new password."""
    password = _password()
    account = stand.store.update(account, {"password": sealed(password), "confirmed_at": stand.stamp()})
    facts = {"login": snils.written(account.snils), "password": password, "address": base_url}
    _send(stand, account, "password", facts)
    return account


def _send(stand: Stand, account: Account, letter: str, facts: dict[str, str]) -> None:
    if stand.faults.parameters("no_letters") is not None:
        return
    kept = texts("letters")
    subject, text = kept[f"{letter}_subject"], kept[f"{letter}_text"].format(name=account.full_name, **facts)
    if late := stand.faults.parameters("late_letters"):
        asyncio.get_running_loop().call_later(late["ms"] / 1000, _deliver, stand, account, subject, text)
    else:
        _deliver(stand, account, subject, text)


def _deliver(stand: Stand, account: Account, subject: str, text: str) -> None:
    stand.store.insert(
        "letters",
        {
            "folder": _folder(stand),
            "recipient": account.email.strip(),
            "sender": SENDER,
            "subject": subject,
            "text": text,
            "received": stand.stamp(),
        },
    )


def _folder(stand: Stand) -> str:
    third = (stand.store.count("letters") + 1) % EVERY_THIRD == 0
    return "spam" if stand.spam == "always" or (stand.spam == "third" and third) else "inbox"


def _password() -> str:
    """Return a password that the portal's own rule takes: it has a letter and a digit."""
    middle = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return secrets.choice(string.ascii_letters) + middle + secrets.choice(string.digits)
