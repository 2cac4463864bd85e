"""Folding of texts for comparing: case, spaces, invisible characters, ё/е, Latin look-alikes.

Folded text is never typed and never shown: it only answers whether two texts read alike to a person.
"""

from __future__ import annotations

import re
import unicodedata

# Latin letters that look like Cyrillic ones. The portal has swapped them in its own pages
# (reference/portal-facts.md, section 8, seen in public reports up to 2025), and lists have them by typing error.
LOOK_ALIKES = dict(zip("ABCEHKMOPTXYaceopxykmt", "АВСЕНКМОРТХУасеорхукмт", strict=True))

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_NOT_DIGITS = re.compile(r"[^0-9]+")
# Nearly every text of a list: only case and ё are to be folded in it.
_PLAIN = re.compile(r"[А-Яа-яЁё]+(?:[ -][А-Яа-яЁё]+)*")
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_TO_CYRILLIC = str.maketrans(LOOK_ALIKES)
_ALIKE = {cyrillic.lower(): f"[{cyrillic}{latin}]" for latin, cyrillic in LOOK_ALIKES.items()} | {"е": "[еёe]"}
_TRAILING_MARKS = " *:"


def fold(text: str) -> str:
    """Return `text` as it is compared: lower case, single spaces, е for ё, no invisible characters.

    Latin look-alikes become Cyrillic in words that have a Cyrillic letter, so that «E-mail» stays Latin.
    A trailing «*» or «:» (marks of a required field) goes.
    """
    if _PLAIN.fullmatch(text):
        return text.lower().replace("ё", "е")
    visible = "".join(
        character for character in unicodedata.normalize("NFKC", text) if unicodedata.category(character) != "Cf"
    )
    spaced = _SPACES.sub(" ", visible.translate(_HYPHENS)).strip().rstrip(_TRAILING_MARKS)
    words = (word.translate(_TO_CYRILLIC) if _CYRILLIC.search(word) else word for word in spaced.split(" "))
    return " ".join(words).lower().replace("ё", "е")


def unmarked(label: str) -> str:
    """Return a label as a person says it: without the marks of a required field behind it."""
    return label.rstrip(_TRAILING_MARKS)


def digits(text: str) -> str:
    """Return the ASCII digits of `text`, for comparing values behind a mask."""
    return _NOT_DIGITS.sub("", text)


def pattern(text: str, *, whole: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds `text` in any text that folds alike; `whole`: nothing else may stand there."""
    body = "".join(_reading_alike(character) for character in fold(text))
    return re.compile(rf"^\s*{body}\s*[*:]*\s*$" if whole else body, re.IGNORECASE)


def sentence(text: str) -> re.Pattern[str]:
    """Return a pattern that finds `text` where it begins a text and is a sentence of its own, not a part of one."""
    return re.compile(rf"^\s*{pattern(text).pattern}\s*([.!;]|$)", re.IGNORECASE)


def _reading_alike(character: str) -> str:
    if character == " ":
        return r"\s+"
    if character == "-":
        return "[-‐‑‒–—−]"
    return _ALIKE.get(character, re.escape(character))
