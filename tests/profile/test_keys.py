"""What is suggested for a key that there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.profile.diagnostics import hint
from nmo_autofill.profile.keys import keys, near, other_words, table_of, tables
from nmo_autofill.texts import LANGUAGES, Texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmo_autofill.profile.people import Loaded

SLIPS = {
    "sirname": "surname",
    "surnme": "surname",
    "surnames": "surname",
    "surname Берёзкина": "surname",
    "last_name": "surname",
    "Last name": "surname",
    "familiya": "surname",
    "famaly": "surname",
    "фамлия": "Фамилия",
    "фамиля": "Фамилия",
    "first_name": "name",
    "imya": "name",
    "имяя": "Имя",
    "otchestvo": "patronymic",
    "patronimic": "patronymic",
    "middle_name": "patronymic",
    "отчетсво": "Отчество",
    "snlis": "snils",
    "snils_number": "snils",
    "снлис": "СНИЛС",
    "номер снилса": "Номер СНИЛС",
    "birthdate": "birth_date",
    "birthday": "birth_date",
    "date_of_birth": "birth_date",
    "дата_рождения": "Дата рождения",
    "дата рожд.": "Дата рождения",
    "pol": "sex",
    "gender": "sex",
    "пол.": "Пол",
    "e_mail": "email",
    "mail": "email",
    "email_address": "email",
    "почта": "email",
    "электроная почта": "Электронная почта",
    "phone_number": "phone",
    "телефн": "Телефон",
    "номер тел": "Номер телефона",
    "sitizenship": "citizenship",
    "граждансво": "Гражданство",
    "regon": "region",
    "регин": "Регион",
    "levl": "level",
    "education": "level",
    "consnt": "consent",
    "согласен": "Согласие",
    "admision": "admission",
    "допук": "Допуск",
    "graduate": "graduates",
    "выпускник": "Выпускники",
}


@pytest.mark.parametrize(("slip", "meant"), SLIPS.items())
def test_a_slip_of_the_pen_has_its_key_suggested(slip: str, meant: str) -> None:
    assert near(slip, "") == meant


@pytest.mark.parametrize(
    ("slip", "part", "meant"),
    [
        ("serie", "admission", "series"),
        ("seriya", "admission", "series"),
        ("nomer", "admission", "number"),
        ("speciality", "admission", "specialty"),
        ("специальнсть", "admission", "Специальность"),
        ("organization", "admission", "organisation"),
        ("exam", "admission", "exam_date"),
        ("дата выдачы", "admission", "Дата выдачи"),
        ("dat", "consent", "date"),
        ("фрма", "consent", "Форма"),
        ("graduats", "group", "graduates"),
        ("default", "group", "defaults"),
        ("Серия", "", "admission.series"),
        ("snils", "group", "graduates.snils"),
    ],
)
def test_a_slip_inside_a_part_has_a_key_of_the_part_suggested(slip: str, part: str, meant: str) -> None:
    assert near(slip, part) == meant


@pytest.mark.parametrize("part", [*tables(), "group"])
@pytest.mark.parametrize(
    "text",
    ["~", "a", "x", "1", "<<", "?", "", "и", "s", "null", "паспорт", "passport", "Мария", "904-000-444 32", "ы" * 9],
)
def test_what_is_like_no_key_has_nothing_suggested(text: str, part: str) -> None:
    assert near(text, part) == ""


def test_other_words_are_no_keys_and_belong_to_keys() -> None:
    for part in (*tables(), "group"):
        for key, words in other_words(part).items():
            assert ".".join(filter(None, (part, key))) in keys()
            assert [word for word in words if table_of(part).find(word)] == []


def test_a_stranger_is_told_which_keys_there_are(
    profile_with: Callable[[dict[str, str]], str], loaded_from: Callable[..., Loaded]
) -> None:
    loaded = loaded_from(profile_with({"consent.form": "  ~: письменное"}))
    (found,) = [one for one in loaded.diagnostics if one.code == "key.stranger"]
    assert (found.field, dict(found.facts)) == ("consent", {"known": "date, form"})
    for language in LANGUAGES:
        assert "date, form" in hint(found, Texts(language))
        assert "«»" not in hint(found, Texts(language))
