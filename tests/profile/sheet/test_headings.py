"""Headings of columns and the fields they lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.profile import keys
from nmo_autofill.profile.sheet.headings import (
    DIPLOMA_CODE,
    FULL_NAME,
    ROW_NUMBER,
    SERIES_NUMBER,
    Meaning,
    fields_of,
    first_headings,
    meaning,
    texts,
    vocabulary,
)

# reference/portal-facts.md, section 11, those of which this tool takes anything.
SEEN = {
    FULL_NAME: "ФИО|Ф.И.О.|Фамилия Имя Отчество|Студент|Выпускник",
    "surname": "Фамилия|ФАМИЛИЯ|Фамилия получателя|Фамилия слушателя|Фамилия обучающегося",
    "name": "Имя|ИМЯ|Имя получателя|Имя обучающегося",
    "patronymic": "Отчество|ОТЧЕСТВО|Отчество получателя (при наличии)",
    "birth_date": "Дата рождения|Дата_рождения|ДАТА РОЖДЕНИЯ|ДР|Дата рождения (ДД.ММ.ГГГГ.)|Д.р.|Дата рожд.",
    "sex": "Пол|ПОЛ|Пол получателя",
    "snils": "СНИЛС|Номер СНИЛС|СНИЛС получателя|Страховой номер|Номер страхового свидетельства|СНИЛС_дефис"
    "|СНИЛС_без_дефиса|СНИЛС №",
    "phone": "Телефон|Номер телефона|Телефон студента|Мобильный телефон|телефон для связи|Тел.|Моб."
    "|Контактный телефон|Сотовый",
    "email": "Адрес электронной почты (email)|Электронная почта студента|e-mail|Эл. почта|Почта|E-mail|Email",
    "citizenship": "Гражданство|ОКСМ",
    "admission.specialty": "Специальность|СПЕЦИАЛЬНОСТЬ",
    DIPLOMA_CODE: "КОД СПЕЦИАЛЬНОСТИ",
}
ANOTHERS = (
    "Телефон родителей|Телефон матери|Домашний телефон|СНИЛС матери|ФИО родителя|ФИО законного представителя|Имя отца"
    "|Серия паспорта|Номер паспорта|Дата выдачи паспорта|Паспорт: серия|Кем выдан паспорт|Серия и номер паспорта"
    "|Дата выдачи диплома|Номер диплома|Серия и номер диплома|Серия аттестата|Серия удостоверения личности"
    "|Девичья фамилия|Прежняя фамилия|Дата зачисления|Дата отчисления|Номер приказа|Номер приказа о зачислении|ИНН"
    "|Полис ОМС|Адрес|Адрес регистрации|Группа|Курс|Средний балл|Квалификация|Форма обучения|Место рождения"
    "|Наименование организации работодателя|Субъект федерации в котором расположена организация работодатель"
    "|Номер договора|Регистрационный номер|ФИО куратора|Электронная почта куратора|Номер зачётки|Номер группы"
    "|Место работы|Рабочий телефон|Дополнительный телефон|Дата окончания|Номер сертификата|Дата выдачи сертификата"
    "|Дата|Форма|Организация|Кем выдан|Студенческий билет №|Номер свидетельства о браке|Номер свидетельства о рождении"
    "|Дата рождения ребёнка|Пол ребёнка|Гражданство родителей|Примечание|Номер комнаты|Email родителя"
    "|Фамилия (оригинала)"
    # Whose it is may stand in brackets.
    "|Телефон (родителей)|Телефон (мать)|Телефон [домашний]|E-mail (куратора)|СНИЛС (законного представителя)"
    "|Дата выдачи (оригинала)|Серия (оригинала)"
    # The college's own.
    "|Телефон организации|E-mail организации"
)


def leading(seen: dict[str, str]) -> list[tuple[str, str]]:
    return [(heading, key) for key, headings in seen.items() for heading in headings.split("|")]


@pytest.mark.parametrize(("heading", "key"), leading(SEEN))
def test_a_heading_that_colleges_use_leads_to_its_key(heading: str, key: str) -> None:
    assert meaning((), heading) == Meaning(key)


@pytest.mark.parametrize(("key", "heading"), first_headings().items())
def test_the_first_heading_leads_to_its_own_key(key: str, heading: str) -> None:
    assert meaning((), heading) == Meaning(key)
    assert meaning(("Список выпускников",), heading) == Meaning(key)


@pytest.mark.parametrize(("heading", "key"), [(heading, key) for heading, key in vocabulary().columns.items()])
def test_every_heading_of_the_vocabulary_leads_to_its_key(heading: str, key: str) -> None:
    assert meaning((), heading) == Meaning(key)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        (label, key)
        for key, labels in keys.keys().items()
        if "." not in key and key not in keys.PARTS
        for label in (key, *labels)
    ],
)
def test_every_label_of_a_profile_leads_to_its_key(label: str, key: str) -> None:
    assert meaning((), label) == Meaning(key)


@pytest.mark.parametrize("heading", ANOTHERS.split("|"))
def test_a_column_of_something_else_leads_nowhere(heading: str) -> None:
    assert meaning((), heading) is None


@pytest.mark.parametrize("heading", ["", " ", "()", "*", "№ (по списку)", "-"])
def test_hardly_anything_leads_nowhere_or_to_the_numbering(heading: str) -> None:
    assert meaning((), heading) in {None, Meaning(ROW_NUMBER)}


@pytest.mark.parametrize(
    "heading", ["СНИЛС*", "СНИЛС:", " СНИЛС ", "Снилс", "CHИЛC", "СНИЛС\N{NO-BREAK SPACE}", "СНИЛС (11 цифр)"]
)
def test_case_marks_spaces_and_look_alikes_do_not_matter(heading: str) -> None:
    assert meaning((), heading) == Meaning("snils")


@pytest.mark.parametrize(
    ("bands", "heading", "expected"),
    [
        (("Документ об аккредитации",), "Серия", Meaning("admission.series")),
        (("Свидетельство об аккредитации",), "Номер", Meaning("admission.number")),
        (("Допуск",), "Дата выдачи", Meaning("admission.issue_date")),
        (("Аккредитация",), "Организация", Meaning("admission.organisation")),
        (("Аккредитация",), "Серия, номер", Meaning(SERIES_NUMBER)),
        (("Паспорт",), "Серия", None),
        (("Диплом",), "Номер", None),
        (("Диплом",), "Дата выдачи", None),
        (("Диплом",), "Специальность", Meaning("admission.specialty")),
        (("Паспорт",), "Дата рождения", Meaning("birth_date")),
        (("Паспортные данные", "Аккредитация"), "Серия", Meaning("admission.series")),
        (("Аккредитация", "Паспорт"), "Серия", None),
        (("Аккредитация", "Реквизиты"), "Серия", Meaning("admission.series")),
        (("Согласие",), "Дата", Meaning("consent.date")),
        (("Согласие на обработку персональных данных",), "Форма", Meaning("consent.form")),
        (("Согласие",), "Серия", None),
        (("Согласие",), "Форма согласия", Meaning("consent.form")),
        (("Паспорт",), "Форма согласия", Meaning("consent.form")),
        (("Паспорт",), "Дата экзамена", None),
        (("Родители",), "Телефон", None),
        (("Мать",), "Фамилия", None),
        (("Диплом и паспорт",), "Серия", Meaning("admission.series", bare=True)),
        (("Сведения",), "Серия", Meaning("admission.series", bare=True)),
        ((), "Серия", Meaning("admission.series", bare=True)),
        ((), "Номер документа", Meaning("admission.number", bare=True)),
        ((), "Дата выдачи", Meaning("admission.issue_date", bare=True)),
        ((), "Серия и номер", Meaning(SERIES_NUMBER, bare=True)),
        ((), "Выдан", None),
        ((), "Серия диплома", None),
        (("Паспорт",), "Серия свидетельства об аккредитации", Meaning("admission.series")),
    ],
)
def test_the_band_or_the_heading_tells_whose_the_part_is(
    bands: tuple[str, ...], heading: str, expected: Meaning | None
) -> None:
    assert meaning(bands, heading) == expected


def test_a_key_of_several_fields_tells_them() -> None:
    assert fields_of(FULL_NAME) == ("surname", "name", "patronymic")
    assert fields_of(SERIES_NUMBER) == ("admission.series", "admission.number")
    assert fields_of(DIPLOMA_CODE) == ("admission.specialty",)
    assert fields_of("snils") == ("snils",)


def test_every_key_of_a_profile_has_a_heading() -> None:
    told = {field for key in first_headings() for field in fields_of(key)}
    assert told >= set(keys.keys()) - set(keys.PARTS)


def test_texts_stand_once_and_in_order() -> None:
    assert texts(["а", "", "б", "а"]) == ("а", "б")


@given(st.lists(st.text(), max_size=2), st.text())
def test_any_heading_leads_to_a_known_key_or_nowhere(bands: list[str], heading: str) -> None:
    found = meaning(bands, heading)
    assert found is None or set(fields_of(found.key)) <= {*keys.keys(), ROW_NUMBER}
