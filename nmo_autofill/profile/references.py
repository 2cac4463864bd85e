"""Reference lists: regions, countries, specialties, types of document."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from heapq import nlargest
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel import Locale
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import WRatio

from nmo_autofill.folding import fold
from nmo_autofill.profile.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

REGIONS = "regions"
COUNTRIES = "countries"
SPECIALTIES = MappingProxyType({Level.SPO: "specialties_spo", Level.VO: "specialties_vo"})
DOCUMENT_TYPES = "document_types"
LISTS = (REGIONS, COUNTRIES, *SPECIALTIES.values(), DOCUMENT_TYPES)

ACCREDITATION = "Свидетельство об аккредитации"

Rows = list[dict[str, str]]


class ReferenceList:
    """Names with their other spellings; only an exact (folded) match counts.

    Args:
        spellings: each name with its other spellings.
    """

    def __init__(self, spellings: Iterable[tuple[str, Iterable[str]]]) -> None:
        self.spellings = tuple((name, tuple(others)) for name, others in spellings)
        # A group has the same region a thousand times, and folding costs more than all other checks of a field.
        self._find = lru_cache(maxsize=4096)(lambda text: self._folded.get(fold(text)))

    @property
    def names(self) -> tuple[str, ...]:
        """The names, without other spellings, in the order of the list."""
        return tuple(name for name, _ in self.spellings)

    def find(self, text: str) -> str | None:
        """Return the name that `text` spells, or None."""
        return self._find(text)

    def near(self, text: str, limit: int = 3) -> list[str]:
        """Return the names most like `text`, the likest first, to be suggested and never to be taken."""
        folded = fold(text)
        ranked = nlargest(limit * 3, self._folded, key=lambda spelling: _likeness(folded, spelling))
        return list(dict.fromkeys(self._folded[spelling] for spelling in ranked))[:limit]

    def extended(self, names: Iterable[str]) -> ReferenceList:
        """Return the list with further names, for instance those that the portal map knows."""
        return ReferenceList([*self.spellings, *((name, ()) for name in names if self.find(name) != name)])

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        others = {fold(other): name for name, spellings in self.spellings for other in spellings}
        return others | {fold(name): name for name in self.names}


@dataclass(frozen=True)
class References:
    """The reference lists that profiles are checked against."""

    regions: ReferenceList
    countries: ReferenceList
    specialties: Mapping[Level, ReferenceList]
    document_types: ReferenceList
    unconfirmed_document_types: frozenset[str]
    protocol_document_types: frozenset[str]


def references(extra: Mapping[str, Sequence[str]] | None = None) -> References:
    """Return the lists of data/*.csv, each with the additional names that `extra` has for it.

    Args:
        extra: names of lists (see `LISTS`) and what to add to them.

    Raises:
        KeyError: `extra` names a list that there is not.
    """
    additions = dict(extra or {})
    built = {name: reference.extended(additions.pop(name, ())) for name, reference in _shipped().items()}
    if additions:
        raise KeyError(*additions)
    return References(
        regions=built[REGIONS],
        countries=built[COUNTRIES],
        specialties={level: built[name] for level, name in SPECIALTIES.items()},
        document_types=built[DOCUMENT_TYPES],
        unconfirmed_document_types=_with_status("unconfirmed"),
        protocol_document_types=_with_status("not_seen_as_option"),
    )


@cache
def _shipped() -> Mapping[str, ReferenceList]:
    plain = (REGIONS, *SPECIALTIES.values(), DOCUMENT_TYPES)
    lists = {name: ReferenceList((row["name"], _others(row)) for row in _rows(name)) for name in plain}
    return {**lists, COUNTRIES: ReferenceList(_countries())}


def _likeness(one: str, other: str) -> float:
    """Rate words in any order and the begin alike: either alone puts «Костромская» before «Омская» for «Омск»."""
    return WRatio(one, other) / 100 + JaroWinkler.normalized_similarity(one, other)


def _countries() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the countries by CLDR, in Russian, corrected by data/countries.csv."""
    rows = _rows(COUNTRIES)
    known = {row["code"]: row for row in rows if row["code"]}
    for code, name in Locale("ru").territories.items():
        row = known.get(code, {"alt_names": "", "kind": ""})
        if code.isalpha() and row["kind"] != "no country":
            yield name, _others(row)
    for row in rows:
        if not row["code"]:
            yield row["name"], _others(row)


def _with_status(status: str) -> frozenset[str]:
    return frozenset(row["name"] for row in _rows(DOCUMENT_TYPES) if row["portal_status"] == status)


def _others(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in row.get("alt_names", "").split(";"))))


@cache
def _rows(name: str) -> Rows:
    text = (files(__package__) / "data" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
