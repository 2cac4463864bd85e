"""The marks of a sheet: what stands beside its values, and how large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.profile.sheet.workbook import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Iterable

# The reader keeps the whole rectangle from A1 to the last value in memory; 10,000 rows of 300 columns are 3,000,000.
MOST_CELLS = 10_000_000


class Marks:
    """What stands beside the values of a sheet; rows and columns are counted from 0."""

    def __init__(
        self,
        height: int = 0,
        width: int = 0,
        hidden_rows: Iterable[int] = (),
        hidden_columns: Iterable[int] = (),
        valueless: Iterable[tuple[int, int]] = (),
    ) -> None:
        self.height = height
        self.width = width
        self.hidden_rows = {*hidden_rows}
        self.hidden_columns = {*hidden_columns}
        self.valueless = {*valueless}

    def require_size(self, sheet: str) -> None:
        """Raise Refused when the reader could not hold the sheet."""
        if self.height * self.width > MOST_CELLS:
            raise Refused(Why.VAST, sheet=sheet, rows=str(self.height), columns=str(self.width))
