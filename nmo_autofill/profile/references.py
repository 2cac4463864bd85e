"""Reference lists: regions, countries, specialties, types of document, organisations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from heapq import nlargest
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel import Locale
from rapidfuzz.distance import JaroWinkler, Prefix
from rapidfuzz.fuzz import WRatio

from nmo_autofill.folding import fold
from nmo_autofill.profile.data_file import read_rows, read_tree
from nmo_autofill.profile.model import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

REGIONS = "regions"
COUNTRIES = "countries"
SPECIALTIES = MappingProxyType({Level.SPO: "specialties_spo", Level.VO: "specialties_vo"})
DOCUMENT_TYPES = "document_types"
ORGANISATIONS = "organisations"
LISTS = (REGIONS, COUNTRIES, *SPECIALTIES.values(), DOCUMENT_TYPES, ORGANISATIONS)

ACCREDITATION = "Свидетельство об аккредитации"

Rows = list[dict[str, str]]

_WORD = re.compile(r"[^\W\d_]+")
# The forms of a word begin alike; with fewer letters so do others.
_BEGIN = 3


class ReferenceList:
    """Names with their other spellings; only an exact (folded) match counts.

    Args:
        spellings: each name with its other spellings.
    """

    def __init__(self, spellings: Iterable[tuple[str, Iterable[str]]]) -> None:
        self.spellings = tuple((name, tuple(others)) for name, others in spellings)
        # A group has the same region a thousand times, and folding costs more than all other checks of a field.
        self._find = lru_cache(maxsize=4096)(lambda text: self._folded.get(fold(text)))
        # What is unknown stands in a thousand rows, too, and rating every spelling costs most of all.
        self._near = lru_cache(maxsize=4096)(self._rated)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, without other spellings, in the order of the list."""
        return tuple(name for name, _ in self.spellings)

    def find(self, text: str) -> str | None:
        """Return the name that `text` spells, or None."""
        return self._find(text)

    def near(self, text: str, limit: int = 3) -> list[str]:
        """Return the names most like `text`, the likest first, to be suggested and never to be taken.

        Codes count for nothing here: one wrong digit makes another country.
        """
        return list(self._near(text, limit))

    def _rated(self, text: str, limit: int) -> tuple[str, ...]:
        folded = fold(text)
        worded = (spelling for spelling in self._folded if not spelling.isdecimal())
        told = _told(folded)

        def likeness(spelling: str) -> float:
            return _likeness(folded, spelling) + self._share(spelling, told)

        ranked = nlargest(limit * 3, worded, key=likeness)
        return tuple(dict.fromkeys(self._folded[spelling] for spelling in ranked))[:limit]

    def _share(self, spelling: str, told: Callable[[str], float]) -> float:
        """Return how much of a spelling's words is told; what many names have, as «область», counts little."""
        weights = {word: 1 / self._names_with.get(word, 1) for word in _WORD.findall(spelling)}
        return sum(weight * told(word) for word, weight in weights.items()) / (sum(weights.values()) or 1)

    def extended(self, names: Iterable[str]) -> ReferenceList:
        """Return the list with further names, for instance those that the portal map knows."""
        return ReferenceList([*self.spellings, *((name, ()) for name in names if self.find(name) != name)])

    @cached_property
    def _names_with(self) -> Mapping[str, int]:
        return Counter(word for name in self.names for word in {*_WORD.findall(fold(name))})

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        others = {fold(other): name for name, spellings in self.spellings for other in spellings}
        return others | {fold(name): name for name in self.names}


@dataclass(frozen=True)
class References:
    """The reference lists that profiles are checked against.

    Attributes:
        organisations: empty unless the portal map has some: nobody knows the portal's own list.
        diploma_codes: the code of a diploma's specialty («34.02.01»), and the specialties that it fits.
    """

    regions: ReferenceList
    countries: ReferenceList
    specialties: Mapping[Level, ReferenceList]
    diploma_codes: Mapping[Level, Mapping[str, tuple[str, ...]]]
    document_types: ReferenceList
    organisations: ReferenceList
    unconfirmed_document_types: frozenset[str]
    protocol_document_types: frozenset[str]


@dataclass(frozen=True)
class ListSource:
    """Where a list comes from, in Russian, and the day (or only the month) when it was taken, by ISO 8601."""

    source: str
    date: str


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
        diploma_codes={level: _diploma_codes(name) for level, name in SPECIALTIES.items()},
        document_types=built[DOCUMENT_TYPES],
        organisations=built[ORGANISATIONS],
        unconfirmed_document_types=_with_status("unconfirmed"),
        protocol_document_types=_with_status("not_seen_as_option"),
    )


@cache
def sources() -> Mapping[str, ListSource]:
    """Return the source of each list and of each data file of words, from data/sources.yaml."""
    return MappingProxyType({name: ListSource(**told) for name, told in read_tree("sources.yaml").items()})


@cache
def _shipped() -> Mapping[str, ReferenceList]:
    plain = (REGIONS, *SPECIALTIES.values(), DOCUMENT_TYPES)
    lists = {name: ReferenceList((row["name"], _others(row)) for row in _rows(name)) for name in plain}
    return {**lists, COUNTRIES: ReferenceList(_countries()), ORGANISATIONS: ReferenceList(())}


def _likeness(one: str, other: str) -> float:
    """Rate words in any order and the begin alike: either alone puts «Костромская» before «Омская» for «Омск»."""
    return WRatio(one, other) / 100 + JaroWinkler.normalized_similarity(one, other)


def _told(text: str) -> Callable[[str], float]:
    """Return what rates, by the text's word that begins most alike, how surely a word stands in it in some form."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for word in _WORD.findall(text):
        words[word[:_BEGIN]].append(word)

    @cache
    def told(word: str) -> float:
        alike = words.get(word[:_BEGIN], ())
        return max((Prefix.normalized_similarity(word, one) for one in alike), default=0)

    return told


def _countries() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the countries by CLDR, in Russian, corrected by data/countries.csv, and their codes by ОКСМ."""
    rows, numbers, territories = _rows(COUNTRIES), _numbers(), Locale("ru").territories
    known = {row["code"]: row for row in rows if row["code"]}
    for code, name in territories.items():
        row = known.get(code, {"alt_names": "", "kind": ""})
        if code.isalpha() and row["kind"] != "no country":
            yield name, (*_others(row), *numbers.get(code, ()))
    for row in rows:
        if row["code"] not in territories:
            yield row["name"], (*_others(row), *numbers.get(row["code"], ()))


def _numbers() -> Mapping[str, tuple[str, ...]]:
    """Return the spellings of each country's number: «051», and «51» as spreadsheets leave it."""
    rows = _rows("oksm")
    return {row["code"]: tuple(dict.fromkeys((row["numeric"], row["numeric"].lstrip("0")))) for row in rows}


@cache
def _diploma_codes(specialties: str) -> Mapping[str, tuple[str, ...]]:
    fitting: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in _rows(specialties):
        for code in _parts(row.get("diploma_code", "")):
            fitting[code] += (row["name"],)
    return MappingProxyType(dict(fitting))


def _with_status(status: str) -> frozenset[str]:
    return frozenset(row["name"] for row in _rows(DOCUMENT_TYPES) if row["portal_status"] == status)


def _others(row: Mapping[str, str]) -> tuple[str, ...]:
    return _parts(row.get("alt_names", ""))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in cell.split(";"))))


@cache
def _rows(name: str) -> Rows:
    return read_rows(f"{name}.csv")
