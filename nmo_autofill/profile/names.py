"""Names of people, in Cyrillic."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nmo_autofill.folding import LOOK_ALIKES, fold
from nmo_autofill.profile.diagnostics import Finding
from nmo_autofill.profile.model import Sex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PLAIN = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*")
_RUSSIAN = re.compile(r"[А-ЯЁа-яё]")
_SEPARATORS = " -'’"
_LAYOUT = re.compile(r"^[ '’-]|[ '’-]$|[ -]{2}|['’]{2}")
# Particles of foreign names are written small: «Мамед оглы», «ван дер Ваальс».
_PARTICLES = frozenset(
    {
        *("оглы", "оглу", "улы", "угли", "уулу", "кызы", "гызы", "кизи", "заде"),
        *("аль", "эль", "ад", "ас", "аш", "эд", "эш", "ибн", "бин", "бен"),
        *("д", "да", "де", "дель", "ди", "ду", "дю", "ла", "ле", "ван", "дер", "тер", "фон", "цу"),
    },
)
_MALE = re.compile(r"(?:ович|евич|ич|оглы|оглу|улы|угли|уулу)$")
_FEMALE = re.compile(r"(?:овна|евна|ична|инична|кызы|гызы|кизи)$")
# Surer than _MALE and _FEMALE: a name or surname hardly ends so after a space.
_PATRONYMIC = re.compile(r" [А-ЯЁ][а-яё]+(?:ович|евич|овна|евна|инична)$")


def findings(text: str) -> list[Finding]:
    """Return what is wrong with a surname, name or patronymic, each wrong character by its place.

    Cyrillic letters, hyphen, space and apostrophe may stand in it. Nothing is ever mended silently:
    a Latin «a» for a Cyrillic «а» makes another name in the portal's register.
    """
    if _PLAIN.fullmatch(text):
        return []
    found = [finding for index, character in enumerate(text) for finding in _about(character, index)]
    if layout := _LAYOUT.search(text):
        found.append(Finding("name.layout", layout.start()))
    return found or list(_case(text))


def sex_of(patronymic: str) -> Sex | None:
    """Return the sex that the ending of a patronymic tells, None when it tells none."""
    ending = patronymic.lower()
    if _MALE.search(ending):
        return Sex.MALE
    return Sex.FEMALE if _FEMALE.search(ending) else None


def holds_more(text: str, others: Iterable[str]) -> bool:
    """Tell whether a surname or name of several words holds one of the `others` besides, or a patronymic."""
    if _PLAIN.fullmatch(text):
        return False
    words = fold(text).split(" ")
    return len(words) > 1 and (_PATRONYMIC.search(text) is not None or any(fold(other) in words for other in others))


def _about(character: str, index: int) -> Iterator[Finding]:
    if _RUSSIAN.match(character) or character in _SEPARATORS:
        return
    category = unicodedata.category(character)
    facts = (("character", character), ("code_point", f"U+{ord(character):04X}"))
    if character in LOOK_ALIKES:
        yield Finding("name.look_alike", index, (("character", character), ("cyrillic", LOOK_ALIKES[character])))
    elif category == "Nd":
        yield Finding("name.digit", index, facts)
    elif category.startswith("M"):
        yield Finding("name.combining", index, facts[1:])
    elif category.startswith("L") and "CYRILLIC" in unicodedata.name(character, ""):
        yield Finding("name.foreign", index, facts)
    else:
        yield Finding("name.character", index, facts)


def _case(text: str) -> Iterator[Finding]:
    for word in re.finditer(r"[^ '’-]+", text):
        letters = word.group()
        small = letters[0].islower() and letters not in _PARTICLES
        if small or letters[1:] != letters[1:].lower():
            yield Finding("name.case", word.start())
            return
