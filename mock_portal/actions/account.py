"""Sign-in, the first entry's question, and the change of the password."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mock_portal import rules, snils
from mock_portal.lists import LEVELS
from mock_portal.model import BY_REGISTER
from mock_portal.stand import Stand, Verdict, opens, received, sealed

if TYPE_CHECKING:
    from mock_portal.model import Account

PURPOSES = (*LEVELS, "other")


def sign_in(stand: Stand, values: rules.Values) -> Verdict:
    """Check login and password, and whether the cabinet is the person's own."""
    digits = snils.compact(values.get("snils", ""))
    errors = {key: "required" for key in ("snils", "password") if not values.get(key, "").strip()}
    account = stand.store.account_of(snils=digits)
    if not errors and not (account and opens(account, values["password"])):
        errors["password"] = "credentials"  # noqa: S105 (a refusal's code, not a password)
    elif not errors and account and closed(account, values.get("cabinet", "")):
        errors["cabinet"] = "cabinet_closed"
    return stand.witnessed("sign_in", received(values, ("snils", "cabinet")), errors, account, digits)


def closed(account: Account, cabinet: str) -> bool:
    """Return whether the cabinet of this level stays shut for a person of another one.

    One login serves both cabinets, but each opens only for its own level of education (portal-facts, section 2).
    Without a cabinet chosen the person's own one opens.
    """
    return bool(cabinet and account.level and cabinet != account.level)


def choose_purpose(stand: Stand, account: Account, values: rules.Values) -> Verdict:
    """Keep what the person will use the portal for, and take the documents over from the Federal register."""
    purpose = values.get("purpose", "")
    errors = {}
    if purpose not in PURPOSES:
        errors["purpose"] = "unknown_option" if purpose else "required"
    elif account.purpose:
        errors["purpose"] = "purpose_chosen"
    else:
        account = stand.store.update(account, {"purpose": purpose})
        _take_over(stand, account)
    return stand.witnessed("purpose", received(values, ("purpose",)), errors, account)


def change_password(stand: Stand, account: Account, values: rules.Values) -> Verdict:
    """Change the password, or say why not; the witness never sees any of them."""
    errors = rules.password(values)
    if "current_password" not in errors and not opens(account, values["current_password"]):
        errors["current_password"] = "password_wrong"  # noqa: S105 (a refusal's code, not a password)
    if not errors:
        account = stand.store.update(account, {"password": sealed(values["new_password"])})
    return stand.witnessed("password", {}, errors, account)


def _take_over(stand: Stand, account: Account) -> None:
    found = stand.store.rows(
        "SELECT documents FROM register WHERE snils = ? AND level = ? ORDER BY id", account.snils, account.purpose
    )
    for row in found:
        for document in json.loads(row["documents"]):
            stand.store.insert("documents", {**document, "account_id": account.id, "source": BY_REGISTER})
