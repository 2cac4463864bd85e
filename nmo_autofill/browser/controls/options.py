"""The option that a wanted text means, among the texts of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import process

from nmo_autofill.errors import OptionAmbiguousError, OptionNotFoundError
from nmo_autofill.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

# What parts a name from what stands with it: «Омская область (55)», «34.02.01 Сестринское дело», a second line.
_SEAMS = re.compile(r"[\n()\[\];|·•]|\s[‐‑‒–—−-]\s|,\s|^\s*[0-9][0-9.]*\s")
_NEAREST = 5


def bears(option: str, wanted: str) -> bool:
    """Tell whether an option reads as `wanted`: as a whole, or in one of its parts."""
    return fold(wanted) in {fold(option), *_parts(option)} and bool(fold(wanted))


def reads(shown: str, wanted: str) -> bool:
    """Tell whether what is shown reads as `wanted`: as a whole, or in one of its lines."""
    return fold(wanted) in {fold(shown), *map(fold, shown.splitlines())} and bool(fold(wanted))


def choose(wanted: str, options: Sequence[str]) -> str:
    """Return the text of the option that `wanted` means.

    An exact folded match, else the only one with such a line, else the only one with such a part: a name on a line of
    its own is the whole name, while a part before a comma may be another's («Омский колледж, Тарский филиал»).

    Raises:
        OptionAmbiguousError: several fit equally; two options with one text too: a person could not tell them apart.
        OptionNotFoundError: none fits; `candidates` are the nearest.
    """
    for fitting in (
        [option for option in options if fold(option) == fold(wanted)],
        [option for option in options if reads(option, wanted)],
        [option for option in options if bears(option, wanted)],
    ):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise OptionAmbiguousError(candidates=_listed(fitting[:_NEAREST]))
    raise OptionNotFoundError(candidates=_listed(nearest(wanted, options)))


def nearest(wanted: str, options: Sequence[str]) -> list[str]:
    """Return the options that read most alike, for a person to choose from; never to be chosen by the tool."""
    return [found for found, _, _ in process.extract(wanted, options, processor=fold, limit=_NEAREST)]


def _parts(option: str) -> set[str]:
    return {fold(part) for part in _SEAMS.split(option)}


def _listed(options: Sequence[str]) -> str:
    return "; ".join(" ".join(option.split()) for option in options)
