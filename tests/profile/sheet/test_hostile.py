"""Damaged and hostile files: each is told by its code, in bounded time and memory, and nothing is raised."""

from __future__ import annotations

import io
import os
import resource
import struct
import sys
import warnings
import zipfile
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from nmo_autofill.profile.loading import load
from nmo_autofill.profile.sheet.package import MOST_PARTS
from nmo_autofill.profile.sheet.xls import MAGIC
from tests.profile.sheet.conftest import (
    ALENA,
    BORIS,
    MAIN,
    SHARED,
    SHEET,
    TODAY,
    codes,
    csv_bytes,
    inline,
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
    xlsx_of,
    xml_rows,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.profile.sheet.conftest import Lists

ROWS = table(ALENA, BORIS)
BOTH = ["Берёзкина", "Дубов"]
MADE: dict[str, bytes] = {
    "xlsx": xlsx_bytes(ROWS),
    "xls": xls_bytes(ROWS),
    "ods": ods_bytes(ROWS),
    "csv": csv_bytes(ROWS),
}
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">'
# Of the processor, in both processes: more than any of these takes, less than what would make somebody give up.
SANE_SECONDS = 150  # under the measuring of coverage everything takes three times as long
SANE_MEGABYTES = 1_500


def peak() -> int:
    """Return the most megabytes this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024**2)


def worked() -> float:
    """Return the seconds of the processor that this process and its children have had so far."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    before, begun = peak(), worked()
    yield
    assert worked() - begun < SANE_SECONDS
    assert peak() - before < SANE_MEGABYTES


def addressed(rows: list[list[Any]]) -> str:
    """Return rows as Excel writes them: each cell with its address."""
    return "".join(
        f'<row r="{number}">'
        + "".join(inline(value, f'r="{chr(ord("A") + column)}{number}"') for column, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )


@pytest.mark.parametrize("kind", MADE)
def test_every_format_is_read_whole(kind: str, lists: Lists) -> None:
    loaded = lists.load(f"list.{kind}", MADE[kind])
    assert (surnames(loaded), codes(loaded)) == (BOTH, [])


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_package_is_damaged(kind: str, share: float, lists: Lists) -> None:
    content = MADE[kind]
    assert lists.refusal(f"list.{kind}", content[: int(len(content) * share)]) == "file.damaged"


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_xls_is_damaged_or_told(share: float, lists: Lists) -> None:
    content = MADE["xls"]
    loaded = lists.load("list.xls", content[: int(len(content) * share)])
    assert codes(loaded) == ["file.damaged"] or surnames(loaded) == BOTH


def test_a_truncated_csv_shows_what_its_last_person_lacks(lists: Lists) -> None:
    content = MADE["csv"]
    loaded = lists.load("list.csv", content[: content.rindex("женский".encode()) + 4])
    assert surnames(loaded) == ["Берёзкина"]
    assert "field.missing" in codes(loaded)


def test_a_csv_truncated_inside_a_letter_is_not_taken_for_another_encoding(lists: Lists) -> None:
    content = MADE["csv"]
    assert surnames(lists.load("list.csv", content[: content.rindex("Дубов".encode()) + 3])) != BOTH


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xls", "ods", "csv"])
def test_an_empty_file_is_no_list(kind: str, lists: Lists) -> None:
    assert codes(lists.load(f"list.{kind}", b""))[-1] == "file.no_list"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_an_empty_workbook_is_no_list(kind: str, lists: Lists) -> None:
    content = {"xlsx": xlsx_bytes([]), "xls": xls_bytes([]), "ods": ods_bytes([])}[kind]
    assert "file.no_list" in codes(lists.load(f"list.{kind}", content))


def ole(*names: str) -> bytes:
    """Return a container with streams of these names, without content: a header, one FAT sector, one directory."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, end, *[free] * 126)
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, free, free, child)
        + bytes(36)
        + struct.pack("<IQ", end, 0)
        for name, kind, child in (("Root Entry", 5, 1), *((name, 2, free) for name in names))
    )
    return header + fat + entries.ljust(512, b"\0")


def test_a_workbook_behind_a_password_is_told(lists: Lists) -> None:
    assert lists.refusal("list.xlsx", ole("EncryptionInfo", "EncryptedPackage")) == "file.password"


def test_another_container_of_microsoft_is_damaged(lists: Lists) -> None:
    assert lists.refusal("list.xls", ole("WordDocument")) == "file.damaged"


def filepass(content: bytes) -> bytes:
    """Return the .xls with a FILEPASS record behind its first BOF; the workbook's own stream begins at sector 0."""
    begin = content.index(b"\x09\x08\x10\x00")
    length = 4 + struct.unpack_from("<H", content, begin + 2)[0]
    record = struct.pack("<HHHHH", 0x2F, 6, 0, 0x1234, 0x5678)
    at = begin + length
    return content[:at] + record + content[at + len(record) :]


def test_an_old_workbook_behind_a_password_is_told(lists: Lists) -> None:
    assert lists.refusal("list.xls", filepass(MADE["xls"])) == "file.password"


def test_a_zip_behind_a_password_is_told(lists: Lists) -> None:
    content = bytearray(MADE["xlsx"])
    at = content.index(b"PK\x01\x02")
    while at != -1:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    assert lists.refusal("list.xlsx", bytes(content)) == "file.password"


@cache
def zeros(size: int) -> bytes:
    """Return a zip whose shared strings are so many zeros."""
    stream = io.BytesIO(MADE["xlsx"])
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(SHARED, "w") as part:
        for _ in range(size // 1_000_000):
            part.write(bytes(1_000_000))
    return stream.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_bomb_is_told(lists: Lists) -> None:
    assert lists.refusal("list.xlsx", zeros(400_000_000)) == "file.bomb"


def test_a_size_that_is_only_declared_is_told(lists: Lists) -> None:
    content = bytearray(zipped({"xl/workbook.xml": "<a/>"}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 0xFFFFFFF0)
    assert lists.refusal("list.xlsx", bytes(content)) == "file.bomb"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_size_that_is_forged_does_not_let_more_in(lists: Lists) -> None:
    content = bytearray(zeros(400_000_000))
    struct.pack_into("<I", content, content.rindex(b"PK\x01\x02") + 24, 100)
    assert lists.refusal("list.xlsx", bytes(content)) == "file.damaged"


def test_many_members_are_told_and_not_as_megabytes(lists: Lists) -> None:
    parts: dict[str, str | bytes] = {**unzipped(MADE["xlsx"])}
    parts |= {f"xl/worksheets/more{number}.xml": "" for number in range(MOST_PARTS + 1)}
    loaded = lists.load("list.xlsx", zipped(parts))
    assert codes(loaded) in (["file.bomb"], ["file.damaged"])
    assert dict(loaded.diagnostics[0].facts).get("megabytes") != "0"


def test_one_text_in_very_many_cells_is_told(lists: Lists) -> None:
    cells = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(120))
    shared = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>{"x" * 1_000_000}</t></si></sst>'
    content = xlsx_of(sheet_xml(xml_rows(ROWS) + cells), **{SHARED: shared})
    assert len(content) < 100_000
    assert lists.refusal("list.xlsx", content) == "file.bomb"


@pytest.mark.parametrize("doctype", [BOMB, EXTERNAL], ids=["bomb", "external"])
@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET])
def test_a_document_type_in_an_xlsx_is_refused(name: str, doctype: str, lists: Lists) -> None:
    part = unzipped(MADE["xlsx"])[name].decode()
    begin = part.index("?>") + 2 if part.startswith("<?") else 0
    entity = "&i;" if "&" not in part else ""
    hostile = f"{part[:begin]}{doctype}]>{part[begin:]}".replace("</sheetData>", f"{entity}</sheetData>")
    assert lists.refusal("list.xlsx", with_parts(MADE["xlsx"], {name: hostile})) == "file.damaged"


@pytest.mark.parametrize("doctype", [BOMB, EXTERNAL], ids=["bomb", "external"])
def test_a_document_type_in_an_ods_is_refused(doctype: str, lists: Lists) -> None:
    assert lists.refusal("list.ods", ods_bytes(ROWS, before=f"{doctype}]>")) == "file.damaged"


@pytest.mark.parametrize("doctype", [BOMB, EXTERNAL], ids=["bomb", "external"])
def test_a_document_type_in_shared_strings_expands_nothing(doctype: str, lists: Lists) -> None:
    shared = f'{doctype}]><sst xmlns="{MAIN}"><si><t>Фамилия</t></si><si><t>СНИЛС</t></si><si><t>&i;</t></si></sst>'
    rows = "<row>" + "".join(f'<c t="s"><v>{number}</v></c>' for number in range(3)) + "</row>"
    loaded = lists.load("list.xlsx", xlsx_of(sheet_xml(rows), **{SHARED: shared}))
    assert not loaded.people


def test_a_document_type_in_utf_16_expands_nothing(lists: Lists) -> None:
    part = unzipped(MADE["xlsx"])["xl/workbook.xml"].decode().replace("UTF-8", "UTF-16")
    hostile = (f"{BOMB}]>" + part.partition("?>")[2]).replace('name="Sheet"', 'name="&i;"')
    loaded = lists.load("list.xlsx", with_parts(MADE["xlsx"], {"xl/workbook.xml": hostile.encode("utf-16")}))
    assert not loaded.people


def test_macros_are_told_and_values_are_read(lists: Lists) -> None:
    loaded = lists.load("list.xlsm", with_parts(MADE["xlsx"], {"xl/vbaProject.bin": b"\xcc\x61"}))
    assert (codes(loaded), surnames(loaded)) == (["file.macros"], BOTH)
    assert all(person.verdict == "valid" for person in loaded.people)


def test_macros_of_an_old_workbook_are_told(lists: Lists) -> None:
    # The name of the macros' folder where the file's own directory has an unused entry.
    content = bytearray(MADE["xls"])
    at = content.index("Root Entry".encode("utf-16-le")) + 2 * 128
    content[at : at + 24] = "_VBA_PROJECT".encode("utf-16-le")
    loaded = lists.load("list.xls", bytes(content))
    assert (codes(loaded), surnames(loaded)) == (["file.macros"], BOTH)


def test_links_to_other_files_are_told_and_values_are_read(lists: Lists) -> None:
    loaded = lists.load(
        "list.xlsx", with_parts(MADE["xlsx"], {"xl/externalLinks/externalLink1.xml": "<externalLink/>"})
    )
    assert (codes(loaded), surnames(loaded)) == (["file.links"], BOTH)


EMPTY_ROWS = {
    "rows": '<row r="{0}" s="1" customFormat="1"/>',
    "cells": '<row r="{0}"><c r="A{0}" s="1"/></row>',
}


@pytest.mark.parametrize("how", EMPTY_ROWS)
def test_a_million_formatted_empty_rows_hide_nobody(how: str, lists: Lists) -> None:
    empty = "".join(EMPTY_ROWS[how].format(row) for row in range(len(ROWS) + 1, 1_048_577))
    loaded = lists.load("list.xlsx", xlsx_of(sheet_xml(addressed(ROWS) + empty)))
    assert (codes(loaded), surnames(loaded)) == ([], BOTH)


STRAYS = {
    "addressed": f'{addressed(ROWS)}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "another order": f'{addressed(ROWS)}<row spans="1:2" r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>',
    "single quotes": f"{xml_rows(ROWS)}<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "a row of another number": f'{addressed(ROWS)}<row r="4"><c r="XFD1048576"><v>1</v></c></row>',
    "small letters": f'{addressed(ROWS)}<row r="4"><c r="xfd1048576"><v>1</v></c></row>',
    "without address": f'{xml_rows(ROWS)}<row r="1048576"/><row>{"<c/>" * 16_000}<c><v>1</v></c></row>',
    "hidden": f'{addressed(ROWS)}<row r="1048576" hidden="1"><c r="XFD1048576"><v>1</v></c></row>',
}


@pytest.mark.parametrize("how", STRAYS)
def test_a_stray_value_far_away_is_refused_and_ends_no_process(how: str, lists: Lists) -> None:
    assert lists.refusal("list.xlsx", xlsx_of(sheet_xml(STRAYS[how]))) in {"sheet.vast", "file.damaged"}


FAR = {
    "in row 1": '<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
    "before another cell": '<row r="1"><c r="XFD1048576"><v>1</v></c><c r="B1"><v>1</v></c></row>',
    "behind another cell": '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
    "in small letters": '<row r="1"><c r="xfd1048576"><v>1</v></c></row>',
    "further than any": '<row r="1"><c r="A99999999"><v>1</v></c><c r="B1"><v>1</v></c></row>',
}


@pytest.mark.parametrize("how", FAR)
def test_a_stray_value_is_told_whatever_row_it_stands_in(how: str, lists: Lists) -> None:
    content = xlsx_of(sheet_xml(FAR[how] + addressed(ROWS).partition("</row>")[2]))
    assert lists.refusal("list.xlsx", content) == "sheet.vast"


def test_a_stray_value_far_away_is_told_with_its_extent(lists: Lists) -> None:
    loaded = lists.load("list.xlsx", xlsx_bytes(ROWS, lambda sheet: sheet.cell(1_048_576, 16_384, "x")))
    (found,) = loaded.diagnostics
    assert (found.code, found.position.sheet) == ("sheet.vast", "Sheet")
    assert dict(found.facts) == {"rows": "1048576", "columns": "16384"}


def test_a_stray_value_far_away_with_prefixes_is_told(lists: Lists) -> None:
    rows = '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'
    part = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    assert lists.refusal("list.xlsx", xlsx_of(part)) == "sheet.vast"


def test_a_sheet_with_prefixes_is_read(lists: Lists) -> None:
    rows = "".join(
        "<x:row>" + "".join(f'<x:c t="inlineStr"><x:is><x:t>{cell}</x:t></x:is></x:c>' for cell in row) + "</x:row>"
        for row in ROWS
    )
    part = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    loaded = lists.load("list.xlsx", xlsx_of(part))
    assert surnames(loaded) == BOTH or codes(loaded) == ["file.damaged"]


def test_a_stray_value_in_the_last_cell_of_an_xls_is_told(lists: Lists) -> None:
    assert lists.refusal("list.xls", xls_bytes(ROWS, lambda sheet: sheet.write(65_535, 255, "x"))) == "sheet.vast"


def test_a_stray_value_in_the_last_row_of_a_narrow_list_costs_little(lists: Lists) -> None:
    rows = [row[:6] for row in ROWS]
    loaded = lists.load("list.xlsx", xlsx_bytes(rows, lambda sheet: sheet.cell(1_048_576, 1, "x")))
    assert codes(loaded)


@pytest.mark.parametrize("times", [1_048_576, 99_999_999_999])
def test_a_person_repeated_a_million_times_in_an_ods_is_refused(times: int, lists: Lists) -> None:
    many = f'table:number-rows-repeated="{times}"'
    assert lists.refusal("list.ods", ods_bytes(ods_row(ROWS[0]) + ods_row(ROWS[1], many))) == "sheet.vast"


def test_a_person_of_few_columns_repeated_a_million_times_in_an_ods_is_refused(lists: Lists) -> None:
    many = 'table:number-rows-repeated="1048575"'
    rows = ods_row(["Фамилия", "Имя", "СНИЛС"]) + ods_row(["Берёзкина", "Алёна", "901-000-111 94"], many)
    assert lists.refusal("list.ods", ods_bytes(rows)) == "sheet.vast"


def test_filled_cells_repeated_in_an_ods_are_refused(lists: Lists) -> None:
    cell = ods_cell("x", 'table:number-columns-repeated="16384"')
    row = f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'
    assert lists.refusal("list.ods", ods_bytes("".join(map(ods_row, ROWS)) + row)) == "sheet.vast"


def test_three_hundred_columns_are_read(lists: Lists) -> None:
    rows = [[*row, *(f"{number}-{place}" for place in range(300))] for number, row in enumerate(ROWS)]
    assert surnames(lists.load("list.xlsx", xlsx_bytes(rows))) == BOTH


def test_thousands_of_columns_cost_little(lists: Lists) -> None:
    rows = [[f"Столбец {column} в {row}" for column in range(6_000)] for row in range(30)]
    assert "file.no_list" in codes(lists.load("list.csv", csv_bytes(rows)))


def test_very_long_headings_cost_little(lists: Lists) -> None:
    head = [*ROWS[0], *("ё" * 100_000 + str(number) for number in range(200))]
    assert surnames(lists.load("list.xlsx", xlsx_bytes([head, *ROWS[1:]]))) == BOTH


def test_very_long_names_cost_little(lists: Lists) -> None:
    rows = [ROWS[0], *(["!" * 1_000_000, *ROWS[1][1:]] for _ in range(25))]
    assert "text.long" in codes(lists.load("list.xlsx", xlsx_of(sheet_xml(xml_rows(rows)))))


@pytest.mark.parametrize("overlapping", [False, True], ids=["apart", "overlapping"])
def test_very_many_merged_cells_are_read(overlapping: bool, lists: Lists) -> None:  # noqa: FBT001 (a parameter)
    region, blocks = ROWS[0].index("Регион"), 2_000
    column = chr(ord("A") + region)
    rows = [ROWS[0]] + [ROWS[1], [*ROWS[1][:region], "", *ROWS[1][region + 1 :]]] * blocks
    last = 2 * blocks + 1
    ranges = (
        f"{column}2:{column}{last}" if overlapping else f"{column}{row}:{column}{row + 1}" for row in range(2, last, 2)
    )
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    part = sheet_xml(xml_rows(rows)).replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")
    loaded = lists.load("list.xlsx", xlsx_of(part))
    assert {person.values["region"] for person in loaded.people} == {"Омская область"}
    assert len(loaded.people) == 2 * blocks


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_formula_without_value_is_told_at_its_cell(kind: str, lists: Lists) -> None:
    empty = {
        "xlsx": xlsx_of(sheet_xml(xml_rows(ROWS).replace(inline("Алёна"), '<c r="B2"><f>A1</f></c>', 1))),
        "ods": ods_bytes(
            "".join(map(ods_row, ROWS)).replace(ods_cell("Алёна"), '<table:table-cell table:formula="of:=A1"/>', 1)
        ),
    }[kind]
    loaded = lists.load(f"list.{kind}", empty)
    assert [(one.code, one.position.cell, one.field) for one in loaded.diagnostics] == [
        ("cell.valueless", "B2", "name")
    ]


def test_a_formula_whose_text_is_empty_has_a_value(lists: Lists) -> None:
    empty = '<c r="C2" t="str"><f>IF(B2="","",B2)</f><v></v></c>'
    loaded = lists.load("list.xlsx", xlsx_of(sheet_xml(xml_rows(ROWS).replace(inline("Игоревна"), empty))))
    assert codes(loaded) == []
    assert loaded.people[0].values["patronymic"] is None


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_an_error_in_a_cell_is_told(kind: str, lists: Lists) -> None:
    error = {
        "xlsx": '<c r="B2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>',
        "ods": ods_cell("#DIV/0!", 'table:formula="of:=1/0" calcext:value-type="error"'),
    }
    content = {
        "xlsx": xlsx_of(sheet_xml(xml_rows(ROWS).replace(inline("Алёна"), error["xlsx"], 1))),
        "xls": xls_error(),
        "ods": ods_bytes("".join(map(ods_row, ROWS)).replace(ods_cell("Алёна"), error["ods"], 1)),
    }[kind]
    found = [(one.code, one.position.cell, one.field) for one in lists.load(f"list.{kind}", content).diagnostics]
    assert found == [("cell.valueless", "B2", "name")]


def xls_error() -> bytes:
    """Return an .xls with an error for the first name."""

    def spoil(sheet: Any) -> None:  # noqa: ANN401 (xlwt has no types)
        for column, value in enumerate(ALENA.values()):
            if column == 1:
                sheet.row(1).set_cell_error(column, "#DIV/0!")
            else:
                sheet.write(1, column, value)

    return xls_bytes([ROWS[0], [], ROWS[2]], spoil)


HTML = "<html><body><table><tr><td>Фамилия</td><td>СНИЛС</td></tr></table></body></html>"
SPREADSHEET_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row>'
    "<Cell><Data>Фамилия</Data></Cell></Row></Table></Worksheet></Workbook>"
)


@pytest.mark.parametrize("content", [HTML, f"\n {HTML}", SPREADSHEET_2003, "<TABLE><tr><td>Фамилия;СНИЛС"])
def test_markup_named_xls_is_no_table(content: str, lists: Lists) -> None:
    assert lists.refusal("list.xls", content.encode()) == "file.no_table"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("list.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0"),
        ("list.xls", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ("list.csv", b"\0" * 1000),
        ("list.csv", "Фамилия;СНИЛС\n\0;1".encode()),
        ("list.ods", zlib.compress(b"list" * 1000)),
    ],
)
def test_other_bytes_are_no_table(name: str, content: bytes, lists: Lists) -> None:
    assert lists.refusal(name, content) == "file.no_table"


def test_a_zip_of_something_else_is_damaged(lists: Lists) -> None:
    assert lists.refusal("list.xlsx", zipped({"word/document.xml": "<w/>", "letter.txt": "x"})) == "file.damaged"


def test_an_empty_zip_is_damaged(lists: Lists) -> None:
    assert lists.refusal("list.xlsx", zipped({})) in {"file.damaged", "file.no_table"}


def test_a_binary_workbook_is_damaged(lists: Lists) -> None:
    assert lists.refusal("list.xlsx", zipped({"xl/workbook.bin": b"\x83\x01\0"})) == "file.damaged"


def test_an_unclosed_quote_is_told_at_its_line(lists: Lists) -> None:
    rows = csv_bytes(ROWS).decode().splitlines()
    loaded = lists.load("list.csv", "\n".join([rows[0], rows[1], rows[2].replace("Дубов", '"Дубов')]).encode())
    assert [(one.code, one.position.line) for one in loaded.diagnostics] == [("file.quotes", 3)]


def test_a_field_of_a_megabyte_is_told(lists: Lists) -> None:
    rows = [*ROWS, ["x" * 1_000_000, *ROWS[1][1:]]]
    loaded = lists.load("list.csv", csv_bytes(rows))
    assert len(loaded.people) == len(rows) - 1
    assert "text.long" in codes(loaded)


def test_a_csv_of_nothing_but_line_breaks_is_bounded(lists: Lists) -> None:
    assert lists.refusal("list.csv", b"\n" * 8_000_000) in {"file.no_list", "sheet.vast"}


def test_a_csv_of_nothing_but_delimiters_is_bounded(lists: Lists) -> None:
    assert lists.refusal("list.csv", b";" * 8_000_000) in {"file.no_list", "sheet.vast"}


def test_a_file_larger_than_any_list_is_not_read(lists: Lists) -> None:
    loaded = lists.load("list.csv", b"x" * 50_000_001)
    assert [(one.code, one.facts) for one in loaded.diagnostics] == [("file.large", (("limit", "50"),))]


def test_a_folder_that_bears_the_name_of_a_list_is_a_folder(lists: Lists) -> None:
    (lists.folder / "list.xlsx").mkdir()
    assert codes(load([lists.folder / "list.xlsx"], today=TODAY)) == ["file.none"]
    lists.write("list.xlsx/group.csv", MADE["csv"])
    assert surnames(load([lists.folder], today=TODAY)) == BOTH


@pytest.mark.parametrize(
    ("name", "kind"), [("list.xlsx", "csv"), ("list.csv", "xlsx"), ("list.ods", "xls"), ("list.xls", "ods")]
)
def test_a_list_is_read_by_its_content_whatever_its_name(name: str, kind: str, lists: Lists) -> None:
    assert surnames(lists.load(name, MADE[kind])) == BOTH


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_missing_part_is_damage(name: str, lists: Lists) -> None:
    assert lists.refusal("list.xlsx", with_parts(MADE["xlsx"], {name: None})) == "file.damaged"


def test_a_missing_sheet_is_told(lists: Lists) -> None:
    assert lists.refusal("list.xlsx", with_parts(MADE["xlsx"], {SHEET: None})) in {"file.damaged", "file.no_list"}


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, SHARED])
def test_a_part_that_is_no_xml_is_damage(name: str, lists: Lists) -> None:
    assert lists.refusal("list.xlsx", with_parts(MADE["xlsx"], {name: b"<worksheet><sheetData><row"})) == "file.damaged"


def test_an_ods_that_is_no_xml_is_damage(lists: Lists) -> None:
    assert lists.refusal("list.ods", ods_bytes(content=ods_content(ods_row(["x"]))[:-30])) == "file.damaged"


def test_of_members_of_one_name_the_checked_one_is_read(lists: Lists) -> None:
    stray = sheet_xml(addressed(ROWS) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    harmless = unzipped(MADE["xlsx"])[SHEET]
    stream = io.BytesIO(with_parts(MADE["xlsx"], {SHEET: stray}))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr(SHEET, harmless)
    loaded = lists.load("list.xlsx", stream.getvalue())
    assert surnames(loaded) == BOTH or codes(loaded) == ["sheet.vast"]


def test_names_that_lead_out_of_the_archive_write_nothing(lists: Lists) -> None:
    away = {"../outside.xml": "<a/>", "/tmp/nmo-outside.xml": "<a/>", "..\\outside.rels": "<a/>"}  # noqa: S108 (an attack)
    loaded = lists.load("list.xlsx", with_parts(MADE["xlsx"], away))
    assert surnames(loaded) == BOTH
    assert not (lists.folder.parent / "outside.xml").exists()


def test_a_hidden_list_is_told_to_be_hidden(lists: Lists) -> None:
    def hide(sheet: Any) -> None:  # noqa: ANN401 (openpyxl's)
        sheet.parent.create_sheet("Пустой")
        sheet.sheet_state = "hidden"

    loaded = lists.load("list.xlsx", xlsx_bytes(ROWS, hide))
    assert set(codes(loaded)) == {"sheet.hidden", "sheet.empty", "file.no_list"}


def test_a_list_whose_name_another_sheet_has_is_read(lists: Lists) -> None:
    def add(sheet: Any) -> None:  # noqa: ANN401 (openpyxl's)
        other = sheet.parent.create_sheet("Other")
        other.append(["Заметки"])

    content = xlsx_bytes(ROWS, add)
    part = unzipped(content)["xl/workbook.xml"].replace(b'name="Other"', b'name="Sheet"')
    loaded = lists.load("list.xlsx", with_parts(content, {"xl/workbook.xml": part}))
    assert set(surnames(loaded)) == set(BOTH)
    assert len(loaded.people) == len(BOTH) or "twice.snils" in codes(loaded)


def test_a_row_of_very_long_numbers_is_accounted_for(lists: Lists) -> None:
    loaded = lists.load("list.csv", csv_bytes([*ROWS, ["1", "2", "9" * 400]]))
    assert surnames(loaded)[:2] == BOTH
    assert [left.source.row for left in loaded.left_out] == [1, 4]
