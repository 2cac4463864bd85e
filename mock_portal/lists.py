"""The lists that the portal offers, and the names of its fields."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib.resources import files
from typing import Literal

Level = Literal["spo", "vo"]
LEVELS: tuple[Level, ...] = ("spo", "vo")

_DATA = files("mock_portal") / "data"

SEXES = ("Мужской", "Женский")


@cache
def names(name: str) -> tuple[str, ...]:
    """Return the options of the list `name`, in the order of `data/NAME.csv`."""
    return tuple(row["name"] for row in _rows(name))


@cache
def regions_of_organisations() -> dict[str, str]:
    """Return the region of each organisation."""
    return {row["name"]: row["region"] for row in _rows("organisations")}


@cache
def texts(name: str) -> dict[str, str]:
    """Return the texts of `data/NAME.json` by their keys."""
    found: dict[str, str] = json.loads((_DATA / f"{name}.json").read_text("utf-8"))
    return found


def options(name: str, level: str | None = None) -> tuple[str, ...]:
    """Return the options of a form's list: `specialty` depends on the level of education. Raises KeyError."""
    if name == "sex":
        return SEXES
    if name == "specialty":
        return names(f"specialties_{level}") if level in LEVELS else ()
    return names(_FILES[name])


_FILES = {
    "citizenship": "countries",
    "region": "regions",
    "document_type": "document_types",
    "organisation": "organisations",
}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_DATA / f"{name}.csv").read_text("utf-8").splitlines()))
