"""Masking of the portal's words: its messages can repeat what was typed, and put names into any case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nmo_autofill.folding import fold, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MASK = "•••"
_LONG_NUMBER = re.compile(r"\+?\d(?:[\s()\-–]*\d){3,}")
_MAIL = re.compile(r"\S+@\S+")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 300
_SHORTEST_VALUE = 2
_LONG_STEM = 4
_LONGEST_ENDING = 4

# Endings of names in all cases, folded.
_ENDING = re.compile(
    "[аеиоуыюяьй]?|[аеиоуыя]й|[аыиоюяь]я|[аеиояь]е|[оеуюиь]ю|[аеиоыюя]м|[аиыя]х|[ое]в|ье[мй]|ией|[ое]го|[ое]му|[аияы]ми"
)
_ADJECTIVAL = ("ий", "ый", "ой", "ая", "яя")
_DECLINED_VOWELS = "ая"
_FINAL = re.compile(r"[аеиоуыэюяьй]$")
# Лев – Льва, Павел – Павла, Заец – Зайца, Воробей – Воробья.
_FLEETING = re.compile(r"^(?P<head>.*(?P<before>\w))[ео](?P<last>[^аеиоуыэюяьй]|й)$")


def mask(words: str, values: Iterable[str]) -> str:
    """Return `words` without the typed `values`, without numbers of four digits or more and without addresses.

    Each word of a value is masked by itself and in every case. Rather a harmless word too many than a name too few.
    """
    masked = " ".join(words.split())
    given = sorted(set(values), key=len, reverse=True)
    for value in given:
        if len(value) >= _SHORTEST_VALUE:
            masked = re.sub(rf"(?<!\w){pattern(value).pattern}(?!\w)", _MASK, masked, flags=re.IGNORECASE)
    masked = _LONG_NUMBER.sub(_MASK, _MAIL.sub(_MASK, masked))
    parts = {fold(part) for value in given for part in _WORD.findall(value) if len(part) >= _SHORTEST_VALUE}
    stems = {stem for part in parts for stem in _stems(part)}
    return _WORD.sub(lambda word: _MASK if _is_one_of(word[0], parts, stems) else word[0], masked)[:_LONGEST]


def veil(text: str) -> str:
    """Return the shape of a date or number: every letter and digit of it is hidden, and nothing else."""
    return re.sub(r"[^\W_]", _MASK[0], text)[:_LONGEST]


def _is_one_of(word: str, names: set[str], stems: set[str]) -> bool:
    """Tell whether a word is a name, or a case of one; after a short stem, and with any ending, if it has a capital."""
    read, capital = fold(word), word[0].isupper()
    cut = [(read[:end], read[end:]) for end in range(1, len(read) + 1)]
    return read in names or any(
        (capital or len(stem) >= _LONG_STEM) and _may_end(stem, ending, capital=capital)
        for stem, ending in cut
        if stem in stems
    )


def _may_end(stem: str, ending: str, *, capital: bool) -> bool:
    if len(stem) == 1:
        return ending != "" and bool(_ENDING.fullmatch(ending))
    if capital and len(stem) >= _LONG_STEM:
        return len(ending) <= _LONGEST_ENDING
    return bool(_ENDING.fullmatch(ending))


def _stems(name: str) -> Iterator[str]:
    """Yield what stays of a folded name before the endings of its cases."""
    yield name
    if _FINAL.search(name) and (len(name) > _SHORTEST_VALUE or name[-1] in _DECLINED_VOWELS):
        yield name[:-1]
    if name.endswith(_ADJECTIVAL) and len(name) >= _LONG_STEM + 1:
        yield name[:-2]
    if found := _FLEETING.search(name):
        link = "й" if _FINAL.search(found["before"]) else ""
        last = "" if found["last"] == "й" else found["last"]
        yield from (f"{found['head']}{between}{last}" for between in {link, "ь"})
