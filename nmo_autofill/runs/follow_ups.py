"""The people whose real numbers are owed to a portal, with their data read anew from the profiles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nmo_autofill.errors import MapError
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.profile.document import Unreadable
from nmo_autofill.profile.loading import load
from nmo_autofill.profile.memory import Memories
from nmo_autofill.report.follow_ups import Debt
from nmo_autofill.runs.destination import ONCE, STAND_IN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from nmo_autofill.profile.people import Person
    from nmo_autofill.runs.journal import FollowUp, Journal


def owed(journal: Journal, today: date) -> tuple[Debt, ...]:
    """Return all debts.

    The journal knows a digest and a place; names and numbers are read again from the profiles.
    """
    follow_ups = _standing(journal.follow_ups())
    files = sorted({follow_up.source.file for follow_up in follow_ups})
    memories = Memories()
    people = [person for file in files for person in _people(Path(file), today, memories)]
    profiles = {journal.digest(person.profile.snils): person.profile for person in people if person.profile}
    support = {portal: _support(portal) for portal in {follow_up.portal for follow_up in follow_ups}}
    return tuple(
        Debt(debt.source, _shown(debt.portal), debt.at, support[debt.portal], profiles.get(debt.person))
        for debt in follow_ups
    )


def _standing(follow_ups: Iterable[FollowUp]) -> tuple[FollowUp, ...]:
    """Return the debts without those to an earlier one of the stand-in portals that are started for one run."""
    newest = {(_shown(debt.portal), debt.person): debt for debt in follow_ups}
    return tuple(newest.values())


def _shown(portal: str) -> str:
    return portal.partition(ONCE)[0]


def _people(file: Path, today: date, memories: Memories) -> Sequence[Person]:
    """Return the people of a file, with what was said once for it."""
    try:
        return load([file], today=today, said=memories.said).people
    except Unreadable:  # the people whose list needs what was said are then told as gone
        return load([file], today=today).people


def _support(portal: str) -> str:
    try:
        return load_map(STAND_IN if "://" in portal else _shown(portal)).support
    except MapError:  # a map from a file: the journal knows its name only
        return ""
