"""What a list has no column for: values given once for the group, or a finding that is told once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from nmo_autofill.profile.diagnostics import Diagnostic, Position
from nmo_autofill.profile.keys import PARTS, PERSONAL, keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from nmo_autofill.profile.diagnostics import Given
    from nmo_autofill.profile.raw import Columns, RawPerson

# What a list need not have a column for: it depends on the person.
_OF_DOCUMENT = frozenset({"admission.series", "admission.number"})
# Nobody's patronymic is hardly what is meant.
_UNSURE = "column.patronymic"
_OPTIONAL = _OF_DOCUMENT | {"patronymic"}
# What can be told once for a group.
GIVEABLE = tuple(key for key in keys() if key not in PERSONAL and key not in PARTS)


@dataclass(frozen=True)
class GivenOnce:
    """A value that was given for everybody in a list; `place` is where it is written down, if it is."""

    key: str
    text: str
    place: Position | None = field(default=None, compare=False)

    def at(self, index: int = 0) -> Position:  # noqa: ARG002 (a value is short)
        """Return where it is written down, or how it was given."""
        return self.place or Position(f"--set {self.key}")


def complete(people: Iterable[RawPerson], given: Mapping[str, GivenOnce], elsewhere: Collection[str] = ()) -> None:
    """Put in what the people's lists have no column for.

    Args:
        people: those of lists; others are left as they are.
        given: values for the group, by key; they hold only where the list has no column of the key.
        elsewhere: keys that a joined list has columns for.
    """
    listed = [person for person in people if person.columns is not None]
    if not listed:
        return
    values: dict[str, Given] = {key: value for key, value in given.items() if key in GIVEABLE}

    @cache
    def lacking(columns: Columns) -> tuple[list[Diagnostic], dict[str, Given]]:
        found = {**columns.certain, **values}
        missing = [key for key in keys() if key not in PARTS and key not in columns.keys]
        told = [
            Diagnostic(_code(key), columns.heading.at(), key, (("key", key),))
            for key in missing
            if key not in found and key not in elsewhere and _is_wanted(key, columns)
        ]
        if "patronymic" in missing and "patronymic" not in elsewhere:
            told.append(Diagnostic(_UNSURE, columns.heading.at(), "patronymic"))
        return told, {key: found[key] for key in missing if key in found}

    for person in listed:
        told, group_values = lacking(person.columns)
        person.diagnostics += told
        person.wrong.update(diagnostic.field for diagnostic in told if diagnostic.code != _UNSURE)
        for key, value in group_values.items():
            person.fields.setdefault(key, value)


def _is_wanted(key: str, columns: Columns) -> bool:
    if key == "admission.document_type":
        return bool(_OF_DOCUMENT & columns.keys)  # nobody has a document in hand where there is no place for its number
    return key not in _OPTIONAL


def _code(key: str) -> str:
    if key.startswith("consent."):
        return "column.consent"
    return "column.missing" if key in GIVEABLE else "column.personal"
