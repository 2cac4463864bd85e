"""Any table of any cells: nothing is raised, and no row is lost."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from nmo_autofill.profile.loading import load
from nmo_autofill.profile.sheet import delimited, reader
from nmo_autofill.profile.sheet.header import find_header, score
from nmo_autofill.profile.sheet.row import Kind, held
from nmo_autofill.profile.sheet.workbook import Refused
from tests.profile.sheet.conftest import ALENA, BORIS, TODAY, csv_bytes, xlsx_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.profile.loading import Loaded
    from nmo_autofill.profile.sheet.workbook import Sheet
    from tests.profile.sheet.conftest import Table

HEADINGS = [*ALENA, "ФИО", "Серия", "Номер", "Код специальности", "Серия и номер", "№", "Группа", "Паспорт", ""]
VALUES = [
    *ALENA.values(),
    *BORIS.values(),
    "Итого",
    "Пример",
    "Берёзкина А. И.",
    "38060",
    "9.13E+09",
    "9" * 400,
    "Куратор",
]
PLAIN = st.one_of(
    st.none(),
    st.sampled_from(VALUES),
    st.sampled_from(HEADINGS),
    st.text(max_size=12),
    st.integers(-(10**14), 10**14),
)
TYPED = st.one_of(
    PLAIN,
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 (a spreadsheet's has no zone)
    st.times(time.min, time(23, 59, 58)),
    st.sampled_from(["=A1", "=1/0", '=""', "#N/A"]),
)


def tables(cells: st.SearchStrategy[Any]) -> st.SearchStrategy[Table]:
    """Return tables of these cells, most of them with a real header in some row."""
    rows = st.lists(st.lists(cells, max_size=8), max_size=7)
    people = st.lists(st.sampled_from([list(ALENA.values()), list(BORIS.values())]), max_size=2)
    with_header = st.builds(
        lambda above, begin, header, below, persons: [
            *above,
            [*begin, *header],
            *below,
            *([*begin, *one] for one in persons),
        ],
        st.lists(st.lists(cells, max_size=4), max_size=2),
        st.lists(cells, max_size=1),
        st.one_of(
            st.just(list(ALENA)),
            st.permutations(list(ALENA)),
            st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=8).map(lambda some: ["СНИЛС", "Фамилия", *some]),
        ),
        rows,
        people,
    )
    return st.one_of(rows, with_header, with_header)


def written(value: object) -> object:
    """Return what an .xlsx can hold of a value."""
    if not isinstance(value, str):
        return value
    # Lone surrogates cannot be written at all.
    return ILLEGAL_CHARACTERS_RE.sub("", value.encode("utf-8", "ignore").decode())


def workbook(table: Table, merged: list[tuple[int, int, int, int]], hidden: set[int]) -> bytes:
    def change(sheet: Any) -> None:  # noqa: ANN401 (openpyxl's)
        for top, left, height, width in merged:
            sheet.merge_cells(start_row=top, start_column=left, end_row=top + height, end_column=left + width)
        for row in hidden:
            sheet.row_dimensions[row].hidden = True
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell, openpyxl.cell.Cell) and cell.is_date and cell.row % 2:
                cell.number_format = "General"

    return xlsx_bytes([[written(value) for value in row] for row in table], change)


def loaded_from(name: str, content: bytes) -> Loaded:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return load([path], today=TODAY)


def last_filled(sheet: Sheet) -> int:
    return max((number for number, row in enumerate(sheet.rows, 1) if held(row)), default=0)


def require_all_rows(loaded: Loaded, sheets: Sequence[Sheet]) -> None:
    """Fail when a row of the sheets is neither a person nor left out with its kind, nor empty."""
    lists = {sheet.name: sheet for sheet in sheets if not sheet.hidden and find_header(sheet)}
    assert [tally.sheet for tally in loaded.tallies] == list(lists)
    for tally in loaded.tallies:
        sheet = lists[tally.sheet]
        people = [person.source.row or 0 for person in loaded.people if person.source.sheet == tally.sheet]
        left = [one.source.row for one in loaded.left_out if one.source.sheet == tally.sheet and one.source.row]
        assert tally.rows == tally.kinds.total() == last_filled(sheet)
        assert tally.kinds[Kind.PERSON] == len(people)
        filled = {number for number, row in enumerate(sheet.rows, 1) if held(row)}
        assert sorted([*people, *left]) == sorted({*people, *left})
        assert filled <= {*people, *left}
        assert tally.kinds[Kind.EMPTY] == tally.rows - len(people) - len(left)
    for person in loaded.people:
        assert person.profile is not None or person.diagnostics
    assert all(one.why for one in loaded.left_out)
    assert loaded.tallies or loaded.diagnostics


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    table=tables(TYPED),
    merged=st.lists(st.tuples(*[st.integers(1, 9)] * 2, *[st.integers(0, 3)] * 2), max_size=3),
    hidden=st.sets(st.integers(1, 9), max_size=3),
)
@example(table=[list(ALENA), [1, 2, 3, "9" * 400]], merged=[], hidden=set())
@example(table=[[], ["", " "], ["x"]], merged=[(1, 1, 3, 3)], hidden={1})
def test_any_table_of_a_workbook_is_accounted_for(
    table: Table, merged: list[tuple[int, int, int, int]], hidden: set[int]
) -> None:
    content = workbook(table, merged, hidden)
    loaded = loaded_from("list.xlsx", content)
    require_all_rows(loaded, reader.read(content).sheets)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    table=tables(PLAIN), delimiter=st.sampled_from(";,\t"), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
@example(table=[list(ALENA), ["1", "2", "9" * 400]], delimiter=";", encoding="utf-8")
def test_any_table_of_delimited_text_is_accounted_for(table: Table, delimiter: str, encoding: str) -> None:
    rows = [
        [value if not isinstance(value, str) else value.encode("utf-8", "ignore").decode() for value in row]
        for row in table
    ]
    content = csv_bytes(rows, delimiter, encoding)
    loaded = loaded_from("list.csv", content)
    try:
        sheets = (delimited.read(content, score),)
    except Refused as refused:
        assert [one.code for one in loaded.diagnostics] == [refused.why]  # noqa: PT017 (either may be)
        return
    require_all_rows(loaded, sheets)
