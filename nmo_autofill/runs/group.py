"""A run of many people: one browser, a fresh visit each, one after the other."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nmo_autofill.browser.session import open_browser, visit
from nmo_autofill.errors import NmoAutofillError
from nmo_autofill.outcome import Outcome, RunOutcome, StepOutcome
from nmo_autofill.portal.host import is_test_host, require_host
from nmo_autofill.runs.case import Case
from nmo_autofill.runs.journal import Subject
from nmo_autofill.runs.passwords import AskedOnce
from nmo_autofill.runs.workflow import run_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.async_api import Browser

    from nmo_autofill.browser.submission import Operator
    from nmo_autofill.letters.post import Letters
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.profile.model import Profile
    from nmo_autofill.runs.case import PasswordSource
    from nmo_autofill.runs.journal import Journal
    from nmo_autofill.settings import Until
    from nmo_autofill.source import Source


INTERRUPTED = "step.interrupted"
INTERRUPTED_PRESS = "step.interrupted_press"
OUR_FAULT = "step.our_fault"


@dataclass(frozen=True)
class Errand:
    """One call of the command line for many people: what all of them share."""

    run: str
    portal: PortalMap
    journal: Journal
    operator: Operator
    until: Until
    headed: bool = False
    letters: Letters | None = None
    passwords: PasswordSource | None = None
    browser_arguments: tuple[str, ...] = ()
    trust_any_certificate: bool = False


async def run_group(
    errand: Errand,
    people: Iterable[tuple[Source, Profile]],
    tell: Callable[[RunOutcome], None],
    blame: Callable[[Exception], None],
) -> None:
    """Run everybody, telling each outcome as it comes; a browser that died is replaced for the next person.

    An error that nobody expected ends its person only, and `blame` is given it.
    When the task is cancelled (Ctrl-C), the person at work is told with the steps taken so far.
    Raises HostRefusedError before a browser opens, BrowserMissingError, BrowserError when none starts.
    """
    for address in errand.portal.entry.values():
        require_host(address, errand.portal)
    waiting = deque(people)
    while waiting:
        async with open_browser(
            headed=errand.headed or is_watched(errand.portal), extra_arguments=errand.browser_arguments
        ) as browser:
            while waiting and browser.is_connected():
                source, profile = waiting.popleft()
                await _run_one(errand, browser, source, profile, tell, blame)


async def _run_one(  # noqa: PLR0913, PLR0917 (who is run, where, and to whom it is told)
    errand: Errand,
    browser: Browser,
    source: Source,
    profile: Profile,
    tell: Callable[[RunOutcome], None],
    blame: Callable[[Exception], None],
) -> None:
    # Follow-ups read the profile again, from whichever folder they are called in.
    absolute = replace(source, file=os.path.abspath(source.file))  # noqa: ASYNC240, PTH100 (no disk; links stay named)
    subject = Subject(errand.portal.name, errand.journal.digest(profile.snils), absolute)
    taken: list[StepOutcome] = []
    try:
        async with visit(browser, errand.portal, trust_any_certificate=errand.trust_any_certificate) as opened:
            passwords = AskedOnce(errand.passwords) if errand.passwords else None
            case = Case(opened, profile, subject, errand.journal, errand.operator, errand.letters, passwords)
            outcome = await run_person(case, source, errand.run, errand.until, taken)
    except NmoAutofillError as error:
        failed = StepOutcome("visit", Outcome.FAILED, error.code, tuple(error.facts.items()))
        outcome = RunOutcome(source, (*taken, failed))
    except asyncio.CancelledError:
        tell(RunOutcome(source, (*taken, _interrupted(errand.journal, subject))))
        raise
    except Exception as fault:  # noqa: BLE001 (one person's misfortune must not take the others' outcomes along)
        blame(fault)
        unsettled = errand.journal.unsettled(subject)
        ended = StepOutcome("visit", Outcome.UNKNOWN if unsettled else Outcome.FAILED, OUR_FAULT)
        outcome = RunOutcome(source, (*taken, ended))
    tell(outcome)


def _interrupted(journal: Journal, subject: Subject) -> StepOutcome:
    """Tell a person who was at work: something pressed of which nobody knows the end is unknown, not stopped."""
    if journal.unsettled(subject):
        return StepOutcome("visit", Outcome.UNKNOWN, INTERRUPTED_PRESS)
    return StepOutcome("visit", Outcome.STOPPED, INTERRUPTED)


def is_watched(portal: PortalMap) -> bool:
    """Tell whether a person watches the browser and makes the presses: on every host that is not loopback."""
    return not all(map(is_test_host, portal.entry.values()))
