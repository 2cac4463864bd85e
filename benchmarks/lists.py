"""Reading of a group list: ours beside what only turns the file into Python lists."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from python_calamine import CalamineWorkbook

from benchmarks.measuring import apart, measure, show, show_machine
from benchmarks.people import TODAY, made_up, parsed
from benchmarks.workbook import share_texts
from nmo_autofill.profile import dates, sheet_source, snils, words
from nmo_autofill.profile.checks import CHECKS
from nmo_autofill.profile.loading import load
from nmo_autofill.profile.sheet.headings import ROW_NUMBER, first_headings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from benchmarks.people import MadeUp

_COLUMNS = tuple(key for key in first_headings() if key in CHECKS)
_CHOICES = {"level": "level", "sex": "sex", "admission.way": "way"}
_PLAIN, _HIDDEN, _CSV = "list.xlsx", "list-with-a-hidden-column.xlsx", "list.csv"


def ours(file: Path) -> object:
    """Read people with the places of their cells."""
    return sheet_source.read(str(file), file.read_bytes())


def whole(file: Path) -> object:
    """Read and check people; it must not be quick because all of them are wrong."""
    loaded = load([file], today=TODAY)
    if any(person.profile is None for person in loaded.people):
        raise AssertionError(loaded.diagnostics[0])
    return loaded


def calamine(file: Path) -> object:
    """Read the sheets of a workbook to lists, with nothing but python-calamine."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.read_bytes()))
    return [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]


def csv_module(file: Path) -> object:
    """Read a text to lists, with nothing but Python's csv module, which is told the encoding and the delimiter."""
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))


def main() -> None:
    """Measure and print."""
    arguments = parsed("benchmarks.lists", __doc__)
    show_machine(arguments.rounds)
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        apart(partial(write_lists, count=arguments.people), folder)
        for name, other in ((_PLAIN, calamine), (_HIDDEN, calamine), (_CSV, csv_module)):
            file = folder / name
            works = {other.__name__: other, "ours, reading": ours, "ours, with all checks": whole}
            title = f"{name}: {arguments.people} people, {file.stat().st_size / 1e6:.1f} MB"
            show(title, measure(works, file, arguments.rounds), beside=other.__name__)


def write_lists(folder: Path, count: int) -> None:
    """Write the same people as a workbook, as one with a hidden column, and as text."""
    people = list(made_up(count))
    for name in (_PLAIN, _HIDDEN):
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet("Список")
        sheet.column_dimensions["A"].hidden = name == _HIDDEN
        for row in _rows(people):
            sheet.append([_cell(sheet, value) for value in row])
        saved = io.BytesIO()
        workbook.save(saved)
        share_texts(saved.getvalue(), folder / name)
    with (folder / _CSV).open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text, delimiter=";")
        for row in _rows(people):
            writer.writerow(dates.format(value) if isinstance(value, date) else value for value in row)


def _rows(people: list[MadeUp]) -> Iterator[list[str | date]]:
    headings = first_headings()
    yield [headings[key] for key in (ROW_NUMBER, *_COLUMNS)]
    for number, person in enumerate(people, 1):
        yield [str(number), *(_written(key, person.values[key]) for key in _COLUMNS)]


def _written(key: str, value: str | date | None) -> str | date:
    """Return a value as staff write it."""
    if isinstance(value, str):
        if key == "snils":
            return snils.format(value)
        return words.allowed(_CHOICES[key])[value][0] if key in _CHOICES else value
    return value or ""


def _cell(sheet: WriteOnlyWorksheet, value: str | date) -> object:
    if not isinstance(value, date):
        return value
    cell = WriteOnlyCell(sheet, datetime.combine(value, time.min))
    cell.number_format = "DD.MM.YYYY"
    return cell


if __name__ == "__main__":
    main()
