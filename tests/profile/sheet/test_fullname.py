"""Full names taken apart, or the question that they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.profile.sheet.fullname import split

WHOLE = [
    ("Берёзкина Алёна Игоревна", ("Берёзкина", "Алёна", "Игоревна")),
    ("Дубов Борис", ("Дубов", "Борис")),
    ("Мамедов Эльчин Гасан оглы", ("Мамедов", "Эльчин", "Гасан оглы")),
    ("Мамедова Лейла Гасан Кызы", ("Мамедова", "Лейла", "Гасан Кызы")),
    ("Мамедова Лейла Гасан-кызы", ("Мамедова", "Лейла", "Гасан-кызы")),
    ("Белова-Чайкина Анна-Мария Ильинична", ("Белова-Чайкина", "Анна-Мария", "Ильинична")),
    ("Абрамович Борис Петрович", ("Абрамович", "Борис", "Петрович")),
    ("БЕРЁЗКИНА АЛЁНА ИГОРЕВНА", ("БЕРЁЗКИНА", "АЛЁНА", "ИГОРЕВНА")),
    ("Берёзкина  Алёна\nИгоревна", ("Берёзкина", "Алёна", "Игоревна")),
    # A surname that reads like a patronymic, before a real one.
    ("Абрамович Борис Ильич", ("Абрамович", "Борис", "Ильич")),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_a_whole_name_is_taken_apart(text: str, expected: tuple[str, ...]) -> None:
    found = split(text)
    assert (tuple(part for part, _ in found.parts.values()), found.code) == (expected, "")
    assert all(text[offset:].startswith(part) for part, offset in found.parts.values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Берёзкина А. И.", "full_name.initials"),
        ("Берёзкина А.И.", "full_name.initials"),
        ("А. И. Берёзкина", "full_name.initials"),
        ("Алёна Игоревна Берёзкина", "full_name.order"),
        ("Игоревна Алёна Берёзкина", "full_name.order"),
        ("Абрамович Борис", "full_name.order"),
        ("Алёна Игоревна", "full_name.order"),
        ("Белова Чайкина Анна Ильинична", "full_name.words"),
        ("Белова Чайкина Анна Мария", "full_name.words"),
        ("Берёзкина", "full_name.words"),
        ("", "full_name.words"),
        ("Берёзкина Алёна Игоревна, Дубов Борис Ильич", "full_name.words"),
        ("Мамедов Эльчин Гасан Вагиф оглы", "full_name.words"),
    ],
)
def test_what_cannot_be_told_apart_is_a_question(text: str, code: str) -> None:
    assert split(text) == ({}, code)


def test_a_third_word_that_is_hardly_a_patronymic_is_told() -> None:
    found = split("Ли Бо Иванов")
    assert ([part for part, _ in found.parts.values()], found.code) == (["Ли", "Бо", "Иванов"], "full_name.unsure")


@given(st.text())
def test_any_text_is_taken_apart_or_a_question(text: str) -> None:
    parts, code = split(text)
    assert bool(parts) != bool(code) or code == "full_name.unsure"
    assert all(text[offset:].startswith(part) for part, offset in parts.values())
