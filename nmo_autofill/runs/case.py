"""One person's run: who, where, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from nmo_autofill.browser.operator import Presser

if TYPE_CHECKING:
    from nmo_autofill.browser.operator import Operator
    from nmo_autofill.browser.session import Visit
    from nmo_autofill.letters.post import Letters
    from nmo_autofill.profile.model import Profile
    from nmo_autofill.runs.journal import Journal, Subject
    from nmo_autofill.runs.surveys import Surveys


class PasswordSource(Protocol):
    """Where a new password comes from; nobody stores it."""

    def password(self, login: str) -> str:
        """Return the new password for this login."""
        ...


@dataclass(frozen=True)
class Case:
    """What the steps of one person work with.

    Without `letters` the letter is read, and the password typed, by a person. Without `passwords` the mailed
    password stays.
    """

    visit: Visit
    profile: Profile
    subject: Subject
    journal: Journal
    operator: Operator
    surveys: Surveys
    presser: Presser = Presser.TOOL
    letters: Letters | None = None
    passwords: PasswordSource | None = None
