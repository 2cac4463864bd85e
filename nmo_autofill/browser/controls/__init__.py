"""Controls: one module a kind, behind one protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.checkbox import Checkbox
from nmo_autofill.browser.controls.combobox import Combobox
from nmo_autofill.browser.controls.control import PATIENT, Control, Driver, Patience, Sight
from nmo_autofill.browser.controls.date import DateText, NativeDate
from nmo_autofill.browser.controls.file import FileInput
from nmo_autofill.browser.controls.masked import Masked
from nmo_autofill.browser.controls.radio import RadioGroup
from nmo_autofill.browser.controls.select import Select
from nmo_autofill.browser.controls.suggested import Suggested
from nmo_autofill.browser.controls.text import Text
from nmo_autofill.browser.finder import ask, ask_now
from nmo_autofill.portal.model import ValueKind

if TYPE_CHECKING:
    from playwright.async_api import Locator

__all__ = ["PATIENT", "Control", "Patience", "recognise", "recognised"]

# By what stands in the page (`nature` of finder.js); what only takes typing is told apart by the kind of value.
_BY_NATURE: dict[str, type[Driver]] = {
    "box": Checkbox,
    "radio": RadioGroup,
    "select": Select,
    "list": Combobox,
    "open": RadioGroup,
    "suggested": Suggested,
    "date": NativeDate,
    "file": FileInput,
}
_BY_KIND: dict[ValueKind, type[Driver]] = {
    ValueKind.TEXT: Text,
    ValueKind.DIGITS: Masked,
    ValueKind.PHONE: Masked,
    ValueKind.DATE: DateText,
    ValueKind.OPTION: Combobox,
    ValueKind.CHECKED: Checkbox,
}


async def recognise(locator: Locator, kind: ValueKind, patience: Patience = PATIENT) -> Control:
    """Return the driver for the located control, by what is in the page, then by the kind of value."""
    return _driver(locator, kind, patience, Sight(**await ask(locator, "sight", patience.field, kind)))


async def recognised(locator: Locator, kind: ValueKind, patience: Patience = PATIENT) -> Control | None:
    """Return the driver for the only control that is located now, in one round trip; None for none and for several."""
    sight = await ask_now(locator, "sight", kind)
    return _driver(locator, kind, patience, Sight(**sight)) if sight else None


def _driver(locator: Locator, kind: ValueKind, patience: Patience, sight: Sight) -> Control:
    return _BY_NATURE.get(sight.nature, _BY_KIND[kind])(locator, kind, patience, sight)
