"""A map overlay: a file that extends a portal map and holds only what differs."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, Any

import yaml

from nmo_autofill.portal.document import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def overlaid(file: Path, base: str, page: str, fields: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    """Return what the file holds now, and what it would hold with these fields of a page beside what it has.

    Args:
        file: the overlay; it need not be there.
        base: the map that a new overlay extends.
        page: the key of the page.
        fields: by key, what differs from the map.

    Raises MapError when the file is no map.
    """
    before = file.read_text("utf-8") if file.exists() else ""
    document: dict[str, Any] = read(file, str(file)) if before else {"extends": base}
    known = document.setdefault("pages", {}).setdefault(page, {}).setdefault("fields", {})
    for key, field in fields.items():
        known[key] = {**known.get(key, {}), **field}
    return before, yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)


def difference(before: str, after: str, name: str) -> str:
    """Return what changes from one text to the other, as a unified diff."""
    lines: Iterable[str] = unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="")
    return "\n".join(lines)
