"""What a workbook holds, by python-calamine and by what it does not tell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from nmo_autofill.profile.sheet import ods, package, xls, xlsx
from nmo_autofill.profile.sheet.workbook import MOST_ROWS, Block, Refused, Sheet, Why, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from python_calamine import CalamineSheet

    from nmo_autofill.profile.sheet.marks import Marks


def read(content: bytes) -> Workbook:
    """Return what a workbook (.xlsx, .xlsm, .xls, .ods) holds: values, not formulas.

    Raises:
        Refused: it is damaged, has a password, or is larger than any list.
    """
    if content.startswith(xls.MAGIC):
        return _read_xls(content)
    parts = package.unpack(content)
    if ods.CONTENT in parts:
        return Workbook(_sheets(package.pack(parts), ods.marks(parts[ods.CONTENT])))
    return _read_xlsx(parts, package.names(content))


def _read_xlsx(parts: Mapping[str, bytes], names: frozenset[str]) -> Workbook:
    found = {name: xlsx.marks(parts[part]) for name, part in xlsx.sheet_parts(parts).items()}
    sheets = _sheets(package.pack(parts), found)
    return Workbook(sheets, xlsx.since_1904(parts), (*_remarks(names),))


def _remarks(names: frozenset[str]) -> Iterator[str]:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        yield "file.macros"
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        yield "file.links"


def _read_xls(content: bytes) -> Workbook:
    if xls.has_password(content):
        raise Refused(Why.PASSWORD)
    found, since_1904 = xls.marks(content)
    remarks = ("file.macros",) if xls.has_macros(content) else ()
    return Workbook(_sheets(content, found), since_1904, remarks)


def _sheets(content: bytes, found: Mapping[str, Marks]) -> tuple[Sheet, ...]:
    for name, marks in found.items():
        marks.require_size(name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return tuple(
                _sheet(workbook.get_sheet_by_index(number), found[about.name], about.visible)
                for number, about in enumerate(workbook.sheets_metadata)
                if about.typ is SheetTypeEnum.WorkSheet and about.name in found
            )
    except PasswordError:
        raise Refused(Why.PASSWORD) from None
    except CalamineError:
        raise Refused(Why.DAMAGED) from None


def _sheet(sheet: CalamineSheet, marks: Marks, visible: SheetVisibleEnum) -> Sheet:
    if sheet.end and sheet.end[0] >= MOST_ROWS:
        rows, columns = (str(last + 1) for last in sheet.end)
        raise Refused(Why.VAST, sheet=sheet.name, rows=rows, columns=columns)
    return Sheet(
        name=sheet.name,
        rows=sheet.to_python(skip_empty_area=False),
        hidden=visible is not SheetVisibleEnum.Visible,
        hidden_rows=frozenset(marks.hidden_rows),
        hidden_columns=frozenset(marks.hidden_columns),
        blocks=tuple(Block(*first, *last) for first, last in sheet.merged_cell_ranges or ()),
        valueless=frozenset(marks.valueless),
    )
