"""Registration and the confirmation of the address."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mock_portal import rules, snils
from mock_portal.actions.letters import send_link, send_password
from mock_portal.stand import Stand, Verdict, received

if TYPE_CHECKING:
    from mock_portal.model import Account

ACCOUNT_FIELDS = tuple(key for key in rules.REGISTRATION if key not in {"consent", "agreement"})


def register(stand: Stand, values: rules.Values, base_url: str) -> Verdict:
    """Register a person and send the first letter, or say why not."""
    errors = rules.registration(values, stand.today()) | _captcha(stand, values)
    errors = _taken(stand, values) | errors
    account = None if errors else _open(stand, values, base_url)
    return stand.witnessed(
        "registration", received(values, rules.REGISTRATION), errors, account, values.get("snils", "")
    )


def confirm(stand: Stand, link: str, base_url: str) -> Verdict:
    """Confirm the address by the mailed link and send login and password."""
    account = stand.store.account_of(link=link) if link else None
    error = _link_error(stand, account)
    if account and not error:
        account = send_password(stand, account, base_url)
    return stand.witnessed("confirmation", {}, {"link": error} if error else {}, account)


def _open(stand: Stand, values: rules.Values, base_url: str) -> Account | None:
    columns = {key: values.get(key, "").strip() for key in ACCOUNT_FIELDS}
    columns |= {"snils": snils.compact(columns["snils"]), "registered_at": stand.stamp()}
    account = stand.store.account_of(id=stand.store.insert("accounts", columns))
    send = send_link if stand.letters == "confirm" else send_password
    return send(stand, account, base_url) if account else None


def _taken(stand: Stand, values: rules.Values) -> rules.Errors:
    errors = {}
    if stand.store.account_of(snils=snils.compact(values.get("snils", ""))):
        errors["snils"] = "snils_taken"
    if stand.store.account_of_email(values.get("email", "").strip()):
        errors["email"] = "email_taken"
    return errors


def _captcha(stand: Stand, values: rules.Values) -> rules.Errors:
    if stand.faults.parameters("captcha") is None or values.get("captcha") in stand.captcha_tickets:
        stand.captcha_tickets.discard(values.get("captcha", ""))
        return {}
    return {"captcha": "captcha"}


def _link_error(stand: Stand, account: Account | None) -> str | None:
    if account is None:
        return "link_unknown"
    if account.confirmed_at:
        return "link_used"
    age = stand.now() - datetime.fromisoformat(account.registered_at)
    if age > stand.link_lifetime or stand.faults.parameters("expired_link") is not None:
        return "link_expired"
    return None
