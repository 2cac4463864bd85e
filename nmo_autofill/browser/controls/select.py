"""Native lists: `<select>`."""

from __future__ import annotations

from nmo_autofill.browser.controls.control import Driver
from nmo_autofill.browser.controls.glance import Glance
from nmo_autofill.browser.controls.options import choose, exact
from nmo_autofill.browser.finder import ask
from nmo_autofill.errors import OptionNotFoundError, ValueRefusedError


class Select(Driver):
    """A native list. Its popup is drawn outside the page, so Playwright's own `select_option` stands for the mouse.

    Its `input` and `change` are a script's, not a person's: see the law of Control.
    """

    async def put(self, value: str) -> None:
        """Select the option once it is in the list: lists load late, or after another field.

        Raises:
            ValueRefusedError: the option is disabled, or did not stay selected.
        """
        text, place = await self._find(value)
        await self.locator.select_option(index=place, timeout=self.patience.timeout)
        await self.leave()
        if not await self.shows(value, text):
            raise ValueRefusedError
        self.chosen = text

    async def _find(self, value: str) -> tuple[str, int]:
        """Return the option's text and place; only an exact one is taken while the list may still change."""
        offered = [choice["text"] for choice in self.sight.offered]
        if known := exact(value, offered):
            return known, offered.index(known)
        seen = Glance()

        async def look() -> str | None:
            seen.add(await self._texts(), self.now())
            if not seen.quiet(self.patience.settle):
                return exact(value, seen.texts)
            try:
                return choose(value, seen.texts)
            except OptionNotFoundError:
                return None

        text = await self.wait(look, self.patience.options) or choose(value, seen.texts)
        return text, seen.texts.index(text)

    async def _texts(self) -> list[str]:
        return [choice["text"] for choice in await ask(self.locator, "choices", self.patience.field)]
