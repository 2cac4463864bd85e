"""A workbook between two processes: a line of JSON with each value once, then which of them each cell holds.

The sender may have been spoilt by a hostile file: nothing is read here that could run.
"""

from __future__ import annotations

import json
from array import array
from datetime import date, datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from nmo_autofill.profile.sheet.workbook import MOST_ROWS, Block, Refused, Sheet, Value, Why, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

# One text may stand in very many cells; 10,000 rows of 300 columns have less than half of it.
LARGEST = 100_000_000
# What a cell takes beside the characters of its text.
_OF_CELL = 4
_CELLS = "I"
# JSON needs none of its own.
_LINE_BREAK = b"\n"
# As JSON these are texts, and it is told which of the values they are; a time of day stays a text.
_DATES = (date, datetime)
_TYPES = frozenset({str, int, float, bool})


class _Numbers(dict[Value, int]):
    """Values, numbered as they come."""

    def __init__(self) -> None:
        self.known: list[Value] = []

    def __missing__(self, value: Value) -> int:
        number = len(self.known)
        self.known.append(value)
        # Numbers are not looked up: as keys, 1 and True are the same.
        if not isinstance(value, int | float):
            self[value] = number
        return number


def encoded(workbook: Workbook) -> bytes:
    """Return the bytes that tell what a workbook holds. Raises Refused when they would be more than any list's."""
    numbers = _Numbers()
    rows = chain.from_iterable(sheet.rows for sheet in workbook.sheets)
    cells = array(_CELLS, map(numbers.__getitem__, chain.from_iterable(rows)))
    sizes = [_OF_CELL + len(value) if isinstance(value, str) else _OF_CELL for value in numbers.known]
    if max(sizes, default=0) * len(cells) > LARGEST and (size := sum(map(sizes.__getitem__, cells))) > LARGEST:
        raise Refused(Why.BOMB, megabytes=str(size // 1_000_000))
    told = {
        "since_1904": workbook.since_1904,
        "remarks": workbook.remarks,
        "values": numbers.known,
        "dates": [[place for place, value in enumerate(numbers.known) if type(value) is kind] for kind in _DATES],
        "sheets": [_told(sheet) for sheet in workbook.sheets],
    }
    return _json(told) + _LINE_BREAK + cells.tobytes()


def refusal(refused: Refused) -> bytes:
    """Return the bytes that tell why there is no workbook."""
    return _json({"refused": refused.why, "facts": refused.facts})


def decoded(content: bytes) -> Workbook:
    """Return the workbook that was told. Raises Refused when there is none."""
    line, _, rest = content.partition(_LINE_BREAK)
    try:
        told: dict[str, Any] = json.loads(line)
        if "refused" in told:
            raise Refused(Why(told["refused"]), **told["facts"])
        sheets = _sheets(told["sheets"], _cells(told["values"], told["dates"], rest))
        return Workbook((*sheets,), told["since_1904"], (*told["remarks"],))
    except (ValueError, TypeError, LookupError, RecursionError):
        raise Refused(Why.DAMAGED) from None


def _told(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "height": len(sheet.rows),
        "width": len(sheet.rows[0]) if sheet.rows else 0,
        "hidden": sheet.hidden,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "blocks": sheet.blocks,
        "valueless": sorted(sheet.valueless),
    }


def _cells(values: list[Any], dates: list[list[int]], numbers: bytes) -> Iterator[Value]:
    if not _TYPES.issuperset(map(type, values)):
        raise TypeError
    for kind, places in zip(_DATES, dates, strict=True):
        for place in places:
            values[place] = kind.fromisoformat(values[place])
    held = array(_CELLS)
    held.frombytes(numbers)
    return map(values.__getitem__, held)


def _sheets(told: list[dict[str, Any]], cells: Iterator[Value]) -> Iterator[Sheet]:
    for sheet in told:
        width = sheet["width"]
        if sheet["height"] > MOST_ROWS:
            raise ValueError
        yield Sheet(
            sheet["name"],
            [[*islice(cells, width)] for _ in range(sheet["height"])],
            hidden=sheet["hidden"],
            hidden_rows=frozenset(sheet["hidden_rows"]),
            hidden_columns=frozenset(sheet["hidden_columns"]),
            blocks=tuple(Block(*block) for block in sheet["blocks"]),
            valueless=frozenset((row, column) for row, column in sheet["valueless"]),
        )


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, default=str, ensure_ascii=False).encode()
