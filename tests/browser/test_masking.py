"""Masking of the portal's words."""

from __future__ import annotations

import json
from importlib.resources import files

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


# Nominative, then the other cases: what a portal may make of a name that was typed.
DECLINED = [
    "Анна Анны Анне Анну Анной Анною",
    "Мария Марии Марию Марией",
    "Ия Ии Ие Ию Ией",
    "Любовь Любови Любовью",
    "Дарья Дарьи Дарье Дарью Дарьей",
    "Виолетта Виолетты Виолетте Виолетту Виолеттой",
    "Зоя Зои Зое Зою Зоей",
    "Павел Павла Павлу Павлом Павле",
    "Лев Льва Льву Львом Льве",
    "Пётр Петра Петру Петром Петре",
    "Андрей Андрея Андрею Андреем Андрее",
    "Юрий Юрия Юрию Юрием Юрии",
    "Илья Ильи Илье Илью Ильёй",
    "Никита Никиты Никите Никиту Никитой",
    "Ян Яна Яну Яном Яне",
    "Игорь Игоря Игорю Игорем Игоре",
    "Семёнов Семенова Семёнову Семеновым Семёнове",
    "Семёнова Семёновой Семенову",
    "Покровский Покровского Покровскому Покровским Покровском",
    "Покровская Покровской Покровскую",
    "Толстой Толстого Толстому Толстым Толстом",
    "Ткаченко Ткаченки Ткаченке",
    "Кузнец Кузнеца Кузнецу Кузнецом Кузнеце",
    "Заец Зайца Зайцу Зайцем Зайце",
    "Воробей Воробья Воробью Воробьём Воробье",
    "Ким Кима Киму Кимом Киме",
    "Цой Цоя Цою Цоем Цое",
    "Ли",
    "Мамедзаде",
    "Бакыт Бакыта Бакыту Бакытом Бакыте",
    "Иванович Ивановича Ивановичу Ивановичем Ивановиче",
    "Ильинична Ильиничны Ильиничне Ильиничну Ильиничной",
]


@pytest.mark.parametrize("cases", [cases.split() for cases in DECLINED], ids=lambda cases: cases[0])
def test_a_name_is_masked_in_every_case(cases: list[str]) -> None:
    for case in cases:
        told = mask(f"Уважаемые, {case}: пароль для {case.upper()} отправлен.", [cases[0]])
        assert told == "Уважаемые, •••: пароль для ••• отправлен."


def test_each_word_of_a_value_is_masked_by_itself() -> None:
    assert mask("Бакыту кызы и Дубовой-Цветковой, О'Коннору", ["Бакыт кызы", "Цветкова-Дубова", "О'Коннор"]) == (
        "••• ••• и •••-•••, О'•••"
    )


def test_refusals_stay_readable() -> None:
    refusals = json.loads((files("mock_portal") / "data" / "refusals.json").read_text("utf-8")).values()
    names = [cases.split()[0] for cases in DECLINED]
    assert [mask(words, [*names, "14.03.2004", "yes"]) for words in refusals] == [mask(words, []) for words in refusals]
