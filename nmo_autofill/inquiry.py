"""Questions to the person at the keyboard about what the lists leave unknown, each asked once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nmo_autofill.folding import fold
from nmo_autofill.profile import words
from nmo_autofill.profile.answers import Answer
from nmo_autofill.profile.questions import accepted, candidates
from nmo_autofill.profile.sheet.completion import GivenOnce

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nmo_autofill.profile.checks import Context
    from nmo_autofill.profile.memory import Memories
    from nmo_autofill.profile.model import Level
    from nmo_autofill.profile.people import Loaded
    from nmo_autofill.profile.questions import Question
    from nmo_autofill.terminal import Terminal

_CHOICES = {"level": "level", "sex": "sex", "admission.way": "way"}
# So many questions about one field, waiting or left open, are hardly meant to be answered one by one.
_MANY_WAITING = 10
_MANY_LEFT = 5


class Inquiry:
    """The questions of one call."""

    def __init__(self, terminal: Terminal, context: Context, memories: Memories) -> None:
        self._terminal = terminal
        self._texts = terminal.texts
        self._context = context
        self._memories = memories
        self._left: set[tuple[str, str]] = set()
        self._offered: set[str] = set()

    def ask(self, loaded: Loaded) -> bool:
        """Ask about what is unknown and was not left open before, and tell whether anything was answered."""
        columns = dict.fromkeys(
            (found.position.file, found.field) for found in loaded.diagnostics if found.code == "column.missing"
        )
        answered = [self._ask_column(file, key) for file, key in columns if (file, key) not in self._left]
        answered += [self._ask_field(key, waiting) for key, waiting in self._waiting(loaded.questions).items()]
        return any(answered)

    def _ask_column(self, file: str, key: str) -> bool:
        asked = self._texts("ask.column", list=file, label=self._texts(f"field.{key}"))
        self._terminal.tell(asked + self._allowed(key))
        value = self._answer(key, ())
        if value is None:
            self._left.add((file, key))
            return False
        known = _words(key).get(value, value)
        self._memories.learn(file, self._memories.said(file).with_given(GivenOnce(key, known)))
        return True

    def _waiting(self, questions: Iterable[Question]) -> Mapping[str, Sequence[Question]]:
        waiting: defaultdict[str, list[Question]] = defaultdict(list)
        for question in questions:
            if _name(question) not in self._left:
                waiting[question.key].append(question)
        return waiting

    def _ask_field(self, key: str, waiting: Sequence[Question]) -> bool:
        left = 0
        for number, question in enumerate(waiting):
            rest = waiting[number:]
            if (len(rest) > _MANY_WAITING or left >= _MANY_LEFT) and self._leaves(key, len(rest)):
                self._left.update(map(_name, rest))
                break
            if not self._ask_text(question):
                self._left.add(_name(question))
                left += 1
        return any(_name(question) not in self._left for question in waiting)

    def _leaves(self, key: str, number: int) -> bool:
        """Offer once for a field to leave all questions open, and tell whether that is wished."""
        if key in self._offered:
            return False
        self._offered.add(key)
        word = self._texts("ask.skip_word")
        self._terminal.tell(self._texts.count("ask.many", number, label=self._texts(f"field.{key}"), word=word))
        return fold(self._terminal.ask(self._texts("ask.more"))) == fold(word)

    def _ask_text(self, question: Question) -> bool:
        facts = {"label": self._texts(f"field.{question.key}"), "text": question.text, "place": str(question.position)}
        self._terminal.tell(self._texts.count("ask.unknown", question.times, **facts))
        near = candidates(question.key, question.text, self._context.references, question.level)
        value = self._answer(question.key, near, question.level)
        if value is None:
            return False
        answer = Answer(question.text, value, self._context.today)
        for file in question.files:
            self._memories.learn(file, self._memories.said(file).with_answer(question.key, answer))
        return True

    def _answer(self, key: str, near: Sequence[str], level: Level | None = None) -> str | None:
        """Return the value that the person at the keyboard names, None when the question is left open."""
        while True:
            for number, name in enumerate(near, 1):
                self._terminal.tell(f"  {number}. {name}")
            told = self._terminal.ask(self._texts("ask.number" if near else "ask.value"))
            if not told:
                return None
            chosen = near[int(told) - 1] if told.isascii() and told.isdecimal() and 0 < int(told) <= len(near) else told
            if value := accepted(key, chosen, self._context, level):
                return value
            near = candidates(key, told, self._context.references, level)
            self._terminal.tell(self._texts("ask.refused"))

    def _allowed(self, key: str) -> str:
        allowed = ", ".join(_words(key).values())
        return " " + self._texts("ask.allowed", words=allowed) if allowed else ""


def _words(key: str) -> Mapping[str, str]:
    """Return the word that people know each value of a choice by, none for other fields."""
    if key not in _CHOICES:
        return {}
    return {value: (*others, value)[0] for value, others in words.allowed(_CHOICES[key]).items()}


def _name(question: Question) -> tuple[str, str]:
    return question.key, fold(question.text)
