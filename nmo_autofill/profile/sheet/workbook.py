"""A workbook's nouns: sheets of cells with what is known about them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; an empty cell holds an empty text."""

Row: TypeAlias = list[Value]
Rows: TypeAlias = list[Row]

# Ten times the longest list; each row may become a person, of some kilobytes.
MOST_ROWS = 100_000


class Block(NamedTuple):
    """Merged cells: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """One sheet, from its cell A1 on; rows and columns are counted from 0.

    Attributes:
        name: its name, None where the file has no sheets.
        rows: the values, row by row; rows may differ in length.
        hidden: whether the sheet itself is hidden.
        hidden_rows, hidden_columns: those that are hidden in it.
        blocks: merged cells.
        valueless: (row, column) of cells with an error, or with a formula whose value the file does not hold.
        lines: the line of the text file on which each row begins, counted from 1; empty for a workbook.
    """

    name: str | None
    rows: Rows
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    blocks: tuple[Block, ...] = ()
    valueless: frozenset[tuple[int, int]] = frozenset()
    lines: tuple[int, ...] = ()


class Workbook(NamedTuple):
    """What a file holds.

    Attributes:
        sheets: the sheets in their order.
        since_1904: whether its days are counted from 1904 (old Macintosh files) and not from 1900.
        remarks: codes of diagnostics about the whole file: macros, links to other files.
    """

    sheets: tuple[Sheet, ...] = ()
    since_1904: bool = False
    remarks: tuple[str, ...] = ()


class Why(StrEnum):
    """Why a file cannot be read: codes of diagnostics."""

    DAMAGED = "file.damaged"
    PASSWORD = "file.password"  # noqa: S105 (a code)
    BOMB = "file.bomb"
    ENDLESS = "file.endless"
    NO_TABLE = "file.no_table"
    QUOTES = "file.quotes"
    VAST = "sheet.vast"


class Refused(Exception):  # noqa: N818 (it carries a code, and is no fault of ours)
    """The file cannot be read; the facts are those of the sentence that tells why."""

    def __init__(self, why: Why, **facts: str) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


def letters(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_of(name: str) -> int:
    """Return the column, counted from 0, that a spreadsheet calls so.

    >>> column_of('A'), column_of('XFD')
    (0, 16383)
    """
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
