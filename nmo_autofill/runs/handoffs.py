"""What waits for a person now, and what they decide: at the terminal, or through any other screen."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Protocol

from nmo_autofill.browser.operator import Part
from nmo_autofill.errors import SkippedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from nmo_autofill.runs.desk import Place
    from nmo_autofill.source import Source


class Decision(StrEnum):
    """What a person says of a page that was handed over."""

    DONE = "done"  # their part is done, the tool may look
    LATER = "later"  # it stays open, the next one may come
    SKIP = "skip"  # this person is left for another run
    STOP = "stop"  # so is everybody who is not done


Said = Decision | int
"""What a person says: a decision, or the number of one of the options that they are asked about, from 1."""


@dataclass(frozen=True)
class HandOff:
    """A page (its title) that waits for a person, by a number that is said in decisions.

    `button` is what they press; for a question it is the label of the list, and `options` are those that may be meant
    by what is `wanted`.
    """

    number: int
    source: Source
    part: Part
    page: str
    button: str
    wanted: str = field(default="", repr=False)
    options: tuple[str, ...] = field(default=(), repr=False)


class Screen(Protocol):
    """Where a person sees what waits for them; it says their decisions to `HandOffs.decide`, from any thread."""

    @property
    def hears(self) -> bool:
        """Whether somebody is there who can answer a question; a page that waits needs nobody here."""
        ...

    def handed_over(self, handoff: HandOff, decide: Callable[[int, Said], None]) -> None:
        """Show what waits."""
        ...

    def taken_back(self, handoff: HandOff) -> None:
        """Show it no longer."""
        ...

    def paused(self, is_paused: bool) -> None:  # noqa: FBT001 (what is told)
        """Tell that nobody more is begun for now, or that it goes on."""
        ...


@dataclass
class HandOffs:
    """Everything that waits for a person in one run.

    Args:
        screen: is told what begins and ends to wait.
        stop: breaks the run off, in its loop.
    """

    screen: Screen
    stop: Callable[[], object] = lambda: None
    answers: dict[tuple[str, str, str, tuple[str, ...]], int] = field(default_factory=dict, repr=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _open: dict[int, asyncio.Queue[Said]] = field(default_factory=dict)
    _loop: asyncio.AbstractEventLoop | None = None

    def decide(self, number: int, said: Said) -> None:
        """Say what is decided about the hand-off of this number; one that waits no longer is passed over."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._decide, number, said)

    def number(self) -> int:
        """Return a number that nothing else has."""
        return next(self._numbers)

    @contextmanager
    def opened(self, handoff: HandOff) -> Iterator[asyncio.Queue[Said]]:
        """Let something wait while the block runs, and give what is decided about it."""
        self._loop = asyncio.get_running_loop()
        decisions: asyncio.Queue[Said] = asyncio.Queue()
        self._open[handoff.number] = decisions
        self.screen.handed_over(handoff, self.decide)
        try:
            yield decisions
        finally:
            del self._open[handoff.number]
            self.screen.taken_back(handoff)

    def _decide(self, number: int, said: Said) -> None:
        if said is Decision.STOP:
            self.stop()
        elif number in self._open:
            self._open[number].put_nowait(said)


@dataclass(frozen=True)
class PersonsOperator:
    """The operator for one graduate.

    Args:
        handoffs: where what waits is shown.
        place: the graduate's at the desk.
        source: of the profile.
        is_watched: on a host that is not loopback one person at a time is worked on: the place is given up
            only when the operator says so, and not before the `first` of the group has been watched to the end.
        first: whether the first one was.
    """

    handoffs: HandOffs
    place: Place
    source: Source
    is_watched: bool
    first: asyncio.Event

    @property
    def hears(self) -> bool:
        """Whether somebody is there who can answer a question."""
        return self.handoffs.screen.hears

    async def hand_over(self, part: Part, page: str, button: str, goes_on: Awaitable[object]) -> bool:
        """Wait until the page goes on by itself or the person has decided.

        Returns whether it went on. Raises SkippedError.
        """
        going = asyncio.ensure_future(goes_on)
        handoff = HandOff(self.handoffs.number(), self.source, part, page, button)
        async with AsyncExitStack() as stack:
            decisions = stack.enter_context(self.handoffs.opened(handoff))
            if not self.is_watched:
                await stack.enter_async_context(self.place.left())
            while True:
                deciding = asyncio.ensure_future(decisions.get())
                try:
                    await asyncio.wait({going, deciding}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    deciding.cancel()
                if going.done():
                    return True
                match deciding.result():
                    case Decision.DONE:
                        return False
                    case Decision.SKIP:
                        raise SkippedError
                    case Decision.LATER if self.first.is_set():
                        await stack.enter_async_context(self.place.left())

    async def choose(self, page: str, label: str, wanted: str, options: Sequence[str]) -> int | None:
        """Wait until the person names one of the options, or leaves the question open; asked once in a run.

        Raises SkippedError.
        """
        question = page, label, wanted, (*options,)
        if question in self.handoffs.answers or not self.hears:
            return self.handoffs.answers.get(question)
        handoff = HandOff(self.handoffs.number(), self.source, Part.OPTION, page, label, wanted, (*options,))
        async with AsyncExitStack() as stack:
            said = stack.enter_context(self.handoffs.opened(handoff))
            if not self.is_watched:
                await stack.enter_async_context(self.place.left())
            while True:
                match await said.get():
                    case int(number) if 1 <= number <= len(options):
                        self.handoffs.answers[question] = number - 1
                        return number - 1
                    case Decision.DONE:
                        return None
                    case Decision.SKIP:
                        raise SkippedError
                    case Decision.LATER if self.first.is_set():
                        await stack.enter_async_context(self.place.left())
