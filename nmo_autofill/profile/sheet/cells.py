"""The cells of a list: each value is looked at once, and a place is made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, TypeAlias

from nmo_autofill.profile.sheet.cell import Cell, Text
from nmo_autofill.profile.sheet.workbook import Value

if TYPE_CHECKING:
    import re

    from nmo_autofill.profile.diagnostics import Given


Codes: TypeAlias = dict[tuple[str, type, Value], str]
"""Codes of what is told of values, by key, type (True is 1, but not here) and value."""


class Texts(dict[Value, str]):
    """The text of each value in columns of one key; `codes` gets what is told of them, which is little."""

    def __init__(self, text_of: Callable[[str, Value], Text], key: str, codes: Codes) -> None:
        super().__init__({"": ""})
        self._text_of = text_of
        self._key = key
        self._codes = codes

    def learn(self, values: Iterable[Value], plain: re.Pattern[str]) -> None:
        """Know the texts that match: they stay as they are, and nothing is told of them."""
        matches = plain.fullmatch
        self.update({value: value for value in {*values} if isinstance(value, str) and matches(value)})

    def __missing__(self, value: Value) -> str:
        text, code = self._text_of(self._key, value)
        # A number is not remembered: as keys, 1 and True are the same.
        if not isinstance(value, int | float):
            self[value] = text
        if text and code:
            self._codes[self._key, type(value), value] = code
        return text


class Fields(MutableMapping[str, "Given"]):
    """The fields of a person in a row of a list, by key: its cells, unless something else is put in their place.

    An empty cell is one, too: what is missing is told where it should stand.
    """

    __slots__ = ("_columns", "_others", "_row", "_texts")

    def __init__(self, row: Cell, columns: Mapping[str, int], texts: Mapping[str, str]) -> None:
        self._row = row
        self._columns = columns
        self._texts = texts
        self._others: dict[str, Given] = {}

    def __getitem__(self, key: str) -> Given:
        if self._others and key in self._others:
            return self._others[key]
        row = self._row
        return Cell(row.file, row.sheet, row.row, self._columns[key], self._texts.get(key, ""))

    def __setitem__(self, key: str, given: Given) -> None:
        self._others[key] = given

    def __delitem__(self, key: str) -> None:
        """Take away what was put in the place of the cell."""
        del self._others[key]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._columns, **self._others})

    def __len__(self) -> int:
        return len(self._columns.keys() | self._others.keys())
