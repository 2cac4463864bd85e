"""The one option that a text means, or a question to a person."""

from __future__ import annotations

import pytest

from nmo_autofill.browser.controls.options import bears, choose, nearest
from nmo_autofill.errors import OptionAmbiguousError, OptionNotFoundError

REGIONS = ["Костромская область", "Омская область", "Томская область"]
PAPER = "Свидетельство об аккредитации, Сестринское дело, 0000 000000000 от 02.07.2025"
SPECIALTIES = ["Реабилитационное сестринское дело", "Сестринское дело", "Сестринское дело в педиатрии"]


@pytest.mark.parametrize(
    ("wanted", "options", "expected"),
    [
        ("Омская область", REGIONS, "Омская область"),
        ("Сестринское дело", SPECIALTIES, "Сестринское дело"),
        ("омская  ОБЛАСТЬ", REGIONS, "Омская область"),
        ("Орел", ["Орёл", "Орлов"], "Орёл"),
        ("Омcкая область", REGIONS, "Омская область"),
        ("Омская область", ["Костромская область (44)", "Омская область (55)"], "Омская область (55)"),
        ("Сестринское дело", ["34.02.01 Сестринское дело", "34.02.02 Массаж"], "34.02.01 Сестринское дело"),
        ("Россия", ["RUS — Россия", "BLR — Беларусь"], "RUS — Россия"),
        (
            "Омский колледж",
            ["Омский колледж\nг. Омск, ул. Дианова", "Томский колледж\nг. Томск"],
            "Омский колледж\nг. Омск, ул. Дианова",
        ),
        ("Россия", ["Россия", "Россия (Крым)"], "Россия"),
        ("Республика Саха (Якутия)", ["Республика Саха (Якутия) (14)"], "Республика Саха (Якутия) (14)"),
        ("Сестринское дело", ["34.02.01 Сестринское дело (51)", "34.02.02 Массаж"], "34.02.01 Сестринское дело (51)"),
        ("Сестринское дело", [PAPER], PAPER),
        (
            "Омский колледж",
            ["Омский колледж, Тарский филиал\nОмская область", "Омский колледж\nОмская область"],
            "Омский колледж\nОмская область",
        ),
    ],
)
def test_the_option_that_reads_as_wanted(wanted: str, options: list[str], expected: str) -> None:
    assert choose(wanted, options) == expected


@pytest.mark.parametrize(
    ("wanted", "options"),
    [
        ("омская", REGIONS),
        ("Сестринское дело", SPECIALTIES[::2]),
        ("Омская область", ["Костромская область"]),
        ("Омская область", []),
        ("", REGIONS),
        ("Сестринское дело", ["Сестринское дело (в педиатрии)"]),
        ("Сестринское дело", ["Сестринское дело — в педиатрии"]),
        ("Сестринское дело", ["34.02.01 Сестринское дело (в педиатрии)"]),
        ("Сестринское дело", ["Сестринское дело, 2-й год (ускоренно)"]),
        ("Сестринское дело", ["Свидетельство об аккредитации, Сестринское дело (в педиатрии), 0000 000000000"]),
        ("Омский колледж", ["Омский колледж, Тарский филиал"]),
        ("Омский колледж", ["Омский колледж, Тарский филиал\nОмская область"]),
        ("Омск", ["Омск (город)", "Омск (район)"]),
        ("область", ["Омская область"]),
    ],
)
def test_a_near_twin_is_never_chosen(wanted: str, options: list[str]) -> None:
    with pytest.raises(OptionNotFoundError):
        choose(wanted, options)


def test_the_nearest_options_are_told() -> None:
    with pytest.raises(OptionNotFoundError) as caught:
        choose("Омская обл.", REGIONS)
    assert "Омская область" in caught.value.facts["candidates"].split("; ")
    assert nearest("Сестринское", SPECIALTIES)


@pytest.mark.parametrize(
    "options", [["Омск", "Омск"], ["Омск", "ОМСК"], ["Омск (55)", "Омск (56)"], ["RUS — Омск", "BLR — Омск"]]
)
def test_options_that_fit_equally_are_a_question(options: list[str]) -> None:
    with pytest.raises(OptionAmbiguousError) as caught:
        choose("Омск", options)
    assert caught.value.facts["candidates"] == "; ".join(options)


def test_an_option_bears_its_parts_and_nothing_else() -> None:
    assert bears("Омская область (55)", "55")
    assert not bears("Омская область (55)", "Омская")
    assert not bears("Омская область", "")
