"""Plain text fields."""

from __future__ import annotations

from nmo_autofill.browser.controls.agreement import agrees
from nmo_autofill.browser.controls.control import Driver, strike
from nmo_autofill.errors import ValueRefusedError


class Text(Driver):
    """A text field that takes what is typed: `<input>`, `<textarea>`, or an editable element."""

    async def put(self, value: str) -> None:
        """Put the text in by Playwright's `fill`, or type it key by key where the page changes it.

        An empty value clears the field.
        """
        await self.locator.fill(value, timeout=self.patience.timeout)
        await self.leave()
        if not agrees(self.kind, value, await self.read()):
            await self.locator.fill("", timeout=self.patience.timeout)
            await self.type(value)

    async def must_take_typing(self) -> None:
        """Raise ValueRefusedError if the field is disabled or read-only now."""
        if not await self.locator.is_editable(timeout=self.patience.timeout):
            raise ValueRefusedError

    async def type(self, value: str) -> None:
        """Type key by key and leave.

        Raises:
            ValueRefusedError: the field then shows something else.
        """
        await strike(self.locator, value, self.patience)
        await self.leave()
        if not agrees(self.kind, value, await self.read()):
            raise ValueRefusedError
