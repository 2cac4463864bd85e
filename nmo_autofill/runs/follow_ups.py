"""The people whose real numbers are owed to a portal, with their data read anew from the profiles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nmo_autofill.profile.loading import load

if TYPE_CHECKING:
    from datetime import date

    from nmo_autofill.profile.model import Profile
    from nmo_autofill.runs.journal import FollowUp, Journal


@dataclass(frozen=True)
class Owed:
    """One debt; `profile` is None when the person is no longer where the journal says."""

    follow_up: FollowUp
    profile: Profile | None = field(repr=False)


def owed(journal: Journal, today: date) -> tuple[Owed, ...]:
    """Return all debts.

    The journal knows a digest and a place; names and numbers are read again from the profiles.
    """
    follow_ups = journal.follow_ups()
    files = sorted({follow_up.source.file for follow_up in follow_ups})
    loaded = load(files, today=today)
    by_digest = {
        journal.digest(person.profile.snils): person.profile for person in loaded.people if person.profile is not None
    }
    return tuple(Owed(follow_up, by_digest.get(follow_up.person)) for follow_up in follow_ups)
