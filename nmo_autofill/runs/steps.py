"""The steps of a run: plain functions, each looks before it acts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from nmo_autofill.browser.form_filler import fill_form
from nmo_autofill.browser.masking import mask
from nmo_autofill.browser.submission import Answer, submit
from nmo_autofill.browser.table import read_table
from nmo_autofill.errors import (
    AnswerUnknownError,
    BrowserError,
    LetterMissingError,
    NmoAutofillError,
    RefusedByPortalError,
)
from nmo_autofill.folding import fold
from nmo_autofill.letters.letter import Credentials, Letter, find_credentials, find_link
from nmo_autofill.outcome import Outcome, StepOutcome
from nmo_autofill.plan.documents import Found, find_document
from nmo_autofill.plan.forms import (
    document_values,
    plan_admission,
    plan_cycle,
    plan_password,
    plan_purpose,
    plan_registration,
    plan_sign_in,
)
from nmo_autofill.profile.model import Way

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from playwright.async_api import Locator

    from nmo_autofill.plan.entry import Entry
    from nmo_autofill.runs.case import Case


async def register(case: Case) -> StepOutcome:
    """Make the account, unless a letter shows that this person has one."""
    await _let_settle(case, "registration")
    if await _has_account(case):
        case.journal.settled(case.subject, "registration")
        return StepOutcome("registration", Outcome.ALREADY_DONE, "step.account_exists")
    visit = case.visit
    await _to_cabinet(case)
    await visit.press("sign_in", "registration")
    await visit.expect("registration")
    entries = plan_registration(case.profile, visit.portal)
    try:
        return await _fill_and_submit(case, "registration", entries, visit.texts("registered", "success"))
    except RefusedByPortalError:
        if await visit.texts("refusal", "already_registered").count():
            return StepOutcome("registration", Outcome.ALREADY_DONE, "step.already_registered")
        raise
    except AnswerUnknownError as silence:
        return await _seek(case, "registration", silence, lambda: _letters(case))


async def read_letters(case: Case) -> Credentials:
    """Follow the confirmation link where there is one, and return the login and password.

    Raises LetterMissingError. Without a mailbox the password is left to the person at the sign-in page.
    """
    if case.mailbox is None:
        return Credentials(case.profile.snils, "")
    mailed = await _mailed(case)
    if mailed is None:
        link = find_link(await _letters(case), case.visit.portal)
        if link is None:
            raise LetterMissingError
        await case.visit.open(link)
        await case.visit.expect("confirmed")
        mailed = await _mailed(case)
    if mailed is None:
        raise LetterMissingError
    return mailed


async def sign_in(case: Case, credentials: Credentials) -> StepOutcome:
    """Enter the account from the front page, and answer what the portal is used for when it asks."""
    visit = case.visit
    entered = StepOutcome("sign_in", Outcome.DONE)
    if await _to_cabinet(case) == "sign_in":
        entries = plan_sign_in(credentials.login, credentials.password, visit.portal)
        inside = visit.sign("menu").or_(visit.sign("purpose"))
        entered = await _fill_and_submit(case, "sign_in", entries, inside)
    if entered.well and await visit.expect("purpose", "menu") == "purpose":
        entries = plan_purpose(case.profile, visit.portal)
        answered = await _fill_and_submit(case, "purpose", entries, visit.sign("menu"))
        if not answered.well:
            return answered
    return replace(entered, receipt=None)


async def add_document(case: Case, credentials: Credentials) -> StepOutcome:
    """Add the record of admission, unless it is listed already; a different version stops the run."""
    await _let_settle(case, "admission")
    found = await _look_for_document(case)
    if found.differences:
        return StepOutcome("admission", Outcome.DIFFERENT, "step.different", differences=found.differences)
    if found.present:
        case.journal.settled(case.subject, "admission")
        done = StepOutcome("admission", Outcome.ALREADY_DONE, "step.document_listed")
    else:
        done = await _add_absent_document(case, credentials)
    if done.well:
        extract = case.profile.admission.way is Way.EXTRACT
        (case.journal.owe if extract else case.journal.paid)(case.subject)
    return done


async def make_cycle(case: Case, credentials: Credentials) -> StepOutcome:
    """Make the five-year cycle on the strength of the document, unless there is one for its specialty."""
    visit = case.visit
    await _let_settle(case, "cycle")
    if await _has_cycle(case):
        case.journal.settled(case.subject, "cycle")
        return StepOutcome("cycle", Outcome.ALREADY_DONE, "step.cycle_listed")
    await visit.press("menu", "trajectory")
    await visit.expect("trajectory")
    await visit.press("trajectory", "add_cycle")
    await visit.expect("cycle")
    entries = plan_cycle(case.profile, visit.portal)
    try:
        return await _fill_and_submit(case, "cycle", entries, visit.texts("cycle", "success"))
    except (AnswerUnknownError, RefusedByPortalError) as trouble:
        return await _seek(case, "cycle", trouble, lambda: _again(case, credentials, _has_cycle))


async def change_password(case: Case, credentials: Credentials) -> StepOutcome:
    """Change the mailed password for one from the password source."""
    if case.passwords is None:
        return StepOutcome("password", Outcome.ALREADY_DONE, "step.password_kept")
    visit = case.visit
    await visit.press("menu", "settings")
    await visit.expect("settings")
    new = await asyncio.to_thread(case.passwords.password, credentials.login)
    entries = plan_password(credentials.password, new, visit.portal)
    changed = await _fill_and_submit(case, "settings", entries, visit.texts("settings", "success"))
    return replace(changed, step="password")


async def _fill_and_submit(case: Case, page: str, entries: Sequence[Entry], success: Locator) -> StepOutcome:
    """Fill, read back, press: one field that does not agree, and nothing is pressed.

    Raises RefusedByPortalError and AnswerUnknownError; then the press stays unsettled until somebody has looked.
    """
    form = await fill_form(case.visit.page, page, entries, case.visit.guard)
    if not form.agrees:
        return StepOutcome(page, Outcome.FAILED, "step.form_disagrees", fields=form.fields)
    case.journal.pressing(case.subject, page)
    try:
        answer = await submit(case.visit, page, "submit", success, case.operator)
    except BrowserError:
        answer = Answer(None, lost=True)
    if answer.receipt is None:
        _raise_refusal(case, page, answer, entries)
    case.journal.settled(case.subject, page)
    return StepOutcome(page, Outcome.DONE, fields=form.fields, receipt=answer.receipt)


def _raise_refusal(case: Case, page: str, answer: Answer, entries: Sequence[Entry]) -> None:
    if answer.lost:
        raise AnswerUnknownError(page=case.visit.portal.page(page).title)
    case.journal.settled(case.subject, page)
    raise RefusedByPortalError(words=mask(answer.words, [entry.value for entry in entries]))


async def _seek(case: Case, step: str, trouble: NmoAutofillError, look: Callable[[], Awaitable[object]]) -> StepOutcome:
    """Look whether a press took effect that got no answer, or a refusal; raise the trouble when nothing is found.

    A refusal too, because Chromium by itself repeats a POST whose connection closed unanswered, and then the portal
    refuses the second one.
    """
    try:
        await _let_settle(case, step)
        found = await look()
    except NmoAutofillError:
        raise trouble from None
    if not found:
        raise trouble
    case.journal.settled(case.subject, step)
    return StepOutcome(step, Outcome.DONE, "step.found_after_silence")


async def _again(case: Case, credentials: Credentials, look: Callable[[Case], Awaitable[bool]]) -> bool:
    """Enter anew by the front page and look: reloading a page that was posted could post it again."""
    return (await sign_in(case, credentials)).well and await look(case)


async def _to_cabinet(case: Case) -> str:
    """Go from the front page to the sign-in page, or into the account where the portal still knows the person."""
    visit, level = case.visit, case.profile.level.value
    await visit.open(visit.portal.entry[level])
    await visit.expect("front")
    await visit.press("front", "personal_account")
    reached = await visit.expect("cabinets", "sign_in", "menu")
    if reached == "cabinets":
        await visit.press("cabinets", level)
        reached = await visit.expect("sign_in", "menu")
    return reached


async def _to_profile(case: Case) -> None:
    await case.visit.press("menu", "profile")
    await case.visit.expect("profile")


async def _look_for_document(case: Case) -> Found:
    await _to_profile(case)
    rows = await read_table(case.visit, "profile", "documents")
    return find_document(document_values(case.profile, case.visit.portal), rows)


async def _has_document(case: Case) -> bool:
    return await _look_for_document(case) == Found(present=True)


async def _add_absent_document(case: Case, credentials: Credentials) -> StepOutcome:
    visit = case.visit
    await visit.press("profile", "add_document")
    if await visit.expect("wizard", "admission") == "wizard":
        await visit.press("wizard", "add_document")
        await visit.expect("admission")
    entries = plan_admission(case.profile, visit.portal)
    try:
        return await _fill_and_submit(case, "admission", entries, visit.texts("admission", "success"))
    except (AnswerUnknownError, RefusedByPortalError) as trouble:
        return await _seek(case, "admission", trouble, lambda: _again(case, credentials, _has_document))


async def _has_cycle(case: Case) -> bool:
    await _to_profile(case)
    cycles = await read_table(case.visit, "profile", "cycles")
    return any(fold(cycle["specialty"]) == fold(case.profile.admission.specialty) for cycle in cycles)


async def _has_account(case: Case) -> bool:
    """Look into the mailbox; where a person reads the letters, only the journal can tell."""
    if case.mailbox is None:
        return case.journal.done(case.subject, "registration")
    letters = await _letters(case)
    if find_credentials(letters, case.profile.snils, case.visit.portal):
        return True
    return bool(letters) and case.journal.done(case.subject, "registration")


async def _letters(case: Case) -> Sequence[Letter]:
    return () if case.mailbox is None else await case.mailbox.letters(case.profile.email)


async def _mailed(case: Case) -> Credentials | None:
    return find_credentials(await _letters(case), case.profile.snils, case.visit.portal)


async def _let_settle(case: Case, step: str) -> None:
    """After a press of which nobody knows the end, wait as long as the portal may still be at it, and only then look.

    Without this wait a trial (2026-11) doubled 19 % of the effects with a portal that acts seconds after the press.
    """
    pressed = case.journal.unsettled_press(case.subject, step)
    if pressed is not None:
        settled = pressed + timedelta(seconds=case.visit.portal.answer_seconds)
        await asyncio.sleep(max(0.0, (settled - datetime.now(UTC)).total_seconds()))
