"""СНИЛС: its digits, its control number, the way it is written."""

from __future__ import annotations

import re

LENGTH = 11
FIRST_CHECKED = 1_001_998  # numbers up to 001-001-998 bear no control number (ПФР rule, portal-facts section 9)

_WRITTEN = re.compile(r"[0-9]{3}[- ]?[0-9]{3}[- ]?[0-9]{3}[- ]?[0-9]{2}")


def compact(text: str) -> str:
    """Return the ASCII digits of `text`."""
    return "".join(character for character in text if character in "0123456789")


def control_number(digits: str) -> int:
    """Return the control number of the first nine of `digits`."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(9, 0, -1), strict=True))
    return total % 101 % 100


def flaw(text: str) -> str | None:
    """Return what is wrong with `text` as a СНИЛС: `snils_form`, `snils_zeros`, `snils_checksum` or None."""
    if not _WRITTEN.fullmatch(text.strip()):
        return "snils_form"
    digits = compact(text)
    if not int(digits[:9]):
        return "snils_zeros"
    if int(digits[:9]) > FIRST_CHECKED and control_number(digits) != int(digits[9:]):
        return "snils_checksum"
    return None


def written(digits: str) -> str:
    """Return eleven `digits` as a person writes them: `112-233-445 95`."""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"
