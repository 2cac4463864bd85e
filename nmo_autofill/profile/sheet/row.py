"""The kinds of rows in a sheet: people, and named kinds of what is none."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from nmo_autofill.folding import digits, fold
from nmo_autofill.profile import names, words
from nmo_autofill.profile.characters import LONGEST
from nmo_autofill.profile.sheet.headings import FULL_NAME, ROW_NUMBER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nmo_autofill.profile.sheet.header import Header
    from nmo_autofill.profile.sheet.workbook import Rows, Value


class Kind(StrEnum):
    """What a row is; the values, but for people, are codes of diagnostics."""

    PERSON = "person"
    EMPTY = "row.empty"
    TITLE = "row.title"
    HEADING = "row.heading"
    NUMBERING = "row.numbering"
    TOTAL = "row.total"
    NOTE = "row.note"
    EXAMPLE = "row.example"
    REST = "row.rest"
    UNCLEAR = "row.unclear"


@dataclass
class Tally:
    """How many rows of a sheet are what; they add up to all rows down to the last one that holds anything."""

    file: str
    sheet: str | None
    kinds: Counter[Kind] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """All rows."""
        return self.kinds.total()


_TOTAL = re.compile(r"(?:итого|всего|итог)\b")
_EXAMPLE = re.compile(r"(?:пример|образец)\b")
# How the lines under a list begin: who signs it, and notes.
_UNDER = re.compile(
    r"(?:директор|зам|заместитель|заведующ\w*|зав|куратор|ответственн\w*|секретарь|председатель|исполнитель|составил\w*|"
    r"подпись|дата составления|утвержда\w+|согласован\w*|примечани\w|м\.? ?п)\b"
)
_MANY = 3
_ENOUGH = 2
_LEAST_DIGITS = {"snils": 9, "phone": 10}
_NAME_PARTS = frozenset({"surname", "name", "patronymic"})
# Only a person has these; a name may also stand under the list.
_STRONG = ("email", "birth_date", "snils", "phone")
_SIGNS = (*_STRONG, "surname", "name", "patronymic", FULL_NAME, "sex", "level")
# Longer ones are no numbers of rows or columns, and may be too large for any.
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{0,15})?")
_DATE_LIKE = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{5}")
_NAME = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]*(?:[-'][А-ЯЁ][А-ЯЁа-яё]*)*|[а-яё]{3,5}|(?:[А-ЯЁ]\.){1,2}")


def kind_above(rows: Rows, row: int, header: Header) -> Kind:
    """Return the kind of a row of the header, or above it."""
    if row >= header.top:
        return Kind.HEADING
    return Kind.TITLE if held(rows[row]) else Kind.EMPTY


def kind_below(row: Sequence[Value], headings: list[list[str]], texts: Mapping[str, str], header: Header) -> Kind:
    """Return the kind of a row under the header.

    Args:
        row: its values.
        headings: what each row of the header holds.
        texts: the texts of its known columns by key, as far as they hold any.
        header: the header.
    """
    signs = _signs(texts)
    if signs >= _ENOUGH and not _is_example(texts):
        return Kind.HEADING if _repeats(row, headings) else Kind.PERSON
    filled = {key: text for key, text in texts.items() if key != ROW_NUMBER}
    values = held(row)
    if not values:
        return Kind.EMPTY
    return _of_few_signs(values, headings, texts, filled, header) or (Kind.PERSON if signs else _unlike(texts, filled))


def is_surely_a_person(texts: Mapping[str, str]) -> bool:
    """Tell whether the row holds what only a person has; any other row may be a header of its own."""
    for key in _STRONG:  # noqa: SIM110 (quicker, and asked of each row)
        if key in texts and _is_plausible(key, texts[key], 1):
            return True
    return False


def held(row: Sequence[Value]) -> list[str]:
    """Return the texts of the row's cells that hold anything."""
    return [text for value in row if value != "" and (text := str(value).strip())]


def _of_few_signs(
    values: list[str], headings: list[list[str]], texts: Mapping[str, str], filled: Mapping[str, str], header: Header
) -> Kind | None:
    """Return the kind of a row that is hardly a person's, None when nothing tells what it is."""
    if values in headings:
        return Kind.HEADING
    if _is_example(texts):
        return Kind.EXAMPLE
    if _is_numbering(values):
        return Kind.NUMBERING if filled else Kind.REST
    if not filled:
        # What stands in other columns only: a number is a formula, or a numbering made ready for further people.
        return Kind.REST if header.is_frdo or all(map(_is_number, values)) else _total_or_note(values)
    if filled.keys().isdisjoint(_STRONG):
        begin = _begin(values[0])
        return Kind.TOTAL if _TOTAL.match(begin) else Kind.NOTE if _UNDER.match(begin) else None
    return None


def _is_example(texts: Mapping[str, str]) -> bool:
    number = texts.get(ROW_NUMBER, "")
    return not number[:1].isdecimal() and _EXAMPLE.match(_begin(number)) is not None


def _repeats(row: Sequence[Value], headings: list[list[str]]) -> bool:
    """Tell whether the row repeats a row of the header; a person's is told by its first cell."""
    return [_first(row)] in [heading[:1] for heading in headings] and held(row) in headings


def _first(row: Sequence[Value]) -> str:
    for value in row:
        if text := str(value).strip():
            return text
    return ""


def _total_or_note(values: list[str]) -> Kind:
    return Kind.TOTAL if _TOTAL.match(_begin(values[0])) else Kind.NOTE


def _begin(text: str) -> str:
    """Return the folded begin of a text: a megabyte takes a second to fold."""
    return fold(text[:LONGEST])


def _unlike(texts: Mapping[str, str], filled: Mapping[str, str]) -> Kind:
    """Return what a row is that looks like nobody: one text may be a note, but not under a number or with another."""
    numbered = _is_number(texts.get(ROW_NUMBER, ""))
    return Kind.UNCLEAR if numbered or len(filled) > 1 else Kind.NOTE


def _is_numbering(values: list[str]) -> bool:
    """Tell whether the row numbers the columns, as 1, 2, 3."""
    if len(values) < _MANY or not all(map(_is_number, values)):
        return False
    numbers = [int(float(value)) for value in values]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _signs(texts: Mapping[str, str]) -> int:
    """Return how many texts look like what their column holds, which makes the row a person's; two are enough."""
    filled = len(texts) - (ROW_NUMBER in texts)
    found = 0
    # Not `sum` of a generator, nor `any` above: with each row they take twice as long.
    for key in _SIGNS:
        if key in texts and _is_plausible(key, texts[key], filled):
            found += 1
            if found == _ENOUGH:
                break
    return found


def _is_plausible(key: str, text: str, filled: int) -> bool:
    if key in _LEAST_DIGITS:
        return len(digits(text)) >= _LEAST_DIGITS[key]
    if key == FULL_NAME:
        parts = text.split()
        names_only = len(parts) > 1 and all(map(_NAME.fullmatch, parts))
        # Initials alone in a row are hardly a graduate's.
        return names_only and (filled > 1 or "." not in text)
    if key in _NAME_PARTS:
        return len(text) <= LONGEST and not names.findings(text)
    if key == "email":
        return "@" in text
    if key == "birth_date":
        return _DATE_LIKE.match(text) is not None
    return words.choice(key, text) is not None


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None
