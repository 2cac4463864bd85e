"""The entries of each form."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.plan.forms import (
    plan_admission,
    plan_cycle,
    plan_password,
    plan_purpose,
    plan_registration,
    plan_sign_in,
)
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.profile.loading import load

if TYPE_CHECKING:
    from nmo_autofill.profile.model import Profile

PROFILES = Path(__file__).parents[2] / "profiles"
PORTAL = load_map("mock")


@pytest.fixture
def woman() -> Profile:
    """A citizen of Kazakhstan without patronymic, with a protocol extract only."""
    profile = load([PROFILES / "kim.yaml"], today=date(2026, 11, 22)).people[0].profile
    assert profile
    return profile


def test_registration(woman: Profile) -> None:
    assert {entry.key: entry.value for entry in plan_registration(woman, PORTAL)} == {
        "snils": "90400044432",
        "surname": "Ким",
        "name": "Виолетта",
        "patronymic": "",
        "citizenship": "Казахстан",
        "region": "Томская область",
        "sex": "Женский",
        "birth_date": "30.09.2004",
        "email": "kim@example.org",
        "phone": "+79000000104",
        "consent": "yes",
        "agreement": "yes",
    }


def test_zeros_stand_for_what_is_not_in_hand(woman: Profile) -> None:
    zeros = PORTAL.zeros.model_copy(update={"series": "00", "number": "0"})
    values = {entry.key: entry.value for entry in plan_admission(woman, PORTAL.model_copy(update={"zeros": zeros}))}
    assert (values["series"], values["number"]) == ("00", "0")
    assert values["document_type"] == "Свидетельство об аккредитации"


def test_a_document_in_hand_keeps_its_zeros() -> None:
    profile = load([PROFILES / "bakirova.yaml"], today=date(2026, 11, 22)).people[0].profile
    assert profile
    values = {entry.key: entry.value for entry in plan_admission(profile, PORTAL)}
    assert (values["series"], values["number"], values["confirm_final"]) == ("7725", "000100210", "yes")


def test_the_other_forms(woman: Profile) -> None:
    assert [entry.value for entry in plan_purpose(woman, PORTAL)] == [
        "Я собираюсь использовать Портал как специалист со средним профессиональным образованием"
    ]
    assert [entry.value for entry in plan_cycle(woman, PORTAL)] == ["Фармация"]
    assert [entry.key for entry in plan_sign_in("90400044432", "", PORTAL)] == ["snils"]
    assert [entry.value for entry in plan_password("old", "new", PORTAL)] == ["old", "new", "new"]


def test_no_value_is_shown_by_repr(woman: Profile) -> None:
    shown = repr(plan_registration(woman, PORTAL))
    assert "Виолетта" not in shown
    assert "90400044432" not in shown
