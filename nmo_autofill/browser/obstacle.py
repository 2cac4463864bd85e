"""What keeps a control from taking a person's input, as far as it can be seen."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as LateError

from nmo_autofill.browser.finder import ask_now, ask_page
from nmo_autofill.browser.frame import around
from nmo_autofill.errors import FieldCoveredError, FieldLockedError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from playwright.async_api import Frame, Locator

_LONGEST_WORDS = 80


async def hiding(
    frame: Frame, *, fields: Sequence[Mapping[str, object]] = (), button: Sequence[str] = ()
) -> str | None:
    """Return the first words of a modal dialog under which the frame has a field, or the button; None for none.

    The dialog can stand in the frame itself, or in one around it.
    """
    for one in around(frame):
        words: str | None = await ask_page(one, "hiding", {"fields": fields, "button": button})
        if words is not None:
            return words[:_LONGEST_WORDS]
    return None


@asynccontextmanager
async def explained(locator: Locator) -> AsyncIterator[None]:
    """Tell the obstacle that is seen when the block fails to put something into the located control.

    Where none is seen, the failure goes on as it is.

    Raises:
        FieldLockedError: the control is disabled or read-only.
        FieldCoveredError: something lies over it; `cover` are the first words of that, unmasked.
    """
    try:
        yield
    except (ValueRefusedError, LateError):
        seen = await ask_now(locator, "obstacle") or {}
        if seen.get("locked"):
            raise FieldLockedError from None
        if cover := seen.get("cover"):
            raise FieldCoveredError(cover=cover[:_LONGEST_WORDS]) from None
        raise
