"""Lists in which a value of somebody else, or of another column, is near at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.profile.sheet.conftest import ALENA, BORIS, csv_bytes, table, xlsx_bytes

if TYPE_CHECKING:
    from typing import Any

    from nmo_autofill.profile.loading import Loaded
    from tests.profile.sheet.conftest import Lists

ANNA = ALENA | {"СНИЛС": "911-000-221 18", "E-mail": "anna@example.org", "Телефон": "+79000000103"}
VERA = ALENA | {"СНИЛС": "912-000-332 42", "E-mail": "vera@example.org", "Телефон": "+79000000104"}


def loaded(lists: Lists, rows: list[list[Any]]) -> Loaded:
    return lists.load("list.csv", csv_bytes(rows))


def renamed(heading: str, other: str) -> list[list[Any]]:
    """Return a table of two people in which a heading is another one."""
    rows = table(ALENA, BORIS)
    rows[0] = [other if text == heading else text for text in rows[0]]
    return rows


def codes(found: Loaded) -> set[str]:
    return {diagnostic.code for diagnostic in found.diagnostics}


def test_a_second_header_in_another_order_holds_for_the_rows_below_it(lists: Lists) -> None:
    first, second = table(ALENA, BORIS), table(ANNA, VERA)
    swapped = [[row[1], row[0], *row[2:]] for row in second]
    found = loaded(lists, [*first, [], *swapped])
    assert [(one.values["surname"], one.values["name"]) for one in found.people] == [
        ("Берёзкина", "Алёна"),
        ("Дубов", "Борис"),
        ("Берёзкина", "Алёна"),
        ("Берёзкина", "Алёна"),
    ]
    assert [(left.source.row, left.why) for left in found.left_out] == [(1, "row.heading"), (5, "row.heading")]


def test_a_second_header_with_somebody_elses_phone_gives_nobody_that_phone(lists: Lists) -> None:
    second = table(ANNA)
    second[0] = ["Тел. родителей" if text == "Телефон" else text for text in second[0]]
    found = loaded(lists, [*table(ALENA), ["Группа СД-42"], *second])
    assert [one.values.get("phone") for one in found.people] == ["+79000000101", None]
    assert {one.code for one in found.people[1].diagnostics} >= {"column.personal"}


@pytest.mark.parametrize(
    "other",
    [
        *(
            "Телефон (родителя)",
            "Телефон (мать)",
            "Телефон мамы",
            "Телефон организации",
            "Доп. телефон",
            "Телефон отца",
        ),
        "Телефон для связи с родственниками",
    ],
)
def test_a_column_of_somebody_else_is_not_read_and_that_is_told(other: str, lists: Lists) -> None:
    found = loaded(lists, renamed("Телефон", other))
    assert all("phone" not in one.values for one in found.people)
    (unread,) = [one for one in found.diagnostics if one.code == "heading.unread"]
    assert unread.facts == (("columns", f"«{other}» (I)"),)


def test_a_heading_that_is_not_understood_loses_no_patronymic_silently(lists: Lists) -> None:
    found = loaded(lists, renamed("Отчество", "Отч."))
    assert codes(found) == {"heading.unread", "column.patronymic"}
    assert {one.verdict for one in found.people} == {"warning"}


@pytest.mark.parametrize(
    "row",
    [
        ["3", "ягодкина", "вера", "игоревна"],
        ["3", "Yagodkina", "Vera", ""],
        ["3", "ягодкина (вера)", "", ""],
        ["", "Yagodkina", "Vera", ""],
    ],
)
def test_a_row_that_could_be_a_person_is_never_a_note(row: list[str], lists: Lists) -> None:
    rows = [["№", *table()[0]], *([str(number), *one] for number, one in enumerate(table(ALENA, BORIS)[1:], 1)), row]
    found = loaded(lists, rows)
    assert [(left.source.row, left.why) for left in found.left_out][1:] in ([(4, "row.unclear")], [])
    assert len(found.people) == 2 or found.people[2].verdict == "error"
    assert codes(found)


@pytest.mark.parametrize("sign", ["-//-", "то же", '"', "— // —", '-"-', "  -//- "])
def test_a_sign_for_the_same_as_above_is_no_value(sign: str, lists: Lists) -> None:
    fields = ("Место проведения экзамена", "Форма согласия", "Регион")
    found = loaded(lists, table(ALENA, BORIS | dict.fromkeys(fields, sign)))
    assert [one.field for one in found.people[1].diagnostics if one.code == "cell.ditto"] == [
        "region",
        "consent.form",
        "admission.organisation",
    ]


@pytest.mark.parametrize("text", ["7725 №000100201", "7725 000100201", "7725№ 000100201", "7725 N 000100201"])
def test_series_and_number_of_one_cell_are_told_apart(text: str, lists: Lists) -> None:
    rows = table(ALENA, without=["Номер свидетельства об аккредитации"])
    series = rows[0].index("Серия свидетельства об аккредитации")
    rows[0][series], rows[1][series] = "Серия и номер свидетельства об аккредитации", text
    (person,) = loaded(lists, rows).people
    assert (person.values["admission.series"], person.values["admission.number"]) == ("7725", "000100201")


@pytest.mark.parametrize("code", ["99.99.99", "34.02.02", "40.02.01"])
def test_a_diplomas_code_that_no_list_knows_is_a_question_whatever_the_name(code: str, lists: Lists) -> None:
    found = loaded(lists, table(ALENA | {"Специальность": f"{code} Сестринское дело"}))
    assert [(one.code, one.field) for one in found.diagnostics] == [("specialty.code", "admission.specialty")]
    assert [question.text for question in found.questions] == [f"{code} Сестринское дело"]


def test_whole_names_beside_another_patronymic_are_a_question(lists: Lists) -> None:
    rows = [["ФИО", *row] if row[0] == "Фамилия" else ["Берёзкина Алёна Игоревна", *row] for row in table(ALENA)]
    (person,) = loaded(lists, [[row[0], *row[3:]] for row in rows]).people
    assert codes(loaded(lists, [[row[0], *row[3:]] for row in rows])) == {"heading.twice"}
    assert not {"surname", "name"} & person.values.keys()


SHORT = "3350003485"


def test_a_text_of_a_workbook_has_lost_no_zeros_of_a_snils(lists: Lists) -> None:
    found = lists.load("list.xlsx", xlsx_bytes(table(ALENA | {"СНИЛС": SHORT}, BORIS | {"СНИЛС": int(SHORT)})))
    assert [(one.code, one.severity, one.position.cell) for one in found.diagnostics] == [
        ("cell.short", "error", "F2"),
        ("cell.snils", "hint", "F3"),
    ]
    assert [one.values.get("snils") for one in found.people] == [None, "03350003485"]
    assert found.people[0].profile is None


@pytest.mark.parametrize("text", ["3350003486", "33-500-034 85"])
def test_a_short_snils_that_no_zeros_make_right_is_told_as_ever(text: str, lists: Lists) -> None:
    found = lists.load("list.xlsx", xlsx_bytes(table(ALENA | {"СНИЛС": text})))
    assert codes(found) == {"snils.length"}


def test_zeros_that_delimited_text_has_lost_come_back(lists: Lists) -> None:
    found = loaded(lists, table(ALENA | {"СНИЛС": SHORT}))
    assert codes(found) == {"cell.snils"}
    assert found.people[0].values["snils"] == "03350003485"


def test_a_table_whose_columns_all_stand_twice_is_read_and_told(lists: Lists) -> None:
    found = loaded(lists, [["СНИЛС", "Фамилия", "СНИЛС", "Фамилия"], ["1", "Дубов", "2", "Берёзкина"]])
    assert codes(found) >= {"heading.twice"}
    assert [left.source.row for left in found.left_out] == [1, 2]


def test_short_rows_of_delimited_text_lack_only_what_they_lack(lists: Lists) -> None:
    rows = table(ALENA, BORIS)
    found = loaded(lists, [rows[0], rows[1][:3], rows[2]])
    assert [one.values.get("surname") for one in found.people] == ["Берёзкина", "Дубов"]
    assert "birth_date" not in found.people[0].values
    assert found.people[1].verdict == "valid"


def test_repairs_are_told_of_short_rows_too(lists: Lists) -> None:
    rows = table(ALENA, BORIS)
    found = loaded(lists, [rows[0], [f" {rows[1][0]} ", *rows[1][1:3]], rows[2]])
    assert found.people[0].diagnostics[0].code == "cell.spaces"


OTHER_NUMBER = ALENA | {"СНИЛС": BORIS["СНИЛС"], "Номер свидетельства об аккредитации": "000100203"}


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (OTHER_NUMBER | {"E-mail": "other@example.org"}, "twice.person"),
        (OTHER_NUMBER | {"Телефон": "+79000000109", "E-mail": "other@example.org"}, "twice.namesake"),
    ],
)
def test_one_person_with_two_numbers_is_told_from_namesakes(other: dict[str, Any], code: str, lists: Lists) -> None:
    found = loaded(lists, table(ALENA, other))
    told = [(one.code, one.position.cell) for one in found.diagnostics if one.field == "snils"]
    assert told == [(code, "F2"), (code, "F3")]
