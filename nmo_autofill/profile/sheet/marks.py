"""The marks of a sheet: what stands beside its values, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from nmo_autofill.profile.sheet.workbook import Refused, Why

# The reader keeps the whole rectangle from A1 to the last value in memory; 10,000 rows of 300 columns are 3,000,000.
MOST_CELLS = 10_000_000


@dataclass
class Marks:
    """What stands beside the values of a sheet; rows and columns are counted from 0."""

    height: int = 0
    width: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    valueless: set[tuple[int, int]] = field(default_factory=set)

    def require_size(self, sheet: str) -> None:
        """Raise Refused when the reader could not hold the sheet."""
        if self.height * self.width > MOST_CELLS:
            raise Refused(Why.VAST, sheet=sheet, rows=str(self.height), columns=str(self.width))
