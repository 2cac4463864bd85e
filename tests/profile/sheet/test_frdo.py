"""Documents in the template of ФИС ФРДО that are perhaps not valid, or no diploma."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.profile.sheet.frdo import doubt, headings
from tests.profile.sheet.conftest import ALENA, csv_bytes, xlsx_bytes

if TYPE_CHECKING:
    from nmo_autofill.profile.loading import Loaded
    from tests.profile.sheet.conftest import Lists

TEXT = (files("nmo_autofill.profile") / "data" / "frdo_spo.csv").read_text("utf-8")
TEMPLATE = {row["header"]: row for row in csv.DictReader(TEXT.splitlines())}
ROW = {
    "Наименование документа": "Диплом",
    "Вид документа": "Диплом о среднем профессиональном образовании",
    "Статус документа": "Оригинал",
    "Подтверждение утраты": "Нет",
    "Подтверждение обмена": "Нет",
    "Подтверждение уничтожения": "Нет",
    "Код профессии, специальности": "34.02.01",
    "Наименование профессии, специальности": "Сестринское дело",
    "Фамилия получателя": ALENA["Фамилия"],
    "Имя получателя": ALENA["Имя"],
    "Отчество получателя": ALENA["Отчество"],
    "Дата рождения получателя": ALENA["Дата рождения"],
    "Пол получателя": "Жен",
    "СНИЛС": ALENA["СНИЛС"],
}


def rows(**answers: object) -> list[list[object]]:
    """Return the template with one person."""
    row = ROW | answers
    return [[*TEMPLATE], [row.get(heading, "") for heading in TEMPLATE]]


def told(loaded: Loaded) -> list[tuple[str, str, str | None, str]]:
    """Return what is told of the document, where, and of which column."""
    return [
        (one.code, one.severity, one.position.cell, dict(one.facts)["heading"])
        for person in loaded.people
        for one in person.diagnostics
        if one.code.startswith("frdo.")
    ]


def test_the_columns_are_the_templates() -> None:
    assert headings() <= TEMPLATE.keys()
    assert {TEMPLATE[heading]["format"] for heading in headings() if heading.startswith("Подтверждение")} == {
        "список: Да / Нет"
    }
    assert TEMPLATE["Статус документа"]["format"] == "список: Оригинал / Дубликат"


@pytest.mark.parametrize(
    ("heading", "answer", "code", "cell"),
    [
        ("Подтверждение утраты", "Да", "frdo.confirmed", "D2"),
        ("Подтверждение обмена", " ДА ", "frdo.confirmed", "E2"),
        ("Подтверждение уничтожения", "да, акт 3", "frdo.confirmed", "F2"),
        ("Статус документа", "Утерян", "frdo.status", "C2"),
        ("Статус документа", "Обмен", "frdo.status", "C2"),
        ("Статус документа", "Уничтожен", "frdo.status", "C2"),
        ("Статус документа", 3, "frdo.status", "C2"),
        ("Наименование документа", "Справка об обучении", "frdo.reference", "A2"),
        ("Вид документа", "СПРАВКА ОБ  ОБУЧЕНИИ или о периоде обучения", "frdo.reference", "B2"),
    ],
)
def test_a_document_that_is_perhaps_not_valid_is_told_at_its_cell(
    heading: str, answer: str, code: str, cell: str, lists: Lists
) -> None:
    loaded = lists.load("list.xlsx", xlsx_bytes(rows(**{heading: answer})))
    assert told(loaded) == [(code, "warning", cell, heading)]


@pytest.mark.parametrize(
    ("heading", "answer"),
    [
        ("Подтверждение утраты", ""),
        ("Подтверждение обмена", "нет"),
        ("Подтверждение уничтожения", "данных нет"),
        ("Статус документа", "дубликат"),
        ("Статус документа", " "),
        ("Наименование документа", "Диплом с отличием"),
    ],
)
def test_of_a_valid_document_nothing_is_told(heading: str, answer: str, lists: Lists) -> None:
    assert told(lists.load("list.xlsx", xlsx_bytes(rows(**{heading: answer})))) == []


def test_the_columns_are_found_by_their_headings(lists: Lists) -> None:
    turned = [row[::-1] for row in rows(**{"Подтверждение утраты": "Да"})]
    assert told(lists.load("list.csv", csv_bytes(turned))) == [
        ("frdo.confirmed", "warning", "AQ2", "Подтверждение утраты")
    ]


def test_in_another_list_such_a_heading_says_nothing(lists: Lists) -> None:
    person = ALENA | {"Статус документа": "Утерян"}
    loaded = lists.load("list.csv", csv_bytes([[*person], [*person.values()]]))
    assert told(loaded) == []
    assert loaded.people[0].profile is not None


def test_an_endless_answer_is_read_by_its_begin() -> None:
    assert doubt("Статус документа", "Утерян " * 1_000_000) == "frdo.status"
