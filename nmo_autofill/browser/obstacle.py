"""What keeps a control from taking a person's input, as far as it can be seen."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as LateError

from nmo_autofill.browser.controls.agreement import CHECKED
from nmo_autofill.browser.finder import ask_now, ask_page
from nmo_autofill.browser.frame import around
from nmo_autofill.browser.masking import veil
from nmo_autofill.errors import FieldCoveredError, FieldLockedError, ValueRefusedError
from nmo_autofill.portal.model import ValueKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from playwright.async_api import Frame, Locator

_LONGEST_WORDS = 80
_BOX = ("☐", "☑")
_HIDDEN = "•••"  # not even how long it is: it can be a password


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
async def explained(locator: Locator, kind: ValueKind | None = None) -> AsyncIterator[None]:
    """Tell the obstacle that is seen when the block fails to put something into the located control.

    Where none is seen, a failure of a button goes on as it is; `kind`: of a field's value.

    Raises:
        FieldLockedError: the control is disabled or read-only.
        FieldCoveredError: something lies over it; `cover` are the first words of that, unmasked.
        ValueRefusedError: neither is seen; `shown` is what the control shows, as `told_of` tells it.
    """
    try:
        yield
    except (ValueRefusedError, LateError):
        seen = await ask_now(locator, "obstacle", kind) or {}
        if seen.get("locked"):
            raise FieldLockedError from None
        if cover := seen.get("cover"):
            raise FieldCoveredError(cover=cover[:_LONGEST_WORDS]) from None
        if seen and kind:
            raise ValueRefusedError(shown=told_of(kind, seen["shown"])) from None
        raise


def told_of(kind: ValueKind, shown: str) -> str:
    """Return what can be told of a shown value: an option as it is, a number or date by its shape, a text not."""
    match kind:
        case ValueKind.CHECKED:
            return _BOX[shown == CHECKED]
        case ValueKind.OPTION:
            return " ".join(shown.split())[:_LONGEST_WORDS]
        case ValueKind.TEXT:
            return _HIDDEN if shown else ""
        case _:
            return veil(shown)
