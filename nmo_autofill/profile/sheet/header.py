"""The header of a sheet: found by content, with the column of each field."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from nmo_autofill.folding import fold
from nmo_autofill.profile.data_file import read_rows
from nmo_autofill.profile.sheet.frdo import headings as of_document_itself
from nmo_autofill.profile.sheet.headings import (
    DIPLOMA_CODE,
    FULL_NAME,
    IDENTITY,
    ROW_NUMBER,
    SERIES_NUMBER,
    fields_of,
    is_of_other_document,
    meaning,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nmo_autofill.profile.sheet.workbook import Sheet, Value

FIRST_ROWS = 30
# A list has a few dozen columns, and the longest heading a hundred letters.
_FIRST_COLUMNS = 400
_LONGEST = 500
MOST_BANDS = 2
_LEAST_KEYS = 2
# A band stands over a few columns; what is merged over more is a title.
_WIDEST = 8
_OF_DOCUMENT = ("admission.series", "admission.number", SERIES_NUMBER)
_CERTIFICATE = re.compile(r"свидетельств.*аккредитац")
# A header has a few dozen merged cells; more are an attack.
_MOST_BLOCKS = 2_000
# So many of the 46 headings make a template of the Federal register of documents on education.
_LEAST_FRDO = 25
# The template's own names for what we take of it.
_FRDO_KEYS = {
    "last_name": "surname",
    "first_name": "name",
    "middle_name": "patronymic",
    "birth_date": "birth_date",
    "sex": "sex",
    "snils": "snils",
    "citizenship": "citizenship",
    "diploma_code": DIPLOMA_CODE,
    "diploma_specialty": "admission.specialty",
}


@dataclass(frozen=True)
class Header:
    """Where the header of a sheet stands, and what it says; rows and columns are counted from 0.

    Attributes:
        top, bottom: its first and last row.
        columns: the column of each key (those of a profile, and `headings`' own).
        bare: keys of columns whose heading does not tell of which document they are.
        twice: keys that several columns claim, with these columns.
        unread: the headings of columns that hold nothing of a profile, by column.
        names_accreditation: whether a heading, or the band above, says that a series or number is of the certificate of
            accreditation.
        is_frdo: whether it is the template for secondary education of the Federal register (ФИС ФРДО).
        document: the template's columns that say something of the document itself, by heading.
    """

    top: int
    bottom: int
    columns: Mapping[str, int]
    bare: frozenset[str] = frozenset()
    twice: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unread: Mapping[int, str] = field(default_factory=dict)
    names_accreditation: bool = False
    is_frdo: bool = False
    document: Mapping[str, int] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """How well the table is understood: the more fields, the better, the surely known ones first."""
        known = (self.columns.keys() | self.twice.keys()) - {ROW_NUMBER}
        return 2 * len(known) - len(self.bare) - len(self.twice)


def find_header(sheet: Sheet) -> Header | None:
    """Return the header, None when there is none: at least two fields, one of which tells who a person is.

    Looked for in the first 30 rows; up to two rows of bands may stand above the row of headings.
    """
    top_rows = _Top.of(sheet, 0, FIRST_ROWS)
    return _best(header for bottom in range(len(top_rows.own)) for header in _ending_at(top_rows, bottom, 0))


def header_at(sheet: Sheet, row: int, first: int) -> Header | None:
    """Return the header whose headings stand in this row, None when it is none; its bands stand from `first` on."""
    first = max(first, row - MOST_BANDS)
    return _best(_ending_at(_Top.of(sheet, first, row + 1), row - first, first))


def _best(found: Iterable[Header]) -> Header | None:
    # Of equally good ones the first, with as many bands as possible: they tell whose «Серия» a column is.
    return max(found, key=lambda header: (header.score, -header.bottom, header.bottom - header.top), default=None)


def score(sheet: Sheet) -> int:
    """Return how well the sheet's header is understood, 0 when there is none."""
    header = find_header(sheet)
    return header.score if header else 0


@dataclass(frozen=True)
class _Top:
    """The first rows of a sheet as texts.

    Attributes:
        own: what stands in each cell.
        merged: the same, with the text of merged cells in each of them.
        spanning: rows in which cells are merged sideways, with the width of the widest.
    """

    own: list[list[str]]
    merged: list[list[str]]
    spanning: Mapping[int, int]

    @classmethod
    def of(cls, sheet: Sheet, first: int, end: int) -> _Top:
        rows = [row[:_FIRST_COLUMNS] for row in sheet.rows[first:end]]
        width = max(map(len, rows), default=0)
        own = [[*map(_text, row), *[""] * (width - len(row))] for row in rows]
        merged = [row.copy() for row in own]
        spanning: dict[int, int] = {}
        for block in [block for block in sheet.blocks if first <= block.top < first + len(rows)][:_MOST_BLOCKS]:
            top, right = block.top - first, min(block.right + 1, width)
            text = own[top][block.left] if block.left < width else ""
            for row in merged[top : block.bottom - first + 1]:
                row[block.left : right] = [text] * (right - block.left)
            if block.right > block.left:
                spanning[top] = max(spanning.get(top, 0), block.right - block.left + 1)
        return cls(own, merged, spanning)

    def is_band(self, row: int) -> bool:
        """Tell whether bands stand in the row; a single text is a title, unless it is merged over a few columns."""
        filled = [column for column, text in enumerate(self.own[row]) if text]
        return len(filled) > 1 or (len(filled) == 1 and filled[0] > 0 and 0 < self.spanning.get(row, 0) <= _WIDEST)

    def paths(self, top: int, bottom: int) -> list[tuple[str, ...]]:
        """Return the texts above each column: the bands, then the heading."""
        bands = [self._bands(row, bottom) for row in range(top, bottom)]
        return [texts(path) for path in zip(*bands, self.merged[bottom], strict=True)]

    def _bands(self, row: int, bottom: int) -> list[str]:
        if row in self.spanning:
            return self.merged[row]
        # A band that is not merged stands above its first column; it goes on while there are headings below it.
        found: list[str] = []
        last = ""
        for text, heading in zip(self.merged[row], self.own[bottom], strict=True):
            last = text or (last if heading else "")
            found.append(last)
        return found


def _ending_at(top_rows: _Top, bottom: int, first: int) -> Iterator[Header]:
    """Yield the headers whose headings stand in a row of `top_rows`, which begin at row `first` of the sheet."""
    for top in range(bottom, max(0, bottom - MOST_BANDS) - 1, -1):
        if top < bottom and not top_rows.is_band(top):
            return
        header = _header(top_rows.paths(top, bottom), top + first, bottom + first)
        known = (header.columns.keys() | header.twice.keys()) - {ROW_NUMBER}
        if len(known) >= _LEAST_KEYS and known & IDENTITY:
            yield header


def _header(paths: list[tuple[str, ...]], top: int, bottom: int) -> Header:
    frdo = _frdo_columns(paths)
    is_frdo = len(frdo) >= _LEAST_FRDO
    claims: defaultdict[str, list[int]] = defaultdict(list)
    bare = set()
    for column, path in enumerate(paths):
        if is_frdo and column in frdo:
            if key := _FRDO_KEYS.get(frdo[column]):
                claims[key].append(column)
        elif path and (found := meaning(path[:-1], path[-1])):
            claims[found.key].append(column)
            if found.bare:
                bare.add(found.key)
    _drop_doubtful(claims, bare, has_others=is_frdo or any(map(is_of_other_document, paths)))
    _settle_names(claims)
    read = {column for columns in claims.values() for column in columns} | (frdo.keys() if is_frdo else set())
    of_document = [" ".join(paths[column]) for key in _OF_DOCUMENT for column in claims.get(key, ())]
    return Header(
        top,
        bottom,
        {key: columns[0] for key, columns in claims.items() if len(columns) == 1},
        frozenset(bare),
        {key: tuple(columns) for key, columns in claims.items() if len(columns) > 1},
        {column: path[-1] for column, path in enumerate(paths) if path and column not in read},
        names_accreditation=any(_CERTIFICATE.search(fold(text)) for text in of_document),
        is_frdo=is_frdo,
        document={name: column for column, name in frdo.items() if is_frdo and name in of_document_itself()},
    )


def _drop_doubtful(claims: defaultdict[str, list[int]], bare: set[str], *, has_others: bool) -> None:
    """Drop bare claims where other documents have columns, a bare number without its series, a second numbering."""
    if has_others or "admission.series" not in claims:
        for key in [*bare]:
            if has_others or key == "admission.number":
                del claims[key]
                bare.discard(key)
    if ROW_NUMBER in claims:
        claims[ROW_NUMBER] = claims[ROW_NUMBER][:1]


def _settle_names(claims: defaultdict[str, list[int]]) -> None:
    """Settle who has which name: whole names beside parts of them are two claims, three merged columns are parts."""
    whole = claims.get(FULL_NAME, [])
    parts = [part for part in fields_of(FULL_NAME) if part in claims]
    if len(whole) == len(fields_of(FULL_NAME)) and whole[-1] - whole[0] == len(whole) - 1 and not parts:
        del claims[FULL_NAME]
        claims.update({part: [column] for part, column in zip(fields_of(FULL_NAME), whole, strict=True)})
    elif whole and {"surname", "name"} <= {*parts}:
        del claims[FULL_NAME]
    elif whole and parts:
        claims[FULL_NAME] = [*whole, *(column for part in parts for column in claims.pop(part))]


def _frdo_columns(paths: list[tuple[str, ...]]) -> dict[int, str]:
    """Return the columns of the template's headings, with the tool's name for each, else the heading."""
    known = _frdo()
    return {column: known[folded] for column, path in enumerate(paths) if path and (folded := fold(path[-1])) in known}


def _text(value: Value) -> str:
    text = str(int(value) if isinstance(value, float) and value.is_integer() else value)
    return " ".join(text[:_LONGEST].split())


@cache
def _frdo() -> Mapping[str, str]:
    """Return the folded headings of the template with the tool's name of each field, or the heading itself."""
    return {fold(row["header"]): row["tool_field"] or row["header"] for row in read_rows("frdo_spo.csv")}
