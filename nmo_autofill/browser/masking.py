"""Masking of the portal's words: its messages can repeat what was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MASK = "•••"
_LONG_NUMBER = re.compile(r"\+?\d(?:[\s()\-–]*\d){3,}")
_MAIL = re.compile(r"\S+@\S+")
_LONGEST = 300
_SHORTEST_VALUE = 2


def mask(words: str, values: Iterable[str]) -> str:
    """Return `words` without the typed `values`, without numbers of four digits or more and without addresses."""
    masked = " ".join(words.split())
    for value in sorted(set(values), key=len, reverse=True):
        if len(value) >= _SHORTEST_VALUE:
            masked = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", _MASK, masked, flags=re.IGNORECASE)
    return _LONG_NUMBER.sub(_MASK, _MAIL.sub(_MASK, masked))[:_LONGEST]
