"""Boxes to tick: native ones, hidden ones with a label, switches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.control import Driver
from nmo_autofill.browser.finder import ask
from nmo_autofill.errors import ValueRefusedError

if TYPE_CHECKING:
    from playwright.async_api import Locator, Position


class Faced(Driver):
    """A control that is clicked on its face: itself, or its label where the page hides or covers it."""

    async def click_face(self, face: Locator) -> None:
        """Click a part of the face that is no link, once there is one in sight.

        Raises:
            ValueRefusedError: there was none.
        """

        async def place() -> tuple[Locator, Position] | None:
            for part in (face, face.locator("label=")):
                if await part.count() and await part.is_visible():
                    await part.scroll_into_view_if_needed(timeout=self.patience.field * 1000)
                    if point := await ask(part, "point"):
                        return part, point
            return None

        found = await self.wait(place, self.patience.field)
        if found is None:
            raise ValueRefusedError
        part, point = found
        await part.click(position=point, timeout=self.patience.field * 1000)


class Checkbox(Faced):
    """A checkbox or switch, which shows `yes` when it is ticked; a link inside its label is never clicked."""

    async def fill(self, value: str) -> bool:
        """Tick the box for `yes`, clear it for an empty text.

        Raises:
            ValueRefusedError: the box stayed as it was.
        """
        if await self.read() == value:
            return False
        await self.click_face(self.locator.locator("face="))
        if not await self.shows(value):
            raise ValueRefusedError
        return True
