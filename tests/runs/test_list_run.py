"""A spreadsheet on its way through the stand-in portal, with nothing but the file and two answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_portal.stand import Skin
    from tests.conftest import AtTerminal
    from tests.runs.conftest import Office

SAMPLE = Path(__file__).parents[2] / "docs" / "group-sd-42.csv"
REGION = 6
SPECIALTY, ORGANISATION = "Сестринское дело", "Омский областной медицинский колледж"
# What stands in the sheet, person by person, as the portal's forms show it.
REGISTERED = [
    (
        "921-000-001 04",
        "Снегирёва",
        "Ульяна",
        "Павловна",
        "Женский",
        "11.02.2005",
        "snegireva@example.org",
        "79000000201",
    ),
    (
        "921-000-002 05",
        "Зимородков",
        "Глеб",
        "Андреевич",
        "Мужской",
        "05.09.2004",
        "zimorodkov@example.org",
        "79000000202",
    ),
    (
        *("921-000-003 06", "Пересмешникова", "Дарина", "Олеговна", "Женский", "23.07.2005"),
        *("peresmeshnikova@example.org", "79000000203"),
    ),
]
ADMITTED = [("7726", "000200401"), ("0000", "000000000"), ("7726", "000200403")]


def spreadsheet(folder: Path) -> Path:
    """Write the sample list as a workbook without the region, and with a specialty that no list knows."""
    book = openpyxl.Workbook()
    for row in (line.split(";") for line in SAMPLE.read_text("utf-8-sig").splitlines()):
        cells = [f"{SPECIALTY}, база 11 классов" if text == SPECIALTY else text for text in row]
        book.worksheets[0].append(cells[:REGION] + cells[REGION + 1 :])
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def received(office: Office, action: str) -> list[dict[str, Any]]:
    return [json.loads(event["values"]) for event in office.portal.witness(action, accepted=True)]


def test_the_witness_is_equal_to_the_sheet(
    office_at: Callable[[Skin], Office], at_terminal: AtTerminal, tmp_path: Path
) -> None:
    office = office_at("native")
    answers = ("Омская область", SPECIALTY)
    code, shown = at_terminal(answers, "run", spreadsheet(tmp_path), "--portal", office.portal.address)
    assert code == 0, shown
    keys = ("snils", "surname", "name", "patronymic", "sex", "birth_date", "email")
    registered = received(office, "registration")
    assert [
        (*(values[key] for key in keys), "".join(filter(str.isdecimal, values["phone"]))) for values in registered
    ] == REGISTERED
    assert {(values["citizenship"], values["region"]) for values in registered} == {("Россия", "Омская область")}
    admitted = received(office, "admission")
    assert [(values["series"], values["number"]) for values in admitted] == ADMITTED
    same = ("document_type", "specialty", "organisation", "exam_date", "issue_date")
    assert {tuple(values[key] for key in same) for values in admitted} == {
        ("Свидетельство об аккредитации", SPECIALTY, ORGANISATION, "03.07.2026", "10.07.2026")
    }
    assert len(received(office, "cycle")) == len(REGISTERED)
