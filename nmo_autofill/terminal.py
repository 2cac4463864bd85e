"""The terminal: messages, progress, and the operator at the keyboard."""

from __future__ import annotations

import json
import select
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from getpass import getpass
from threading import Lock
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.live import Live
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from nmo_autofill.outcome import WELL
from nmo_autofill.report.sentences import place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType

    from nmo_autofill.outcome import RunOutcome
    from nmo_autofill.settings import Settings
    from nmo_autofill.texts import Texts


class Terminal:
    """Standard output for what was asked for, standard error for everything beside it."""

    def __init__(self, texts: Texts) -> None:
        for stream in (sys.stdout, sys.stderr):
            _speak_utf8(stream)
        self.texts = texts
        self._out = Console(highlight=False)
        self._beside = Console(stderr=True, highlight=False)
        self._bar: Progress | None = None
        self._undrawn = 0
        self._drawing = Lock()
        self._asking = Lock()  # of several people at work one is asked for at a time

    def show(self, what: object) -> None:
        """Print a text or a rich table to standard output; texts are wrapped for a terminal only."""
        _print(self._out, what)

    def show_raw(self, text: str) -> None:
        """Print a document for a program: no wrapping, no styles."""
        sys.stdout.write(text + "\n")

    def show_json(self, document: dict[str, Any]) -> None:
        """Print a JSON document to standard output."""
        self.show_raw(json.dumps(document, ensure_ascii=False, indent=2))

    def watch(self, render: Callable[[], RenderableType], seconds: float) -> None:
        """Show what changes, drawn anew every so many seconds until Ctrl-C; piped, once."""
        if not self._out.is_terminal:
            self.show(render())
            return
        with suppress(KeyboardInterrupt), Live(render(), console=self._out, auto_refresh=False) as live:
            while True:
                time.sleep(seconds)  # noqa: TID251 (what is shown is drawn anew so often)
                live.update(render(), refresh=True)

    def tell(self, what: object) -> None:
        """Print a message, or a rich table, to standard error."""
        _print(self._beside, what)

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[RunOutcome], None]]:
        """Give the function that is told each outcome.

        In a terminal a group's progress is a bar, above which whoever needs attention is told at once; piped, and for
        one person, it is a plain line each.
        """
        done = 0

        def told(outcome: RunOutcome) -> None:
            nonlocal done
            done += 1
            if self._bar is None or outcome.outcome not in WELL:
                label = self.texts(f"outcome.{outcome.outcome}")
                self.tell(f"{done}/{total} {place(outcome.source)}: {label}")
            if self._bar is not None:
                self._bar.advance(task)

        if total == 1 or not self._beside.is_terminal:
            yield told
            return
        remaining = TextColumn(self.texts("run.remaining")), TimeRemainingColumn()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), *remaining)
        with Progress(*columns, console=self._beside) as self._bar:
            task = self._bar.add_task(self.texts("run.progress"), total=total)
            yield told
        self._bar = None

    @property
    def can_ask(self) -> bool:
        """Whether a person sits at the keyboard and sees what is asked."""
        return sys.stdin is not None and sys.stdin.isatty() and self._beside.is_terminal

    def ask(self, question: str) -> str:
        """Ask the person at the keyboard, and return the answer without spaces around; empty when there is none."""
        self._beside.print(f"{question} ", markup=False, end="")
        try:
            return input().strip()
        except EOFError:
            return ""

    def ask_password(self, login: str) -> str:
        """Ask for a new password twice without showing it, until both are the same and not empty. Raises EOFError."""
        with self._asking, self.undrawn():
            while True:
                first = getpass(self.texts("password.ask", login=login) + " ")
                if first and first == getpass(self.texts("password.repeat") + " "):
                    return first
                self.tell(self.texts("password.differ"))

    def next_line(self, seconds: float) -> str:
        """Return what the person typed unasked, empty when nothing came within so long; not while something is asked.

        Whoever calls this must call it again and again, and not wait in between.
        """
        with self._asking:
            return sys.stdin.readline() if _has_line(seconds) else ""

    @contextmanager
    def undrawn(self) -> Iterator[None]:
        """Keep the bar of progress away while the block runs: it would be drawn over what is typed."""
        with self._drawing:
            self._undrawn += 1
            if self._undrawn == 1 and self._bar:
                self._bar.stop()
        try:
            yield
        finally:
            with self._drawing:
                self._undrawn -= 1
                if self._undrawn == 0 and self._bar:
                    self._bar.start()


@dataclass(frozen=True)
class Shared:
    """What all commands share."""

    terminal: Terminal
    settings: Settings


def _has_line(seconds: float) -> bool:
    if sys.platform != "win32":
        return bool(select.select([sys.stdin], [], [], seconds)[0])
    import msvcrt  # noqa: PLC0415 (there is none elsewhere)

    end = time.monotonic() + seconds
    while not msvcrt.kbhit():  # nothing on Windows waits for a console's key and for a time at once
        if time.monotonic() >= end:
            return False
        time.sleep(0.05)  # noqa: TID251 (nothing tells of a key there)
    return True


def _print(console: Console, what: object) -> None:
    # Piped, a text keeps its lines: a path or a command that was broken in two cannot be found or copied.
    console.print(what, markup=False, soft_wrap=isinstance(what, str) and not console.is_terminal)


def _speak_utf8(stream: object) -> None:
    """Make a piped stream UTF-8, and let no character stop a message: Windows pipes speak CP1251 or CP866."""
    if hasattr(stream, "reconfigure") and hasattr(stream, "isatty"):
        encoding = {} if stream.isatty() else {"encoding": "utf-8"}
        stream.reconfigure(errors="backslashreplace", **encoding)
