"""Date fields: native ones, and text that a calendar popup follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.agreement import agrees, day
from nmo_autofill.browser.controls.control import strike
from nmo_autofill.browser.controls.masked import Masked
from nmo_autofill.browser.controls.popup import Popups
from nmo_autofill.errors import ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator


class DateText(Masked):
    """A text field for `дд.мм.гггг`; the calendar it opens is closed again, so that it covers nothing."""

    async def put(self, value: str) -> None:
        """Type the day as a person does, and close the calendar.

        Raises:
            ValueRefusedError: the field then shows another day, or none.
        """
        popups = await Popups.watch(self)
        try:
            await super().put(value)
        except Exception:  # not when it is broken off: an error of closing would take the place of that
            await popups.close()
            raise
        await popups.close()

    def spellings(self, value: str) -> Iterator[str]:
        """Yield the day as the portal shows it, then its digits only."""
        yield value
        yield value.replace(".", "")


class NativeDate(Masked):
    """`<input type=date>`: the browser orders its parts, so each order is tried until the day reads right."""

    async def read(self) -> str:
        """Return the day as `дд.мм.гггг`."""
        shown = day(await super().read())
        return ".".join(shown) if shown else ""

    async def put(self, value: str) -> None:
        """Type day, month and year in the browser's order.

        Raises:
            ValueRefusedError: the field then shows another day, or none.
        """
        await self.must_take_typing()
        for spelling in self.spellings(value):
            await self.locator.click(position={"x": 6, "y": 8}, timeout=self.patience.timeout)
            await strike(self.locator, spelling, self.patience)
            if agrees(self.kind, value, await self.read()):
                await self.leave()
                return
        raise ValueRefusedError

    def spellings(self, value: str) -> Iterator[str]:
        """Yield the digits of the day in the orders of the world."""
        parts = day(value)
        if parts is None:
            raise ValueRefusedError
        date, month, year = parts
        yield f"{date}{month}{year}"
        yield f"{month}{date}{year}"
        yield f"{year}{month}{date}"
