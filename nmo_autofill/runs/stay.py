"""One person's stay at the portal: the visit is opened when a step needs it, and anew when it was lost."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from nmo_autofill.browser.session import visit
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
    Remedy,
    SkippedError,
)
from nmo_autofill.letters.letter import Credentials
from nmo_autofill.outcome import Outcome, StepOutcome
from nmo_autofill.runs import steps
from nmo_autofill.runs.case import Case
from nmo_autofill.runs.passwords import AskedOnce

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from nmo_autofill.browser.operator import Operator
    from nmo_autofill.browser.session import Browsers
    from nmo_autofill.profile.model import Profile
    from nmo_autofill.runs.arrivals import Arrivals
    from nmo_autofill.runs.desk import Place
    from nmo_autofill.runs.engine import Taking
    from nmo_autofill.runs.errand import Errand
    from nmo_autofill.runs.journal import Subject

    Step = Callable[[Case, Credentials], Awaitable[StepOutcome]]

OUR_FAULT = "step.our_fault"
_NOBODYS = Credentials("", "")
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
    SkippedError: Outcome.WAITING_PERSON,
}


@dataclass
class Stay:
    """What one person's steps are taken with. `blame` is given errors that nobody expected.

    Login and password stay here: they never cross the engine, so a process that goes on reads the letters again.
    """

    errand: Errand
    browsers: Browsers
    operator: Operator
    place: Place
    arrivals: Arrivals
    profile: Profile
    subject: Subject
    blame: Callable[[Exception], None]
    _case: Case | None = None
    _credentials: Credentials = _NOBODYS
    _opened: AsyncExitStack = field(default_factory=AsyncExitStack)
    _at: str = ""

    def outside(self) -> Taking:
        """Return the step that makes the account."""
        return partial(self._attempt, "registration", self._register)

    def entering(self) -> Taking:
        """Return the step that reads the letters and signs in."""
        return partial(self._attempt, "sign_in", self._enter)

    def inside(self, name: str, step: Step) -> Taking:
        """Return a step in the account; where the visit was lost, it begins by entering again."""
        return partial(self._attempt, name, partial(self._take_inside, step))

    async def leave(self) -> None:
        """End the visit."""
        self._case, self._credentials = None, _NOBODYS
        await self._opened.aclose()

    def faulty(self, fault: Exception) -> StepOutcome:
        """Return the outcome of an error that nobody expected, and blame it."""
        self.blame(fault)
        unsettled = self.errand.journal.unsettled(self.subject)
        return StepOutcome("visit", Outcome.UNKNOWN if unsettled else Outcome.FAILED, OUR_FAULT)

    async def _attempt(self, name: str, take: Callable[[], Awaitable[StepOutcome]], last: bool) -> StepOutcome:  # noqa: FBT001 (what the engine says)
        self._at = name
        try:
            taken = await take()
        except NmoAutofillError as error:
            if not last and self._is_technical(error):
                await self.leave()
                raise
            outcome = _OUTCOMES.get(type(error), Outcome.FAILED)
            told = tuple(error.facts.items())
            facts = steps.masked_facts(self._case, told) if self._case else told
            taken = StepOutcome(self._at, outcome, error.code, facts)
        except Exception as fault:  # noqa: BLE001 (its text, which can hold anything, must not reach the engine)
            taken = self.faulty(fault)
        self.errand.journal.record(self.errand.run, self.subject, taken)
        return taken

    def _is_technical(self, error: NmoAutofillError) -> bool:
        """Tell whether the step may be taken again: before any press, or after one whose answer the browser took along.

        Then the step looks first, once the portal has had its time to answer.
        """
        if error.remedy is Remedy.RETRY:
            return True
        return isinstance(error, AnswerUnknownError) and self._case is not None and not _is_alive(self._case)

    async def _register(self) -> StepOutcome:
        return await steps.register(await self._at_portal())

    async def _enter(self) -> StepOutcome:
        case = await self._at_portal()
        self._at = "letters"
        credentials = await self._read_letters(case)
        case = await self._at_portal()
        self._at = "sign_in"
        entered = await steps.sign_in(case, credentials)
        if entered.well:
            self._credentials = credentials
        return entered

    async def _read_letters(self, case: Case) -> Credentials:
        """Read the letters, and wait for one that has not come: without a browser and a place at the desk."""
        if not self.errand.letter_seconds:
            return await steps.read_letters(case)
        while True:
            seen = await steps.look(case)
            try:
                return await steps.read_letters(case)
            except LetterMissingError as missing:
                waits = StepOutcome(self._at, Outcome.WAITING_LETTER, missing.code, tuple(missing.facts.items()))
                self.errand.journal.record(self.errand.run, self.subject, waits)
                await self.leave()
                async with self.place.left():
                    came = await self.arrivals.something_new(
                        self.profile.email, self.profile.snils, seen, self.errand.letter_seconds
                    )
                if not came:
                    raise
            case = await self._at_portal()

    async def _take_inside(self, step: Step) -> StepOutcome:
        name, case = self._at, await self._at_portal()
        if self._credentials is _NOBODYS and not (entered := await self._enter()).well:
            return entered
        self._at = name
        return await step(case, self._credentials)

    async def _at_portal(self) -> Case:
        if self._case is not None and _is_alive(self._case):
            return self._case
        await self.leave()
        errand = self.errand
        opened = await self._opened.enter_async_context(
            visit(await self.browsers.alive(), errand.portal, trust_any_certificate=errand.trust_any_certificate)
        )
        passwords = AskedOnce(errand.passwords) if errand.passwords else None
        self._case = Case(
            visit=opened,
            profile=self.profile,
            subject=self.subject,
            journal=errand.journal,
            operator=self.operator,
            surveys=errand.surveys,
            presser=errand.presser,
            letters=errand.letters,
            passwords=passwords,
        )
        return self._case


def _is_alive(case: Case) -> bool:
    browser = case.visit.page.context.browser
    return not case.visit.page.is_closed() and browser is not None and browser.is_connected()
