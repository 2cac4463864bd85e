"""The keys of a profile, and the labels that may stand for them."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml
from rapidfuzz import process
from rapidfuzz.fuzz import WRatio

from nmo_autofill.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PARTS = ("consent", "admission")

# What belongs to one person only: as a default it would be typed for everybody, and consent would be given for all.
PERSONAL = frozenset(
    {"snils", "surname", "name", "patronymic", "birth_date", "email", "phone", "consent.date", "admission.number"},
)

# The longest label has 40 letters: of a longer text, the begin is compared.
LONGEST = 100


class KeyTable:
    """The keys that a mapping may have, each with the labels that may stand for it."""

    def __init__(self, labels: Mapping[str, Iterable[str]]) -> None:
        self.labels = {key: tuple(others) for key, others in labels.items()}
        self._folded = {fold(label): key for key, others in self.labels.items() for label in (key, *others)}
        # Ten thousand profiles have the same twenty keys.
        self._find = lru_cache(maxsize=4096)(lambda text: self._folded.get(fold(text)))

    def find(self, text: str) -> str | None:
        """Return the key that `text` names, or None."""
        return self._find(text)

    @property
    def names(self) -> list[str]:
        """The keys and labels, each key before its labels."""
        return [name for key, others in self.labels.items() for name in (key, *others)]

    @cached_property
    def folded_names(self) -> Mapping[str, str]:
        """The keys and labels, each with its folded form."""
        return {name: fold(name) for name in self.names}


@cache
def keys() -> Mapping[str, tuple[str, ...]]:
    """Return every dotted key of a profile with the labels that may stand for it, from data/keys.yaml."""
    return {key: tuple(labels) for key, labels in _read("keys.yaml").items()}


@cache
def tables() -> Mapping[str, KeyTable]:
    """Return the table of each mapping of a profile: "" for the person, `consent`, `admission`."""
    split = [(*_split(key), labels) for key, labels in keys().items()]
    return {part: KeyTable({name: labels for inside, name, labels in split if inside == part}) for part in ("", *PARTS)}


@cache
def group_table() -> KeyTable:
    """Return the table of a group file's own keys."""
    return KeyTable(_read("group_keys.yaml"))


@lru_cache(maxsize=4096)
def near(text: str, part: str) -> str:
    """Return what was perhaps meant by an unknown key of this part, to be suggested.

    A key that belongs elsewhere is named with its place: `admission.series`, `defaults.level`, `graduates.snils`.
    `part` is "group" for a group file's own keys.
    """
    homes = {"": "defaults", **dict.fromkeys(PARTS, "")} if part == "group" else dict.fromkeys(tables(), "")
    for home, above in homes.items():
        if home != part and (key := tables()[home].find(text)):
            dotted = ".".join(filter(None, (home, key)))
            return ".".join(filter(None, ("graduates" if above and dotted in PERSONAL else above, dotted)))
    table = group_table() if part == "group" else tables()[part]
    names = {**table.folded_names, **group_table().folded_names} if part == "" else table.folded_names
    # A mapping gives (likeness, choice, key); no likeness is too small, so that there always is one.
    return str(process.extract(fold(text[:LONGEST]), names, scorer=WRatio, limit=1)[0][2])


def _split(key: str) -> tuple[str, str]:
    part, _, name = key.rpartition(".")
    return part, name


def _read(name: str) -> dict[str, list[str]]:
    read: dict[str, list[str]] = yaml.safe_load((files(__package__) / "data" / name).read_text("utf-8"))
    return read
