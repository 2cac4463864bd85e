"""The steps of a run: plain functions, each looks before it acts."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.agreement import day
from nmo_autofill.browser.controls.options import reads
from nmo_autofill.browser.form_filler import fill_form
from nmo_autofill.browser.masking import mask
from nmo_autofill.browser.operator import Presser
from nmo_autofill.browser.session import union
from nmo_autofill.browser.submission import LOST, hand_over, persons_part, submit
from nmo_autofill.browser.table import read_table
from nmo_autofill.errors import (
    AnswerUnknownError,
    BrowserError,
    FieldError,
    HostRefusedError,
    LetterMissingError,
    LinkExpiredError,
    NmoAutofillError,
    OtherAccountError,
    PageUnexpectedError,
    PasswordUnknownError,
    PressLeftError,
    RefusedByPortalError,
    SkippedError,
)
from nmo_autofill.folding import pattern
from nmo_autofill.letters.letter import Credentials
from nmo_autofill.letters.post import Brought
from nmo_autofill.outcome import CHANGES, FieldOutcome, FormOutcome, Outcome, Receipt, StepOutcome
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
from nmo_autofill.portal.model import ValueKind
from nmo_autofill.profile.model import Way

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence

    from playwright.async_api import Locator

    from nmo_autofill.browser.session import Visit
    from nmo_autofill.plan.entry import Entry
    from nmo_autofill.runs.case import Case

PAGE_CHANGED = "step.page_changed"
# Facts that repeat them, with any name that stands there.
_WORDS_OF_THE_PAGE = frozenset({"candidates", "cover", "shown"})
_REVIEWED = CHANGES | {"purpose"}  # forms that nobody presses when they are filled for a review
_STEPS = {"settings": "password"}  # steps that are called otherwise than the page on which they are pressed


async def register(case: Case) -> StepOutcome:
    """Make the account, unless a letter shows that this person has one."""
    await _let_settle(case, "registration")
    if await _has_account(case):
        return StepOutcome("registration", Outcome.ALREADY_DONE, "step.account_exists")
    _not_found(case, "registration", seen=case.letters is not None)
    visit = case.visit
    await _to_cabinet(case)
    await visit.go("sign_in", "registration", "registration")
    entries = plan_registration(case.profile, visit.portal)
    before = (await look(case)).letters
    try:
        with _refusal_settles(case, "registration"):
            return await _fill_and_submit(case, "registration", entries, "registered")
    except RefusedByPortalError as refusal:
        known = visit.portal.page("refusal").texts["already_registered"]
        if any(pattern(words).search(refusal.facts["words"]) for words in known):
            return StepOutcome("registration", Outcome.ALREADY_DONE, "step.already_registered")
        raise
    except AnswerUnknownError as silence:
        if case.letters is None:
            raise  # nobody can look, so the press stays unsettled
        # Only a letter that came since the press tells of it: the address may have had others.
        return await _seek(case, "registration", silence, lambda: _more_letters(case, before))


async def read_letters(case: Case) -> Credentials:
    """Return the login and the password that is valid now.

    Once the password was changed, it comes from where the new one came from; after a change of which nobody knows what
    came of it, the portal is asked which one it takes. Without a mailbox the password is left to the person at the
    sign-in page. Raises LetterMissingError, LinkExpiredError, PasswordUnknownError, PasswordMissingError.
    """
    if case.letters is None:
        return Credentials(case.profile.snils, "")
    if case.journal.done(case.subject, "password"):
        return await _own_credentials(case)
    mailed = await _mailed_credentials(case)
    tried = case.journal.last(case.subject, "password") in {Outcome.UNKNOWN, Outcome.REFUSED}
    if not tried and not case.journal.unsettled_press(case.subject, "password"):
        return mailed
    await _let_settle(case, "password")
    if case.passwords is None and not await _opens(case, mailed):
        raise PasswordUnknownError
    if case.passwords is not None and await _opens(case, own := await _own_credentials(case)):
        return own
    case.journal.settled(case.subject, "password")
    return mailed


async def sign_in(case: Case, credentials: Credentials) -> StepOutcome:
    """Enter the account from the front page, and answer what the portal is used for when it asks."""
    visit = case.visit
    for press in ("sign_in", "purpose"):
        await _let_settle(case, press)
    entered = StepOutcome("sign_in", Outcome.DONE)
    reached = await _to_cabinet(case)
    case.journal.settled(case.subject, "sign_in")
    if reached == "sign_in":
        entries = plan_sign_in(credentials.login, credentials.password, visit.portal)
        # Who reads the letter types the password, too.
        theirs = case if credentials.password else replace(case, presser=Presser.PERSON)
        with _refusal_settles(case, "sign_in"):
            entered = await _fill_and_submit(theirs, "sign_in", entries, "menu", "purpose")
    if not entered.well:
        return entered
    reached = await visit.expect("purpose", "menu")
    case.journal.settled(case.subject, "purpose")
    if reached == "purpose":
        entries = plan_purpose(case.profile, visit.portal)
        with _refusal_settles(case, "purpose"):
            answered = await _fill_and_submit(case, "purpose", entries, "menu")
        if not answered.well:
            return answered
    return replace(entered, receipt=None)


async def add_document(case: Case, credentials: Credentials) -> StepOutcome:
    """Add the record of admission, unless it is listed already; a different version stops the run."""
    await _let_settle(case, "admission")
    found = await _look_for_document(case)
    if found.differences:
        case.journal.settled(case.subject, "admission")
        return StepOutcome("admission", Outcome.DIFFERENT, "step.different", differences=found.differences)
    if found.present:
        done = StepOutcome("admission", Outcome.ALREADY_DONE, "step.document_listed")
    else:
        _not_found(case, "admission")
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
        return StepOutcome("cycle", Outcome.ALREADY_DONE, "step.cycle_listed")
    _not_found(case, "cycle")
    await visit.go("menu", "trajectory", "trajectory")
    await visit.go("trajectory", "add_cycle", "cycle")
    entries = plan_cycle(case.profile, visit.portal)
    try:
        return await _fill_and_submit(case, "cycle", entries, "cycle")
    except (AnswerUnknownError, RefusedByPortalError) as trouble:
        return await _seek(case, "cycle", trouble, lambda: _again(case, credentials, _has_cycle))


async def change_password(case: Case, credentials: Credentials) -> StepOutcome:
    """Change the mailed password for one from the password source."""
    visit, new = case.visit, await _own_credentials(case)
    await _let_settle(case, "password")
    if new == credentials:  # it opened the account: an earlier run changed it and got no answer
        return StepOutcome("password", Outcome.DONE, "step.found_after_silence")
    _not_found(case, "password")
    await visit.go("menu", "settings", "settings")
    entries = plan_password(credentials.password, new.password, visit.portal)
    try:
        return await _fill_and_submit(case, "settings", entries, "settings")
    except (AnswerUnknownError, RefusedByPortalError) as trouble:
        return await _seek(case, "password", trouble, lambda: _opens(case, new))


async def _own_credentials(case: Case) -> Credentials:
    if case.passwords is None:
        raise PasswordUnknownError
    login = case.profile.snils
    return Credentials(login, await asyncio.to_thread(case.passwords.password, login))


async def _mailed_credentials(case: Case) -> Credentials:
    """Return what the letter brings, following the confirmation link where there is one."""
    brought = await look(case)
    mailed = brought.credentials
    if mailed is None:
        if brought.link is None:
            raise _letter_missing(case)
        await case.visit.open(brought.link)
        if await case.visit.expect("confirmed", "expired") == "expired":
            raise LinkExpiredError
        mailed = (await look(case)).credentials
    if mailed is None:
        raise _letter_missing(case)
    return mailed


def _letter_missing(case: Case) -> LetterMissingError:
    made = case.journal.done_at(case.subject, "registration")
    deadline = made and (made + timedelta(hours=case.visit.portal.letters.link_hours)).astimezone()
    return LetterMissingError(deadline=f"{deadline:%d.%m.%Y %H:%M}" if deadline else "—")


async def _opens(case: Case, credentials: Credentials) -> bool:
    """Tell whether the portal takes this password, by a visit of its own: in ours somebody may be signed in."""
    async with case.visit.anew() as visit:
        try:
            await _enter(replace(case, visit=visit), credentials)
        except RefusedByPortalError:
            return False
    return True


async def _enter(case: Case, credentials: Credentials) -> None:
    """Sign in. Raises PageUnexpectedError when the form could not be filled: then nobody knows more than before."""
    if not (await sign_in(case, credentials)).well:
        raise PageUnexpectedError(page=case.visit.portal.page("menu").title)


async def _fill_and_submit(case: Case, page: str, entries: Sequence[Entry], *answers: str) -> StepOutcome:
    """Fill, read back, press: one field that does not agree, and nothing is pressed.

    `answers` are the pages on which the portal confirms: by their texts `success`, else by being shown.
    Raises PressUnderWayError, and RefusedByPortalError and AnswerUnknownError; after these two the press stays
    unsettled until somebody has looked.
    """
    visit, step = case.visit, _STEPS.get(page, page)
    if changed := await _otherwise(case, page, entries):
        return changed
    form = await _fill(case, page, entries)
    if not form.agrees:
        fields = tuple(_masked(case, field) for field in form.fields)
        hidden = [*_personal(case), *(entry.value for entry in entries)]
        where = await case.surveys.disagreement(visit, page, fields, hidden)
        return StepOutcome(step, Outcome.FAILED, "step.form_disagrees", _picture(where), fields=fields)
    if case.presser is Presser.NOBODY and step in _REVIEWED:
        return StepOutcome(step, Outcome.WAITING_PERSON, "step.review", fields=form.fields)
    part = await persons_part(visit, page, case.presser)
    case.journal.pressing(case.subject, step, Presser.PERSON if part else Presser.TOOL)
    success = union([_confirmation(visit, answer) for answer in answers])
    try:
        if part is None:
            answer = await submit(visit, page, success)
        else:
            answer = await hand_over(visit, page, success, part, case.operator)
    except (FieldError, PageUnexpectedError, HostRefusedError, SkippedError):
        case.journal.settled(case.subject, step)  # nothing was pressed
        raise
    except BrowserError:
        answer = LOST
    if answer.lost:
        raise AnswerUnknownError(page=visit.portal.page(page).title)
    if not answer.confirmed:
        raise RefusedByPortalError(words=mask(answer.words, _personal(case)))
    if step not in CHANGES:
        case.journal.settled(case.subject, step)  # the others together with their outcome
    # Not the words on the page: they can address the person by name.
    words = visit.portal.page(answers[0]).texts.get("success", ("",))[0]
    receipt = Receipt(words, datetime.now(UTC).isoformat(timespec="seconds"))
    return StepOutcome(step, Outcome.DONE, fields=form.fields, receipt=receipt)


async def _otherwise(case: Case, page: str, entries: Sequence[Entry]) -> StepOutcome | None:
    """Return how the step ends when the page is otherwise than the portal map says; nothing is typed then.

    An option that the list has not is no end where somebody can be asked which one is meant.
    """
    wanted = () if case.operator.hears else {entry.value for entry in entries}
    drifts, where = await case.surveys.drifts(case.visit, page, wanted, _personal(case))
    if not drifts:
        return None
    facts = (("page", case.visit.portal.page(page).title), *_picture(where))
    return StepOutcome(_STEPS.get(page, page), Outcome.STOPPED, PAGE_CHANGED, facts, drifts=drifts)


async def _fill(case: Case, page: str, entries: Sequence[Entry]) -> FormOutcome:
    """Fill and read back; once more with the options that a person named for what the lists left open.

    Raises SessionLostError when the form went away because nobody is signed in any more.
    """
    visit = case.visit
    form = await fill_form(visit.page, page, entries, visit.guard)
    if not form.agrees and (chosen := await _chosen(case, page, entries, form)):
        form = await fill_form(visit.page, page, chosen, visit.guard)
    if not form.agrees:
        await visit.require_session(page)
    return form


async def _chosen(case: Case, page: str, entries: Sequence[Entry], form: FormOutcome) -> Sequence[Entry]:
    """Return the entries with the options that a person named for what the page's lists left open; none, without that.

    Nobody is asked while something else does not agree: the form would not be submitted whatever they say.
    """
    trouble = {field.field: field for field in form.fields if not field.agrees}
    if not all(field.options for field in trouble.values()):
        return ()
    values = {}
    title, personal = case.visit.portal.page(page).title, _personal(case)
    for entry in entries:
        if field := trouble.get(entry.key):
            shown = [mask(option, personal) for option in field.options]
            place = await case.operator.choose(title, entry.field.labels[0], entry.value, shown)
            if place is None:
                return ()
            values[entry.key] = field.options[place]
    return [replace(entry, value=values.get(entry.key, entry.value)) for entry in entries]


def _picture(where: str) -> tuple[tuple[str, str], ...]:
    return (("picture", where),) if where else ()


@contextmanager
def _refusal_settles(case: Case, step: str) -> Iterator[None]:
    """Take a refusal for the portal's last word: where nothing can be looked for, or nothing need be."""
    try:
        yield
    except RefusedByPortalError:
        case.journal.settled(case.subject, step)
        raise


def _confirmation(visit: Visit, page: str) -> Locator:
    return visit.texts(page, "success") if "success" in visit.portal.page(page).texts else visit.sign(page)


def masked_facts(case: Case, facts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the facts of an error with those masked that repeat the page's words."""
    personal = _personal(case)
    return tuple((name, mask(fact, personal) if name in _WORDS_OF_THE_PAGE else fact) for name, fact in facts)


def _personal(case: Case) -> list[str]:
    """Return what must not be told: everything typed for this person that is not the text of a list."""
    planned = (*plan_registration(case.profile, case.visit.portal), *plan_admission(case.profile, case.visit.portal))
    return [entry.value for entry in planned if entry.field.value is not ValueKind.OPTION]


def _masked(case: Case, field: FieldOutcome) -> FieldOutcome:
    """Return the field's outcome with the page's words in it masked: a list may hold more than names."""
    return replace(field, facts=masked_facts(case, field.facts), options=())


async def _seek(case: Case, step: str, trouble: NmoAutofillError, look: Callable[[], Awaitable[object]]) -> StepOutcome:
    """Look whether a press took effect that got no answer, or a refusal; raise the trouble when nothing is found.

    A refusal too, because Chromium by itself repeats a POST whose connection closed unanswered, and then the portal
    refuses the second one. A look that fails leaves the press unsettled.
    """
    try:
        if isinstance(trouble, AnswerUnknownError):
            await _let_settle(case, step)
        found = await look()
    except NmoAutofillError:
        raise trouble from None
    if not found:
        case.journal.settled(case.subject, step)
        raise trouble
    return StepOutcome(step, Outcome.DONE, "step.found_after_silence")


def _not_found(case: Case, step: str, *, seen: bool = True) -> None:
    """Settle a press of an earlier run that a look did not find to have taken effect.

    Raises PressLeftError when it can have been made all the same, or be made yet: a person takes as long as they like,
    and where nothing could be `seen` nobody has looked. It is settled by that warning.
    """
    press = case.journal.unsettled_press(case.subject, step)
    case.journal.settled(case.subject, step)
    if press and (press.presser is Presser.PERSON or not seen):
        raise PressLeftError


async def _again(case: Case, credentials: Credentials, look: Callable[[Case], Awaitable[bool]]) -> bool:
    """Enter anew by the front page and look: reloading a page that was posted could post it again."""
    await _enter(case, credentials)
    return await look(case)


async def _to_cabinet(case: Case) -> str:
    """Go from the front page to the sign-in page, or into the account where the portal still knows the person."""
    visit, level = case.visit, case.profile.level.value
    await visit.open(visit.portal.entry[level])
    await visit.expect("front")
    reached = await visit.go("front", "personal_account", "cabinets", "sign_in", "menu")
    if reached == "cabinets":
        reached = await visit.go("cabinets", level, "sign_in", "menu")
    return reached


async def _to_profile(case: Case) -> None:
    await case.visit.go("menu", "profile", "profile")
    shown = await case.visit.snils_shown()
    if shown and case.profile.snils not in shown:
        raise OtherAccountError


async def _look_for_document(case: Case) -> Found:
    await _to_profile(case)
    rows = await read_table(case.visit, "profile", "documents")
    return find_document(document_values(case.profile, case.visit.portal), rows)


async def _has_document(case: Case) -> bool:
    return await _look_for_document(case) == Found(present=True)


async def _add_absent_document(case: Case, credentials: Credentials) -> StepOutcome:
    visit = case.visit
    if await visit.go("profile", "add_document", "wizard", "admission") == "wizard":
        await visit.go("wizard", "add_document", "admission")
    entries = plan_admission(case.profile, visit.portal)
    try:
        return await _fill_and_submit(case, "admission", entries, "admission")
    except (AnswerUnknownError, RefusedByPortalError) as trouble:
        return await _seek(case, "admission", trouble, lambda: _again(case, credentials, _has_document))


async def _has_cycle(case: Case) -> bool:
    await _to_profile(case)
    cycles = await read_table(case.visit, "profile", "cycles")
    return any(reads(cycle["specialty"], case.profile.admission.specialty) and _runs(cycle) for cycle in cycles)


def _runs(cycle: Mapping[str, str]) -> bool:
    """Tell whether the cycle is not over; one whose end cannot be read counts."""
    end = day(cycle["end"])
    return end is None or tuple(reversed(end)) >= tuple(f"{datetime.now().astimezone():%Y %m %d}".split())


async def _has_account(case: Case) -> bool:
    """Look into the mailbox; where a person reads the letters, only the journal can tell."""
    if case.letters is None:
        return case.journal.done(case.subject, "registration")
    brought = await look(case)
    return bool(brought.credentials) or (brought.letters > 0 and case.journal.done(case.subject, "registration"))


async def look(case: Case) -> Brought:
    """Return what has come for this person; nothing where a person reads the letters."""
    return Brought(0) if case.letters is None else await case.letters.look(case.profile.email, case.profile.snils)


async def _more_letters(case: Case, before: int) -> bool:
    return (await look(case)).letters > before


async def _let_settle(case: Case, step: str) -> None:
    """After a press of which nobody knows the end, wait as long as the portal may still be at it, and only then look.

    Without this wait a trial (2026-11) doubled 19 % of the effects with a portal that acts seconds after the press.
    """
    press = case.journal.unsettled_press(case.subject, step)
    if press is not None:
        settled = press.at + timedelta(seconds=case.visit.portal.answer_seconds)
        await asyncio.sleep(max(0.0, (settled - datetime.now(UTC)).total_seconds()))  # noqa: TID251 (the portal may be at it for as long)
    case.journal.looking(case.subject, step)
