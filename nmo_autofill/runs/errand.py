"""One call of the command line for many people: what all of them share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nmo_autofill.browser.operator import Presser
from nmo_autofill.runs.surveys import Surveys

if TYPE_CHECKING:
    from nmo_autofill.browser.remote import Remote
    from nmo_autofill.letters.post import Letters
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.runs.case import PasswordSource
    from nmo_autofill.runs.handoffs import Screen
    from nmo_autofill.runs.journal import Journal
    from nmo_autofill.settings import Until


@dataclass(frozen=True)
class Pace:
    """How people are taken: at most `jobs` at once; a step in trouble waits `retry_seconds`, then twice as long.

    `seconds`: the least time between the beginnings of two people, whichever machine begins them.
    """

    jobs: int = 1
    retry_seconds: float = 2
    seconds: float = 0


@dataclass(frozen=True)
class Errand:
    """What is to be done, where, and with what.

    `letter_seconds`: how long somebody's letters are waited for; `browser`: one that runs already, else one is started.
    """

    run: str
    portal: PortalMap
    journal: Journal
    screen: Screen
    until: Until
    headed: bool = False
    presser: Presser = Presser.TOOL
    letters: Letters | None = None
    letter_seconds: float = 0
    passwords: PasswordSource | None = None
    pace: Pace = field(default_factory=Pace)
    browser: Remote | None = None
    surveys: Surveys = field(default_factory=Surveys)
    browser_arguments: tuple[str, ...] = ()
    trust_any_certificate: bool = False
