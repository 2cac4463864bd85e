"""What a list has no column for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.profile import keys
from nmo_autofill.profile.loading import load
from nmo_autofill.profile.sheet.completion import GIVEABLE, GivenOnce
from tests.profile.sheet.conftest import ALENA, BORIS, TODAY, codes, csv_bytes, table

if TYPE_CHECKING:
    from tests.profile.sheet.conftest import Lists

GIVEN = {
    "Регион": ("region", "Омская область"),
    "Гражданство": ("citizenship", "Россия"),
    "Уровень образования": ("level", "spo"),
    "Форма согласия": ("consent.form", "письменное"),
    "Основание допуска": ("admission.way", "document"),
    "Специальность": ("admission.specialty", "Сестринское дело"),
    "Место проведения экзамена": ("admission.organisation", "Омский областной медицинский колледж"),
    "Дата экзамена": ("admission.exam_date", "03.07.2025"),
    "Дата выдачи свидетельства об аккредитации": ("admission.issue_date", "10.07.2025"),
}
MISSING = [
    *(
        (heading, key, "column.consent" if key == "consent.form" else "column.missing")
        for heading, (key, _) in GIVEN.items()
    ),
    ("Телефон", "phone", "column.personal"),
    ("E-mail", "email", "column.personal"),
    ("Дата рождения", "birth_date", "column.personal"),
    ("СНИЛС", "snils", "column.personal"),
    ("Имя", "name", "column.personal"),
    ("Дата согласия", "consent.date", "column.consent"),
    ("Пол", "sex", "column.missing"),
]


@pytest.mark.parametrize(("heading", "key", "code"), MISSING)
def test_a_missing_column_is_told_once_at_the_headings(heading: str, key: str, code: str, lists: Lists) -> None:
    loaded = lists.load("list.csv", csv_bytes(table(ALENA, BORIS, without=[heading])))
    told = [one for one in loaded.diagnostics if one.field == key]
    assert {(one.code, one.position.cell, one.facts) for one in told} == {(code, "A1", (("key", key),))}
    assert all(key not in person.values and person.profile is None for person in loaded.people)


@pytest.mark.parametrize("heading", GIVEN)
def test_a_missing_column_can_be_given_once(heading: str, lists: Lists) -> None:
    key, value = GIVEN[heading]
    loaded = lists.load("list.csv", csv_bytes(table(ALENA, BORIS, without=[heading])), given={key: value})
    assert codes(loaded) == []
    assert len({str(person.values[key]) for person in loaded.people}) == 1


def test_all_that_can_be_given_may_be_given_at_once(lists: Lists) -> None:
    loaded = lists.load("list.csv", csv_bytes(table(ALENA, BORIS, without=GIVEN)), given=dict(GIVEN.values()))
    assert codes(loaded) == []
    assert all(person.profile is not None for person in loaded.people)


def test_a_column_counts_more_than_what_is_given(lists: Lists) -> None:
    rows = table(ALENA, BORIS | {"Регион": ""})
    loaded = lists.load("list.csv", csv_bytes(rows), given={"region": "Томская область"})
    assert loaded.people[0].values["region"] == "Омская область"
    assert [(one.code, one.field, one.position.cell) for one in loaded.diagnostics] == [
        ("given.unused", "region", None),
        ("field.missing", "region", "H3"),
    ]


def test_a_wrong_value_is_told_as_it_was_given(lists: Lists) -> None:
    loaded = lists.load("list.csv", csv_bytes(table(ALENA, without=["Регион"])), given={"region": "Нарния"})
    assert [(one.code, str(one.position)) for one in loaded.diagnostics] == [("region.unknown", "--set region")]
    assert GivenOnce("region", "x").at(3) == GivenOnce("region", "y").at()


@pytest.mark.parametrize(("heading", "told"), [("Отчество", ["column.patronymic"]), ("Тип документа", [])])
def test_what_may_be_absent_needs_no_column(heading: str, told: list[str], lists: Lists) -> None:
    changes = {
        "Основание допуска": "выписка",
        "Серия свидетельства об аккредитации": "",
        "Номер свидетельства об аккредитации": "",
    }
    loaded = lists.load("list.csv", csv_bytes(table(ALENA | changes, without=[heading])))
    assert codes(loaded) == told


def test_without_series_and_number_only_an_extract_is_right(lists: Lists) -> None:
    without = ["Серия свидетельства об аккредитации", "Номер свидетельства об аккредитации"]
    rows = table(ALENA, BORIS | {"Основание допуска": "выписка"}, without=without)
    loaded = lists.load("list.csv", csv_bytes(rows))
    assert {(one.code, one.field) for one in loaded.diagnostics} == {
        ("field.missing", "admission.series"),
        ("field.missing", "admission.number"),
    }
    assert [person.verdict for person in loaded.people] == ["error", "valid"]


def test_what_a_joined_list_has_a_column_for_is_not_told_to_be_missing(lists: Lists) -> None:
    other = lists.write(
        "second.csv", csv_bytes([["СНИЛС", "Фамилия", "Телефон"], [ALENA["СНИЛС"], ALENA["Фамилия"], ""]])
    )
    loaded = lists.load("list.csv", csv_bytes(table(ALENA, without=["Телефон"])), joined=[other])
    assert [(one.code, one.field) for one in loaded.diagnostics] == [("field.missing", "phone")]


def test_people_of_yaml_are_left_as_they_are(lists: Lists) -> None:
    profile = lists.write("alena.yaml", "snils: 901-000-111 94\nsurname: Берёзкина\n".encode())
    loaded = load([profile], today=TODAY, given={"region": "Омская область"})
    assert "region" not in loaded.people[0].values


def test_lists_of_different_columns_are_completed_each_by_itself(lists: Lists) -> None:
    first = lists.write("first.csv", csv_bytes(table(ALENA, without=["Регион"])))
    loaded = lists.load("second.csv", csv_bytes(table(BORIS)))
    assert codes(loaded) == []
    both = load([first, lists.folder / "second.csv"], today=TODAY, given={"region": "Томская область"})
    assert [person.values["region"] for person in both.people] == ["Томская область", "Омская область"]


def test_nothing_personal_is_given_once() -> None:
    assert not keys.PERSONAL & set(GIVEABLE)
    assert not set(keys.PARTS) & set(GIVEABLE)


@pytest.mark.parametrize("key", sorted(keys.PERSONAL))
def test_what_is_personal_is_never_everybodys(key: str, lists: Lists) -> None:
    given = {key: "20.06.2025" if key == "consent.date" else "000100201"}
    rows = [["ФИО", "Пол", "Группа"], ["Берёзкина Алёна Игоревна", "ж", "1"], ["Дубов Борис Ильич", "м", "1"]]
    loaded = lists.load("list.csv", csv_bytes(rows), given=given)
    assert all(key in {"surname", "name", "patronymic"} or key not in person.values for person in loaded.people)


def test_what_is_given_without_any_list_is_told_to_be_of_no_use(lists: Lists) -> None:
    person = lists.write("kim.yaml", b"level: spo\n")
    loaded = load([person], today=TODAY, given={"region": "Томская область", "level": "vo"})
    told = [(one.code, one.field, str(one.position)) for one in loaded.diagnostics if one.code == "given.no_list"]
    assert told == [("given.no_list", "region", "--set region"), ("given.no_list", "level", "--set level")]
    assert loaded.people[0].values["level"] == "spo"


def test_what_one_list_has_no_column_for_is_of_use(lists: Lists) -> None:
    person = lists.write("kim.yaml", b"level: spo\n")
    listed = lists.write("list.csv", csv_bytes(table(ALENA, without=["Регион"])))
    loaded = load([person, listed], today=TODAY, given={"region": "Томская область"})
    assert not {"given.no_list", "given.unused"} & {*codes(loaded)}
