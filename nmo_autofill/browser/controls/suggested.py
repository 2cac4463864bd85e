"""Text fields with native suggestions: `<input list>`. Their popup is drawn outside the page."""

from __future__ import annotations

from nmo_autofill.browser.controls.awaited import awaited
from nmo_autofill.browser.controls.text import Text
from nmo_autofill.browser.finder import ask
from nmo_autofill.portal.model import ValueKind


class Suggested(Text):
    """A text field that suggests: an option is typed as the list has it, any other kind of value as it is."""

    async def put(self, value: str) -> None:
        """Type the suggestion that reads as `value`.

        Raises:
            ValueRefusedError: the field takes no typing, or shows something else afterwards.
        """
        if self.kind is not ValueKind.OPTION:
            await super().put(value)
            return
        await self.must_take_typing()
        text, _ = await awaited(self, value, (), self._texts)
        await self.click()
        await self.press("ControlOrMeta+a")
        await self.type(text)
        self.chosen = text

    async def _texts(self) -> list[str]:
        texts: list[str] = await ask(self.locator, "suggested", self.patience.field)
        return texts
