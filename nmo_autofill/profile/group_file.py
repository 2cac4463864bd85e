"""What tells the memory of a group from a file with people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.profile import keys

if TYPE_CHECKING:
    from collections.abc import Iterable

TOP = frozenset({"lists"})
"""The keys of a memory."""


def is_memory(content: object) -> bool:
    """Tell whether a YAML document is the memory of a group: it has `lists` and no other key."""
    return content is None or (isinstance(content, dict) and bool(content) and content.keys() <= TOP)


def holds_people(names: Iterable[str]) -> bool:
    """Tell whether a YAML document with these keys is a profile or a group file, right or wrong."""
    return any(keys.group_table().find(name) or keys.tables()[""].find(name) for name in names)
