"""Native lists: `<select>`."""

from __future__ import annotations

from nmo_autofill.browser.controls.agreement import agrees
from nmo_autofill.browser.controls.control import Driver
from nmo_autofill.browser.controls.options import choose
from nmo_autofill.browser.finder import ask
from nmo_autofill.errors import OptionNotFoundError, ValueRefusedError

_SHOWN = "(list) => (list.selectedOptions[0]?.label ?? '').trim()"


class Select(Driver):
    """A native list. Its popup is drawn outside the page, so Playwright's own `select_option` stands for the mouse."""

    async def read(self) -> str:
        """Return the text of the selected option."""
        shown: str = await self.locator.evaluate(_SHOWN, timeout=self.patience.field * 1000)
        return shown

    async def fill(self, value: str) -> bool:
        """Select the option once it is in the list: lists load late, or after another field.

        Raises:
            ValueRefusedError: the option is disabled, or did not stay selected.
        """
        if agrees(self.kind, value, await self.read()):
            return False
        index = await self.wait(lambda: self._index(value), self.patience.options)
        if index is None:
            texts = await self._texts()
            index = texts.index(choose(value, texts))
        await self.locator.select_option(index=index, timeout=self.patience.field * 1000)
        await self.leave()
        if not await self.shows((await self._texts())[index]):
            raise ValueRefusedError
        return True

    async def _index(self, value: str) -> int | None:
        texts = await self._texts()
        try:
            return texts.index(choose(value, texts))
        except OptionNotFoundError:
            return None

    async def _texts(self) -> list[str]:
        return [choice["text"] for choice in await ask(self.locator, "choices", self.patience.field)]
