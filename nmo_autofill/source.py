"""Where a person's data stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A place in an input file: `line` counts from 1; `sheet` and `row` are of spreadsheets."""

    file: str
    line: int | None = None
    sheet: str | None = None
    row: int | None = None
