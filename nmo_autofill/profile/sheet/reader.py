"""What a workbook holds, by python-calamine and by what it does not tell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from nmo_autofill.profile.sheet import ods, package, xls, xlsx
from nmo_autofill.profile.sheet.workbook import MOST_ROWS, Block, Refused, Sheet, Why, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from python_calamine import CalamineSheet

    from nmo_autofill.profile.sheet.marks import Marks
    from nmo_autofill.profile.sheet.workbook import Row


class Opened(NamedTuple):
    """A workbook whose sheets have no rows yet, and the rows of each sheet, which are made one after another."""

    workbook: Workbook
    rows: tuple[Iterable[Row], ...]


def read(content: bytes) -> Workbook:
    """Return what a workbook holds, as `opened` does, with its rows."""
    workbook, rows = opened(content)
    sheets = (sheet._replace(rows=[*own]) for sheet, own in zip(workbook.sheets, rows, strict=True))
    return workbook._replace(sheets=(*sheets,))


def opened(content: bytes) -> Opened:
    """Return what a workbook (.xlsx, .xlsm, .xls, .ods) holds: values, not formulas.

    Raises:
        Refused: it is damaged, has a password, or is larger than any list.
    """
    if content.startswith(xls.MAGIC):
        return _read_xls(content)
    parts = package.unpack(content)
    if ods.CONTENT in parts:
        return _opened(package.pack(parts), ods.marks(parts[ods.CONTENT]))
    return _read_xlsx(parts, package.names(content))


def _read_xlsx(parts: Mapping[str, bytes], names: frozenset[str]) -> Opened:
    found = {name: xlsx.marks(parts[part]) for name, part in xlsx.sheet_parts(parts).items()}
    return _opened(package.pack(parts), found, xlsx.since_1904(parts), (*_remarks(names),))


def _remarks(names: frozenset[str]) -> Iterator[str]:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        yield "file.macros"
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        yield "file.links"


def _read_xls(content: bytes) -> Opened:
    if xls.has_password(content):
        raise Refused(Why.PASSWORD)
    found, since_1904 = xls.marks(content)
    remarks = ("file.macros",) if xls.has_macros(content) else ()
    return _opened(content, found, since_1904, remarks)


def _opened(
    content: bytes,
    found: Mapping[str, Marks],
    since_1904: bool = False,  # noqa: FBT001, FBT002 (as Workbook has it)
    remarks: tuple[str, ...] = (),
) -> Opened:
    sheets = _sheets(content, found)
    about = (_sheet(sheet, found[sheet.name], visible) for sheet, visible in sheets)
    return Opened(Workbook((*about,), since_1904, remarks), (*(_rows(sheet) for sheet, _ in sheets),))


def _sheets(content: bytes, found: Mapping[str, Marks]) -> list[tuple[CalamineSheet, SheetVisibleEnum]]:
    for name, marks in found.items():
        marks.require_size(name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return [
                (_bounded(workbook.get_sheet_by_index(number)), about.visible)
                for number, about in enumerate(workbook.sheets_metadata)
                if about.typ is SheetTypeEnum.WorkSheet and about.name in found
            ]
    except PasswordError:
        raise Refused(Why.PASSWORD) from None
    except CalamineError:
        raise Refused(Why.DAMAGED) from None


def _bounded(sheet: CalamineSheet) -> CalamineSheet:
    if sheet.end and sheet.end[0] >= MOST_ROWS:
        rows, columns = (str(last + 1) for last in sheet.end)
        raise Refused(Why.VAST, sheet=sheet.name, rows=rows, columns=columns)
    return sheet


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """Return the rows from A1 on; calamine's begin at the first column that holds anything."""
    rows: Iterator[Row] = iter(sheet.iter_rows())
    left = sheet.start[1] if sheet.start else 0
    return ([""] * left + row for row in rows) if left else rows


def _sheet(sheet: CalamineSheet, marks: Marks, visible: SheetVisibleEnum) -> Sheet:
    return Sheet(
        name=sheet.name,
        rows=[],
        hidden=visible is not SheetVisibleEnum.Visible,
        hidden_rows=frozenset(marks.hidden_rows),
        hidden_columns=frozenset(marks.hidden_columns),
        blocks=tuple(Block(*first, *last) for first, last in sheet.merged_cell_ranges or ()),
        valueless=frozenset(marks.valueless),
    )
