"""The operator's screen at the terminal: what waits for them, and what they decide about it."""

from __future__ import annotations

import re
from contextlib import ExitStack
from threading import Lock, Thread
from typing import TYPE_CHECKING

from nmo_autofill.folding import fold
from nmo_autofill.report.sentences import place
from nmo_autofill.runs.handoffs import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmo_autofill.runs.handoffs import HandOff, Said
    from nmo_autofill.terminal import Terminal

    Decide = Callable[[int, Said], None]

_SECONDS = 0.2  # the keyboard is let go so often: a password may have to be asked for
_OPTION = "option"
# Somebody's number, and a word; after it, for a question, the number of an option.
_LINE = re.compile(r"\s*(\d*)\s*(\w*?)\s*(\d*)\s*")


class TerminalScreen:
    """Tells what waits for a person; where somebody sits at the keyboard, takes their word on it."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._lock = Lock()
        self._decide: Decide = lambda _, __: None
        self._open: dict[int, ExitStack] = {}  # each ended when the hand-off of this number is
        self._reader: Thread | None = None

    @property
    def hears(self) -> bool:
        """Whether somebody sits at the keyboard."""
        return self._terminal.can_ask

    def handed_over(self, handoff: HandOff, decide: Decide) -> None:
        """Tell what waits, and begin to listen."""
        texts, undrawn = self._terminal.texts, ExitStack()
        undrawn.enter_context(self._terminal.undrawn())
        facts = {name: getattr(handoff, name) for name in ("page", "button", "wanted")}
        facts["place"] = place(handoff.source)
        self._terminal.tell(texts(f"handoff.{handoff.part}", number=handoff.number, **facts))
        for number, option in enumerate(handoff.options, 1):
            self._terminal.tell(f"   {texts('handoff.option_word')} {number}: {option}")
        with self._lock:
            self._decide = decide
            self._open[handoff.number] = undrawn
            if self._terminal.can_ask:
                self._terminal.tell(texts("handoff.words", **self._words()))
                if self._reader is None:
                    self._reader = Thread(target=self._listen, name="keyboard", daemon=True)
                    self._reader.start()

    def taken_back(self, handoff: HandOff) -> None:
        """Forget it; with the last one nobody listens any more."""
        with self._lock:
            undrawn = self._open.pop(handoff.number)
        undrawn.close()

    def paused(self, is_paused: bool) -> None:  # noqa: FBT001 (what is told)
        """Tell that nobody more is begun for now, or that it goes on."""
        self._terminal.tell(self._terminal.texts("run.paused" if is_paused else "run.resumed"))

    def _listen(self) -> None:
        while True:
            with self._lock:
                if not self._open:
                    self._reader = None
                    return
            line = self._terminal.next_line(_SECONDS)
            if line:
                self._take(line)

    def _take(self, line: str) -> None:
        number, decision = self._parsed(line)
        with self._lock:
            waiting = [*self._open]
        if number is None and len(waiting) == 1:
            number = waiting[0]
        if decision and (number in waiting or decision is Decision.STOP):
            self._decide(number or 0, decision)
        else:
            self._terminal.tell(self._terminal.texts("handoff.words", **self._words()))

    def _parsed(self, line: str) -> tuple[int | None, Said | None]:
        found = _LINE.fullmatch(line)
        if found is None or not found[2]:
            return None, None
        words = {**self._words(), _OPTION: self._terminal.texts("handoff.option_word")}
        meant = [key for key, word in words.items() if fold(word).startswith(fold(found[2]))]
        return int(found[1]) if found[1] else None, _said(meant[0], found[3]) if len(meant) == 1 else None

    def _words(self) -> dict[str, str]:
        return {decision.value: self._terminal.texts(f"decision.{decision}") for decision in Decision}


def _said(word: str, number: str) -> Said | None:
    """Return what the word says; an option has a number behind it, and nothing else has."""
    if word == _OPTION:
        return int(number) if number else None
    return None if number else Decision(word)
