"""What the reader of workbooks does not tell of an .xls: hidden rows and columns, cells with an error."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from nmo_autofill.profile.sheet.marks import Marks
from nmo_autofill.profile.sheet.workbook import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Mapping

    import xlrd

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams and folders inside the file, as it writes them.
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")

# xlrd.XL_CELL_ERROR; to import it at the top would take a fifth of the time in which the reader's process starts.
_ERROR = 5


def has_password(content: bytes) -> bool:
    """Tell whether it is an .xlsx behind a password, which is kept in this container."""
    return _PASSWORD in content


def has_macros(content: bytes) -> bool:
    """Tell whether programs stand in the workbook."""
    return _MACROS in content


def marks(content: bytes) -> tuple[Mapping[str, Marks], bool]:
    """Return the marks of each sheet by its name, and whether days are counted from 1904.

    Raises:
        Refused: the workbook is damaged or has a password.
    """
    import xlrd  # noqa: PLC0415 (as above: few lists are .xls)

    try:
        with xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO()) as book:
            return {sheet.name: _marks(sheet) for sheet in book.sheets()}, book.datemode == 1
    except xlrd.biffh.XLRDError as error:
        raise Refused(Why.PASSWORD if "encrypt" in str(error) else Why.DAMAGED) from None
    except Exception:  # noqa: BLE001 (of a damaged file, xlrd raises whatever it stumbles over)
        raise Refused(Why.DAMAGED) from None


def _marks(sheet: xlrd.sheet.Sheet) -> Marks:
    return Marks(
        height=sheet.nrows,
        width=sheet.ncols,
        hidden_rows={row for row, info in sheet.rowinfo_map.items() if info.hidden},
        hidden_columns={column for column, info in sheet.colinfo_map.items() if info.hidden},
        valueless={
            (row, column)
            for row in range(sheet.nrows)
            for column, kind in enumerate(sheet.row_types(row))
            if kind == _ERROR
        },
    )
