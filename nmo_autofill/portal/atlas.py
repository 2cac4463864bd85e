"""The portal maps that come with the tool, and maps from files."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from nmo_autofill.portal.document import ill_formed, read
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
    merged: dict[str, Any] = {}
    for document in reversed(_chain(name)):
        merged = _merged(merged, document)
    try:
        return PortalMap.model_validate(merged)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ill_formed(name, f"{place}: {first['msg']}") from None


def at_address(portal: PortalMap, address: str) -> PortalMap:
    """Return the map with every level's front page at this address."""
    return portal.model_copy(update={"entry": dict.fromkeys(("spo", "vo"), address)})


def _chain(name: str) -> list[dict[str, Any]]:
    """Return the map's document, then that of the map it extends, and so on."""
    documents: list[dict[str, Any]] = []
    seen: list[str] = []
    base = name
    while base or not documents:
        source = _source(base)
        documents.append(read(source, base))
        seen.append(str(source))
        if seen.count(seen[-1]) > 1:
            raise ill_formed(name, f"extends: the maps go in a circle, from {base} to itself")
        base = documents[-1].pop("extends", "")
        if not isinstance(base, str):
            raise ill_formed(name, "extends: a name or a file is expected")
    return documents


def _source(name: str) -> Traversable:
    if name.endswith((".yaml", ".yml")):
        return Path(name)
    if name not in names():
        raise ill_formed(name, ", ".join(names()))
    return MAPS / f"{name}.yaml"


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    both = dict(base)
    for key, value in over.items():
        below = both.get(key)
        both[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return both
