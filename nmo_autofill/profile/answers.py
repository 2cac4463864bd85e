"""What staff said once for a list: what unknown texts mean, and values for what it has no column for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date  # noqa: TC003 (of a dataclass)
from pathlib import Path  # noqa: TC003 (of a dataclass)
from typing import TypeAlias

from nmo_autofill.folding import fold
from nmo_autofill.profile.diagnostics import Position  # noqa: TC001 (of a dataclass)
from nmo_autofill.profile.sheet.completion import GivenOnce  # noqa: TC001 (of a dataclass)


@dataclass(frozen=True)
class Answer:
    """The name of a closed list that a text means, as staff said on a day; `place` is where it is written down."""

    text: str
    value: str
    day: date
    place: Position | None = field(default=None, compare=False)


Answers: TypeAlias = Mapping[str, Mapping[str, Answer]]
"""Answers by key of the field (`region`, `admission.specialty` …) and folded text."""


@dataclass(frozen=True, slots=True)
class Said:
    """What staff said once for one list.

    Attributes:
        given: values by key for what the list has no column for.
        joined: lists that tell more about the same people.
        answers: what unknown texts mean.
    """

    given: Mapping[str, GivenOnce] = field(default_factory=dict)
    joined: tuple[Path, ...] = ()
    answers: Answers = field(default_factory=dict)

    def with_given(self, value: GivenOnce) -> Said:
        """Return it with a value for everybody in the list."""
        return replace(self, given={**self.given, value.key: value})

    def with_answer(self, key: str, answer: Answer) -> Said:
        """Return it with what a text means."""
        text = " ".join(answer.text.split())
        known = {**self.answers.get(key, {}), fold(text): replace(answer, text=text)}
        return replace(self, answers={**self.answers, key: known})


NOTHING = Said()
"""What was said of a list of which nobody said anything."""
