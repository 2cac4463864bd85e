"""Sheets written as files: XLSX, XLS, ODS, CSV."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import xlwt
from openpyxl import Workbook
from openpyxl.utils.datetime import WINDOWS_EPOCH

from tests.profile.lists.grid import Book, Formula

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.profile.lists.grid import Cell, Sheet

_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v\s*(?:/>|></v>)</c>')


def xlsx(path: Path, *sheets: Sheet, epoch: datetime = WINDOWS_EPOCH) -> Book:
    """Write the sheets as a workbook of Excel, whose days are counted from `epoch`."""
    workbook = Workbook()
    workbook.epoch = epoch
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.name), sheet)
    workbook.save(path)
    _put_cached(path, sheets)
    return Book(path, sheets)


def xls(path: Path, *sheets: Sheet) -> Book:
    """Write the sheets as a workbook of Excel 97."""
    workbook = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for sheet in sheets:
        target = workbook.add_sheet(sheet.name)
        for row, column, cell in _cells(sheet):
            style = (day,) if isinstance(cell, date) else ()
            target.write(row - 1, column - 1, cell, *style)
    workbook.save(str(path))
    return Book(path, sheets)


def text(path: Path, sheet: Sheet, delimiter: str, encoding: str) -> Book:
    """Write the sheet as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    width = len(sheet.columns)
    writer.writerows([*row, *[None] * (width - len(row))] for row in sheet.rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return Book(path, (sheet,))


def ods(path: Path, *sheets: Sheet) -> Book:
    """Write the sheets as a spreadsheet of LibreOffice."""
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    tables = "".join(_ods_table(sheet) for sheet in sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "mimetype", mimetype, zipfile.ZIP_STORED)
        _put(archive, "META-INF/manifest.xml", _ODS_MANIFEST.format(mimetype=mimetype))
        _put(archive, "content.xml", _ODS_CONTENT.format(tables=tables))
    return Book(path, sheets)


def _cells(sheet: Sheet) -> list[tuple[int, int, Cell]]:
    """Return the filled cells, each with its row and column, counted from 1."""
    return [
        (row, column, cell)
        for row, cells in enumerate(sheet.rows, 1)
        for column, cell in enumerate(cells, 1)
        if cell is not None
    ]


def _fill(target: Worksheet, sheet: Sheet) -> None:
    for row, column, cell in _cells(sheet):
        written = target.cell(row, column, f"={cell.text}" if isinstance(cell, Formula) else cell)
        if isinstance(cell, date):
            written.number_format = "dd.mm.yyyy"
    for area in sheet.merged:
        target.merge_cells(area)
    for row in sheet.hidden_rows:
        target.row_dimensions[row].hidden = True
    for letter in sheet.hidden_columns:
        target.column_dimensions[letter].hidden = True
    target.sheet_state = sheet.state


def _put_cached(path: Path, sheets: tuple[Sheet, ...]) -> None:
    """Put the cached values in: openpyxl writes formulas without them, Excel with them."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for number, sheet in enumerate(sheets, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        members[name] = _with_cached(members[name].decode(), sheet).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _with_cached(xml: str, sheet: Sheet) -> str:
    cached = {
        f"{letters(column)}{row}": cell.cached
        for row, column, cell in _cells(sheet)
        if isinstance(cell, Formula) and cell.cached is not None
    }

    def put(match: re.Match[str]) -> str:
        cell, attributes, formula = match.groups()
        if cell not in cached:
            return match.group()
        kind = ' t="str"' if isinstance(cached[cell], str) else ""
        return f'<c r="{cell}"{attributes}{kind}><f>{formula}</f><v>{escape(str(cached[cell]))}</v></c>'

    return _FORMULA.sub(put, xml)


def letters(column: int) -> str:
    """Return the letters of a column counted from 1."""
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


def _put(archive: zipfile.ZipFile, name: str, content: str, how: int = zipfile.ZIP_DEFLATED) -> None:
    # A ZipInfo of its own has a fixed time: the same file with every run.
    archive.writestr(zipfile.ZipInfo(name), content, how)


def _ods_table(sheet: Sheet) -> str:
    width = max(map(len, sheet.rows), default=1)
    rows = "".join(_ods_row(row, width) for row in sheet.rows)
    # LibreOffice ends each sheet with a million empty rows, written as one.
    rest = f'<table:table-row table:number-rows-repeated="1048000"><table:table-cell {_REPEATED.format(width)}/>'
    return f'<table:table table:name="{escape(sheet.name or "")}">{rows}{rest}</table:table-row></table:table>'


def _ods_row(row: list[Cell], width: int) -> str:
    gap = width - len(row)
    rest = f"<table:table-cell {_REPEATED.format(gap)}/>" if gap else ""
    return f"<table:table-row>{''.join(map(_ods_cell, row))}{rest}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, date):
        value = f'office:value-type="date" office:date-value="{cell:%Y-%m-%d}"'
        return f"<table:table-cell {value}><text:p>{cell:%d.%m.%Y}</text:p></table:table-cell>"
    kind = 'office:value-type="string"'
    if isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


_REPEATED = 'table:number-columns-repeated="{}"'
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_ODS_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
)
