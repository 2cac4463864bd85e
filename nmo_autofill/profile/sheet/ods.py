"""What the reader of workbooks does not tell of an .ods: hidden rows and columns, cells without value, extent."""

from __future__ import annotations

from nmo_autofill.profile.sheet.marks import Marks
from nmo_autofill.profile.sheet.markup import walk

CONTENT = "content.xml"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_HIDDEN = {"collapse", "filter"}
_VALUES = tuple(f"{_OFFICE} {name}" for name in ("value", "date-value", "time-value", "string-value", "boolean-value"))
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384


def marks(content: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet by its name. Raises Refused when the part is no well-formed XML."""
    return _Scanner().scan(content)


class _Scanner:
    """Looks at every element; rows, columns and cells may stand for many of their like."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self.marks = Marks()
        self.row = self.column = self.declared = 0
        self.rows = self.columns = 1
        self.filled = False
        self.formula = False
        self.error = False

    def scan(self, content: bytes) -> dict[str, Marks]:
        walk(content, start=self._start, end=self._end)
        return self.sheets

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if space == _TEXT and element == "p":
            self.filled = True
        if space != _TABLE:
            return
        if element == "table":
            self.marks = self.sheets.setdefault(attributes.get(f"{_TABLE} name", ""), Marks())
            self.row = self.declared = 0
        elif element == "table-column":
            self._declare(attributes)
        elif element == "table-row":
            self.rows = _repeated(attributes, "number-rows-repeated", MOST_ROWS)
            self.column = 0
            if attributes.get(f"{_TABLE} visibility") in _HIDDEN:
                self.marks.hidden_rows.update(range(self.row, min(self.row + self.rows, MOST_ROWS)))
        elif element in {"table-cell", "covered-table-cell"}:
            self.columns = _repeated(attributes, "number-columns-repeated", MOST_COLUMNS)
            self.filled = any(value in attributes for value in _VALUES)
            self.formula = f"{_TABLE} formula" in attributes
            self.error = attributes.get(f"{_CALCEXT} value-type") == "error"

    def _end(self, name: str) -> None:
        if name == f"{_TABLE} table-row":
            self.row += self.rows
        elif name in {f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"}:
            self._close_cell()

    def _close_cell(self) -> None:
        if self.filled:
            self.marks.height = max(self.marks.height, self.row + self.rows)
            self.marks.width = max(self.marks.width, self.column + self.columns)
        if self.error or (self.formula and not self.filled):
            self.marks.valueless.add((self.row, self.column))
        self.column += self.columns
        self.filled = self.formula = self.error = False

    def _declare(self, attributes: dict[str, str]) -> None:
        columns = _repeated(attributes, "number-columns-repeated", MOST_COLUMNS)
        if attributes.get(f"{_TABLE} visibility") in _HIDDEN:
            self.marks.hidden_columns.update(range(self.declared, min(self.declared + columns, MOST_COLUMNS)))
        self.declared += columns


def _repeated(attributes: dict[str, str], name: str, most: int) -> int:
    written = attributes.get(f"{_TABLE} {name}", "1")
    return min(int(written), most) if written.isdecimal() else 1
