"""The reader of workbooks, in this process and in one of its own."""

from __future__ import annotations

import gc
import io
import sys
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from nmo_autofill.profile.sheet import apart, child, collector, reader, wire
from nmo_autofill.profile.sheet.package import MOST_PARTS
from nmo_autofill.profile.sheet.workbook import Block, Refused, Why
from nmo_autofill.profile.sheet.xls import MAGIC
from tests.profile.sheet.conftest import (
    ALENA,
    BORIS,
    ods_bytes,
    ods_cell,
    ods_row,
    sheet_xml,
    table,
    with_parts,
    xls_bytes,
    xlsx_bytes,
    xlsx_of,
    zipped,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.profile.sheet.conftest import Lists

NOON = datetime(2004, 3, 14, 12, 30)  # noqa: DTZ001 (a spreadsheet's has no zone)
ROWS: list[list[Any]] = [["а", 1, 2.5, True, date(2004, 3, 14), NOON], ['"\n\\', -1, 1e300, False, "", "ё"]]


def marked_xlsx() -> bytes:
    def mark(sheet: Any) -> None:  # noqa: ANN401 (openpyxl's)
        sheet.merge_cells("A4:B5")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet["D9"] = "=A1"
        sheet.parent.create_sheet("Скрытый").sheet_state = "hidden"
        sheet.parent.create_sheet("Очень").sheet_state = "veryHidden"

    return xlsx_bytes(ROWS, mark)


def marked_xls() -> bytes:
    def mark(sheet: Any) -> None:  # noqa: ANN401 (xlwt has no types)
        sheet.merge(3, 4, 1, 2)
        sheet.row(1).hidden = True
        sheet.col(2).hidden = True

    return xls_bytes([[*ROWS[0][:5]], [*ROWS[1][:4]]], mark)


def marked_ods() -> bytes:
    day, moment, number, yes = (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"><text:p>x</text:p></table:table-cell>'
        for kind, name, value in (
            ("date", "date-value", "2004-03-14"),
            ("date", "date-value", "2004-03-14T12:30:00"),
            ("float", "value", "2.5"),
            ("boolean", "boolean-value", "true"),
        )
    )
    cells = f"{ods_cell('а')}{day}{moment}{number}{yes}"
    return ods_bytes(f'<table:table-row table:visibility="collapse">{cells}</table:table-row>', [["второй"]])


MADE = {"xlsx": marked_xlsx, "xls": marked_xls, "ods": marked_ods}


@pytest.mark.parametrize("kind", MADE)
def test_both_ways_read_the_same(kind: str) -> None:
    content = MADE[kind]()
    assert reader.read(content) == apart.read(content)


def test_an_xlsx_is_read_with_all_that_stands_beside_its_values() -> None:
    sheet, hidden, very = reader.read(marked_xlsx()).sheets
    assert (sheet.name, sheet.hidden, hidden.hidden, very.hidden) == ("Sheet", False, True, True)
    assert sheet.rows[0] == ["а", 1, 2.5, True, date(2004, 3, 14), NOON]
    assert sheet.blocks == (Block(3, 0, 4, 1),)
    assert (*map(set, (sheet.hidden_rows, sheet.hidden_columns)), set(sheet.valueless)) == ({1}, {2}, {(8, 3)})


def test_an_xls_is_read_with_all_that_stands_beside_its_values() -> None:
    (sheet,) = reader.read(marked_xls()).sheets
    assert sheet.rows[0] == ["а", 1, 2.5, True, date(2004, 3, 14)]
    assert sheet.blocks == (Block(3, 1, 4, 2),)
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({1}, {2})


def test_an_ods_is_read_with_all_that_stands_beside_its_values() -> None:
    sheet, second = reader.read(marked_ods()).sheets
    assert sheet.rows[0] == ["а", date(2004, 3, 14), NOON, 2.5, True]
    assert sheet.hidden_rows == frozenset({0})
    assert second.rows == [["второй"]]


def test_a_time_of_day_reads_alike_both_ways() -> None:
    content = xlsx_bytes([[time(9, 5)]])
    (here,), (there,) = (one.sheets for one in (reader.read(content), apart.read(content)))
    assert str(here.rows[0][0]) == str(there.rows[0][0]) == "09:05:00"


def test_a_table_begins_at_its_first_cell_whatever_is_empty() -> None:
    content = xlsx_bytes([], lambda sheet: sheet.cell(3, 3, "x"))
    assert reader.read(content).sheets[0].rows == [["", "", ""], ["", "", ""], ["", "", "x"]]


def test_a_process_apart_knows_what_is_installed_and_heeds_no_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    assert apart.read(marked_xlsx()) == reader.read(marked_xlsx())


def test_the_collector_works_again_after_a_list(lists: Lists) -> None:
    lists.load("list.xlsx", xlsx_bytes(ROWS))
    assert gc.isenabled()


@collector.waiting()
def fail() -> None:
    assert not gc.isenabled()
    raise ZeroDivisionError


def test_the_collector_works_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.isenabled()


def test_whoever_does_without_the_collector_goes_on_so() -> None:
    gc.disable()
    try:
        with collector.waiting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_chart_is_no_sheet() -> None:
    def add(sheet: Any) -> None:  # noqa: ANN401 (openpyxl's)
        sheet.parent.create_chartsheet("График")

    assert [sheet.name for sheet in reader.read(xlsx_bytes(ROWS, add)).sheets] == ["Sheet"]


@pytest.mark.parametrize("name", ["Лист & «1»", "a<b", "x" * 31, "Лист\N{NO-BREAK SPACE}1", "ё" * 31, " 1 "])
def test_a_sheet_of_any_name_is_read(name: str) -> None:
    def rename(sheet: Any) -> None:  # noqa: ANN401 (openpyxl's)
        sheet.title = name

    assert [sheet.name for sheet in reader.read(xlsx_bytes(ROWS, rename)).sheets] == [name]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (zipped({"xl/workbook.xml": "<"}), Why.DAMAGED),
        (b"PK\x03\x04", Why.DAMAGED),
        (xlsx_bytes(ROWS)[:-40], Why.DAMAGED),
        (xls_bytes(ROWS[1:])[:2000], Why.DAMAGED),
        (xlsx_bytes([], lambda sheet: sheet.cell(1_048_576, 16_384, "x")), Why.VAST),
        (xlsx_of(sheet_xml('<row r="1"><c r="A1" t="s"><v>77</v></c></row>')), Why.DAMAGED),
    ],
)
def test_both_ways_refuse_the_same(content: bytes, why: Why) -> None:
    refusals = []
    for read in (reader.read, apart.read):
        with pytest.raises(Refused) as caught:
            read(content)
        refusals.append((caught.value.why, caught.value.facts))
    assert refusals[0] == refusals[1]
    assert refusals[0][0] is why


def test_a_file_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch, lists: Lists) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    loaded = lists.load("list.xlsx", xlsx_bytes(table(ALENA)))
    assert [(one.code, one.facts) for one in loaded.diagnostics] == [("file.endless", (("seconds", "0.01"),))]


def test_the_end_of_the_process_is_damage(monkeypatch: pytest.MonkeyPatch, lists: Lists) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert lists.refusal("list.xlsx", xlsx_bytes(table(ALENA))) == "file.damaged"


def test_what_the_process_writes_besides_does_no_harm(lists: Lists) -> None:
    # The columns of this sheet end the reader's process with a traceback.
    content = xlsx_of(sheet_xml("<row/>", before='<cols><col min="x" max="y" hidden="1"/></cols>'))
    assert lists.load("list.xlsx", content).people == ()


def run(content: bytes, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Run the reader's own process in this one, and return what it writes."""
    answer = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=answer))
    child.main()
    return answer.getvalue()


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, tuple[int, int]]]:
    """Return the limits that are set, none of which reaches this process."""
    resource = pytest.importorskip("resource")
    found: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limit: found.append((kind, limit)))
    return found


def test_the_process_bounds_its_memory_and_answers(
    monkeypatch: pytest.MonkeyPatch, limits: list[tuple[int, tuple[int, int]]]
) -> None:
    answer = run(marked_xlsx(), monkeypatch)
    assert wire.decoded(answer) == reader.read(marked_xlsx())
    assert [limit for _, limit in limits] == [(child.MEMORY, child.MEMORY)]


def test_the_process_answers_with_a_refusal(
    monkeypatch: pytest.MonkeyPatch, limits: list[tuple[int, tuple[int, int]]]
) -> None:
    assert b"file.damaged" in run(b"PK", monkeypatch)
    assert limits


def test_windows_has_no_such_bound(monkeypatch: pytest.MonkeyPatch, limits: list[tuple[int, tuple[int, int]]]) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert b"file.damaged" in run(b"PK", monkeypatch)
    assert not limits


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"PK\x03\x04", True), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", True), (b"", False), ("Фамилия".encode(), False)],
)
def test_a_workbook_is_known_by_its_begin(content: bytes, expected: bool) -> None:  # noqa: FBT001 (a parameter)
    assert apart.is_workbook(content) is expected


def test_text_that_begins_like_a_package_is_text(lists: Lists) -> None:
    rows = [["PK", *table(ALENA)[0]], ["1", *table(ALENA)[1]]]
    content = "\n".join(";".join(row) for row in rows).encode()
    assert len(lists.load("list.csv", content).people) == 1


def test_macros_and_links_are_remarked_wherever_they_stand() -> None:
    content = with_parts(xlsx_bytes(table(BORIS)), {"xl/VBAPROJECT.BIN": b"x", "XL/externalLinks/a.xml": "<a/>"})
    assert reader.read(content).remarks == ("file.macros", "file.links")


def protected() -> bytes:
    """Return an .xlsx whose parts are marked as packed with a password."""
    content = bytearray(xlsx_bytes(ROWS))
    at = content.find(b"PK\x01\x02")
    while at != -1:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (protected(), Why.PASSWORD),
        (MAGIC + bytes(600) + "EncryptedPackage".encode("utf-16-le"), Why.PASSWORD),
        (MAGIC + bytes(600), Why.DAMAGED),
        (with_parts(xlsx_bytes(ROWS), {"xl/workbook.xml": "<workbook>"}), Why.DAMAGED),
        (zipped({f"{number}.xml": "" for number in range(MOST_PARTS + 1)}), None),
    ],
)
def test_what_cannot_be_read_is_refused_here_too(content: bytes, why: Why | None) -> None:
    with pytest.raises(Refused) as caught:
        reader.read(content)
    assert caught.value.why in ({why} if why else {Why.BOMB, Why.DAMAGED})


def test_macros_of_an_xls_are_remarked_here_too() -> None:
    content = bytearray(marked_xls())
    at = content.index("Root Entry".encode("utf-16-le")) + 2 * 128
    content[at : at + 24] = "_VBA_PROJECT".encode("utf-16-le")
    assert reader.read(bytes(content)).remarks == ("file.macros",)


def test_hidden_columns_of_an_ods_are_counted_with_those_before_them() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    )
    (sheet,) = reader.read(ods_bytes(columns + ods_row(["а", "б", "в", "г"]))).sheets
    assert sheet.hidden_columns == frozenset({2, 3})
