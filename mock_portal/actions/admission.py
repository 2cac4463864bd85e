"""The admission record: a document of the right to practise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_portal import rules
from mock_portal.model import BY_HAND
from mock_portal.stand import Stand, Verdict, received

if TYPE_CHECKING:
    from mock_portal.model import Account

DOCUMENT_FIELDS = ("specialty", "organisation", "series", "number", "exam_date", "issue_date")


def add_document(stand: Stand, account: Account, values: rules.Values) -> Verdict:
    """Add a document by hand, or say why not: nothing can be changed afterwards."""
    errors = _errors(stand, account, values)
    if not errors:
        columns = {key: values[key].strip() for key in DOCUMENT_FIELDS}
        columns |= {"type": values["document_type"], "source": BY_HAND}
        stand.store.insert("documents", {**columns, "account_id": account.id})
    return stand.witnessed("admission", received(values, rules.ADMISSION), errors, account)


def confirmation_label(account: Account) -> str:
    """Return the key of the second confirmation's text: its wording follows the person's sex."""
    return "confirm_final_male" if account.sex == "Мужской" else "confirm_final_female"


def _errors(stand: Stand, account: Account, values: rules.Values) -> rules.Errors:
    birth = rules.day(account.birth_date)
    if account.level is None or birth is None:
        return {"form": "level_needed"}
    errors = rules.admission(values, stand.today(), account.level, birth)
    identity = tuple(values.get(key, "").strip() for key in ("document_type", "specialty", "series", "number"))
    held = {(held.type, held.specialty, held.series, held.number) for held in stand.store.documents(account)}
    if not errors and identity in held:
        errors["number"] = "document_twice"
    return errors
