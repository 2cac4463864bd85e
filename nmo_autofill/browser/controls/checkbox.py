"""Boxes to tick: native ones, hidden ones with a label, switches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.control import Driver
from nmo_autofill.browser.finder import ask_now, part
from nmo_autofill.errors import ValueRefusedError

if TYPE_CHECKING:
    from playwright.async_api import Locator, Position


class Faced(Driver):
    """A control that is clicked on its face: itself, or its label where the page hides or covers it."""

    async def click_face(self, face: Locator, known: Position | None) -> None:
        """Click a part of the face that is no link, once there is one in sight; `known`: one that was seen already.

        Raises:
            ValueRefusedError: there was none.
        """

        async def place() -> tuple[Locator, Position] | None:
            for one in (face, part(face, "label")):
                if point := await ask_now(one, "point") or await self._brought(one):
                    return one, point
            return None

        found = (face, known) if known else await self.wait(place, self.patience.field)
        if found is None:
            raise ValueRefusedError
        clicked, point = found
        await clicked.click(position=point, timeout=self.patience.timeout)

    async def _brought(self, one: Locator) -> Position | None:
        """Bring a part into sight, and return where to click it then."""
        if not await one.count() or not await one.is_visible():
            return None
        await one.scroll_into_view_if_needed(timeout=self.patience.timeout)
        point: Position | None = await ask_now(one, "point")
        return point


class Checkbox(Faced):
    """A checkbox or switch, which shows `yes` when it is ticked; a link inside its label is never clicked."""

    async def put(self, value: str) -> None:
        """Tick the box for `yes`, clear it for an empty text.

        Raises:
            ValueRefusedError: the box stayed as it was.
        """
        await self.click_face(part(self.locator, "face"), self.sight.point)
        if not await self.shows(value):
            raise ValueRefusedError
