"""Two lists of the same people, joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nmo_autofill.profile.loading import load
from tests.profile.sheet.conftest import ALENA, BORIS, TODAY, codes, csv_bytes, surnames, table, xlsx_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nmo_autofill.profile.loading import Loaded
    from tests.profile.sheet.conftest import Lists, Table

CONTACTS = ["Телефон", "E-mail", "Регион"]
FIRST = table(ALENA, BORIS, without=CONTACTS)


def second(*people: Mapping[str, Any], columns: list[str] | None = None) -> Table:
    """Return the list of contacts."""
    headings = columns or ["СНИЛС", *CONTACTS]
    return [headings, *([person[heading] for heading in headings] for person in people)]


def joined(lists: Lists, first: Table, *others: Table) -> Loaded:
    paths = [lists.write(f"second{number}.csv", csv_bytes(rows)) for number, rows in enumerate(others)]
    return lists.load("first.csv", csv_bytes(first), joined=paths)


def test_people_are_joined_by_snils_in_any_order(lists: Lists) -> None:
    loaded = joined(lists, FIRST, second(BORIS, ALENA))
    assert (codes(loaded), surnames(loaded)) == ([], ["Берёзкина", "Дубов"])
    assert [person.values["email"] for person in loaded.people] == ["berezkina@example.org", "dubov@example.org"]
    assert all(person.verdict == "valid" for person in loaded.people)
    assert [tally.file for tally in loaded.tallies] == [
        str(lists.folder / name) for name in ("first.csv", "second0.csv")
    ]


def test_a_snils_written_otherwise_is_the_same(lists: Lists) -> None:
    assert codes(joined(lists, FIRST, second(ALENA | {"СНИЛС": "90100011194"}, BORIS))) == []


BY_NAME = ["Фамилия", "Имя", "Отчество", "Дата рождения", *CONTACTS]


def test_people_are_joined_by_name_and_birth_date(lists: Lists) -> None:
    other = second(BORIS | {"Фамилия": "ДУБОВ"}, ALENA | {"Имя": "Алена"}, columns=BY_NAME)
    loaded = joined(lists, FIRST, other)
    assert [person.values.get("phone") for person in loaded.people] == ["+79000000101", "+79000000102"]
    # «ё» makes another name, capitals do not.
    assert [(one.code, one.field) for one in loaded.diagnostics] == [("join.differs", "name")]


@pytest.mark.parametrize("written", ["2004-03-14", "14.3.2004", "14.03.2004 г."])
def test_a_birth_date_written_otherwise_is_the_same(written: str, lists: Lists) -> None:
    loaded = joined(lists, FIRST, second(ALENA | {"Дата рождения": written}, BORIS, columns=BY_NAME))
    assert not {"join.only_here", "join.only_there", "join.differs"} & set(codes(loaded))


def test_people_of_one_impossible_birth_date_are_the_same(lists: Lists) -> None:
    spoilt = ALENA | {"Дата рождения": "30.02.2004"}
    loaded = joined(lists, table(spoilt, without=CONTACTS), second(spoilt, columns=BY_NAME))
    assert {"join.only_here", "join.differs"}.isdisjoint(codes(loaded))
    assert loaded.people[0].values["phone"] == "+79000000101"


def test_without_patronymic_in_both_people_are_the_same(lists: Lists) -> None:
    first = table(ALENA | {"Отчество": "нет"}, without=CONTACTS)
    loaded = joined(lists, first, second(ALENA | {"Отчество": "-"}, columns=BY_NAME))
    assert "join.differs" not in codes(loaded)
    assert loaded.people[0].values["phone"] == "+79000000101"


def test_who_is_only_in_one_list_is_told_and_not_taken_from_the_second(lists: Lists) -> None:
    stranger = BORIS | {"СНИЛС": "904-000-444 32"}
    loaded = joined(lists, FIRST, second(ALENA, stranger))
    assert surnames(loaded) == ["Берёзкина", "Дубов"]
    only_here, only_there = (
        next(one for one in loaded.diagnostics if one.code == code) for code in ("join.only_here", "join.only_there")
    )
    assert (only_here.position.file, only_here.position.cell) == (str(lists.folder / "first.csv"), "A3")
    assert (only_there.position.file, only_there.position.cell) == (str(lists.folder / "second0.csv"), "A3")
    assert ("second0.csv", "join.only_there") in {
        (left.source.file.rpartition("/")[2], left.why) for left in loaded.left_out if left.source.row == 3
    }
    missing = {one.field for one in loaded.people[1].diagnostics if one.code == "field.missing"}
    assert missing == {"phone", "email", "region"}


def test_of_several_that_fit_none_is_taken(lists: Lists) -> None:
    loaded = joined(lists, FIRST, second(ALENA, ALENA | {"Телефон": "+79000000199"}, BORIS))
    several = next(one for one in loaded.diagnostics if one.code == "join.several")
    assert "second0.csv:A2" in dict(several.facts)["places"]
    assert "phone" not in loaded.people[0].values
    assert loaded.people[0].profile is None
    assert "join.only_there" not in codes(loaded)


@pytest.mark.parametrize(
    ("heading", "value", "key"),
    [
        ("Дата рождения", "15.03.2004", "birth_date"),
        ("Фамилия", "Берёзина", "surname"),
        ("Отчество", "нет", "patronymic"),
        ("Пол", "муж", "sex"),
        ("Гражданство", "Казахстан", "citizenship"),
        ("Гражданство", "Нарния", "citizenship"),
        ("Форма согласия", "электронное", "consent.form"),
        ("Специальность", "Лечебное дело", "admission.specialty"),
        ("Номер свидетельства об аккредитации", "000100999", "admission.number"),
        ("Основание допуска", "выписка", "admission.way"),
    ],
)
def test_what_differs_is_a_question_at_the_first_list_with_the_place_of_the_second(
    heading: str, value: str, key: str, lists: Lists
) -> None:
    other = second(ALENA | {heading: value}, columns=["СНИЛС", heading, *CONTACTS])
    loaded = joined(lists, table(ALENA, without=CONTACTS), other)
    (found,) = loaded.diagnostics
    assert (found.code, found.field, found.position.file) == ("join.differs", key, str(lists.folder / "first.csv"))
    assert dict(found.facts) == {"place": f"{lists.folder / 'second0.csv'}:B2"}
    assert loaded.people[0].profile is None


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("Пол", "Жен"),
        ("Гражданство", "643"),
        ("Дата рождения", "2004-03-14"),
        ("Специальность", "сестринское  дело"),
        ("Уровень образования", "среднее профессиональное"),
        ("Отчество", "ИГОРЕВНА"),
        ("СНИЛС", "90100011194"),
    ],
)
def test_the_same_in_other_words_does_not_differ(heading: str, value: str, lists: Lists) -> None:
    columns = list(dict.fromkeys(["СНИЛС", heading, *CONTACTS]))
    loaded = joined(lists, table(ALENA, without=CONTACTS), second(ALENA | {heading: value}, columns=columns))
    assert "join.differs" not in codes(loaded)
    assert loaded.people[0].profile is not None


def test_an_empty_cell_of_either_list_does_not_differ(lists: Lists) -> None:
    columns = ["СНИЛС", *CONTACTS, "Пол", "Гражданство"]
    loaded = joined(
        lists,
        table(ALENA | {"Гражданство": ""}, without=CONTACTS),
        second(ALENA | {"Пол": ""}, columns=columns),
    )
    assert codes(loaded) == []


def test_what_is_wrong_in_the_second_list_is_told_there(lists: Lists) -> None:
    loaded = joined(lists, table(ALENA, without=CONTACTS), second(ALENA | {"Телефон": "9.13E+09"}))
    found = [(one.code, one.position.file.rpartition("/")[2], one.position.cell) for one in loaded.diagnostics]
    assert found == [("cell.scientific", "second0.csv", "B2")]


def test_several_lists_are_joined(lists: Lists) -> None:
    loaded = joined(lists, FIRST, second(ALENA), second(BORIS))
    assert codes(loaded) == []


def test_a_second_list_that_cannot_be_read_is_told(lists: Lists) -> None:
    path = lists.write("second.csv", b"")
    loaded = lists.load("first.csv", csv_bytes(FIRST), joined=[path, lists.folder / "third.csv"])
    assert {"file.no_list", "file.missing"} <= set(codes(loaded))
    assert len(loaded.people) == 2


def test_the_first_list_may_be_a_profile_of_yaml(lists: Lists) -> None:
    profile = lists.write("alena.yaml", "snils: 901-000-111 94\nsurname: Берёзкина\nname: Алёна\n".encode())
    contacts = lists.write("second.xlsx", xlsx_bytes(second(ALENA)))
    (person,) = load([profile], today=TODAY, joined=[contacts]).people
    assert person.values["email"] == "berezkina@example.org"


def test_people_without_anything_to_know_them_by_are_only_here(lists: Lists) -> None:
    first = table(ALENA | {"СНИЛС": "", "Имя": ""}, without=CONTACTS)
    assert "join.only_here" in codes(joined(lists, first, second(BORIS)))
