"""Documents in the template of ФИС ФРДО: what a row says of its own one."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from nmo_autofill.folding import fold
from nmo_autofill.profile.data_file import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Longer than any answer of the template's lists.
_LONGEST = 100
_WORD = re.compile(r"\w+")
_Words = tuple[str, ...]


class Doubt(StrEnum):
    """What is doubtful about a document: codes of diagnostics."""

    CONFIRMED = "frdo.confirmed"
    STATUS = "frdo.status"
    REFERENCE = "frdo.reference"


class _Rule(NamedTuple):
    """What is told of an answer: `doubt`, for those that begin with `says`, or with nothing of `says_other_than`."""

    doubt: Doubt
    says: tuple[_Words, ...] = ()
    says_other_than: tuple[_Words, ...] = ()

    def is_for(self, text: str) -> bool:
        """Tell whether it is told of this answer."""
        words = _words(text[:_LONGEST])
        if self.says_other_than:
            return bool(words) and not _begins(words, self.says_other_than)
        return _begins(words, self.says)


def headings() -> frozenset[str]:
    """Return the headings of the columns that say something of the document."""
    return frozenset(_rules())


def doubt(heading: str, text: str) -> Doubt | None:
    """Return what an answer in the column of this heading makes doubtful, None for nothing."""
    rule = _rules()[heading]
    return rule.doubt if rule.is_for(text) else None


def _begins(words: _Words, answers: Iterable[_Words]) -> bool:
    return any(words[: len(answer)] == answer for answer in answers)


def _words(text: str) -> _Words:
    return tuple(_WORD.findall(fold(text)))


@cache
def _rules() -> Mapping[str, _Rule]:
    return {heading: _rule(**told) for heading, told in read_tree("frdo_document.yaml").items()}


def _rule(code: str, says: Iterable[str] = (), says_other_than: Iterable[str] = ()) -> _Rule:
    return _Rule(Doubt(code), tuple(map(_words, says)), tuple(map(_words, says_other_than)))
