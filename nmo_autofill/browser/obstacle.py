"""What keeps a control from taking a person's input, as far as it can be seen."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as LateError

from nmo_autofill.browser.finder import ask_now
from nmo_autofill.errors import FieldCoveredError, FieldLockedError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Locator

_LONGEST_WORDS = 80


@asynccontextmanager
async def explained(locator: Locator) -> AsyncIterator[None]:
    """Tell the obstacle that is seen when the block fails to put something into the located control.

    Raises:
        FieldLockedError: the control is disabled or read-only.
        FieldCoveredError: something lies over it; `cover` are the first words of that, unmasked.
        ValueRefusedError: no obstacle is seen.
    """
    try:
        yield
    except (ValueRefusedError, LateError) as error:
        seen = await ask_now(locator, "obstacle") or {}
        if seen.get("locked"):
            raise FieldLockedError from None
        if seen.get("cover") is not None:
            raise FieldCoveredError(cover=seen["cover"][:_LONGEST_WORDS]) from None
        raise ValueRefusedError from (error if isinstance(error, ValueRefusedError) else None)
