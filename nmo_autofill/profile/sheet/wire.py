"""A workbook between two processes: a line of JSON with each value once, then which of them each cell holds.

The sender may have been spoilt by a hostile file: nothing is read here that could run.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from nmo_autofill.profile.sheet.workbook import MOST_ROWS, Block, Refused, Sheet, Value, Why, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nmo_autofill.profile.sheet.workbook import Row

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
# None of their values is the same as a value of another type.
_UNLIKE = frozenset({str, float, date, datetime, time, timedelta})
_Typed = tuple[type, Value]


class _Extent(NamedTuple):
    height: int
    width: int


def encoded(workbook: Workbook, rows: Iterable[Iterable[Row]] = ()) -> bytes:
    """Return the bytes that tell what a workbook holds. Raises Refused when they would be more than any list's.

    Args:
        workbook: its sheets.
        rows: those of each sheet, where the sheets have none yet. A row that is made only now goes before the next one
            comes: values that are in the processor's caches are known in half the time, and few are kept.
    """
    numbers: defaultdict[Value | _Typed, int] = defaultdict(count().__next__)
    cells = array(_CELLS)
    sheets = [_told(sheet, _take(own, numbers, cells)) for sheet, own in _with_rows(workbook, rows)]
    values: list[Value] = [value[1] if isinstance(value, tuple) else value for value in numbers]
    _require_size(values, cells)
    told = {
        "since_1904": workbook.since_1904,
        "remarks": workbook.remarks,
        "values": values,
        "dates": [[place for place, value in enumerate(values) if type(value) is kind] for kind in _DATES],
        "sheets": sheets,
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


def _with_rows(workbook: Workbook, rows: Iterable[Iterable[Row]]) -> Iterable[tuple[Sheet, Iterable[Row]]]:
    return zip(workbook.sheets, rows or [sheet.rows for sheet in workbook.sheets], strict=True)


def _take(rows: Iterable[Row], numbers: defaultdict[Value | _Typed, int], cells: array[int]) -> _Extent:
    """Number the values, and append the numbers of those in the rows, all of which are as wide as the first."""
    before, height = len(cells), count()
    told_apart = (_told_apart(row) for row, _ in zip(rows, height, strict=False))
    cells.extend(array(_CELLS, map(numbers.__getitem__, chain.from_iterable(told_apart))))
    tall = next(height)
    return _Extent(tall, (len(cells) - before) // tall if tall else 0)


def _told_apart(row: Row) -> Iterable[Value | _Typed]:
    """Return the values with their type beside those that, as keys, would be the same as others: 1, 1.0 and True."""
    if _UNLIKE.issuperset(map(type, row)):
        return row
    return [value if type(value) in _UNLIKE else (type(value), value) for value in row]


def _require_size(values: list[Value], cells: array[int]) -> None:
    sizes = [_OF_CELL + len(value) if isinstance(value, str) else _OF_CELL for value in values]
    if max(sizes, default=0) * len(cells) > LARGEST and (size := sum(map(sizes.__getitem__, cells))) > LARGEST:
        raise Refused(Why.BOMB, megabytes=str(size // 1_000_000))


def _told(sheet: Sheet, extent: _Extent) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "height": extent.height,
        "width": extent.width,
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
