"""The people whose real numbers are owed to a portal, with their data read anew from the profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.errors import MapError
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.profile.loading import load
from nmo_autofill.report.follow_ups import Debt

if TYPE_CHECKING:
    from datetime import date

    from nmo_autofill.runs.journal import Journal


def owed(journal: Journal, today: date) -> tuple[Debt, ...]:
    """Return all debts.

    The journal knows a digest and a place; names and numbers are read again from the profiles.
    """
    follow_ups = journal.follow_ups()
    loaded = load(sorted({follow_up.source.file for follow_up in follow_ups}), today=today)
    profiles = {journal.digest(person.profile.snils): person.profile for person in loaded.people if person.profile}
    support = {portal: _support(portal) for portal in {follow_up.portal for follow_up in follow_ups}}
    return tuple(
        Debt(debt.source, debt.portal, debt.at, support[debt.portal], profiles.get(debt.person)) for debt in follow_ups
    )


def _support(portal: str) -> str:
    try:
        return load_map(portal).support
    except MapError:  # a map from a file: the journal knows its name only
        return ""
