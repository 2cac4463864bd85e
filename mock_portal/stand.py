"""The stand: what all pages of one portal share."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from mock_portal import snils
from mock_portal.faults import Faults

if TYPE_CHECKING:
    from starlette.requests import Request

    from mock_portal.model import Account
    from mock_portal.rules import Errors, Values
    from mock_portal.store import Store

Skin = Literal["native", "kit"]
LetterMode = Literal["confirm", "direct"]
Spam = Literal["third", "never", "always"]

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Verdict:
    """What the portal said to a request: `errors` are codes by field, none if it was accepted."""

    errors: Errors = field(default_factory=dict)
    account: Account | None = None

    @property
    def accepted(self) -> bool:
        """Whether the request took effect."""
        return not self.errors


@dataclass
class Stand:
    """One portal: skin, store, letters, faults and clock.

    Attributes:
        letters: `confirm` sends a link first, `direct` sends login and password at once.
        spam: which letters land in «Спам».
        link_lifetime: how long the confirmation link is valid (one day by OFFICIAL-2024).
        now: the portal's clock, with its time zone.
    """

    skin: Skin
    store: Store
    letters: LetterMode = "confirm"
    spam: Spam = "third"
    link_lifetime: timedelta = timedelta(days=1)
    faults: Faults = field(default_factory=Faults)
    now: Clock = field(default=lambda: datetime.now().astimezone())
    captcha_tickets: set[str] = field(default_factory=set)

    def looking(self, token: str) -> tuple[Account | None, str]:
        """Return who looks at a page of the account (or None), and the cabinet of the session."""
        found = self.store.session(token)
        if found and self.faults.ends_session():
            self.store.end_session(token)
            found = None
        return found or (None, "")

    def today(self) -> date:
        """Return the portal's calendar day."""
        return self.now().date()

    def stamp(self) -> str:
        """Return the portal's time in ISO format."""
        return self.now().isoformat(timespec="milliseconds")

    def witnessed(
        self, action: str, values: Values, errors: Errors, account: Account | None = None, digits: str = ""
    ) -> Verdict:
        """Keep what was received and what was said to it, and return the verdict. No password may be among `values`."""
        self.store.insert(
            "witness",
            {
                "at": self.stamp(),
                "action": action,
                "accepted": not errors,
                "errors": json.dumps(errors),
                "values": json.dumps(dict(values), ensure_ascii=False),
                "snils": account.snils if account else snils.compact(digits),
            },
        )
        return Verdict(errors, account)

    def open_session(self, account: Account, cabinet: str) -> str:
        """Open a session and return its token."""
        token = secrets.token_urlsafe(24)
        self.store.insert("sessions", {"token": token, "account_id": account.id, "cabinet": cabinet})
        return token

    def ticket(self) -> str:
        """Return a fresh ticket of the «Я не робот» widget."""
        ticket = secrets.token_urlsafe(12)
        self.captcha_tickets.add(ticket)
        return ticket

    def reset(self) -> None:
        """Forget people, letters, register, witness and faults."""
        self.store.reset()
        self.faults.replace({})
        self.captcha_tickets.clear()


def stand_of(request: Request) -> Stand:
    """Return the stand that serves a request."""
    stand: Stand = request.app.state.stand
    return stand


def received(values: Values, keys: tuple[str, ...]) -> dict[str, str]:
    """Return the values of these keys exactly as they came."""
    return {key: values[key] for key in keys if key in values}


def sealed(password: str, salt: str = "") -> str:
    """Return a password as it is kept: salted and hashed."""
    salt = salt or secrets.token_hex(8)
    digest = hashlib.scrypt(password.encode(), salt=salt.encode(), n=2**10, r=8, p=1).hex()
    return f"{salt}${digest}"


def opens(account: Account, password: str) -> bool:
    """Return whether this is the account's password."""
    salt, _, digest = account.password.partition("$")
    return bool(digest) and secrets.compare_digest(sealed(password, salt), account.password)


def seed(store: Store, person: Mapping[str, Any]) -> None:
    """Put a person's documents into the Federal register.

    Args:
        store: the portal's store.
        person: `{"snils", "level": "spo" | "vo", "documents": [{"type", "specialty", "organisation", "series",
            "number", "exam_date", "issue_date"}]}`. Raises KeyError for a missing key.
    """
    keys = ("type", "specialty", "organisation", "series", "number", "exam_date", "issue_date")
    documents = [{key: str(document[key]) for key in keys} for document in person["documents"]]
    store.insert(
        "register",
        {
            "snils": snils.compact(person["snils"]),
            "level": person["level"],
            "documents": json.dumps(documents, ensure_ascii=False),
        },
    )
