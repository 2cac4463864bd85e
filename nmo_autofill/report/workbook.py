"""Workbooks of Excel, as openpyxl edits and writes them."""

from __future__ import annotations

import io
import math
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import fromstring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

AUTHOR = "nmo-autofill"

HEADING_FONT = Font(bold=True, color="1F2937")
HEADING_FILL = PatternFill("solid", fgColor="DCE6F1")
HEADING_BORDER = Border(bottom=Side("medium", color="1F2937"))

_NOTE_WIDTH = 320
_NOTE_HEIGHT = (60, 420)
_NOTE_LINE = 17
_NOTE_LETTERS = 46

# What XML cannot hold: openpyxl refuses some of it and writes the rest as a file that Excel cannot open.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# The lists of drop-downs that stand on another sheet, as Excel 2010 and later write them.
_EXTENDED = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_REFERENCE = "{http://schemas.microsoft.com/office/excel/2006/main}"
# 10,000 people in 46 columns have 33 MB, and take openpyxl 13 s and 320 MB of memory; a million formatted empty rows
# have 72 MB, and take 40 s and 1.3 GB (measured with openpyxl 3.1.5).
_LARGEST = 50_000_000


class NotEditableError(ValueError):
    """The bytes are no workbook that openpyxl can edit (in bounded time); what is left is `checked_table`."""


class Reader(ExcelReader):
    """openpyxl's reader, which leaves more as it was.

    Cells formatted as dates keep their numbers: what is no date (a phone in such a column) would become #VALUE!.
    Formats of parts of a text stay, and drop-downs whose lists stand on another sheet.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content), rich_text=True)
        if sum(part.file_size for part in self.archive.infolist()) > _LARGEST:
            raise NotEditableError
        self.keep_vba = any(name.endswith("vbaProject.bin") for name in self.valid_files)

    def read_strings(self) -> None:
        """Read the shared texts, with the formats of their parts."""
        super().read_strings()
        for text in self.shared_strings:
            if isinstance(text, CellRichText):
                _join_blanks(text)

    def read_worksheets(self) -> None:
        """Read the sheets, with numbers as numbers and all drop-downs."""
        self.wb._date_formats = set()  # type: ignore[attr-defined]  # noqa: SLF001 (there is no other way to switch the conversion off)
        self.wb._timedelta_formats = set()  # type: ignore[attr-defined]  # noqa: SLF001 (the same)
        super().read_worksheets()
        for sheet, relation in self.parser.find_sheets():
            if sheet.name in self.wb.sheetnames and isinstance(self.wb[sheet.name], Worksheet):
                for validation in _extended_validations(self.archive.read(relation.target)):
                    self.wb[sheet.name].add_data_validation(validation)


def note(text: str, author: str = AUTHOR) -> Comment:
    """Return a note for a cell, as large as its text needs, within limits."""
    lines = sum(max(1, math.ceil(len(line) / _NOTE_LETTERS)) for line in text.splitlines())
    least, most = _NOTE_HEIGHT
    return Comment(clean(text), author, height=min(max(least, (lines + 1) * _NOTE_LINE), most), width=_NOTE_WIDTH)


def put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write `text` as text, whatever it begins with, and return the cell: a text may quote what would be a formula."""
    cell = seen_cell(sheet, row, column)
    cell.value = clean(text)
    cell.data_type = "s"
    # Else Excel would make a formula of it when somebody edits the cell.
    cell.quotePrefix = text.startswith(_STARTS_A_FORMULA)
    return cell


def clean(text: str) -> str:
    """Return `text` with � for what XML cannot hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def saved(workbook: Workbook) -> bytes:
    """Return the workbook's bytes. Raises NotEditableError."""
    stream = io.BytesIO()
    with editing():
        workbook.save(stream)
    return stream.getvalue()


@contextmanager
def editing() -> Iterator[None]:
    """Silence what openpyxl warns of (the docstring of `annotated` tells it), and let out one kind of error.

    The original error is not chained: its text can hold what stands in a cell.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Exception:  # noqa: BLE001 (a damaged workbook raises whatever openpyxl's parsers raise)
            raise NotEditableError from None


def seen_cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return the cell, or of merged ones the first: only that one is shown and can bear a note."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(merged for merged in sheet.merged_cells.ranges if cell.coordinate in merged)
        return seen_cell(sheet, merged.min_row, merged.min_col)
    return cell


def _join_blanks(text: CellRichText) -> None:
    """Append parts of blanks alone to the part before: openpyxl writes them in a way in which Excel drops them."""
    joined: list[str | TextBlock] = []
    for part in text:
        blank = not str(part).strip()
        if joined and blank and isinstance(joined[-1], TextBlock):
            joined[-1] = TextBlock(joined[-1].font, f"{joined[-1]}{part}")
        elif joined and blank:
            joined[-1] = f"{joined[-1]}{part}"
        else:
            joined.append(part)
    text.clear()
    text.extend(joined)


def _extended_validations(sheet: bytes) -> Iterator[DataValidation]:
    """Yield the drop-downs that Excel has in an extension, which openpyxl drops, as plain ones, which work alike."""
    if b"dataValidation" not in sheet.partition(b"extLst")[2]:
        return
    for found in fromstring(sheet).iter(f"{_EXTENDED}dataValidation"):
        known: dict[str, Any] = {
            name: value for name, value in found.attrib.items() if name in DataValidation.__attrs__
        }
        for formula in ("formula1", "formula2"):
            known[formula] = found.findtext(f"{_EXTENDED}{formula}/{_REFERENCE}f")
        yield DataValidation(**known, sqref=found.findtext(f"{_REFERENCE}sqref") or ())
