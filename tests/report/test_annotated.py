from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from nmo_autofill.profile.diagnostics import Diagnostic, Position, hint, message
from nmo_autofill.profile.sheet.package import MARK, is_checked_copy
from nmo_autofill.report.annotated import CHECK_SHEET, annotated, checked_table
from nmo_autofill.report.workbook import NotEditableError
from nmo_autofill.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

RU = Texts("ru")
RED, YELLOW, BLUE = "00FFB3B3", "00FFEB84", "00CFE5FF"


def found(code: str, cell: str | None, field: str = "snils", sheet: str | None = "Лист1", **facts: str) -> Diagnostic:
    return Diagnostic(code, Position("список.xlsx", sheet=sheet, cell=cell), field, tuple(facts.items()))


ERROR = found("snils.checksum", "B2")
WARNING = found("name.case", "B2", "surname")
HINT = found("text.spaces", "B2", "surname")


def saved(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def opened(content: bytes, **options: bool) -> Any:  # noqa: ANN401 (the stubs make every use of a cell a question)
    return load_workbook(io.BytesIO(content), **options)


def simple(*titles: str) -> Workbook:
    workbook = Workbook()
    del workbook["Sheet"]
    for title in titles or ("Лист1",):
        sheet = workbook.create_sheet(title)
        sheet["A1"], sheet["B1"] = "Фамилия", "СНИЛС"
        sheet["A2"], sheet["B2"] = "Иванова", "901-000-111 95"
    return workbook


def repacked(content: bytes, change: Callable[[str, bytes], bytes], added: Iterable[tuple[str, bytes]] = ()) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, change(name, source.read(name)))
        for name, part in added:
            archive.writestr(name, part)
    return target.getvalue()


def rows(content: bytes, title: str = CHECK_SHEET) -> list[tuple[object, ...]]:
    return list(opened(content)[title].iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize(
    ("diagnostics", "colour"),
    [([ERROR], RED), ([WARNING], YELLOW), ([HINT], BLUE), ([HINT, ERROR, WARNING], RED), ([HINT, WARNING], YELLOW)],
)
def test_the_worst_finding_colours_the_cell(diagnostics: list[Diagnostic], colour: str) -> None:
    cell = opened(annotated(saved(simple()), diagnostics, RU))["Лист1"]["B2"]
    assert cell.fill.fill_type == "solid"
    assert cell.fill.fgColor.rgb == colour


def test_the_note_says_everything_in_words() -> None:
    note = opened(annotated(saved(simple()), [ERROR, WARNING], RU))["Лист1"]["B2"].comment.text
    assert note == (
        f"Ошибка: {message(ERROR, RU)}\nЧто делать: {hint(ERROR, RU)}\n\n"
        f"Предупреждение: {message(WARNING, RU)}\nЧто делать: {hint(WARNING, RU)}"
    )


def test_the_note_speaks_the_language_of_the_messages() -> None:
    texts = Texts("en")
    workbook = opened(annotated(saved(simple()), [ERROR], texts))
    assert workbook["Лист1"]["B2"].comment.text.startswith("Error: ")
    assert workbook[CHECK_SHEET]["H1"].value == "What to do"


def test_the_sheet_has_all_findings_in_the_order_of_the_file() -> None:
    other = found("name.case", "A3", "name", "Лист2")
    later, earlier = found("name.case", "A10", "surname"), found("name.case", "C9", "name")
    whole_sheet = found("region.unknown", None, "region", near="Омская область")
    whole_file = Diagnostic("file.empty", Position("список.xlsx"))
    lost = found("name.case", "A1", "surname", "Нет такого")
    content = annotated(
        saved(simple("Лист1", "Лист2")), [lost, other, later, earlier, ERROR, whole_sheet, whole_file], RU
    )
    assert [row[:6] for row in rows(content)] == [
        (1, None, None, None, "Ошибка", None),
        (2, "Лист1", None, None, "Ошибка", "Регион постоянного проживания"),
        (3, "Лист1", "B2", 2, "Ошибка", "СНИЛС"),
        (4, "Лист1", "C9", 9, "Предупреждение", "Имя"),
        (5, "Лист1", "A10", 10, "Предупреждение", "Фамилия"),
        (6, "Лист2", "A3", 3, "Предупреждение", "Имя"),
        (7, "Нет такого", "A1", 1, "Предупреждение", "Фамилия"),
    ]
    assert rows(content)[2][6:] == (message(ERROR, RU), hint(ERROR, RU), "snils.checksum")


def test_the_sheet_is_made_to_be_read() -> None:
    workbook = opened(annotated(saved(simple("Лист1", "Лист 2")), [found("name.case", "B2", sheet="Лист 2")], RU))
    sheet = workbook[CHECK_SHEET]
    assert [cell.value for cell in sheet[1]] == [
        "№",
        "Лист",
        "Ячейка",
        "Строка",
        "Важность",
        "Поле",
        "Что найдено",
        "Что делать",
        "Код",
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:I2"
    assert sheet["G2"].alignment.wrap_text
    assert sheet.column_dimensions["G"].width == 60
    assert sheet["C2"].hyperlink.location == "'Лист 2'!B2"
    assert sheet["E2"].fill.fgColor.rgb == YELLOW


def test_the_copy_opens_at_the_sheet_alone() -> None:
    original = simple("Лист1", "Лист2")
    chart = BarChart()
    chart.add_data(Reference(original["Лист1"], min_col=1, min_row=1, max_row=2))
    original.create_chartsheet("График").add_chart(chart)
    workbook = opened(annotated(saved(original), [ERROR], RU))
    assert workbook.active.title == CHECK_SHEET
    assert [sheet.title for sheet in workbook.worksheets if sheet.sheet_view.tabSelected] == [CHECK_SHEET]


@pytest.mark.parametrize(
    ("taken", "title"),
    [([], "Проверка"), (["ПРОВЕРКА"], "Проверка (2)"), (["Проверка", "Проверка (2)"], "Проверка (3)")],
)
def test_the_name_of_the_sheet_may_be_taken(taken: list[str], title: str) -> None:
    assert opened(annotated(saved(simple("Лист1", *taken)), [], RU)).sheetnames[-1] == title


def test_without_findings_the_sheet_says_so() -> None:
    assert rows(annotated(saved(simple()), [], RU)) == [(None, "Замечаний нет.", *[None] * 7)]


def test_what_names_no_cell_of_the_file_stands_on_the_sheet_only() -> None:
    strange = [
        found("name.case", cell, "surname", sheet)
        for sheet, cell in [
            ("Нет такого", "A1"),
            ("Лист1", None),
            ("Лист1", ""),
            ("Лист1", "A0"),
            ("Лист1", "A1048577"),
            ("Лист1", "XFE1"),
            ("Лист1", "A1:B2"),
            ("Лист1", "ячейка"),
        ]
    ]
    workbook = opened(annotated(saved(simple()), strange, RU))
    assert [cell for row in workbook["Лист1"] for cell in row if cell.comment or cell.fill.fill_type] == []
    assert workbook[CHECK_SHEET].max_row == len(strange) + 1
    assert [cell.hyperlink for cell in workbook[CHECK_SHEET]["C"] if cell.hyperlink] == []


def test_a_finding_without_a_sheet_belongs_to_the_only_one() -> None:
    csv = found("name.case", "A2", "surname", None)
    assert opened(annotated(saved(simple()), [csv], RU))["Лист1"]["A2"].comment
    two = opened(annotated(saved(simple("Лист1", "Лист2")), [csv], RU))
    assert not any(two[title]["A2"].comment for title in ("Лист1", "Лист2"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_would_be_a_formula_is_text(start: str) -> None:
    quoted = f'{start}HYPERLINK("https://example.org";"СНИЛС")'
    diagnostic = Diagnostic(
        "region.unknown", Position("a.xlsx", sheet=quoted, cell=quoted), "region", (("near", quoted),)
    )
    sheet = opened(annotated(saved(simple()), [diagnostic], RU))[CHECK_SHEET]
    for cell in (sheet["B2"], sheet["C2"]):
        assert cell.value.strip() == quoted.strip()
        assert cell.data_type == "s"
        assert cell.quotePrefix
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n"}


def test_what_xml_cannot_hold_is_shown_as_a_sign() -> None:
    bad = Diagnostic(
        "name.character",
        Position("a.xlsx", sheet="Лист1\x00", cell="A\x07"),
        "name",
        (("character", "\x1b\ud800\ufffe"), ("code_point", "U+001B")),
    )
    workbook = opened(annotated(saved(simple()), [bad, found("name.character", "A2", "name", **dict(bad.facts))], RU))
    assert "«���»" in workbook["Лист1"]["A2"].comment.text
    assert workbook[CHECK_SHEET]["B3"].value == "Лист1�"


def test_a_note_that_stands_there_is_kept() -> None:
    original = simple()
    original["Лист1"]["B2"].comment = Comment("Спросить у куратора", "Секретарь")
    original["Лист1"]["A2"].comment = Comment("Очень длинно. " * 60, "Секретарь")
    sheet = opened(annotated(saved(original), [ERROR], RU))["Лист1"]
    assert sheet["B2"].comment.text.startswith("Спросить у куратора\n\nОшибка: ")
    assert sheet["A2"].comment.text == "Очень длинно. " * 60
    assert sheet["A2"].comment.author == "Секретарь"


def test_a_note_stays_small() -> None:
    many = [found("region.unknown", "B2", "region", near=f"Область {number}") for number in range(100)]
    content = annotated(saved(simple()), many, RU)
    note = opened(content)["Лист1"]["B2"].comment.text
    assert len(note) < 1000
    assert note.endswith("…\nПолностью — на листе «Проверка».")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"width:320px;height:420px" in archive.read("xl/drawings/commentsDrawing1.vml")
    assert len(rows(content)) == 100


def test_a_finding_in_merged_cells_stands_in_the_one_that_is_shown() -> None:
    original = simple()
    original["Лист1"].merge_cells("B2:D3")
    sheet = opened(annotated(saved(original), [ERROR, found("name.case", "C3", "surname")], RU))["Лист1"]
    assert "Ошибка" in sheet["B2"].comment.text
    assert "Предупреждение" in sheet["B2"].comment.text
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["B2:D3"]


def _rich() -> Workbook:
    workbook = simple("Лист1", "Скрытый")
    sheet = workbook["Лист1"]
    sheet["B2"].font = Font(name="Arial", size=14, bold=True, color="00FF0000")
    sheet["B2"].alignment = Alignment(horizontal="right", text_rotation=45)
    sheet["B2"].number_format = "@"
    sheet["C2"] = 0.5
    sheet["C2"].number_format = "0.00%"
    sheet["C3"] = "=SUM(C2:C2)*2"
    sheet["D2"] = datetime(2004, 3, 14)  # noqa: DTZ001 (openpyxl takes none with a zone)
    sheet["D2"].number_format = "dd.mm.yyyy"
    sheet["E2"].fill = PatternFill("solid", fgColor="00ABCDEF")
    sheet["E3"] = "https://example.org"
    sheet["E3"].hyperlink = "https://example.org"
    sheet.merge_cells("A5:C5")
    sheet["A5"] = "Итого"
    sheet.column_dimensions["A"].width = 33
    sheet.column_dimensions["F"].hidden = True
    sheet.row_dimensions[4].hidden = True
    sheet.row_dimensions[2].height = 40
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = "A1:C3"
    validation = DataValidation(type="list", formula1='"Муж,Жен"', sqref="G2:G9", allow_blank=True)
    sheet.add_data_validation(validation)
    workbook["Скрытый"].sheet_state = "hidden"
    return workbook


def test_everything_else_stays_as_it_was() -> None:
    before, after = opened(saved(_rich())), opened(annotated(saved(_rich()), [ERROR, HINT], RU))
    one, two = before["Лист1"], after["Лист1"]
    for row in one.iter_rows():
        for cell in row:
            copy = two[cell.coordinate]
            assert (cell.value, cell.number_format) == (copy.value, copy.number_format), cell.coordinate
            for style in ("font", "alignment", "border", "protection"):
                assert repr(getattr(cell, style)) == repr(getattr(copy, style)), (cell.coordinate, style)
            assert repr(cell.fill) == repr(copy.fill) or cell.coordinate == "B2"
    assert two.column_dimensions["A"].width == 33
    assert two.column_dimensions["F"].hidden
    assert two.row_dimensions[4].hidden
    assert two.row_dimensions[2].height == 40
    assert [str(merged) for merged in two.merged_cells.ranges] == ["A5:C5"]
    assert (two.freeze_panes, two.auto_filter.ref) == ("B2", "A1:C3")
    assert [rule.formula1 for rule in two.data_validations.dataValidation] == ['"Муж,Жен"']
    assert two["E3"].hyperlink.target == "https://example.org"
    assert after["Скрытый"].sheet_state == "hidden"
    assert after.calculation.fullCalcOnLoad


def test_the_original_is_not_touched() -> None:
    content = saved(_rich())
    before = bytes(content)
    assert annotated(content, [ERROR], RU) != content
    assert content == before


def test_calamine_reads_the_same_values() -> None:
    content = saved(_rich())
    one, two = (CalamineWorkbook.from_filelike(io.BytesIO(one)) for one in (content, annotated(content, [ERROR], RU)))
    assert two.sheet_names == [*one.sheet_names, CHECK_SHEET]
    for name in one.sheet_names:
        assert two.get_sheet_by_name(name).to_python() == one.get_sheet_by_name(name).to_python()


def test_a_number_in_a_column_of_dates_stays_a_number() -> None:
    original = simple()
    for cell, value in (("A2", 79134012238), ("B2", 38060.75)):
        original["Лист1"][cell] = value
        original["Лист1"][cell].number_format = "dd.mm.yyyy"
    with zipfile.ZipFile(io.BytesIO(annotated(saved(original), [ERROR], RU))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>79134012238</v>" in sheet
    assert "<v>38060.75</v>" in sheet


def test_parts_of_a_text_keep_their_formats_and_blanks() -> None:
    bold, plain = "<r><rPr><b/></rPr><t>{}</t></r>", '<r><t xml:space="preserve">{}</t></r>'
    parts = bold.format("Иванова") + plain.format(" ") + bold.format("Анна") + plain.format(" ") + plain.format("!")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{main}"><si>{parts}</si></sst>'.encode()
    cell = '<c r="A2" t="inlineStr"><is><t>Иванова</t></is></c>'.encode()

    def change(name: str, part: bytes) -> bytes:
        if name == "[Content_Types].xml":
            return part.replace(
                b"</Types>",
                b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
                b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
            )
        return part.replace(cell, b'<c r="A2" t="s"><v>0</v></c>')

    content = repacked(saved(simple()), change, [("xl/sharedStrings.xml", strings)])
    text = opened(annotated(content, [found("name.case", "A2", "surname")], RU), rich_text=True)["Лист1"]["A2"].value
    assert str(text) == "Иванова Анна !"
    assert isinstance(text, CellRichText)
    assert [(str(part), isinstance(part, TextBlock)) for part in text] == [
        ("Иванова ", True),
        ("Анна ", True),
        ("!", False),
    ]


def test_lists_on_another_sheet_stay_as_excel_writes_them() -> None:
    extension = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list" '
        'allowBlank="1" showErrorMessage="1" error="Нет в списке" '
        'xr:uid="{00000000-0002-0000-0000-000000000000}" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"><x14:formula1>'
        "<xm:f>Лист2!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>B2:B9 D2</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst></worksheet>"
    )

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</worksheet>", extension.encode()) if name == "xl/worksheets/sheet1.xml" else part

    content = repacked(saved(simple("Лист1", "Лист2")), change)
    (rule,) = opened(annotated(content, [ERROR], RU))["Лист1"].data_validations.dataValidation
    assert (rule.type, rule.formula1, str(rule.sqref)) == ("list", "Лист2!$A$1:$A$2", "B2:B9 D2")
    assert (rule.error, rule.showErrorMessage, rule.allowBlank) == ("Нет в списке", True, True)


def _with_macros(content: bytes) -> bytes:
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return repacked(content, lambda _, part: part.replace(kind, macros), [("xl/vbaProject.bin", b"macros")])


def test_macros_stay() -> None:
    original = simple()
    original["Лист1"]["A2"].comment = Comment("Своя заметка", "Секретарь")
    content = annotated(_with_macros(saved(original)), [ERROR], RU)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("xl/vbaProject.bin") == b"macros"
        assert b"macroEnabled.main" in archive.read("[Content_Types].xml")
        assert len(archive.namelist()) == len(set(archive.namelist()))
    sheet = opened(content)["Лист1"]
    assert sheet["A2"].comment.text == "Своя заметка"
    assert sheet["B2"].comment
    assert is_checked_copy(io.BytesIO(content))


def test_a_copy_is_recognised() -> None:
    original = simple()
    original.custom_doc_props.append(StringProperty(name="Отдел", value="Учебный"))  # type: ignore[attr-defined]
    content = annotated(saved(original), [], RU)
    assert not is_checked_copy(io.BytesIO(saved(original)))
    assert is_checked_copy(io.BytesIO(content))
    assert opened(content).custom_doc_props.names == ["Отдел", MARK]


def test_a_copy_of_a_copy_is_one_too() -> None:
    again = annotated(annotated(saved(simple()), [ERROR], RU), [ERROR], RU)
    assert is_checked_copy(io.BytesIO(again))
    assert opened(again).sheetnames == ["Лист1", "Проверка", "Проверка (2)"]


def test_a_long_note_names_the_sheet_by_its_own_name() -> None:
    many = [found("region.unknown", "B2", "region", near=f"Область {number}") for number in range(30)]
    workbook = opened(annotated(saved(simple("Лист1", "Проверка")), many, RU))
    assert workbook["Лист1"]["B2"].comment.text.endswith("«Проверка (2)».")


def test_a_copy_that_was_saved_as_ods_is_recognised() -> None:
    ods = io.BytesIO()
    with zipfile.ZipFile(ods, "w") as archive:
        archive.writestr("meta.xml", f'<meta:user-defined meta:name="{MARK}">true</meta:user-defined>')
    assert is_checked_copy(io.BytesIO(ods.getvalue()))


@given(st.binary(max_size=300), st.integers(0, 4000), st.sampled_from([b"", b"PK\x03\x04"]))
@settings(deadline=None, max_examples=60)
def test_junk_is_no_copy_and_cannot_be_edited(junk: bytes, cut: int, start: bytes) -> None:
    whole = annotated(saved(simple()), [], RU)
    for content in (start + junk, whole[:cut], whole[:cut] + junk + whole[cut + len(junk) :]):
        assert is_checked_copy(io.BytesIO(content)) in {True, False}
        try:
            annotated(content, [ERROR], RU)
        except NotEditableError as error:
            assert error.__cause__ is None  # noqa: PT017 (junk may hit what does not matter, then nothing is raised)


def test_an_archive_bomb_is_not_opened() -> None:
    bomb = repacked(saved(simple()), lambda _, part: part, [("xl/media/bomb.xml", b"")])
    packed = io.BytesIO(bomb)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"\0" * 60_000_000)
    with pytest.raises(NotEditableError):
        annotated(packed.getvalue(), [ERROR], RU)


def test_a_thousand_findings_are_quick() -> None:
    original = simple()
    for row in range(2, 502):
        original["Лист1"].append([f"Фамилия{row}", f"СНИЛС {row}"])
    many = [found("name.case", f"{column}{row}", "surname") for row in range(2, 502) for column in "AB"]
    content, start = saved(original), time.process_time()
    assert len(rows(annotated(content, many, RU))) == 1000
    assert time.process_time() - start < 30


def test_values_of_another_format_stand_at_the_same_addresses() -> None:
    table: list[list[object]] = [
        ["Фамилия", None, "СНИЛС"],
        [],
        ["Иванова", "", "001-000-111 94", 79134012238.0, 1.5, True, date(2004, 3, 14), datetime(2004, 3, 14, 9, 30)],  # noqa: DTZ001 (cells have no zone)
        ["=1+1", "+7 900 000-01-01", "00012", datetime(2004, 3, 14), "\x00"],  # noqa: DTZ001 (cells have no zone)
    ]
    content = checked_table({"Лист1": table, "Другой": [["б"]]}, [found("snils.checksum", "C3")], RU)
    workbook = opened(content)
    assert workbook.sheetnames == ["Лист1", "Другой", CHECK_SHEET]
    assert [list(row) for row in workbook["Лист1"].iter_rows(values_only=True)] == [
        ["Фамилия", None, "СНИЛС", *[None] * 5],
        [None] * 8,
        ["Иванова", None, "001-000-111 94", "79134012238", "1.5", "True", "14.03.2004", "14.03.2004 09:30:00"],
        ["=1+1", "+7 900 000-01-01", "00012", "14.03.2004", "�", *[None] * 3],
    ]
    assert {cell.data_type for row in workbook["Лист1"] for cell in row if cell.value is not None} == {"s"}
    assert workbook["Лист1"]["C4"].number_format == "@"
    assert workbook["Лист1"]["C3"].fill.fgColor.rgb == RED
    assert workbook["Лист1"]["C3"].comment.text.startswith("Ошибка")
    assert is_checked_copy(io.BytesIO(content))
    assert workbook.properties.creator == "nmo-autofill"
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Лист1").to_python()[3][2] == "00012"


@pytest.mark.parametrize("sheet", [None, ""])
def test_a_csv_has_one_sheet_without_a_name(sheet: str | None) -> None:
    workbook = opened(checked_table({"": [["Фамилия"], ["ИВАНОВА"]]}, [found("name.case", "A2", sheet=sheet)], RU))
    assert workbook.sheetnames == ["Лист", CHECK_SHEET]
    assert workbook["Лист"]["A2"].comment
    assert workbook[CHECK_SHEET]["C2"].hyperlink.location == "'Лист'!A2"


def test_names_that_excel_does_not_take_are_mended() -> None:
    names = ["Группа 41/2: [сестринское дело, очная форма]", "'", "проверка", "Проверка", "a" * 40, "a" * 41]
    content = checked_table({name: [["б"]] for name in names}, [found("name.case", "A1", sheet="a" * 41)], RU)
    workbook = opened(content)
    assert workbook.sheetnames == [
        "Группа 41_2_ _сестринское дело,",
        "Лист",
        "проверка",
        "Проверка (2)",
        "a" * 31,
        "a" * 27 + " (2)",
        "Проверка (3)",
    ]
    assert workbook["a" * 27 + " (2)"]["A1"].comment


def test_a_file_without_sheets_still_tells_its_findings() -> None:
    content = checked_table({}, [Diagnostic("file.empty", Position("список.xls"))], RU)
    assert opened(content).sheetnames == [CHECK_SHEET]
    assert rows(content)[0][8] == "file.empty"
