"""Names of sheets: which of them say that their people do not belong to the group now."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nmo_autofill.folding import fold
from nmo_autofill.profile.data_file import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[а-я]+")
# Excel's own names have 31 characters at most.
_LONGEST = 100


class _Words(NamedTuple):
    """Words of one meaning: some known by their begin, some only whole."""

    begins: tuple[str, ...]
    whole: frozenset[str]

    def are_in(self, words: Iterable[str]) -> bool:
        """Tell whether one of the words is meant."""
        return any(word in self.whole or word.startswith(self.begins) for word in words)


@lru_cache(maxsize=4096)
def says_gone(name: str) -> bool:
    """Tell whether the name says that the people of the sheet have left: «Отчислены», «Академ», «Архив 2025»."""
    words = _WORD.findall(fold(name[:_LONGEST]))
    gone, unless = _vocabulary()
    return gone.are_in(words) and not unless.are_in(words)


@cache
def _vocabulary() -> tuple[_Words, _Words]:
    read = read_tree("sheet_names.yaml")
    gone, unless = (_Words(tuple(read[kind]), frozenset(read[f"{kind}_whole"])) for kind in ("gone", "unless"))
    return gone, unless
