"""Masking of the portal's words."""

from __future__ import annotations

import pytest

from nmo_autofill.browser.masking import mask


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("Пользователь с таким СНИЛС уже зарегистрирован", "Пользователь с таким СНИЛС уже зарегистрирован"),
        ("СНИЛС 904-000-444 32 уже есть", "СНИЛС ••• уже есть"),
        ("Ким Виолетта,  kim@example.org", "••• •••, •••"),
        ("ВИОЛЕТТА!", "•••!"),
        ("тел. +7 (900) 000-01-04.", "тел. •••."),
        ("до 01.07.2025", "до 01.07.•••"),
        ("Уважаемая Семенова! Письмо для Семёновой", "Уважаемая •••! Письмо для •••"),
        ("осталось 2 попытки", "осталось 2 попытки"),
    ],
)
def test_mask(words: str, masked: str) -> None:
    assert mask(words, ["Виолетта", "Ким", "Семёнова", "kim@example.org", ""]) == masked


def test_long_words_are_cut() -> None:
    assert len(mask("а" * 5000, [])) == 300
