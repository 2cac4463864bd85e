"""Lists of which only a part is in sight, or in the page, wound through by the wheel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.browser.finder import ask, part
from nmo_autofill.errors import ListTooLongError

if TYPE_CHECKING:
    from nmo_autofill.browser.controls.control import Driver
    from nmo_autofill.browser.controls.requests import Requests

_STEP = 0.8  # of the height in sight, so that no option is passed over
_EDGE = 12  # in fours of pixels: paddings of lists above the first option and below the last
_SCALE = 4  # pixels: places in a list are told in fours
_SAME = 2  # how far two places of one option may differ: less than any option is high


@dataclass(frozen=True)
class View:
    """What is in sight: the options with their places in the whole list, and how much of the list that is.

    `height`: of what the wheel moves, in pixels; 0 where nothing does. `busy`: the list says that more is coming.
    """

    options: tuple[tuple[int, str], ...]
    end: int
    top: float
    height: float
    length: int
    busy: bool

    @property
    def whole(self) -> bool:
        """Whether what the list holds is in the page from its beginning to its end."""
        return not self.height or bool(self.options and self.options[0][0] <= _EDGE and self.end >= self.length - _EDGE)

    @property
    def wound(self) -> bool:
        """Whether the wheel moves the list no further down."""
        return self.top + self.height >= (self.length - 1) * _SCALE

    @property
    def texts(self) -> list[str]:
        """The texts of the options."""
        return [text for _, text in self.options]


class Reel:
    """The open list of a control, wound for at most `patience.reel` seconds in all."""

    def __init__(self, control: Driver, requests: Requests) -> None:
        self._control = control
        self._requests = requests
        self._end: float | None = None
        self._turned: float = 0  # when the wheel was
        self._seen: dict[str, list[int]] = {}  # the places of each text

    def asking(self, since: float) -> bool:
        """Tell whether the page has asked a server for something since a moment, and waits for it."""
        return self._requests.pending(since)

    async def whole(self) -> bool:
        """Tell whether all that the list holds is in the page now; more may come when it is wound."""
        return (await self._view()).whole

    async def texts(self) -> tuple[list[str], bool]:
        """Return the texts of the whole list, and whether it was wound: to its beginning, and to its very end.

        Many lists load more only there. One that was wound has come to rest.

        Raises:
            ListTooLongError: the end did not come within `patience.reel` seconds; what comes later might fit as well.
        """
        self._seen = {}
        last = await self._view()
        if not last.height:
            return last.texts, False
        self._see(last)
        while last.top and (up := await self._wind(last, -last.top - last.height)):
            last = self._see(up)
        while down := await self._wind(last, last.length * _SCALE if last.whole else last.height * _STEP):
            last = self._see(down)
        # What was seen and is gone tells a list that only ever has a part of itself in the page.
        if self._seen.keys() <= set(last.texts):
            return last.texts, True
        return [text for text, places in self._seen.items() for _ in places], True

    def _see(self, view: View) -> View:
        for place, text in view.options:
            places = self._seen.setdefault(text, [])
            if all(abs(place - known) > _SAME for known in places):
                places.append(place)
        return view

    async def bring(self, text: str) -> None:
        """Wind back until the option is in the page."""
        view: View | None = await self._view()
        while view and text not in view.texts:
            view = await self._wind(view, -view.height * _STEP)

    async def _wind(self, view: View, pixels: float) -> View | None:
        """Turn the wheel over the list; None when the list does not move, and no more of it comes."""
        self._end = self._end or self._control.now() + self._control.patience.reel
        if self._control.now() > self._end:
            raise ListTooLongError(count=str(len(self._seen)))
        if pixels < 0 or not view.wound:  # at its end the list would hand the wheel on to the page
            self._turned = self._control.now()
            await part(self._control.locator, "reel").hover(timeout=self._control.patience.timeout)
            await self._control.locator.page.mouse.wheel(0, pixels)
        busy = False

        async def moved() -> View | None:
            nonlocal busy
            now = await self._view()
            busy = now.busy
            return now if now.options and (now.top, now.options) != (view.top, view.options) else None

        late = self._control.now() + self._control.patience.options
        found = await self._control.wait(moved, self._control.patience.settle)
        while found is None and (busy or self.asking(self._turned)) and self._control.now() < late:
            found = await self._control.wait(moved, self._control.patience.settle)
        return found

    async def _view(self) -> View:
        told = await ask(self._control.locator, "view", self._control.patience.field)
        options = tuple((option["start"], option["text"]) for option in told["options"])
        end = max((option["end"] for option in told["options"]), default=0)
        return View(options, end, told["top"], told["height"], told["length"], told["busy"])
