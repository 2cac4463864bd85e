"""Agreement of a wanted value with what a control shows."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.options import reads
from nmo_autofill.folding import digits
from nmo_autofill.portal.model import ValueKind

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKED = "yes"
_DAY = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NATIONAL_DIGITS = 10
# A mask's own 7 or 8: «8 (461) 234-56-7_» is short of a digit, not the ten digits of another number.
_PREFIXED = re.compile(r"\s*[78][\s()‐‑‒–—−-]")


def agrees(kind: ValueKind, wanted: str, shown: str) -> bool:
    """Tell whether a control that shows `shown` holds the value `wanted` (as in `Entry.value`)."""
    return _RULES[kind](wanted, shown)


def day(text: str) -> tuple[str, str, str] | None:
    """Return day, month and year of `дд.мм.гггг` or of ISO text; None for anything else."""
    if found := _DAY.fullmatch(text.strip()):
        return found[1], found[2], found[3]
    if found := _ISO.fullmatch(text.strip()):
        return found[3], found[2], found[1]
    return None


def national(phone: str) -> str | None:
    """Return the ten digits behind +7 of a number; None for the number of another country."""
    number = digits(phone)
    return number[1:] if len(number) == _NATIONAL_DIGITS + 1 and number[0] == "7" else None


def _same_text(wanted: str, shown: str) -> bool:
    return _composed(wanted) == _composed(shown)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _same_digits(wanted: str, shown: str) -> bool:
    return bool(digits(wanted)) and digits(wanted) == digits(shown)


def _same_phone(wanted: str, shown: str) -> bool:
    rest = national(wanted)
    if rest is None or "+" in shown:
        return _same_digits(wanted, shown)
    if digits(shown) == rest:
        return not _PREFIXED.match(shown)
    return digits(shown) in {f"7{rest}", f"8{rest}"}


def _same_day(wanted: str, shown: str) -> bool:
    return day(wanted) is not None and day(wanted) == day(shown)


def _same_choice(wanted: str, shown: str) -> bool:
    return reads(shown, wanted)


def _same_tick(wanted: str, shown: str) -> bool:
    return wanted == shown


_RULES: dict[ValueKind, Callable[[str, str], bool]] = {
    ValueKind.TEXT: _same_text,
    ValueKind.DIGITS: _same_digits,
    ValueKind.PHONE: _same_phone,
    ValueKind.DATE: _same_day,
    ValueKind.OPTION: _same_choice,
    ValueKind.CHECKED: _same_tick,
}
