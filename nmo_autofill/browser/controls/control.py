"""The protocol of all controls, and how long they wait."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypedDict, TypeVar

from nmo_autofill.browser.controls.agreement import agrees
from nmo_autofill.browser.controls.options import reads
from nmo_autofill.browser.finder import ask, evaluate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from playwright.async_api import Locator, Position

    from nmo_autofill.portal.model import ValueKind

Found = TypeVar("Found")

# The page's next change, at the latest after the given milliseconds: a value that a script sets changes no node.
_CHANGE = """(element, limit) => new Promise((done) => {
  const observer = new MutationObserver(() => finish());
  const drawn = () => { requestAnimationFrame(() => done()); setTimeout(done, 100); }; // a hidden frame is never drawn
  const finish = () => { observer.disconnect(); clearTimeout(timer); drawn(); };
  const timer = setTimeout(finish, limit);
  const what = { subtree: true, childList: true, attributes: true, characterData: true };
  const roots = [document];
  for (let root = element.getRootNode(); root.host; root = root.host.getRootNode()) roots.push(root);
  roots.forEach((root) => observer.observe(root, what));
})"""
_LONGEST_GLANCE = 0.1
_SLOWEST_KEY = 100  # milliseconds: the limit of Playwright's `press_sequentially` (1.65) is for all keys together


@dataclass(frozen=True)
class Patience:
    """How many seconds the page gets: to show a `field`, its `options`, and to `settle` what it shows.

    `quiet`: how long no control may change before a form is read back. `reel`: in which a list that shows a part of
    itself must have been wound to its end. `silence`: after which a page that answers nothing is given up.
    """

    field: float = 5
    options: float = 10
    settle: float = 1
    quiet: float = 0.4
    reel: float = 60
    silence: float = 30

    @property
    def timeout(self) -> float:
        """What `field` is for Playwright: milliseconds."""
        return self.field * 1000


PATIENT = Patience()


class Choice(TypedDict):
    """A choice that is offered: its text, whether it is disabled, and where to click it, if it can be clicked."""

    text: str
    off: bool
    point: Position | None


@dataclass(frozen=True)
class Sight:
    """What one look has told of a control; it holds till the control is touched.

    Attributes:
        nature: as `survey.Control` has it.
        shown: its value, or no text.
        locked: whether it takes no input.
        offered: the choices of a radio group, native or open list, in their order; none of any other control.
        point: where a box is clicked, from the corner of its face; None for what is no box, or out of sight.
        floats: how much floats over the page, before a date is touched; None for any other kind of value.
    """

    nature: str = "text"
    shown: str = ""
    locked: bool = False
    offered: Sequence[Choice] = ()
    point: Position | None = None
    floats: int | None = None


class Control(Protocol):
    """One control of a page.

    Law: `fill(await read())` changes nothing. Only a person's events drive it, mouse and keyboard, but for two of
    Playwright's own: `fill` puts a text in at once (`input` and `change`, no keys), and `select_option` fires `input`
    and `change` by script (Playwright 1.65). Its errors do not name the field: who located the control knows it.
    `chosen`: the whole text of the option that the last `fill` clicked or selected, else an empty text.
    `sight`: what was seen of it when it was recognised, or by the last `fill`.
    """

    locator: Locator
    chosen: str
    sight: Sight

    async def read(self) -> str:
        """Return what the control shows; an empty text for nothing."""
        ...

    async def fill(self, value: str) -> bool:
        """Make the control show `value`; tell whether that changed anything."""
        ...

    async def put(self, value: str) -> None:
        """Make the control show `value`, which it does not show now.

        Raises:
            ValueRefusedError: it is disabled, read-only, or shows something else than was typed.
            OptionNotFoundError: it lists no such option.
            OptionAmbiguousError: several options fit equally.
            ListTooLongError: its end never came.
        """
        ...

    async def shows(self, value: str, option: str = "") -> bool:
        """Tell whether the control shows `value`, or `option`, now or as soon as the page has settled."""
        ...


@dataclass
class Driver(ABC):
    """What all controls have: the place in the page, the kind of value, and patience."""

    locator: Locator
    kind: ValueKind
    patience: Patience = PATIENT
    sight: Sight = Sight()
    chosen: str = field(default="", init=False)

    async def read(self) -> str:
        """Return what the control shows."""
        shown: str = await ask(self.locator, "shows", self.patience.field, self.kind)
        return shown

    async def fill(self, value: str) -> bool:
        """Make the control show `value`; tell whether that changed anything."""
        self.sight = await self.looked()
        if agrees(self.kind, value, self.sight.shown):
            return False
        await self.put(value)
        return True

    async def looked(self) -> Sight:
        """Return what one look tells of the control now."""
        return Sight(**await ask(self.locator, "sight", self.patience.field, self.kind))

    @abstractmethod
    async def put(self, value: str) -> None:
        """Make the control show `value`, which it does not show now."""

    async def shows(self, value: str, option: str = "") -> bool:
        """Tell whether the control shows `value`, waiting while the page may be settling.

        `option`: the text of the option chosen for the value, which can hold more than the value.
        """

        async def agreed() -> bool | None:
            return holds(self.kind, value, option, await self.read()) or None

        return bool(await self.wait(agreed, self.patience.settle))

    async def click(self) -> None:
        """Click the control, once it takes clicks."""
        await self.locator.click(timeout=self.patience.timeout)

    async def press(self, keys: str) -> None:
        """Press keys with the focus in the control."""
        await self.locator.press(keys, timeout=self.patience.timeout)

    async def leave(self) -> None:
        """Take the focus on to whatever comes next, as a person does: forms reformat and check a field then."""
        await self.press("Tab")

    @staticmethod
    def now() -> float:
        """Return the seconds of the loop's clock."""
        return asyncio.get_running_loop().time()

    async def wait(self, look: Callable[[], Awaitable[Found | None]], limit: float) -> Found | None:
        """Return what `look` first finds, looking after every change of the page; None after `limit` seconds."""
        end = self.now() + limit
        while (found := await look()) is None and self.now() < end:
            glance = min(_LONGEST_GLANCE, max(0.0, end - self.now()))
            await next_change(self.locator, glance, self.patience.field)
        return found


def holds(kind: ValueKind, value: str, option: str, shown: str) -> bool:
    """Tell whether a control that shows `shown` holds the value, or the option that was chosen for it."""
    return agrees(kind, value, shown) or reads(option, shown)


async def strike(locator: Locator, text: str, patience: Patience, pause: float = 0) -> None:
    """Press one key after another, so many milliseconds apart, with the focus in an element."""
    limit = patience.timeout + len(text) * (pause + _SLOWEST_KEY)
    await locator.press_sequentially(text, delay=pause, timeout=limit)


async def next_change(locator: Locator, seconds: float, limit: float) -> None:
    """Wait until the page around an element changes, at the latest so many seconds; `limit`: for the element itself."""
    await evaluate(locator, _CHANGE, seconds * 1000, limit)
