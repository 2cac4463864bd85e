"""The order of the steps of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.errors import (
    AnswerUnknownError,
    HostRefusedError,
    LetterMissingError,
    LinkExpiredError,
    NmoAutofillError,
    OtherAccountError,
    PasswordMissingError,
    PasswordUnknownError,
    PressLeftError,
    PressUnderWayError,
    RefusedByPortalError,
)
from nmo_autofill.outcome import Outcome, RunOutcome, StepOutcome
from nmo_autofill.profile.model import Way
from nmo_autofill.runs import steps
from nmo_autofill.settings import Until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from nmo_autofill.runs.case import Case
    from nmo_autofill.source import Source

_OUTCOMES: dict[type[NmoAutofillError], Outcome] = {
    RefusedByPortalError: Outcome.REFUSED,
    AnswerUnknownError: Outcome.UNKNOWN,
    LetterMissingError: Outcome.WAITING_LETTER,
    LinkExpiredError: Outcome.WAITING_LETTER,
    HostRefusedError: Outcome.STOPPED,
    PressLeftError: Outcome.UNKNOWN,
    PressUnderWayError: Outcome.UNKNOWN,
    OtherAccountError: Outcome.STOPPED,
    PasswordMissingError: Outcome.WAITING_PERSON,
    PasswordUnknownError: Outcome.WAITING_PERSON,
}


async def run_person(case: Case, source: Source, run: str, until: Until, taken: list[StepOutcome]) -> RunOutcome:
    """Take the steps one after the other, write each into the journal, and stop at the first that is not well.

    `taken` is filled as the steps end, so that they are known even when the run is broken off.
    """
    async for step in _walk(case, until):
        taken.append(step)
        case.journal.record(run, case.subject, step)
        if not step.well:
            break
    admitted = any(step.step == "admission" and step.well for step in taken)
    follow_up = admitted and case.profile.admission.way is Way.EXTRACT
    return RunOutcome(source, tuple(taken), follow_up)


async def _walk(case: Case, until: Until) -> AsyncIterator[StepOutcome]:
    yield await _taken("registration", steps.register(case))
    if until is Until.REGISTERED:
        return
    try:
        credentials = await steps.read_letters(case)
    except NmoAutofillError as error:
        yield _troubled("letters", error)
        return
    yield await _taken("sign_in", steps.sign_in(case, credentials))
    yield await _taken("admission", steps.add_document(case, credentials))
    if until is Until.CYCLE:
        yield await _taken("cycle", steps.make_cycle(case, credentials))
    if case.passwords is not None and not steps.has_own_password(case):
        yield await _taken("password", steps.change_password(case, credentials, case.passwords))


async def _taken(step: str, taking: Awaitable[StepOutcome]) -> StepOutcome:
    try:
        return await taking
    except NmoAutofillError as error:
        return _troubled(step, error)


def _troubled(step: str, error: NmoAutofillError) -> StepOutcome:
    outcome = _OUTCOMES.get(type(error), Outcome.FAILED)
    return StepOutcome(step, outcome, error.code, tuple(error.facts.items()))
