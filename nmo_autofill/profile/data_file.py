"""The package's data files about profiles, by name."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

import yaml


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table (.csv) by heading."""
    return list(csv.DictReader(_text(name).splitlines()))


def read_tree(name: str) -> Any:  # noqa: ANN401 (each file has a shape of its own)
    """Return what a .yaml holds."""
    return yaml.safe_load(_text(name))


def _text(name: str) -> str:
    return (files(__package__) / "data" / name).read_text("utf-8")
