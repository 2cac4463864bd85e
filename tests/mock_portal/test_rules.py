"""What the portal refuses, field by field."""

from __future__ import annotations

from datetime import date

import pytest

from mock_portal import rules
from mock_portal.lists import options, texts

TODAY = date(2026, 6, 30)
BIRTH = date(2004, 3, 14)


def test_whole_registration_is_taken(woman: dict[str, str], man: dict[str, str]) -> None:
    assert rules.registration(woman, TODAY) == {}
    assert rules.registration(man, TODAY) == {}


def test_empty_registration_names_every_field_but_the_patronymic() -> None:
    errors = rules.registration({}, TODAY)
    assert set(errors) == set(rules.REGISTRATION) - {"patronymic"}
    assert errors["snils"] == "required"
    assert errors["consent"] == errors["agreement"] == "tick"


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("snils", "160-722-394 48", "snils_checksum"),
        ("surname", "Ivanova", "name_letters"),
        ("surname", "Иванoва", "name_letters"),  # a Latin «o»
        ("surname", "Я" * 101, "too_long"),
        ("name", "Анна2", "name_letters"),
        ("patronymic", "-", "name_letters"),
        ("citizenship", "россия", "unknown_option"),
        ("region", "Омская", "unknown_option"),
        ("sex", "Жен", "unknown_option"),
        ("birth_date", "2004-03-14", "date_form"),
        ("birth_date", "31.02.2004", "date_form"),
        ("birth_date", "01.07.2026", "date_future"),
        ("birth_date", "01.07.2020", "age"),
        ("birth_date", "20.04.0314", "age"),
        ("email", "anna@example", "email_form"),
        ("email", "anna example.org", "email_form"),
        ("phone", "+7(913)401-22-3", "phone_form"),
        ("phone", "+1 913 401 22 38", "phone_form"),
        ("consent", "on", "tick"),
    ],
)
def test_registration_refuses(woman: dict[str, str], key: str, text: str, code: str) -> None:
    assert rules.registration(woman | {key: text}, TODAY) == {key: code}


@pytest.mark.parametrize("phone", ["+79134012238", "8 913 401-22-38", "9134012238", "+7(913)401-22-38"])
def test_phones_that_are_taken(woman: dict[str, str], phone: str) -> None:
    assert rules.registration(woman | {"phone": phone}, TODAY) == {}


@pytest.mark.parametrize("name", ["О’Коннор", "Д'Арк", "Мамин-Сибиряк", "Алёна Мария"])
def test_names_that_are_taken(woman: dict[str, str], name: str) -> None:
    assert rules.registration(woman | {"surname": name}, TODAY) == {}


def test_whole_admission_is_taken(document: dict[str, str]) -> None:
    assert rules.admission(document, TODAY, "spo", BIRTH) == {}


def test_empty_admission_names_every_field() -> None:
    assert set(rules.admission({}, TODAY, "spo", BIRTH)) == set(rules.ADMISSION)


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("document_type", "Диплом", "unknown_option"),
        ("specialty", "Авиационная и космическая медицина", "unknown_option"),  # of the other level
        ("organisation", "Омский", "unknown_option"),
        ("series", "№ 1", "number_form"),
        ("series", "0" * 11, "too_long"),
        ("number", "0" * 21, "too_long"),
        ("exam_date", "1.7.2025", "date_form"),
        ("exam_date", "13.03.2004", "exam_before_birth"),
        ("exam_date", "03.07.2025", ("issue_date", "issue_before_exam")),
        ("issue_date", "01.07.2026", "date_future"),
        ("confirm_final", "", "tick"),
    ],
)
def test_admission_refuses(document: dict[str, str], key: str, text: str, code: str | tuple[str, str]) -> None:
    where, why = code if isinstance(code, tuple) else (key, code)
    assert rules.admission(document | {key: text}, TODAY, "spo", BIRTH) == {where: why}


@pytest.mark.parametrize(
    ("current", "new", "repeated", "errors"),
    [
        ("old12345", "new12345", "new12345", {}),
        ("", "", "", dict.fromkeys(("current_password", "new_password", "repeated_password"), "required")),
        ("old12345", "short1", "short1", {"new_password": "password_weak"}),
        ("old12345", "onlyletters", "onlyletters", {"new_password": "password_weak"}),
        ("old12345", "old12345", "old12345", {"new_password": "password_same"}),
        ("old12345", "new12345", "new12346", {"repeated_password": "password_differs"}),
    ],
)
def test_password_change(current: str, new: str, repeated: str, errors: dict[str, str]) -> None:
    given = {"current_password": current, "new_password": new, "repeated_password": repeated}
    assert rules.password(given) == errors


def test_cycle_of_a_leap_day_ends_in_march() -> None:
    assert rules.years_later(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert rules.years_later(date(2025, 7, 2), 5) == date(2030, 7, 2)


def test_near_twins_come_first() -> None:
    for name, level, twin, wanted in (
        ("region", None, "Костромская область", "Омская область"),
        ("specialty", "spo", "Реабилитационное сестринское дело", "Сестринское дело"),
        ("organisation", None, "Костромской областной медицинский колледж", "Омский областной медицинский колледж"),
    ):
        listed = options(name, level)
        assert listed.index(twin) < listed.index(wanted)


def test_lists_are_whole() -> None:
    assert len(options("region")) == 89
    assert len(options("specialty", "spo")) == 35
    assert len(options("specialty", "vo")) == 104
    assert len(options("organisation")) == 120
    assert len(options("citizenship")) >= 30
    assert options("specialty", "other") == ()
    for name in ("citizenship", "region", "document_type", "organisation"):
        assert len(set(options(name))) == len(options(name))


def test_every_refusal_has_its_sentence() -> None:
    assert all(sentence and not sentence.endswith(".") for sentence in texts("refusals").values())
