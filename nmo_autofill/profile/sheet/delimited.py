"""Delimited text (CSV): encoding and delimiter found by content."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from nmo_autofill.profile.document import cyrillic_encoding
from nmo_autofill.profile.sheet.workbook import MOST_ROWS, Refused, Sheet, Why

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmo_autofill.profile.sheet.workbook import Rows

MOST_CELLS = 3_000_000
DELIMITERS = ";,\t"
# Under a wrong delimiter the whole file may be one field: that is no wrong quotation mark.
csv.field_size_limit(50_000_000)
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|table)", re.IGNORECASE)
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]")


def read(content: bytes, score: Callable[[Sheet], int]) -> Sheet:
    """Return the table that the bytes of a text file hold.

    UTF-8, UTF-16 with its mark, and CP1251 are read. Of the delimiters the one counts under which most headings are
    recognised (`score`); the one that gives most columns, when none is.

    Raises:
        Refused: it is another kind of file, in another encoding, or a quotation mark is not closed.
    """
    text = _decoded(content)
    if _MARKUP.match(text) or _CONTROL.search(text):
        raise Refused(Why.NO_TABLE)
    tables: list[Sheet] = []
    troubles: list[Refused] = []
    for delimiter in DELIMITERS:
        try:
            tables.append(_table(text, delimiter))
        except Refused as refused:
            troubles.append(refused)
    if not tables:
        raise troubles[0]
    best = max(tables, key=lambda table: (score(table), max(map(len, table.rows), default=0)))
    if troubles and not score(best):
        raise troubles[0]
    return best


def _table(text: str, delimiter: str) -> Sheet:
    rows: Rows = []
    lines: list[int] = []
    # Not `splitlines`: an odd line separator inside a cell is no end of a row.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, cells = 1, 0
    try:
        for row in reader:
            rows.append([*row])
            lines.append(line)
            line = reader.line_num + 1
            cells += len(row)
            if len(rows) > MOST_ROWS or cells > MOST_CELLS:
                raise Refused(Why.VAST, rows=str(len(rows)), columns=str(max(map(len, rows))))
    except csv.Error:
        raise Refused(Why.QUOTES, line=str(line)) from None
    return Sheet(None, rows, lines=tuple(lines))


def _decoded(content: bytes) -> str:
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = cyrillic_encoding(content)
    try:
        if encoding == "cp1251":
            return content.decode(encoding)
    except UnicodeDecodeError:
        pass
    raise Refused(Why.NO_TABLE)
