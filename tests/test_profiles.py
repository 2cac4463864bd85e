"""The made-up people of profiles/."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from nmo_autofill.profile.loading import load
from nmo_autofill.profile.model import Level, Profile, Sex, Way
from nmo_autofill.profile.schema import json_schema

PROFILES = Path(__file__).parents[1] / "profiles"
FILES = sorted(PROFILES.glob("*.yaml"))


@pytest.fixture(scope="module")
def people() -> list[Profile]:
    loaded = load([PROFILES], today=date(2025, 8, 1))
    assert loaded.diagnostics == ()
    assert loaded.left_out == ()
    return [person.profile for person in loaded.people if person.profile]


def test_every_kind_of_person_is_there(people: list[Profile]) -> None:
    assert len(FILES) >= 13
    assert len(people) >= 16
    assert {(one.level, one.admission.way) for one in people} == {(level, way) for level in Level for way in Way}
    assert {one.sex for one in people} == set(Sex)
    assert any(one.patronymic is None for one in people)
    assert any("-" in one.surname for one in people)
    assert any("'" in one.surname for one in people)
    assert any("ё" in one.surname for one in people)
    assert {one.citizenship for one in people} > {"Россия"}


def test_one_file_is_a_group() -> None:
    groups = [path for path in FILES if "graduates:" in path.read_text("utf-8")]
    assert len(groups) == 1
    assert len(yaml.load(groups[0].read_text("utf-8"), yaml.BaseLoader)["graduates"]) >= 4  # noqa: S506 (builds texts only)


def test_nobody_is_real(people: list[Profile]) -> None:
    assert all(one.snils.startswith("9") for one in people), "numbers that are not given out yet"
    assert all(one.email.endswith("@example.org") for one in people)
    assert all(one.phone.startswith("+7900000") for one in people)


def test_the_stand_in_portal_knows_their_organisations(people: list[Profile]) -> None:
    lines = (files("mock_portal") / "data" / "organisations.csv").read_text("utf-8").splitlines()
    known = {row["name"] for row in csv.DictReader(lines)}
    assert {one.admission.organisation for one in people} <= known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_schema_takes_them(path: Path) -> None:
    content = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (builds texts only)
    assert [error.message for error in Draft202012Validator(json_schema()).iter_errors(content)] == []
