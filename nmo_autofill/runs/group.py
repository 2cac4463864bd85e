"""A run of many people: one browser, a fresh visit each, some at once."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from nmo_autofill.browser.operator import Presser
from nmo_autofill.browser.session import Browsers
from nmo_autofill.errors import NmoAutofillError, PageChangedError, PortalFailingError
from nmo_autofill.outcome import Outcome, RunOutcome, StepOutcome
from nmo_autofill.portal.host import is_test_host, require_host
from nmo_autofill.profile.model import Way
from nmo_autofill.runs.arrivals import Arrivals
from nmo_autofill.runs.desk import Desk, Place
from nmo_autofill.runs.handoffs import HandOffs, PersonsOperator
from nmo_autofill.runs.journal import Subject
from nmo_autofill.runs.stay import Stay
from nmo_autofill.runs.steps import PAGE_CHANGED
from nmo_autofill.runs.workflow import is_through, run_person
from nmo_autofill.settings import Until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.profile.model import Profile
    from nmo_autofill.runs.engine import Durably, Steps
    from nmo_autofill.runs.errand import Errand
    from nmo_autofill.source import Source


INTERRUPTED = "step.interrupted"
INTERRUPTED_PRESS = "step.interrupted_press"
_FAILURES_IN_A_ROW = 5  # technical ones: then the portal, the network or the browser is at fault, not a person's data


async def run_group(
    errand: Errand,
    people: Iterable[tuple[Source, Profile]],
    tell: Callable[[RunOutcome], None],
    blame: Callable[[Exception], None],
) -> None:
    """Run everybody, telling each outcome as it comes.

    An error that nobody expected ends its person only, and `blame` is given it. When the task is cancelled (Ctrl-C),
    the people at work are told with the steps taken so far.
    Raises HostRefusedError before a browser opens, BrowserMissingError, BrowserError when none starts,
    PortalFailingError when too many fail in a row, PageChangedError when a page is not as the portal map says,
    JournalError, EngineError.
    """
    from nmo_autofill.runs.engine import engine  # noqa: PLC0415 (half of the time in which any command starts)

    for address in errand.portal.entry.values():
        require_host(address, errand.portal)
    is_watched_here = is_watched(errand.portal)
    jobs = 1 if is_watched_here else errand.pace.jobs
    pace = replace(errand.pace, jobs=jobs, seconds=errand.portal.pace.seconds)
    browsing = Browsers(
        headed=errand.headed or is_watched_here, extra_arguments=errand.browser_arguments, remote=errand.browser
    )
    async with browsing as browsers:
        handoffs = HandOffs(errand.screen, stop=_this_task().cancel)
        group = _Group(errand, browsers, handoffs, Desk(pace.jobs), Arrivals(errand.letters), tell, blame)
        for source, profile in people:
            group.people[errand.journal.digest(profile.snils)].append((source, profile))
        async with engine(errand.journal, errand.portal.name, group.people, pace, group.run) as running:
            group.desk.waiting_changed = running.widen
            running.pause_heard = errand.screen.paused
            try:
                await running.put(group.people, errand.until.value)
                async for person, steps in running.ended():
                    await group.told(person, steps)
            finally:
                await group.leave()


@dataclass
class _Group:
    errand: Errand
    browsers: Browsers
    handoffs: HandOffs
    desk: Desk
    arrivals: Arrivals
    tell: Callable[[RunOutcome], None]
    blame: Callable[[Exception], None]
    # By digest; a list may hold somebody twice.
    people: defaultdict[str, list[tuple[Source, Profile]]] = field(default_factory=lambda: defaultdict(list))
    _at_work: dict[str, asyncio.Task[object]] = field(default_factory=dict)
    _broken_off: dict[str, tuple[Subject, Steps]] = field(default_factory=dict)
    _first: asyncio.Event = field(default_factory=asyncio.Event)  # the first of the group was watched to the end
    _run_here: dict[str, Steps] = field(default_factory=dict)
    _failures: int = 0
    _stopped_by: NmoAutofillError | None = None  # else it is the person at the keyboard who breaks off

    async def run(self, person: str, until: str, durably: Durably) -> Steps:
        """Run a person, by the digest."""
        source, profile = self.people[person][0]
        # Follow-ups read the profile again, from whichever folder they are called in.
        absolute = replace(source, file=os.path.abspath(source.file))  # noqa: ASYNC240, PTH100 (no disk; links stay named)
        subject = Subject(self.errand.portal.name, person, absolute)
        taken: list[StepOutcome] = []
        place = Place(self.desk)
        operator = PersonsOperator(self.handoffs, place, source, is_watched(self.errand.portal), self._first)
        stay = Stay(self.errand, self.browsers, operator, place, self.arrivals, profile, subject, self.blame)
        async with AsyncExitStack() as stack:
            stack.enter_context(self._working(person))
            try:
                await stack.enter_async_context(place)
                if self._fits_today(subject, Until(until)):
                    await run_person(stay, Until(until), durably, taken)
                else:
                    taken.append(self._too_many(subject))
            except asyncio.CancelledError:
                self._broken_off[person] = subject, tuple(taken)
                raise
            except Exception as fault:  # noqa: BLE001 (one person's misfortune must not take the others' outcomes along)
                taken.append(stay.faulty(fault))
            finally:
                await stay.leave()
        self._first.set()
        self._run_here[person] = tuple(taken)
        return tuple(taken)

    def _fits_today(self, subject: Subject, until: Until) -> bool:
        """Tell whether the portal map's limit for a day leaves room for somebody; who is through takes none."""
        most, journal = self.errand.portal.pace.people_a_day, self.errand.journal
        if most is None or is_through(journal, subject, until):
            return True
        return journal.begin(subject, datetime.now().astimezone().date(), most)

    def _too_many(self, subject: Subject) -> StepOutcome:
        facts = (("count", str(self.errand.portal.pace.people_a_day)),)
        waits = StepOutcome("visit", Outcome.STOPPED, "step.daily_limit", facts)
        self.errand.journal.record(self.errand.run, subject, waits)  # for `--only failed` of the next day
        return waits

    async def told(self, person: str, steps: Steps) -> None:
        """Tell what became of a person, here or elsewhere.

        Raises PortalFailingError when too many fail in a row, PageChangedError when a page is otherwise than known.
        """
        await self._break_off(person)  # cancelled from elsewhere
        if person in self._broken_off:
            subject, taken = self._broken_off.pop(person)
            steps = (*taken, self._unfinished(subject, *steps))
        steps = self._run_here.pop(person, steps)
        self._tell(person, steps)
        self._failures = self._failures + 1 if any(step.retryable for step in steps) else 0
        self._stopped_by = _end_of_all(steps, self._failures)
        if self._stopped_by:
            raise self._stopped_by

    async def leave(self) -> None:
        """Break off whoever is at work, and tell of them."""
        await self._break_off(*self._at_work)
        for person, (subject, taken) in self._broken_off.items():
            self._tell(person, (*taken, self._unfinished(subject)))

    async def _break_off(self, *people: str) -> None:
        tasks = [task for person in people if (task := self._at_work.get(person))]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @contextmanager
    def _working(self, person: str) -> Iterator[None]:
        self._at_work[person] = _this_task()
        try:
            yield
        finally:
            del self._at_work[person]

    def _tell(self, person: str, steps: Steps) -> None:
        for source, profile in self.people[person]:
            admitted = any(step.step == "admission" and step.well for step in steps)
            self.tell(RunOutcome(source, steps, admitted and profile.admission.way is Way.EXTRACT))

    def _unfinished(self, subject: Subject, ended: StepOutcome | None = None) -> StepOutcome:
        """Return how somebody ended who was at work: a press of which nobody knows the end is unknown, not stopped.

        `ended`: what else is known of it; else the portal is failing, or the person at the keyboard broke off.
        """
        unsettled = self.errand.journal.unsettled(subject)
        if ended is None and self._stopped_by is not None:
            facts = tuple(self._stopped_by.facts.items())
            ended = StepOutcome("visit", Outcome.STOPPED, self._stopped_by.code, facts)
        if ended is None:
            ended = StepOutcome("visit", Outcome.STOPPED, INTERRUPTED_PRESS if unsettled else INTERRUPTED)
        return replace(ended, outcome=Outcome.UNKNOWN) if unsettled else ended


def _end_of_all(steps: Steps, failures: int) -> NmoAutofillError | None:
    """Return why nobody else of the group should be begun, by the steps of the last one and the failures in a row."""
    for step in steps:
        if step.reason == PAGE_CHANGED:
            return PageChangedError(page=dict(step.facts)["page"])
    return PortalFailingError(count=str(failures)) if failures >= _FAILURES_IN_A_ROW else None


def _this_task() -> asyncio.Task[object]:
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError
    return task


def is_watched(portal: PortalMap) -> bool:
    """Tell whether a person watches the browser and makes the presses: on every host that is not loopback."""
    return not all(map(is_test_host, portal.entry.values()))


def presser(until: Until, portal: PortalMap, *, headed: bool) -> Presser:
    """Return who makes the presses on a test host: what is to be reviewed in a window may be pressed there."""
    if until is not Until.REVIEW:
        return Presser.TOOL
    return Presser.PERSON if headed or is_watched(portal) else Presser.NOBODY
