"""Headings of columns: which field a column holds, by its own words and those of the band above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from nmo_autofill.folding import fold
from nmo_autofill.profile.data_file import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROW_NUMBER = "row_number"
FULL_NAME = "full_name"
DIPLOMA_CODE = "diploma_code"
SERIES_NUMBER = "series_number"
# By these a person is known; a table without any of them is no list of people.
IDENTITY = frozenset({"snils", FULL_NAME, "surname"})

_SEVERAL = {
    FULL_NAME: ("surname", "name", "patronymic"),
    SERIES_NUMBER: ("admission.series", "admission.number"),
    DIPLOMA_CODE: ("admission.specialty",),
}
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_EDGE = re.compile(r"[()\[\]_]")
_EDGES = " .,;:*-"
_ADMISSION = "admission"
# These belong to a document, and under the band of another document they are that one's.
_OF_DOCUMENTS = ("admission.", "consent.")
_OURS = ("admission", "consent")
_OF_EVERY_DOCUMENT = frozenset({"admission.specialty"})


class Meaning(NamedTuple):
    """The field that a column holds; `bare` when nothing tells of which document its series or number is."""

    key: str
    bare: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The words of data/headings.yaml, folded."""

    columns: Mapping[str, str]
    holding: Mapping[str, Sequence[Sequence[str]]]
    parts: Mapping[str, str]
    vague: frozenset[str]
    documents: Mapping[str, Sequence[str]]
    part_keys: Mapping[str, str]
    others: tuple[str, ...]
    others_whole: frozenset[str]
    silent: frozenset[str]


def meaning(bands: Sequence[str], heading: str) -> Meaning | None:
    """Return which field a column holds, or None; `bands` stand above the heading, the nearest last."""
    return _meaning(tuple(bands), heading)


@lru_cache(maxsize=4096)
def _meaning(bands: tuple[str, ...], heading: str) -> Meaning | None:
    words = vocabulary()
    plain = _plain(heading)
    # Whose it is may stand in brackets: «Телефон (родителей)».
    if not plain or any(map(_is_anothers, (heading, *bands))):
        return None
    kind = next(filter(None, map(_kind, (heading, *reversed(bands)))), None)
    key = _column(heading, plain, words)
    if key is not None:
        return Meaning(key) if kind is None or _suits(key, kind) else None
    return _part(plain, kind, words)


def is_of_other_document(path: Sequence[str]) -> bool:
    """Tell whether a column, by the texts above it, is the series, number or date of another document."""
    words = vocabulary()
    if not path:
        return False
    kind = next(filter(None, map(_kind, reversed(path))), None)
    return kind not in {None, *_OURS} and _part_name(_plain(path[-1]), words) is not None


def fields_of(key: str) -> tuple[str, ...]:
    """Return the keys of a profile that a column of this key tells."""
    return _SEVERAL.get(key, (key,))


def first_headings() -> Mapping[str, str]:
    """Return for each key the heading that the tool's own template has."""
    return {key: names[0] for key, names in _read()["columns"].items()}


@cache
def vocabulary() -> Vocabulary:
    """Return the words by which headings are known."""
    read = _read()
    return Vocabulary(
        columns={_trim(fold(name.replace("_", " "))): key for key, names in read["columns"].items() for name in names},
        holding=read["holding"],
        parts={_trim(fold(name)): part for part, names in read["parts"].items() for name in names},
        vague=frozenset(map(fold, read["vague"])),
        documents=read["documents"],
        part_keys=read["part_keys"],
        others=tuple(read["others"]),
        others_whole=frozenset(read["others_whole"]),
        silent=frozenset((*read["whose"], *read["noise"])),
    )


def _column(heading: str, plain: str, words: Vocabulary) -> str | None:
    whole = _trim(fold(heading.replace("_", " ")))
    spoken = " ".join(word for word in plain.split(" ") if word not in words.silent)
    for text in (whole, plain, spoken):
        if text in words.columns:
            return words.columns[text]
    for key, alternatives in words.holding.items():
        if any(all(part in plain for part in parts) for parts in alternatives):
            return key
    return None


def _part(plain: str, kind: str | None, words: Vocabulary) -> Meaning | None:
    """Return what a part of a document is: «Серия», under the band «Диплом» or as «Серия паспорта»."""
    name = _part_name(plain, words)
    if name is None or (kind is None and name in words.vague):
        return None
    key = words.part_keys.get(f"{kind or _ADMISSION}.{words.parts[name]}")
    return Meaning(key, bare=kind is None) if key else None


def _part_name(plain: str, words: Vocabulary) -> str | None:
    """Return the name of the part that a heading tells beside the document's own words."""
    begins = tuple(begin for kinds in words.documents.values() for begin in kinds)
    spoken = [word for word in plain.split(" ") if word not in words.silent and not word.startswith(begins)]
    name = _trim(" ".join(spoken))
    return name if name in words.parts else None


def _suits(key: str, kind: str) -> bool:
    """Tell whether a column of this key may stand under the band of a document of this kind."""
    return not key.startswith(_OF_DOCUMENTS) or key in _OF_EVERY_DOCUMENT or key.startswith(f"{kind}.")


@lru_cache(maxsize=16_384)
def _kind(text: str) -> str | None:
    """Return the kind of document that a text names, None when it names none or several."""
    spoken = _opened(text).split(" ")
    kinds = vocabulary().documents.items()
    found = {kind for kind, begins in kinds for word in spoken if word.startswith(tuple(begins))}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=16_384)
def _is_anothers(text: str) -> bool:
    words = _opened(text).split(" ")
    return any(word.startswith(vocabulary().others) or word in vocabulary().others_whole for word in words)


@lru_cache(maxsize=16_384)
def _plain(heading: str) -> str:
    return _trim(fold(_BRACKETS.sub(" ", heading.replace("_", " "))))


def _opened(text: str) -> str:
    """Return the text with what stands in brackets."""
    return _trim(fold(_EDGE.sub(" ", text)))


def _trim(text: str) -> str:
    return " ".join(filter(None, (word.strip(_EDGES) for word in text.split(" "))))


def texts(names: Iterable[str]) -> tuple[str, ...]:
    """Return the texts without repetition and empty ones, in their order."""
    return tuple(dict.fromkeys(filter(None, names)))


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = read_tree("headings.yaml")
    return read
