"""One call of `run`: loaded people in, the report out, whatever happens in between."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nmo_autofill.errors import NmoAutofillError
from nmo_autofill.outcome import Outcome, RunOutcome, StepOutcome
from nmo_autofill.report.run_report import RunReport
from nmo_autofill.runs.group import INTERRUPTED, INTERRUPTED_PRESS, run_group
from nmo_autofill.runs.stay import OUR_FAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nmo_autofill.profile.people import Person
    from nmo_autofill.runs.errand import Errand


def run_name() -> str:
    """Return a new name of a run: when it began (UTC), and four random digits."""
    return f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{secrets.token_hex(2)}"


def run_people(errand: Errand, people: Iterable[Person], tell: Callable[[RunOutcome], None]) -> RunReport:
    """Run everybody whose profile is valid, and report on all.

    When the call is interrupted, no browser starts, or a fault of our own ends it, everybody without an outcome is
    told as stopped.
    """
    known: dict[int, RunOutcome] = {}
    able = []
    for number, person in enumerate(people):
        if person.profile is None:
            invalid = StepOutcome("profile", Outcome.STOPPED, "step.profile_invalid")
            known[number] = RunOutcome(person.source, (invalid,))
            tell(known[number])
        else:
            able.append((number, person.source, person.profile))
    numbers = {source: number for number, source, _ in able}

    def told(outcome: RunOutcome) -> None:
        known[numbers[outcome.source]] = outcome
        tell(outcome)

    stopped = None
    faults: list[Exception] = []
    try:
        if able:
            asyncio.run(run_group(errand, [(source, profile) for _, source, profile in able], told, faults.append))
    except (KeyboardInterrupt, asyncio.CancelledError):
        stopped = StepOutcome("visit", Outcome.STOPPED, INTERRUPTED)
    except NmoAutofillError as error:
        stopped = StepOutcome("visit", Outcome.STOPPED, error.code, tuple(error.facts.items()))
    except Exception as fault:  # noqa: BLE001 (whatever it is, those who are done already must be told)
        faults.append(fault)
        stopped = StepOutcome("visit", Outcome.STOPPED, OUR_FAULT)
    for number, source, _ in able:
        if number not in known and stopped is not None:
            known[number] = RunOutcome(source, (stopped,))
            tell(known[number])
    outcomes = tuple(known[number] for number in sorted(known))
    return RunReport(errand.run, errand.portal.title, outcomes, tuple(faults))


def was_interrupted(report: RunReport) -> bool:
    """Tell whether the person at the keyboard ended the run."""
    return any(step.reason in {INTERRUPTED, INTERRUPTED_PRESS} for person in report.people for step in person.steps)
