"""Surname, name and patronymic that stand in one cell."""

from __future__ import annotations

import re
from typing import NamedTuple

from nmo_autofill.profile import names

_INITIAL = re.compile(r"[А-ЯЁ]\.")
# The last word of a patronymic of two words: «Гасан оглы».
_PARTICLES = frozenset({"оглы", "оглу", "улы", "угли", "уулу", "кызы", "гызы", "кизи"})
# A patronymic for sure: a surname may end in -ич, but hardly so.
_SURE = ("овна", "евна", "инична", "ович", "евич")
_SURNAME_AND_NAME = 2
_ALL_THREE = 3
_WITH_PARTICLE = 4


class FullName(NamedTuple):
    """The parts with their offsets in the cell's text; without parts, `code` says why they cannot be told apart."""

    parts: dict[str, tuple[str, int]]
    code: str = ""


def split(text: str) -> FullName:
    """Return surname, name and patronymic of «Фамилия Имя Отчество».

    Two words are surname and name, a patronymic may be missing or have a particle. Anything else is a question:
    initials, a double surname without hyphen, and the order «Имя Отчество Фамилия», which the patronymic's ending
    tells. A third word that does not look like a patronymic is told: it may be the surname.
    """
    words = [(found.group(), found.start()) for found in re.finditer(r"\S+", text)]
    if any(_INITIAL.search(word) for word, _ in words):
        return FullName({}, "full_name.initials")
    if len(words) == _WITH_PARTICLE and words[3][0].lower() in _PARTICLES:
        start = words[2][1]
        words = [*words[:2], (text[start:].rstrip(), start)]
    if len(words) not in {_SURNAME_AND_NAME, _ALL_THREE}:
        return FullName({}, "full_name.words")
    ends_in_patronymic = len(words) == _ALL_THREE and names.sex_of(words[2][0]) is not None
    if not ends_in_patronymic and any(word.lower().endswith(_SURE) for word, _ in words):
        return FullName({}, "full_name.order")
    parts = dict(zip(("surname", "name", "patronymic"), words, strict=False))
    return FullName(parts, "" if ends_in_patronymic or len(words) == _SURNAME_AND_NAME else "full_name.unsure")
