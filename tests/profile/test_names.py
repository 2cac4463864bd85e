from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.profile.names import findings, holds_more, sex_of


@pytest.mark.parametrize(
    "name",
    [
        "Ёлкина",
        "Соколов-Никитин",
        "О'Нилова",
        "Д’Анжелова",
        "Мамед оглы",
        "Бакыт кызы",
        "Ю",
        "Ван дер Тарелкин",
        "Ли-Ю",
        "д’Анжелова",
        "аль-Ягодин",
        "Рашид угли",
        "Бакыт кизи",
    ],
)
def test_good_names_have_no_finding(name: str) -> None:
    assert findings(name) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aннa", [("name.look_alike", 0), ("name.look_alike", 3)]),
        ("Анна2", [("name.digit", 4)]),
        ("Анна٢", [("name.digit", 4)]),
        ("Jon", [("name.character", 0), ("name.look_alike", 1), ("name.character", 2)]),
        ("Анна.", [("name.character", 4)]),
        ("Андреи\N{COMBINING BREVE}", [("name.combining", 6)]),
        ("Әсел", [("name.foreign", 0)]),
        ("Анна  Мария", [("name.layout", 4)]),
        ("'Анна", [("name.layout", 0)]),
        ("О''Нилова", [("name.layout", 1)]),
        ("анна", [("name.case", 0)]),
        ("АННА", [("name.case", 0)]),
        ("Анна МАРИЯ", [("name.case", 5)]),
        ("АНна", [("name.case", 0)]),
        ("АннА", [("name.case", 0)]),
        ("ОʼНилова", [("name.character", 1)]),
        ("О`Нилова", [("name.character", 1)]),
        ("-", [("name.layout", 0)]),
    ],
)
def test_each_wrong_character_is_found_by_its_place(name: str, expected: list[tuple[str, int]]) -> None:
    assert [(finding.code, finding.offset) for finding in findings(name)] == expected


def test_the_look_alike_is_named_with_the_letter_it_looks_like() -> None:
    (finding,) = findings("Пётp")
    assert dict(finding.facts) == {"character": "p", "cyrillic": "р"}


@pytest.mark.parametrize(
    ("text", "others", "more"),
    [
        ("Берёзкина Алёна", ["Алена"], True),
        ("Алёна Игоревна", [], True),
        ("Ягодин Лука Игоревич", ["Лука"], True),
        ("Ли", ["Ли"], False),
        ("Соколов-Никитин", ["Никитин"], False),
        ("Мамед оглы", ["Эльшан"], False),
        ("Ван дер Тарелкин", [], False),
        ("Анна Мария", ["Игоревна"], False),
    ],
)
def test_more_than_one_name_in_a_field_is_noticed(text: str, others: list[str], more: bool) -> None:  # noqa: FBT001 (a case)
    assert holds_more(text, others) is more


@given(st.text(min_size=1))
def test_only_cyrillic_names_pass(text: str) -> None:
    if not findings(text):
        assert set(text.lower()) <= set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя -'’")


@pytest.mark.parametrize(
    ("patronymic", "sex"),
    [
        ("Игоревич", "male"),
        ("Ильич", "male"),
        ("Эльшан оглы", "male"),
        ("Игоревна", "female"),
        ("Ильинична", "female"),
        ("Кузьминична", "female"),
        ("Бакыт кызы", "female"),
        ("Рашид угли", "male"),
        ("Алмаз уулу", "male"),
        ("Бакыт кизи", "female"),
        ("Фу", None),
    ],
)
def test_the_ending_of_a_patronymic_tells_the_sex(patronymic: str, sex: str | None) -> None:
    assert sex_of(patronymic) == sex
