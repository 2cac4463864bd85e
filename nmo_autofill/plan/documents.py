"""The person's document among those that the portal shows already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.folding import fold
from nmo_autofill.outcome import Difference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_IDENTITIES = (("document_type", "specialty"), ("specialty", "exam_date"))
_NUMBERS = ("series", "number")


@dataclass(frozen=True)
class Found:
    """What the portal's list says of the person's document.

    `present` with no `differences`: it is there, equal. `present` with some: another version of it is there.
    """

    present: bool
    differences: tuple[Difference, ...] = ()


def find_document(ours: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> Found:
    """Look for the document `ours` in the portal's `rows`; both have values by field key.

    The same document is one of the same type and specialty, one of the same specialty and exam date under another type,
    or one of the same series and number (unless zeros).
    Of several rows, an equal one counts.
    """
    same = [row for row in rows if any(_agree(ours, row, fields) for fields in _IDENTITIES) or _same_number(ours, row)]
    if not same:
        return Found(present=False)
    found = [_differences(ours, row) for row in same]
    return Found(present=True, differences=min(found, key=len))


def _agree(ours: Mapping[str, str], row: Mapping[str, str], fields: Sequence[str]) -> bool:
    return all(field in row and fold(ours[field]) == fold(row[field]) for field in fields)


def _same_number(ours: Mapping[str, str], row: Mapping[str, str]) -> bool:
    real = any(set(ours[field]) - {"0"} for field in _NUMBERS)
    return real and _agree(ours, row, _NUMBERS)


def _differences(ours: Mapping[str, str], row: Mapping[str, str]) -> tuple[Difference, ...]:
    return tuple(
        Difference(field, *(_masked(ours[field], row[field]) if field in _NUMBERS else (ours[field], row[field])))
        for field in ours
        if field in row and fold(ours[field]) != fold(row[field])
    )


def _masked(ours: str, portals: str) -> tuple[str, str]:
    """Show of two numbers only the places in which they differ: a document's number is personal."""
    if len(ours) != len(portals):
        return "•" * len(ours), "•" * len(portals)
    pairs = [(one, other) if one != other else ("•", "•") for one, other in zip(ours, portals, strict=True)]
    return "".join(one for one, _ in pairs), "".join(other for _, other in pairs)
