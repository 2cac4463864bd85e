from __future__ import annotations

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from nmo_autofill.profile.schema import json_schema

GOOD: dict[str, Any] = {
    "level": "spo",
    "СНИЛС": "901-000-111 94",
    "surname": "Берёзкина",
    "name": "Алёна",
    "citizenship": "РФ",
    "region": "Омская область",
    "sex": "ж",
    "birth_date": "14.03.2004",
    "email": "berezkina@example.org",
    "phone": 89000000101,
    "consent": {"date": "2025-06-20", "form": "письменное"},
    "admission": {"way": "extract", "Специальность": "Сестринское дело"},
}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_good_shapes_are_valid(validator: Draft202012Validator) -> None:
    assert validator.is_valid(GOOD)
    assert validator.is_valid({"defaults": {"level": "spo"}, "Выпускники": [{"surname": "Берёзкина"}]})


@pytest.mark.parametrize(
    "wrong",
    [
        {**GOOD, "surnme": "Берёзкина"},
        {**GOOD, "sex": "она"},
        {**GOOD, "region": "Омск"},
        {**GOOD, "birth_date": "14 марта"},
        {**GOOD, "surname": ["Берёзкина"]},
        {**GOOD, "consent": {"date": "2025-06-20", "place": "Омск"}},
        {key: value for key, value in GOOD.items() if key != "СНИЛС"},
        {"defaults": {}},
        {"graduates": []},
        {"graduates": {}},
        {"graduates": [{}], "level": "spo"},
        [GOOD],
    ],
)
def test_wrong_shapes_are_refused(wrong: object, validator: Draft202012Validator) -> None:
    assert not validator.is_valid(wrong)


def test_editors_see_the_labels_of_the_forms() -> None:
    properties = json_schema()["$defs"]["person"]["properties"]
    assert properties["snils"] == properties["СНИЛС"] == {"title": "СНИЛС", "type": ["string", "integer"]}
    assert yaml.safe_dump(json_schema())
