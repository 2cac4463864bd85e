from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from python_calamine import CalamineWorkbook

from nmo_autofill.profile.keys import PARTS, keys
from nmo_autofill.profile.loading import load
from nmo_autofill.profile.references import REGIONS, references
from nmo_autofill.profile.sheet.headings import first_headings, meaning
from nmo_autofill.profile.words import choice
from nmo_autofill.report.template import CHOICES_SHEET, EXAMPLE, LIST_SHEET, ROWS, template
from nmo_autofill.texts import Texts

if TYPE_CHECKING:
    from pathlib import Path

RU = Texts("ru")
CLOSED = {
    "Пол",
    "Уровень образования",
    "Гражданство",
    "Регион постоянного проживания",
    "Основание допуска",
    "Тип документа о допуске",
    "Специальность",
}


@pytest.fixture(scope="module")
def content() -> bytes:
    return template(RU)


@pytest.fixture(scope="module")
def workbook(content: bytes) -> Any:  # noqa: ANN401 (the stubs make every use of a cell a question)
    return load_workbook(io.BytesIO(content))


def columns(sheet: Any) -> dict[str, str]:  # noqa: ANN401 (the same)
    return {cell.value: cell.column_letter for cell in sheet[1]}


def offered(workbook: Any) -> dict[str, list[str]]:  # noqa: ANN401 (the same)
    """Return what each drop-down offers, by heading, looked up as Excel does it."""
    sheet, found = workbook[LIST_SHEET], {}
    for rule in sheet.data_validations.dataValidation:
        name, cells = rule.formula1.rsplit("!", 1)
        left, top, right, bottom = range_boundaries(cells)
        assert (name, left, top) == (f"'{CHOICES_SHEET}'", right, 2)
        column, first, _, last = range_boundaries(str(rule.sqref))
        assert (first, last) == (2, ROWS)
        found[sheet.cell(1, column).value] = [
            workbook[CHOICES_SHEET].cell(row, left).value for row in range(2, (bottom or 0) + 1)
        ]
    return found


def test_every_key_of_the_model_has_its_column(workbook: Any) -> None:  # noqa: ANN401 (the same)
    expected = {first_headings()[key] for key in keys() if key not in PARTS}
    assert expected | {"№"} == set(columns(workbook[LIST_SHEET]))
    assert next(iter(columns(workbook[LIST_SHEET]))) == "№"


def test_every_heading_is_understood(workbook: Any) -> None:  # noqa: ANN401 (the same)
    known = {heading: key for key, heading in first_headings().items()}
    understood = {heading: meaning((), heading) for heading in columns(workbook[LIST_SHEET])}
    assert {heading: found and found.key for heading, found in understood.items()} == {
        heading: known[heading] for heading in understood
    }
    assert not any(found.bare for found in understood.values() if found)
    # Whoever reads the hidden sheet shall take nothing there for a list of people.
    assert [cell.value for cell in workbook[CHOICES_SHEET][1] if meaning((), cell.value)] == []


def test_everything_that_is_prepared_is_text(workbook: Any) -> None:  # noqa: ANN401 (the same)
    sheet = workbook[LIST_SHEET]
    assert {cell.number_format for row in sheet.iter_rows(max_row=ROWS) for cell in row} == {"@"}
    # Below the prepared rows, the column's own format holds.
    assert {sheet.column_dimensions[letter].number_format for letter in columns(sheet).values()} == {"@"}
    assert {cell.data_type for cell in (*sheet[1], *sheet[2])} == {"s"}


def test_closed_lists_have_drop_downs_that_only_warn(workbook: Any) -> None:  # noqa: ANN401 (the same)
    rules = workbook[LIST_SHEET].data_validations.dataValidation
    assert set(offered(workbook)) == CLOSED
    assert {rule.errorStyle for rule in rules} == {"warning"}
    assert all(rule.showErrorMessage and rule.allowBlank and not rule.showDropDown for rule in rules)
    # Excel's limits.
    assert all(len(rule.error) <= 225 and len(rule.errorTitle) <= 32 for rule in rules)
    assert workbook[CHOICES_SHEET].sheet_state == "hidden"


def test_what_drop_downs_offer_is_understood(workbook: Any) -> None:  # noqa: ANN401 (the same)
    lists, values = references(), offered(workbook)
    assert [choice("sex", value) for value in values["Пол"]] == ["male", "female"]
    assert [choice("level", value) for value in values["Уровень образования"]] == ["spo", "vo"]
    assert [choice("way", value) for value in values["Основание допуска"]] == ["document", "extract"]
    assert sorted(values["Регион постоянного проживания"]) == sorted(lists.regions.names)
    assert sorted(values["Гражданство"]) == sorted(set(lists.countries.names))
    assert values["Гражданство"][0] == "Россия"
    specialties = {name for known in lists.specialties.values() for name in known.names}
    assert sorted(values["Специальность"]) == sorted(specialties)
    assert values["Тип документа о допуске"] == ["Свидетельство об аккредитации", "Сертификат специалиста"]


def test_the_lists_may_be_others() -> None:
    lists = references({REGIONS: ["Новый край"]})
    assert "Новый край" in offered(load_workbook(io.BytesIO(template(RU, lists))))["Регион постоянного проживания"]


def test_every_heading_has_a_note_that_tells_whether_it_is_required(workbook: Any) -> None:  # noqa: ANN401 (the same)
    for cell in workbook[LIST_SHEET][1]:
        lines = cell.comment.text.splitlines()
        assert any(line.startswith(("Обязательно", "Можно оставить пустым")) for line in lines), cell.value
        assert ("Выберите из списка в ячейке." in lines) == (cell.value in CLOSED), cell.value


def test_the_example_is_marked_as_such(workbook: Any) -> None:  # noqa: ANN401 (the same)
    cells = workbook[LIST_SHEET][2]
    assert cells[0].value == EXAMPLE == "Пример"
    assert "«Пример»" in cells[0].comment.text
    assert all(cell.font.italic for cell in cells)
    assert [cell.value for row in workbook[LIST_SHEET].iter_rows(min_row=3) for cell in row if cell.value] == []


def test_the_example_follows_the_rules(workbook: Any, tmp_path: Path) -> None:  # noqa: ANN401 (the same)
    sheet, known = workbook[LIST_SHEET], {heading: key for key, heading in first_headings().items()}
    profile: dict[str, Any] = {part: {} for part in PARTS}
    for heading, letter in columns(sheet).items():
        part, _, name = known[heading].rpartition(".")
        (profile[part] if part else profile)[name] = sheet[f"{letter}2"].value
    del profile["row_number"]
    path = tmp_path / "example.yaml"
    path.write_text(yaml.safe_dump(profile, allow_unicode=True), "utf-8")
    loaded = load([path], today=date(2026, 11, 22))
    assert [diagnostic.code for diagnostic in loaded.diagnostics] == []
    assert [person.verdict for person in loaded.people] == ["valid"]
    for heading, values in offered(workbook).items():
        assert sheet[f"{columns(sheet)[heading]}2"].value in values


def test_the_sheet_is_made_to_be_read(workbook: Any) -> None:  # noqa: ANN401 (the same)
    sheet = workbook[LIST_SHEET]
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref is None
    assert workbook.active.title == LIST_SHEET
    for heading, letter in columns(sheet).items():
        needed = [*map(len, heading.split()), len(sheet[f"{letter}2"].value)]
        assert max(needed) + 2 <= sheet.column_dimensions[letter].width, heading


def test_nothing_tells_who_made_it_and_when(content: bytes) -> None:
    assert content == template(RU)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {part.date_time[:3] for part in archive.infolist()} == {(1980, 1, 1)}
    assert "<dc:creator>nmo-autofill</dc:creator>" in core
    assert core.count("2026-01-01T00:00:00Z") == 2
    assert "lastModifiedBy" not in core


def test_the_notes_follow_the_language() -> None:
    workbook = load_workbook(io.BytesIO(template(Texts("en"))))
    assert columns(workbook[LIST_SHEET]) == columns(load_workbook(io.BytesIO(template(RU)))[LIST_SHEET])
    assert "Required." in workbook[LIST_SHEET]["B1"].comment.text


def test_calamine_reads_the_heading_and_the_example_only(content: bytes) -> None:
    read = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert read.sheet_names == [LIST_SHEET, CHOICES_SHEET]
    heading, example = read.get_sheet_by_name(LIST_SHEET).to_python()
    assert len(heading) == len(example) == 22
    assert example[heading.index("СНИЛС")] == "901-000-111 94"
    assert example[heading.index("Номер свидетельства об аккредитации")] == "000100201"
