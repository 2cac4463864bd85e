"""What stands beside the values of a sheet: extent, what is hidden, cells without value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmo_autofill.profile.sheet import ods, xls, xlsx
from nmo_autofill.profile.sheet.workbook import Refused, Why
from tests.profile.sheet.conftest import (
    ALENA,
    BORIS,
    MAIN,
    SHEET,
    codes,
    ods_bytes,
    ods_cell,
    ods_content,
    ods_row,
    sheet_xml,
    surnames,
    table,
    unzipped,
    with_parts,
    xls_bytes,
    xlsx_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmo_autofill.profile.sheet.marks import Marks
    from tests.profile.sheet.conftest import Lists

ROWS = table(ALENA, BORIS)
REGION = ROWS[0].index("Регион")


def slow(part: bytes) -> Marks:
    """Look at every element, whatever the part holds: with a comment in it, it has no usual form."""
    return xlsx.marks(part.replace(b"<sheetData", b"<!-- --><sheetData"))


CELLS = st.dictionaries(
    st.tuples(st.integers(1, 60), st.integers(1, 800)),
    st.one_of(st.integers(), st.text("абвxyz<&='\"", max_size=5), st.booleans(), st.dates()),
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(CELLS)
def test_the_short_way_never_tells_less_than_a_look_at_every_element(cells: dict[tuple[int, int], Any]) -> None:
    def fill(sheet: Any) -> None:  # noqa: ANN401 (openpyxl's)
        for (row, column), value in cells.items():
            sheet.cell(row, column, value)

    part = unzipped(xlsx_bytes([], fill))[SHEET]
    short, whole = xlsx.marks(part), slow(part)
    assert short.height >= whole.height
    assert short.width >= whole.width
    assert short.height <= max((row for row, _ in cells), default=1)
    assert short.width <= max(26, *(column for _, column in cells), 0)
    assert (short.hidden_rows, short.hidden_columns, short.valueless) == (
        whole.hidden_rows,
        whole.hidden_columns,
        whole.valueless,
    )


@settings(deadline=None, max_examples=40)
@given(CELLS, st.sets(st.integers(1, 60), max_size=4), st.sets(st.sampled_from("ABCXYZ"), max_size=3))
def test_hidden_rows_and_columns_of_openpyxl_are_found(
    cells: dict[tuple[int, int], Any], rows: set[int], columns: set[str]
) -> None:
    def fill(sheet: Any) -> None:  # noqa: ANN401 (openpyxl's)
        for (row, column), value in cells.items():
            sheet.cell(row, column, value)
        for row in rows:
            sheet.row_dimensions[row].hidden = True
        for letter in columns:
            sheet.column_dimensions[letter].hidden = True

    marks = xlsx.marks(unzipped(xlsx_bytes([], fill))[SHEET])
    assert marks.hidden_rows == {row - 1 for row in rows}
    assert marks.hidden_columns == {ord(letter) - ord("A") for letter in columns}


FORMS = {
    "usual": '<row r="3"><c r="AB3"><v>1</v></c></row>',
    "attributes in another order": '<row spans="1:2" r="3"><c s="1" r="AB3"><v>1</v></c></row>',
    "single quotes": "<row r='3'><c r='AB3'><v>1</v></c></row>",
    "without addresses": f"<row/><row/><row>{'<c/>' * 27}<c><v>1</v></c></row>",
    "rows with, cells without": f'<row r="3">{"<c/>" * 27}<c><v>1</v></c></row>',
    "without rows": "<c r='AB3'><v>1</v></c>",
    "breaks": '<row\n r="3"><c\n r="AB3"><v>1</v></c></row>',
    "a text of its own": '<row r="3"><c r="AB3" t="inlineStr"><is><t>x</t></is></c></row>',
    "a row of another number": '<row r="1"><c r="AB3"><v>1</v></c></row>',
    "a narrow cell in a row of another number": '<row r="1"><c r="B3"><v>1</v></c><c r="AB1"><v>1</v></c></row>',
    "small letters": '<row r="3"><c r="ab3"><v>1</v></c></row>',
    "spaces around the equals sign": '<row r = "3"><c r = "AB3"><v>1</v></c></row>',
}


@pytest.mark.parametrize("form", FORMS)
def test_the_extent_is_found_however_cells_are_written(form: str) -> None:
    marks = xlsx.marks(sheet_xml(FORMS[form]).encode())
    assert (marks.height, marks.width) == (3, 28)


def test_the_extent_is_found_with_prefixes() -> None:
    row = '<x:row r="3"><x:c r="AB3"><x:v>1</x:v></x:c></x:row>'
    part = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{row}</x:sheetData></x:worksheet>'
    marks = xlsx.marks(part.encode())
    assert (marks.height, marks.width) == (3, 28)


@pytest.mark.parametrize("rows", ["", "<row r='1'/>", '<row r="1"/>'])
def test_a_sheet_without_values_has_hardly_an_extent(rows: str) -> None:
    marks = xlsx.marks(sheet_xml(rows).encode())
    assert marks.height * marks.width <= 26


def test_cells_that_are_formatted_only_do_not_count_when_there_are_very_many() -> None:
    rows = '<row r="1"><c r="B1"><v>1</v></c></row>' + "".join(
        f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, 400_003)
    )
    marks = xlsx.marks(sheet_xml(rows).encode())
    assert (marks.height, marks.width) == (1, 2)


@pytest.mark.parametrize(
    ("cell", "is_valueless"),
    [
        ('<c r="A1"><f>B1</f><v>5</v></c>', False),
        ('<c r="A1" t="str"><f>B1</f><v>x</v></c>', False),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', False),
        ('<c r="A1"><f>B1</f><v></v></c>', True),
        ('<c r="A1"><f>B1</f><v/></c>', True),
        ('<c r="A1"><f>B1</f></c>', True),
        ('<c r="A1" t="str"><f>B1</f></c>', True),
        ('<c r="A1"><f t="shared" si="0"/></c>', True),
        ('<c r="A1" t="e"><v>#N/A</v></c>', True),
        ('<c r="A1" t = "e"><v>#N/A</v></c>', True),
        ("<c r=\"A1\" t='e'><v>#N/A</v></c>", True),
        ('<c r="A1" t="&#101;"><v>#N/A</v></c>', True),
        (f'<c r="A1"><x:f xmlns:x="{MAIN}"/></c>', True),
        ('<c r="A1" t="inlineStr"><is><t>x</t></is></c>', False),
        ('<c r="A1"/>', False),
    ],
)
def test_a_cell_without_value_is_found(cell: str, is_valueless: bool) -> None:  # noqa: FBT001 (a parameter)
    marks = xlsx.marks(sheet_xml(f'<row r="1">{cell}</row>').encode())
    assert marks.valueless == ({(0, 0)} if is_valueless else set())


@pytest.mark.parametrize("hidden", ["1", "true", "on"])
def test_columns_are_hidden_from_the_first_to_the_last(hidden: str) -> None:
    others = '<col min="6" max="6" hidden="0"/><col min="9" max="99999" hidden="0"/>'
    before = f'<cols><col min="2" max="4" hidden="{hidden}"/>{others}</cols>'
    assert xlsx.marks(sheet_xml("", before).encode()).hidden_columns == {1, 2, 3}


def test_columns_are_hidden_up_to_the_last_that_there_is() -> None:
    part = sheet_xml("", '<cols><col min="16384" max="99999999" hidden="1"/></cols>').encode()
    assert xlsx.marks(part).hidden_columns == {16_383}


@pytest.mark.parametrize("number", ["x", "", "-", "9" * 5000])
def test_numbers_of_columns_that_are_none_are_damage_or_passed_over(number: str) -> None:
    part = sheet_xml("", f'<cols><col min="{number}" max="3" hidden="1"/></cols>').encode()
    try:
        assert xlsx.marks(part).hidden_columns <= {0, 1, 2}
    except Refused as refused:
        assert refused.why is Why.DAMAGED  # noqa: PT017 (either is right)


HIDDEN = {
    "usual": 'hidden="1"',
    "spaces around the equals sign": 'hidden = "1"',
    "single quotes": "hidden='1'",
    "single quotes and spaces": "hidden\t=\n'1'",
    "a character by its number": 'hidden="&#49;"',
    "spaces within": 'hidden=" true "',
    "before others": 'hidden="1" outlineLevel="1"',
    "after a line break": '\nhidden="1"\n',
}


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_hidden_is_found_however_it_is_written(how: str) -> None:
    seen = '<row r="{0}" spans="1:2"><c r="A{0}" t="s"><v>0</v></c></row>'
    unseen = f'<row r="2" {HIDDEN[how]}><c r="A2"><v>1</v></c></row><row r="3" {HIDDEN[how]}/>'
    rows = seen.format(1) + unseen + seen.format(4)
    part = sheet_xml(rows, f'<cols><col min="2" max="3" {HIDDEN[how]}/></cols>').encode()
    marks = xlsx.marks(part)
    assert (marks.hidden_rows, marks.hidden_columns, marks.height) == ({1, 2}, {1, 2}, 4)


@pytest.mark.parametrize("nothing", ["0", "0.0", " 0 "])
def test_what_has_no_height_or_width_is_hidden(nothing: str) -> None:
    rows = f'<row r="1"/><row r="2" customHeight="1" ht="{nothing}"><c r="A2"><v>1</v></c></row><row r="3" ht="0.75"/>'
    before = f'<cols><col min="2" max="3" width="{nothing}"/><col min="4" max="4" width="0.5"/></cols>'
    marks = xlsx.marks(sheet_xml(rows, before).encode())
    assert (marks.hidden_rows, marks.hidden_columns) == ({1}, {1, 2})


@pytest.mark.parametrize("hidden", ['hidden="0"', 'hidden = "false"', 'x:hidden="1"', 'collapsed="1"'])
def test_what_is_not_hidden_is_not_told(hidden: str) -> None:
    before = f'<cols><col xmlns:x="x" min="2" max="3" {hidden}/></cols>'
    marks = xlsx.marks(sheet_xml(f'<row xmlns:x="x" r="1" {hidden}><c r="A1"><v>1</v></c></row>', before).encode())
    assert (marks.hidden_rows, marks.hidden_columns) == (set(), set())


def test_hidden_rows_without_number_are_counted() -> None:
    assert xlsx.marks(sheet_xml("<row/><row hidden='1'/><row r='x' hidden='true'/>").encode()).hidden_rows == {1, 2}


@pytest.mark.parametrize("part", [b"", b"x", b"<a>", b"<a/><b/>", b"\xff\xfe<", b"<!DOCTYPE a><a/>"])
def test_a_part_that_is_no_xml_or_has_a_document_type_is_damage(part: bytes) -> None:
    for marks in (xlsx.marks, ods.marks):
        with pytest.raises(Refused) as caught:
            marks(part)
        assert caught.value.why is Why.DAMAGED


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def test_sheets_are_found_in_both_dialects() -> None:
    parts = unzipped(xlsx_bytes(ROWS))
    assert xlsx.sheet_parts(parts) == {"Sheet": SHEET}
    for usual, strict in STRICT.items():
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(usual, strict)
    assert xlsx.sheet_parts(parts) == {"Sheet": SHEET}
    assert not xlsx.since_1904(parts)


@pytest.mark.parametrize(("written", "expected"), [("1", True), ("true", True), ("0", False), ("false", False)])
def test_the_epoch_is_found(written: str, expected: bool) -> None:  # noqa: FBT001 (a parameter)
    parts = unzipped(xlsx_bytes(ROWS))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<workbookPr ", f'<workbookPr date1904="{written}" '.encode()
    )
    assert xlsx.since_1904(parts) is expected


def test_the_epoch_of_an_xls_is_found() -> None:
    content = bytearray(xls_bytes(ROWS))
    assert xls.marks(bytes(content))[1] is False
    at = content.index(b"\x22\x00\x02\x00")
    content[at + 4] = 1
    assert xls.marks(bytes(content))[1] is True


def hide_in_xlsx() -> bytes:
    def hide(sheet: Any) -> None:  # noqa: ANN401 (openpyxl's)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["H"].hidden = True

    return xlsx_bytes(ROWS, hide)


def hide_in_xls() -> bytes:
    def hide(sheet: Any) -> None:  # noqa: ANN401 (xlwt has no types)
        sheet.row(2).hidden = True
        sheet.col(7).hidden = True

    return xls_bytes(ROWS, hide)


def hide_in_ods(how: str = "collapse") -> bytes:
    columns = (
        '<table:table-column table:number-columns-repeated="7"/>'
        f'<table:table-column table:visibility="{how}"/><table:table-column/>'
    )
    hidden = f'table:visibility="{how}"'
    return ods_bytes(columns + ods_row(ROWS[0]) + ods_row(ROWS[1]) + ods_row(ROWS[2], hidden))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("list.xlsx", hide_in_xlsx),
        ("list.xls", hide_in_xls),
        ("list.ods", hide_in_ods),
        ("filter.ods", lambda: hide_in_ods("filter")),
    ],
)
def test_people_in_hidden_rows_and_values_in_hidden_columns_are_read_and_told(
    name: str, make: Callable[[], bytes], lists: Lists
) -> None:
    assert REGION == 7
    loaded = lists.load(name, make())
    assert surnames(loaded) == ["Берёзкина", "Дубов"]
    assert [(one.code, one.position.cell) for one in loaded.people[0].diagnostics] == [("heading.hidden", "H1")]
    assert [(one.code, one.position.cell) for one in loaded.people[1].diagnostics] == [
        ("heading.hidden", "H1"),
        ("row.hidden", "A3"),
    ]
    assert {person.verdict for person in loaded.people} == {"warning"}


def test_hidden_columns_that_hold_nothing_of_ours_are_not_told(lists: Lists) -> None:
    def hide(sheet: Any) -> None:  # noqa: ANN401 (openpyxl's)
        sheet.column_dimensions["A"].hidden = True
        sheet.column_dimensions["W"].hidden = True

    rows = [["№", *ROWS[0], "Группа"], *([number, *row, "СД-41"] for number, row in enumerate(ROWS[1:], 1))]
    assert codes(lists.load("list.xlsx", xlsx_bytes(rows, hide))) == ["heading.unread"]


def ods_marks(*rows: str) -> Marks:
    return ods.marks(ods_content("".join(rows)).encode())["Лист1"]


def test_cells_and_rows_of_an_ods_stand_for_many() -> None:
    gap = ods_cell(None, 'table:number-columns-repeated="3"')
    filled = f"<table:table-row>{gap}{ods_cell('x')}</table:table-row>"
    marks = ods_marks(ods_row([None], 'table:number-rows-repeated="4"'), filled)
    assert (marks.height, marks.width) == (5, 4)


def test_empty_cells_of_an_ods_have_no_extent() -> None:
    marks = ods_marks(ods_row(["x"]), ods_row([None], 'table:number-rows-repeated="1048575"'))
    assert (marks.height, marks.width) == (1, 1)


@pytest.mark.parametrize("value", ['office:value="5"', 'office:date-value="2004-03-14"', 'office:string-value="x"'])
def test_a_value_of_an_ods_may_stand_in_an_attribute(value: str) -> None:
    marks = ods_marks(f"<table:table-row><table:covered-table-cell/><table:table-cell {value}/></table:table-row>")
    assert (marks.height, marks.width, marks.valueless) == (1, 2, set())


@pytest.mark.parametrize("number", ["0", "1", "x", "", "-5"])
def test_a_number_of_repetitions_that_is_none_is_one(number: str) -> None:
    marks = ods_marks(ods_row(["x"], f'table:number-rows-repeated="{number}"'))
    assert marks.height <= 1


def test_the_sheets_of_an_ods_are_told_apart() -> None:
    content = ods_content(ods_row(["x"]) * 3, ods_row(["x", "y"], 'table:visibility="collapse"'))
    marks = ods.marks(content.encode())
    assert [(name, one.height, one.width, one.hidden_rows) for name, one in marks.items()] == [
        ("Лист1", 3, 1, set()),
        ("Лист2", 1, 2, {0}),
    ]


def test_a_formula_of_an_ods_without_value_and_an_error_are_found() -> None:
    cells = (
        '<table:table-cell table:formula="of:=A1"/>'
        '<table:table-cell table:formula="of:=A1"><text:p>x</text:p></table:table-cell>'
        '<table:table-cell calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell><table:table-cell/>'
    )
    assert ods_marks(f"<table:table-row>{cells}</table:table-row>").valueless == {(0, 0), (0, 2)}


def test_a_sheet_that_the_package_lacks_is_passed_over() -> None:
    parts = unzipped(with_parts(xlsx_bytes(ROWS), {SHEET: None}))
    assert xlsx.sheet_parts(parts) == {}
