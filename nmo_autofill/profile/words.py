"""Words that stand for the values of a choice."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from nmo_autofill.folding import fold
from nmo_autofill.profile.data_file import read_tree

if TYPE_CHECKING:
    from collections.abc import Mapping


# A dash alone says that there is none.
_DITTO = re.compile(r"""[\s–—-]*(?:/{2}|[|]{2}|["'“”„«»〃″]+)[\s–—-]*""")


def choice(kind: str, text: str) -> str | None:
    """Return the value (`spo`, `male`, `extract`...) that `text` means among those of `kind`, or None."""
    choices = _choices(kind)
    return choices.get(text) or choices.get(fold(text))


def says_none(text: str) -> bool:
    """Tell whether the text says that there is none: «нет», «-», «отсутствует»."""
    return text.lower().rstrip(".") in _none()


def says_the_same(text: str) -> bool:
    """Tell whether the text says that the value is the one above: «-//-», «то же»."""
    return text.strip().lower() in _ditto() or (not text[:1].isalnum() and _DITTO.fullmatch(text) is not None)


def allowed(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return the values of `kind`, each with its words."""
    return {value: tuple(words) for value, words in _read()[kind].items()}


@cache
def _choices(kind: str) -> Mapping[str, str]:
    values = allowed(kind)
    return {fold(word): value for value, words in values.items() for word in (value, *words)}


@cache
def _none() -> frozenset[str]:
    return frozenset(_read()["none"])


@cache
def _ditto() -> frozenset[str]:
    return frozenset(_read()["ditto"])


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = read_tree("words.yaml")
    return read
