"""Kinds of rows: people, and what is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.profile.sheet.cell import text_of
from nmo_autofill.profile.sheet.header import Header, find_header
from nmo_autofill.profile.sheet.row import Kind, Tally, held, kind_above, kind_below
from nmo_autofill.profile.sheet.workbook import Sheet

if TYPE_CHECKING:
    from nmo_autofill.profile.sheet.workbook import Value

HEADING = ["№", "Фамилия", "Имя", "Пол", "СНИЛС", "Дата рождения", "Телефон", "E-mail", "Группа"]
SNILS = "901-000-111 94"
Row = list["Value"]


def header_of(heading: list[str]) -> Header:
    found = find_header(Sheet("Лист1", [[*heading]]))
    assert found is not None
    return found


def kind(row: Row, heading: list[str] = HEADING) -> Kind:
    header = header_of(heading)
    texts = {
        key: text.text
        for key, column in header.columns.items()
        if column < len(row) and (text := text_of(row[column], key)).text
    }
    return kind_below(row, [heading], texts, header)


def of(**cells: Value) -> Row:
    """Return a row with cells by the place of their column: `c4=`."""
    row: Row = [""] * len(HEADING)
    for name, value in cells.items():
        row[int(name[1:])] = value
    return row


PEOPLE: list[Row] = [
    [1, "Берёзкина", "Алёна", "ж", SNILS, "14.03.2004", "+79000000101", "a@example.org", "СД-41"],
    of(c1="Берёзкина", c2="Алёна"),
    of(c1="Берёзкина", c4=SNILS),
    of(c4=SNILS),
    of(c7="a@example.org"),
    of(c6=79000000101),
    of(c5="14.03.2004"),
    of(c1="Берёзкина"),
    # A signature that reads like a surname and a name: better a person with errors than nobody.
    of(c1="Директор", c2="Иванов"),
    of(c1="Зав", c4=SNILS),
    # A total whose numbers look like somebody's.
    of(c1="Всего", c4=SNILS, c6="+79000000101"),
]


@pytest.mark.parametrize("row", PEOPLE)
def test_a_row_with_what_only_people_have_is_a_person(row: Row) -> None:
    assert kind(row) is Kind.PERSON


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([], Kind.EMPTY),
        ([""] * 9, Kind.EMPTY),
        (["", " ", "\n"], Kind.EMPTY),
        ([*HEADING], Kind.HEADING),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], Kind.NUMBERING),
        ([1.0, 2.0, 3.0], Kind.NUMBERING),
        (["", "1", "2", "3"], Kind.NUMBERING),
        (of(c1="Итого"), Kind.TOTAL),
        (of(c0="Итого", c8=25), Kind.TOTAL),
        (of(c0="ВСЕГО: 25 чел."), Kind.TOTAL),
        (of(c8="Итого"), Kind.TOTAL),
        (of(c1="Итого человек", c2="25"), Kind.TOTAL),
        (of(c0="Куратор группы"), Kind.NOTE),
        (of(c1="Директор", c2="И. И. Иванов"), Kind.NOTE),
        (of(c1="Зам. директора"), Kind.NOTE),
        (of(c1="М.П."), Kind.NOTE),
        (of(c8="СД-41"), Kind.NOTE),
        (of(c1="* заполняется студентом"), Kind.NOTE),
        (of(c1="x1"), Kind.NOTE),
        (of(c0="Пример", c1="Берёзкина", c2="Алёна", c4=SNILS), Kind.EXAMPLE),
        (of(c0="образец"), Kind.EXAMPLE),
        (of(c0=26), Kind.REST),
        (of(c0="27", c8=0), Kind.REST),
        (of(c0=1, c8=2), Kind.REST),
        (of(c1="x1", c2="y2"), Kind.UNCLEAR),
        (of(c1="12", c3="34", c4="56", c6="78"), Kind.UNCLEAR),
    ],
)
def test_a_row_that_is_no_person_has_a_named_kind(row: Row, expected: Kind) -> None:
    assert kind(row) is expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["Берёзкина Алёна Игоревна", ""], Kind.PERSON),
        (["Берёзкина А. И.", SNILS], Kind.PERSON),
        (["Берёзкина А. И.", ""], Kind.NOTE),
        (["Берёзкина", ""], Kind.NOTE),
        (["группа СД-41, 25 человек", ""], Kind.NOTE),
    ],
)
def test_a_full_name_makes_a_person_when_it_is_one(row: Row, expected: Kind) -> None:
    assert kind(row, ["ФИО", "СНИЛС"]) is expected


def test_a_heading_that_is_repeated_is_one_even_without_a_column_of_names() -> None:
    heading = ["СНИЛС", "Дата рождения", "Телефон"]
    assert kind([*heading], heading) is Kind.HEADING


def test_the_level_of_education_is_a_sign() -> None:
    assert kind(["", "СПО", "x"], ["Фамилия", "Уровень образования", "СНИЛС"]) is Kind.PERSON
    assert kind(["", "x", ""], ["Фамилия", "Уровень образования", "СНИЛС"]) is Kind.NOTE


def test_a_prepared_row_of_the_register_is_no_note() -> None:
    header = Header(0, 0, {"snils": 0}, is_frdo=True)
    assert kind_below(["", "Диплом"], [["СНИЛС", "Вид"]], {}, header) is Kind.REST
    assert kind_below(["", "Диплом"], [["СНИЛС", "Вид"]], {}, Header(0, 0, {"snils": 0})) is Kind.NOTE


def test_rows_above_the_table() -> None:
    rows: list[Row] = [["Список"], ["", " "], ["Паспорт"], ["ФИО", "СНИЛС"]]
    header = Header(2, 3, {})
    kinds = [kind_above(rows, row, header) for row in range(4)]
    assert kinds == [Kind.TITLE, Kind.EMPTY, Kind.HEADING, Kind.HEADING]


def test_what_a_row_holds() -> None:
    assert held(["", " а ", 0, False, "\n", 1.5]) == ["а", "0", "False", "1.5"]


def test_a_tally_adds_up() -> None:
    tally = Tally("list.csv", None)
    tally.kinds.update([Kind.PERSON, Kind.PERSON, Kind.NOTE])
    assert tally.rows == 3


NUMBERS = st.one_of(st.integers().map(str), st.floats().map(str), st.just("9" * 400), st.just("1" * 310 + ".5"))
VALUE: st.SearchStrategy[Value] = st.one_of(
    st.just(""),
    NUMBERS,
    st.text(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.sampled_from(["Итого", "м", SNILS]),
)


@given(st.lists(VALUE, max_size=9))
def test_any_row_has_a_kind(row: Row) -> None:
    found = kind(row)
    assert (found is Kind.EMPTY) == (not held(row))


@given(st.lists(NUMBERS, min_size=3, max_size=9))
def test_any_row_of_numbers_has_a_kind(row: list[str]) -> None:
    assert kind([*row]) in Kind
