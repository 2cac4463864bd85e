"""The checked copy of a workbook: cells coloured, a note in each, and the sheet «Проверка»."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook
from openpyxl.packaging.custom import BoolProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter, quote_sheetname
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from nmo_autofill.profile import dates
from nmo_autofill.profile.diagnostics import Severity, hint, message
from nmo_autofill.profile.sheet.package import MARK
from nmo_autofill.report.workbook import (
    AUTHOR,
    HEADING_BORDER,
    HEADING_FILL,
    HEADING_FONT,
    Reader,
    clean,
    editing,
    note,
    put,
    saved,
    seen_cell,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from nmo_autofill.profile.diagnostics import Diagnostic
    from nmo_autofill.texts import Texts

CHECK_SHEET = "Проверка"

_WORST_FIRST = tuple(Severity)
_FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="FFB3B3"),
    Severity.WARNING: PatternFill("solid", fgColor="FFEB84"),
    Severity.HINT: PatternFill("solid", fgColor="CFE5FF"),
}
_LINK = Font(color="0563C1", underline="single")
_TOP = Alignment(vertical="top", wrap_text=True)
# Of the columns of the sheet «Проверка», in characters.
_WIDTHS = (6, 18, 10, 9, 17, 26, 60, 60, 24)
_CELL_COLUMN, _SEVERITY_COLUMN = 3, 5
_LINE_HEIGHT = 15.0  # of the usual font of eleven points

_LONGEST_NOTE = 900

# Of a worksheet, by Excel's specification.
_ROWS, _COLUMNS = 1_048_576, 16_384
_LONGEST_TITLE = 31
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NOT_IN_TITLE = re.compile(r"[\\/*?:\[\]\x00-\x1f]")


class _Placed(NamedTuple):
    """A diagnostic with its place in the copy: 0 for the row and column that are not known."""

    diagnostic: Diagnostic
    sheet: Worksheet | None
    order: int
    row: int
    column: int


def annotated(content: bytes, diagnostics: Sequence[Diagnostic], texts: Texts) -> bytes:
    """Return a copy of the workbook with every finding in its cell and all of them on the sheet «Проверка».

    Formulas come without the values that Excel had stored, and are computed anew when the copy is opened. What openpyxl
    cannot carry (pictures, shapes, threads of comments, formats of conditions new in Excel 2010) is not in the copy.

    Args:
        content: an .xlsx or .xlsm file.
        diagnostics: findings about this file only; without a cell, they stand on the sheet «Проверка» alone.
        texts: the language of the notes.

    Raises:
        NotEditableError: openpyxl cannot read the content or write it back, or would take too long.
    """
    with editing():
        reader = Reader(content)
        reader.read()
    workbook = reader.wb
    _fit_notes(workbook)
    _annotate(workbook, {sheet.title: sheet for sheet in workbook.worksheets}, diagnostics, texts)
    workbook.calculation = workbook.calculation or CalcProperties()
    workbook.calculation.fullCalcOnLoad = True
    return saved(workbook)


def checked_table(
    rows_by_sheet: Mapping[str, Sequence[Sequence[object]]], diagnostics: Sequence[Diagnostic], texts: Texts
) -> bytes:
    """Return a new workbook with these values as text at their addresses, annotated as `annotated` does it.

    For originals that openpyxl cannot edit: .xls, .ods, .csv. Sheets keep their names as far as Excel takes them.

    Args:
        rows_by_sheet: the rows of each sheet from row 1 and column A on; the name of a CSV's only sheet may be empty.
        diagnostics: findings about this file only; one without a sheet stands on the only one there is.
        texts: the language of the notes.
    """
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    workbook.properties.creator = AUTHOR
    sheets = {}
    for name, rows in rows_by_sheet.items():
        sheets[name] = workbook.create_sheet(_free_title(workbook, name))
        _fill(sheets[name], rows)
    _annotate(workbook, sheets, diagnostics, texts)
    return saved(workbook)


def _annotate(
    workbook: Workbook, sheets: Mapping[str, Worksheet], diagnostics: Sequence[Diagnostic], texts: Texts
) -> None:
    order = {name: number for number, name in enumerate(sheets)}
    placed = [_placed(diagnostic, sheets, order) for diagnostic in diagnostics]
    placed.sort(key=lambda one: (one.order, one.row, one.column))
    check = workbook.create_sheet(_free_title(workbook, CHECK_SHEET))
    _mark_cells(placed, check.title, texts)
    _fill_check_sheet(check, placed, texts)
    _open_at(workbook, check)
    properties = workbook.custom_doc_props  # type: ignore[attr-defined]
    if MARK not in properties.names:
        properties.append(BoolProperty(name=MARK, value=True))


def _placed(diagnostic: Diagnostic, sheets: Mapping[str, Worksheet], order: Mapping[str, int]) -> _Placed:
    """Find the place: what is said of the whole file stands first, of sheets that there are not (any more) last."""
    position = diagnostic.position
    row, column = _address(position.cell or "")
    name = position.sheet or None
    if name is None and row and len(sheets) == 1:
        name = next(iter(sheets))
    number = -1 if name is None else order.get(name, len(order))
    return _Placed(diagnostic, sheets.get(name or ""), number, row or position.line or 0, column)


def _address(cell: str) -> tuple[int, int]:
    """Return row and column, or zeros for what is no address of one cell."""
    if found := _CELL.fullmatch(cell):
        column, row = column_index_from_string(found[1]), int(found[2])
        if row <= _ROWS and column <= _COLUMNS:
            return row, column
    return 0, 0


def _fit_notes(workbook: Workbook) -> None:
    """Give the notes that stand there a size for their text: openpyxl does not read theirs."""
    for sheet in workbook.worksheets:
        for cell in sheet._cells.values():  # noqa: SLF001 (`iter_rows` would make a cell of every address)
            if cell.comment:
                cell.comment = note(cell.comment.text, cell.comment.author)


def _mark_cells(placed: Sequence[_Placed], check: str, texts: Texts) -> None:
    cells: dict[tuple[str, str], tuple[Cell, list[Diagnostic]]] = {}
    for one in placed:
        if one.sheet is not None and one.column:
            cell = seen_cell(one.sheet, one.row, one.column)
            cells.setdefault((one.sheet.title, cell.coordinate), (cell, []))[1].append(one.diagnostic)
    for cell, found in cells.values():
        cell.fill = _FILLS[min((diagnostic.severity for diagnostic in found), key=_WORST_FIRST.index)]
        earlier = f"{cell.comment.text}\n\n" if cell.comment else ""
        cell.comment = note(earlier + _note_text(found, check, texts))


def _note_text(found: Sequence[Diagnostic], check: str, texts: Texts) -> str:
    parts = (
        f"{_severity(diagnostic, texts)}: {message(diagnostic, texts)}\n{texts('hint.lead')} {hint(diagnostic, texts)}"
        for diagnostic in found
    )
    told = "\n\n".join(dict.fromkeys(parts))
    if len(told) <= _LONGEST_NOTE:
        return told
    return f"{told[:_LONGEST_NOTE].rstrip()}…\n{texts('annotated.more', sheet=check)}"


def _severity(diagnostic: Diagnostic, texts: Texts) -> str:
    return texts(f"severity.{diagnostic.severity}").capitalize()


def _fill_check_sheet(sheet: Worksheet, placed: Sequence[_Placed], texts: Texts) -> None:
    _add_headings(sheet, texts)
    for number, one in enumerate(placed, 1):
        _add_finding(sheet, number, one, texts)
    if not placed:
        put(sheet, 2, 2, texts("annotated.nothing"))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_WIDTHS))}{max(sheet.max_row, 2)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _add_headings(sheet: Worksheet, texts: Texts) -> None:
    headings = (
        texts("annotated.number"),
        texts("annotated.sheet"),
        texts("annotated.cell"),
        texts("annotated.row"),
        texts("annotated.severity"),
        texts("annotated.field"),
        texts("annotated.message"),
        texts("annotated.hint"),
        texts("annotated.code"),
    )
    for column, (heading, width) in enumerate(zip(headings, _WIDTHS, strict=True), 1):
        cell = put(sheet, 1, column, heading)
        cell.font, cell.fill, cell.border, cell.alignment = HEADING_FONT, HEADING_FILL, HEADING_BORDER, _TOP
        sheet.column_dimensions[get_column_letter(column)].width = width


def _add_finding(sheet: Worksheet, number: int, placed: _Placed, texts: Texts) -> None:
    diagnostic, position = placed.diagnostic, placed.diagnostic.position
    title = placed.sheet.title if placed.sheet else position.sheet
    label = texts(f"field.{diagnostic.field}") if diagnostic.field else ""
    told = (_severity(diagnostic, texts), label, message(diagnostic, texts), hint(diagnostic, texts), diagnostic.code)
    row = number + 1
    # Not every program fits the height of rows by itself.
    lines = max(math.ceil(len(text) / width) for text, width in zip(told, _WIDTHS[-len(told) :], strict=True))
    sheet.row_dimensions[row].height = max(1, lines) * _LINE_HEIGHT
    for column, value in enumerate((number, title, position.cell, placed.row or None, *told), 1):
        cell = put(sheet, row, column, value) if isinstance(value, str) else sheet.cell(row, column, value)
        cell.alignment = _TOP
    sheet.cell(row, _SEVERITY_COLUMN).fill = _FILLS[diagnostic.severity]
    if placed.sheet is not None and placed.column:
        place = f"{quote_sheetname(placed.sheet.title)}!{get_column_letter(placed.column)}{placed.row}"
        cell = seen_cell(sheet, row, _CELL_COLUMN)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
        cell.font = _LINK


def _open_at(workbook: Workbook, sheet: Worksheet) -> None:
    """Let the copy open at this sheet alone: what is typed into several selected sheets goes into all of them."""
    workbook.active = sheet
    views = (view for other in workbook.worksheets for view in other.views.sheetView)
    charts = (view for other in workbook.chartsheets for view in other.sheetViews.sheetView)
    for view in (*views, *charts):
        view.tabSelected = False
    sheet.sheet_view.tabSelected = True


def _free_title(workbook: Workbook, wanted: str) -> str:
    """Return `wanted` as Excel takes it for a sheet, with a number behind it when there is such a sheet already."""
    title = _NOT_IN_TITLE.sub("_", clean(wanted)).strip("' ")[:_LONGEST_TITLE].rstrip("' ") or "Лист"
    taken = {name.lower() for name in workbook.sheetnames}
    numbered = (f"{title[: _LONGEST_TITLE - len(f' ({number})')]} ({number})" for number in range(2, len(taken) + 3))
    return next(name for name in (title, *numbered) if name.lower() not in taken)


def _fill(sheet: Worksheet, rows: Sequence[Sequence[object]]) -> None:
    for number, row in enumerate(rows[:_ROWS], 1):
        for column, value in enumerate(row[:_COLUMNS], 1):
            if text := _as_text(value):
                # Zeros in front and dates stay as they are when somebody corrects the cell.
                put(sheet, number, column, text).number_format = "@"
    for column in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 20


def _as_text(value: object) -> str:
    """Return the value as a person would write it into the cell."""
    if isinstance(value, datetime):
        time = f" {value:%H:%M:%S}" if value.time().replace(microsecond=0) != datetime.min.time() else ""
        return f"{dates.format(value)}{time}"
    if isinstance(value, date):
        return dates.format(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
