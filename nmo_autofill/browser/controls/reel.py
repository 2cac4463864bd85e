"""Lists of which only the part in sight is in the page, wound through by the wheel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.browser.finder import ask, part
from nmo_autofill.errors import ListTooLongError

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmo_autofill.browser.controls.control import Driver

_STEP = 0.8  # of the height in sight, so that no option is passed over
_EDGE = 12  # in fours of pixels: paddings of lists above the first option and below the last


@dataclass(frozen=True)
class View:
    """What is in sight: the options with their places in the whole list, and how much of the list that is."""

    options: tuple[tuple[int, str], ...]
    end: int
    top: float
    height: float
    length: int

    @property
    def whole(self) -> bool:
        """Whether the list is in the page from its beginning to its end."""
        return not self.height or bool(self.options and self.options[0][0] <= _EDGE and self.end >= self.length - _EDGE)


class Reel:
    """The open list of a control."""

    def __init__(self, control: Driver) -> None:
        self._control = control

    async def in_sight(self) -> bool:
        """Tell whether all of the list is in the page."""
        return (await self._view()).whole

    async def texts(self, satisfied: Callable[[list[str]], bool]) -> list[str]:
        """Return the texts of the whole list; where all of it seems to be in the page, look no further if `satisfied`.

        Lists load more when their end is reached, so one without what is wanted is wound on to its very end.

        Raises:
            ListTooLongError: the end did not come within `patience.reel` seconds; what comes later might fit as well.
        """
        end = self._control.now() + self._control.patience.reel
        view = await self._view()
        seen = dict(view.options)
        if view.whole and (not view.height or satisfied([text for _, text in view.options])):
            return [text for _, text in view.options]
        while next_view := await self._wind(view, 1):
            view = next_view
            seen.update(view.options)
            if self._control.now() > end:
                raise ListTooLongError(count=str(len(seen)))
        return list(seen.values())

    async def bring(self, text: str) -> None:
        """Wind back until the option is in the page."""
        view = await self._view()
        while text not in dict(view.options).values():
            next_view = await self._wind(view, -1)
            if next_view is None:
                return
            view = next_view

    async def _wind(self, view: View, direction: int) -> View | None:
        """Turn the wheel over the list; None when the list does not move."""
        await part(self._control.locator, "reel").hover(timeout=self._control.patience.timeout)
        await self._control.locator.page.mouse.wheel(0, direction * view.height * _STEP)

        async def moved() -> View | None:
            now = await self._view()
            return now if now.options and (now.top, now.options) != (view.top, view.options) else None

        return await self._control.wait(moved, self._control.patience.settle)

    async def _view(self) -> View:
        told = await ask(self._control.locator, "view", self._control.patience.field)
        options = tuple((option["start"], option["text"]) for option in told["options"])
        end = max((option["end"] for option in told["options"]), default=0)
        return View(options, end, told["top"], told["height"], told["length"])
