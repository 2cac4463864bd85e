"""Text fields behind a mask: СНИЛС, phone, any fixed pattern."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.agreement import agrees, national
from nmo_autofill.browser.controls.control import strike
from nmo_autofill.browser.controls.text import Text
from nmo_autofill.errors import ValueRefusedError
from nmo_autofill.folding import digits
from nmo_autofill.portal.model import ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACE = 30  # milliseconds between keys, for masks that set the caret after each key

# Most fields take this, without a click on them first.
_OVER = ("ControlOrMeta+a",)

# How the old text goes and where typing starts, the commonest first: masks differ in what they let through.
_STARTS: tuple[tuple[str, ...], ...] = (
    ("ControlOrMeta+a", "Delete"),
    ("ControlOrMeta+a",),
    ("ControlOrMeta+a", "Backspace", "Home"),
    ("ControlOrMeta+a", "Backspace", "End"),
)


class Masked(Text):
    """A text field whose mask adds or eats characters: whatever survives reading back is right."""

    async def put(self, value: str) -> None:
        """Type the spellings of the value until one of them survives the mask.

        Raises:
            ValueRefusedError: none of them did.
        """
        if not self.sight.locked and await self._survives(value, _OVER, next(self.spellings(value)), 0):
            return
        await self.click()
        await self.must_take_typing()
        for delay in (0, _PACE):
            for start, spelling in product(_STARTS, self.spellings(value)):
                if await self._survives(value, start, spelling, delay):
                    return
        raise ValueRefusedError

    def spellings(self, value: str) -> Iterator[str]:
        """Yield the ways to type a value, the likeliest first."""
        rest = national(value) if self.kind is ValueKind.PHONE else None
        yield from (rest,) if rest else ()
        yield digits(value)
        if rest:
            yield from (f"8{rest}",)
        if value != digits(value):
            yield value

    async def _survives(self, value: str, start: tuple[str, ...], spelling: str, delay: float) -> bool:
        for keys in start:
            await self.press(keys)
        await strike(self.locator, spelling, self.patience, delay)
        await self.leave()
        return agrees(self.kind, value, await self.read())
