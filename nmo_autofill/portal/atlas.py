"""The portal maps that come with the tool, and maps from files."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from nmo_autofill.errors import MapError
from nmo_autofill.portal.model import PortalMap

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MAPS = files("nmo_autofill.portal") / "maps"


def names() -> tuple[str, ...]:
    """Return the names of the bundled maps."""
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in MAPS.iterdir() if entry.name.endswith(".yaml")))


def load_map(name: str) -> PortalMap:
    """Return the bundled map of this name, or the map in this file (`*.yaml`).

    A map may say `extends: NAME`: then it holds only what differs from that one. Raises MapError.
    """
    try:
        return PortalMap.model_validate(_extended(_source(name), name))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise MapError(map=name, what=f"{place}: {first['msg']}") from None


def at_address(portal: PortalMap, address: str) -> PortalMap:
    """Return the map with every level's front page at this address."""
    return portal.model_copy(update={"entry": dict.fromkeys(("spo", "vo"), address)})


def _source(name: str) -> Traversable:
    if name.endswith((".yaml", ".yml")):
        return Path(name)
    if name not in names():
        raise MapError(map=name, what=f"{', '.join(names())}")
    return MAPS / f"{name}.yaml"


def _extended(source: Traversable, name: str) -> dict[str, Any]:
    try:
        document = yaml.safe_load(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise MapError(map=name, what=str(error)) from None
    if not isinstance(document, dict):
        raise MapError(map=name, what="a mapping is expected")
    base = document.pop("extends", None)
    return document if base is None else _merged(_extended(_source(base), base), document)


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    both = dict(base)
    for key, value in over.items():
        below = both.get(key)
        both[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return both
