from __future__ import annotations

import copy
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from nmo_autofill.profile.keys import KeyTable, keys, tables
from nmo_autofill.profile.model import Admission, Consent, Profile
from nmo_autofill.profile.words import choice, says_none

GOOD: dict[str, Any] = {
    "level": "spo",
    "snils": "90100011194",
    "surname": "Берёзкина",
    "name": "Алёна",
    "citizenship": "Россия",
    "region": "Омская область",
    "sex": "female",
    "birth_date": "2004-03-14",
    "email": "berezkina@example.org",
    "phone": "+79000000101",
    "consent": {"date": "2025-06-20", "form": "письменное"},
    "admission": {
        "way": "extract",
        "document_type": "Свидетельство об аккредитации",
        "specialty": "Сестринское дело",
        "organisation": "Омский областной медицинский колледж",
        "exam_date": "2025-07-03",
        "issue_date": "2025-07-10",
    },
}


def test_a_profile_is_frozen() -> None:
    profile = Profile.model_validate(GOOD)
    with pytest.raises(ValidationError, match="frozen"):
        profile.name = "Ольга"  # type: ignore[misc]


@pytest.mark.parametrize("key", ["snils", "phone"])
def test_a_wrong_value_is_refused_without_being_shown(key: str) -> None:
    wrong = copy.deepcopy(GOOD) | {key: "90100011195"}
    with pytest.raises(ValidationError) as caught:
        Profile.model_validate(wrong)
    assert "90100011195" not in str(caught.value)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Profile.model_validate(GOOD | {"passport": "1"})


def test_keys_and_model_agree() -> None:
    parts: dict[str, type[BaseModel]] = {"consent": Consent, "admission": Admission}
    expected = [
        *Profile.model_fields,
        *(f"{part}.{name}" for part, model in parts.items() for name in model.model_fields),
    ]
    assert sorted(keys()) == sorted(expected)


def test_no_label_stands_for_two_keys() -> None:
    for table in tables().values():
        assert {table.find(name) for name in table.names} == set(table.labels)
        for key, labels in table.labels.items():
            assert {table.find(label) for label in labels} <= {key}


def test_labels_are_compared_folded() -> None:
    table = KeyTable({"snils": ["СНИЛС"]})
    assert [table.find(text) for text in ("снилс *", "CНИЛC:", "SNILS", "ИНН")] == ["snils", "snils", "snils", None]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("sex", "М", "male"),
        ("sex", "Женский", "female"),
        ("sex", "Муж", "male"),
        ("sex", "она", None),
        ("level", "Высшее", "vo"),
        ("way", "Выписка", "extract"),
    ],
)
def test_words_stand_for_choices(kind: str, text: str, value: str | None) -> None:
    assert choice(kind, text) == value


def test_words_for_none() -> None:
    assert all(map(says_none, ["нет", "Нет", "-", "—", "ОТСУТСТВУЕТ"]))
    assert not says_none("Нетович")
