"""The option that a control offers by itself, awaited while what it offers may still be changing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.glance import Glance
from nmo_autofill.browser.controls.options import choose, exact
from nmo_autofill.errors import OptionNotFoundError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from nmo_autofill.browser.controls.control import Driver


async def awaited(
    control: Driver, value: str, offered: Sequence[str], texts: Callable[[], Awaitable[Sequence[str]]]
) -> tuple[str, int]:
    """Return the text and the place of the option that reads as `value`: it can load late, or after another field.

    `offered`: what was seen already. Only an exact option is taken while what `texts` returns may still change.
    Raises OptionNotFoundError and OptionAmbiguousError.
    """
    if known := exact(value, offered):
        return known, [*offered].index(known)
    seen = Glance()

    async def look() -> str | None:
        seen.add(await texts(), control.now())
        if not seen.quiet(control.patience.settle):
            return exact(value, seen.texts)
        try:
            return choose(value, seen.texts)
        except OptionNotFoundError:
            return None

    text = await control.wait(look, control.patience.options) or choose(value, seen.texts)
    return text, [*seen.texts].index(text)
