"""What keeps a control from taking a person's input, as far as it can be seen."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as LateError

from nmo_autofill.browser.finder import ask_now, ask_page
from nmo_autofill.errors import FieldCoveredError, FieldLockedError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from playwright.async_api import Locator, Page

_LONGEST_WORDS = 80


async def hiding(page: Page, *, field: Mapping[str, object] | None = None, button: Sequence[str] = ()) -> str | None:
    """Return the first words of a modal dialog under which the page has the field, or the button; None for none."""
    words: str | None = await ask_page(page, "hiding", {"field": field, "button": button})
    return words[:_LONGEST_WORDS] if words is not None else None


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
