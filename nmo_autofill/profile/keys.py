"""The keys of a profile, and the labels that may stand for them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from nmo_autofill.folding import fold
from nmo_autofill.profile.data_file import read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

PARTS = ("consent", "admission")

# What belongs to one person only: as a default it would be typed for everybody, and consent would be given for all.
PERSONAL = frozenset(
    {"snils", "surname", "name", "patronymic", "birth_date", "email", "phone", "consent.date", "admission.number"},
)

# The longest label has 40 letters: of a longer text, the begin is compared.
LONGEST = 100

# The least likeness of a slip of the pen: below it stand other words («a» and «name» 0.75, «full_name» and «surname»
# 0.76), above it shortened ones («sec» and «sex» 0.822, «тел» and «Телефон» 0.87).
LIKE = 0.82


class KeyTable:
    """The keys that a mapping may have, each with the labels that may stand for it."""

    def __init__(self, labels: Mapping[str, Iterable[str]]) -> None:
        self.labels = {key: tuple(others) for key, others in labels.items()}
        self._folded = {fold(label): key for key, others in self.labels.items() for label in (key, *others)}
        # Ten thousand profiles have the same twenty keys.
        self.find: Callable[[str], str | None] = lru_cache(maxsize=4096)(lambda text: self._folded.get(fold(text)))
        """The key that a text names, or None."""

    @property
    def names(self) -> list[str]:
        """The keys and labels, each key before its labels."""
        return [name for key, others in self.labels.items() for name in (key, *others)]


@cache
def keys() -> Mapping[str, tuple[str, ...]]:
    """Return every dotted key of a profile with the labels that may stand for it, from data/keys.yaml."""
    return {key: tuple(labels) for key, labels in _labels("keys.yaml").items()}


@cache
def tables() -> Mapping[str, KeyTable]:
    """Return the table of each mapping of a profile: "" for the person, `consent`, `admission`."""
    split = [(*_split(key), labels) for key, labels in keys().items()]
    return {part: KeyTable({name: labels for inside, name, labels in split if inside == part}) for part in ("", *PARTS)}


@cache
def group_table() -> KeyTable:
    """Return the table of a group file's own keys."""
    return KeyTable(_labels("group_keys.yaml"))


@lru_cache(maxsize=4096)
def near(text: str, part: str) -> str:
    """Return what was perhaps meant by an unknown key of this part, to be suggested; empty if it is like none.

    A key that belongs elsewhere is named with its place: `admission.series`, `defaults.level`, `graduates.snils`.
    `part` is "group" for a group file's own keys.
    """
    homes = {"": "defaults", **dict.fromkeys(PARTS, "")} if part == "group" else dict.fromkeys(tables(), "")
    for home, above in homes.items():
        if home != part and (key := tables()[home].find(text)):
            dotted = ".".join(filter(None, (home, key)))
            return ".".join(filter(None, ("graduates" if above and dotted in PERSONAL else above, dotted)))
    meant = _meant(part)
    likest = process.extractOne(
        fold(text[:LONGEST]), list(meant), scorer=JaroWinkler.normalized_similarity, score_cutoff=LIKE
    )
    return meant[likest[0]] if likest else ""


def table_of(part: str) -> KeyTable:
    """Return the table of this part, or of a group file's own keys (`group`)."""
    return group_table() if part == "group" else tables()[part]


@cache
def other_words(part: str) -> Mapping[str, Sequence[str]]:
    """Return the words that only show which key of this part was meant, from data/other_words.yaml."""
    split = [(*_split(key), words) for key, words in _labels("other_words.yaml").items()]
    return {name: words for inside, name, words in split if inside == part}


@cache
def _meant(part: str) -> Mapping[str, str]:
    """Return what an unknown key of this part is held against, folded, each with what is suggested for it."""
    names = [*table_of(part).names, *(group_table().names if part == "" else ())]
    return {fold(word): key for key, words in other_words(part).items() for word in words} | {
        fold(name): name for name in reversed(names)
    }


def _split(key: str) -> tuple[str, str]:
    part, _, name = key.rpartition(".")
    return part, name


def _labels(name: str) -> dict[str, list[str]]:
    read: dict[str, list[str]] = read_tree(name)
    return read
