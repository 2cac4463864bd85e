"""Radio groups, and listboxes that stand open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.awaited import awaited
from nmo_autofill.browser.controls.checkbox import Faced
from nmo_autofill.browser.finder import part
from nmo_autofill.errors import ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.browser.controls.control import Choice


class RadioGroup(Faced):
    """Choices of which one is made: radios by role, in a fieldset or with one name; the options of a listbox."""

    async def put(self, value: str) -> None:
        """Click the radio with this label.

        Raises:
            ValueRefusedError: the radio is disabled, or did not become the chosen one.
        """
        text, place = await awaited(self, value, _texts(self.sight.offered), self._look)
        chosen = self.sight.offered[place]
        if chosen["off"]:
            raise ValueRefusedError
        await self.click_face(part(self.locator, "choice", {"text": text}), chosen["point"])
        if not await self.shows(text):
            raise ValueRefusedError
        self.chosen = text

    async def _look(self) -> list[str]:
        self.sight = await self.looked()
        return _texts(self.sight.offered)


def _texts(offered: Sequence[Choice]) -> list[str]:
    return [choice["text"] for choice in offered]
