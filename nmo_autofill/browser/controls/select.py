"""Native lists: `<select>`."""

from __future__ import annotations

from nmo_autofill.browser.controls.awaited import awaited
from nmo_autofill.browser.controls.control import Driver
from nmo_autofill.browser.finder import ask
from nmo_autofill.errors import ValueRefusedError


class Select(Driver):
    """A native list. Its popup is drawn outside the page, so Playwright's own `select_option` stands for the mouse.

    Its `input` and `change` are a script's, not a person's: see the law of Control.
    """

    async def put(self, value: str) -> None:
        """Select the option once it is in the list: lists load late, or after another field.

        Raises:
            ValueRefusedError: the option is disabled, or did not stay selected.
        """
        offered = [choice["text"] for choice in self.sight.offered]
        text, place = await awaited(self, value, offered, self._texts)
        await self.locator.select_option(index=place, timeout=self.patience.timeout)
        await self.leave()
        if not await self.shows(value, text):
            raise ValueRefusedError
        self.chosen = text

    async def _texts(self) -> list[str]:
        return [choice["text"] for choice in await ask(self.locator, "choices", self.patience.field)]
