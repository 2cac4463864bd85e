"""Masking of the portal's words: its messages can repeat what was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nmo_autofill.folding import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_MASK = "•••"
_LONG_NUMBER = re.compile(r"\+?\d(?:[\s()\-–]*\d){3,}")
_MAIL = re.compile(r"\S+@\S+")
_LONGEST = 300
_SHORTEST_VALUE = 2
_SHORTEST_STEM = 4


def mask(words: str, values: Iterable[str]) -> str:
    """Return `words` without the typed `values`, without numbers of four digits or more and without addresses."""
    masked = " ".join(words.split())
    for value in sorted(set(values), key=len, reverse=True):
        if len(value) >= _SHORTEST_VALUE:
            masked = _inflected(value).sub(_MASK, masked)
    return _LONG_NUMBER.sub(_MASK, _MAIL.sub(_MASK, masked))[:_LONGEST]


def _inflected(value: str) -> re.Pattern[str]:
    """Return a pattern of the value in any case ending: a portal may address «Ивановой» or write е for ё."""
    word = value.isalpha() and len(value) > _SHORTEST_STEM
    body = pattern(value[:-1]).pattern + r"\w{0,3}" if word else pattern(value).pattern
    return re.compile(rf"(?<!\w){body}(?!\w)", re.IGNORECASE)
