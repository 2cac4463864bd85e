"""Radio groups, and listboxes that stand open."""

from __future__ import annotations

from nmo_autofill.browser.controls.checkbox import Faced
from nmo_autofill.browser.controls.options import choose
from nmo_autofill.browser.finder import part
from nmo_autofill.errors import ValueRefusedError


class RadioGroup(Faced):
    """Choices of which one is made: radios by role, in a fieldset or with one name; the options of a listbox."""

    async def put(self, value: str) -> None:
        """Click the radio with this label.

        Raises:
            ValueRefusedError: the radio is disabled, or did not become the chosen one.
        """
        text = choose(value, [choice["text"] for choice in self.sight.offered])
        (chosen,) = (choice for choice in self.sight.offered if choice["text"] == text)
        if chosen["off"]:
            raise ValueRefusedError
        await self.click_face(part(self.locator, "choice", {"text": text}), chosen["point"])
        if not await self.shows(text):
            raise ValueRefusedError
        self.chosen = text
