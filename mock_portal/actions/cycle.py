"""Five-year cycles, each on the strength of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_portal import rules
from mock_portal.stand import Stand, Verdict, received

if TYPE_CHECKING:
    from mock_portal.model import Account, Document


def dates(document: Document) -> tuple[str, str]:
    """Return the first and the last day of a document's cycle: five years from its issue date."""
    start = rules.day(document.issue_date)
    return (rules.written(start), rules.written(rules.years_later(start, rules.CYCLE_YEARS))) if start else ("", "")


def add_cycle(stand: Stand, account: Account, values: rules.Values) -> Verdict:
    """Create the cycle of the chosen document, or say why not."""
    chosen = next((held for held in stand.store.documents(account) if held.title == values.get("document")), None)
    errors = {}
    if chosen is None:
        errors["document"] = "document_unknown" if values.get("document") else "required"
    elif any(cycle.document_id == chosen.id for cycle in stand.store.cycles(account)):
        errors["document"] = "cycle_twice"
    else:
        start, end = dates(chosen)
        columns = {"account_id": account.id, "document_id": chosen.id, "specialty": chosen.specialty}
        stand.store.insert("cycles", {**columns, "start": start, "end": end})
    return stand.witnessed("cycle", received(values, ("document",)), errors, account)
