"""Popups that a field opens, such as calendars, and how a person closes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.browser.finder import ask, part, tell

if TYPE_CHECKING:
    from playwright.async_api import JSHandle, Locator

    from nmo_autofill.browser.controls.control import Driver


async def closed_beside(locator: Locator, limit: float) -> bool:
    """Click beside what lies over a control, as a person closes an open calendar; tell whether there was a place.

    Nothing is clicked where that could lose anything: over a modal dialog, or one with fields.
    """
    place = await ask(locator, "outside", limit)
    if place:
        await part(locator, "ground").click(position=place, force=True, timeout=limit * 1000)
    return bool(place)


class Popups:
    """What a field opened: everything that floats over the page now and did not before."""

    def __init__(self, field: Driver, before: JSHandle | None) -> None:
        self._field = field
        self._before = before

    @classmethod
    async def watch(cls, field: Driver) -> Popups:
        """Remember what floats over the page before the field is touched."""
        floats = field.sight.floats
        if floats is None:
            floats = await ask(field.locator, "floats", field.patience.field)
        if not floats:
            return cls(field, None)
        return cls(field, await field.locator.evaluate_handle(tell("floating"), timeout=field.patience.timeout))

    async def close(self) -> None:
        """Close what the field opened: by a click beside it, else by Escape where that cannot shut a dialog."""
        if await self._closed(0):
            return
        timeout = self._field.patience.timeout
        popups = await self._field.locator.evaluate_handle(tell("floating"), self._before, timeout=timeout)
        place = await self._field.locator.evaluate(tell("neutral"), popups, timeout=timeout)
        if place:
            await part(self._field.locator, "ground").click(position=place, force=True, timeout=timeout)
        if not await self._closed(self._field.patience.settle) and not await ask(self._field.locator, "enclosed"):
            await self._field.press("Escape")
            await self._closed(self._field.patience.settle)

    async def _closed(self, limit: float) -> bool:
        async def gone() -> bool | None:
            return not await ask(self._field.locator, "floats", more=self._before) or None

        return bool(await self._field.wait(gone, limit))
