"""Screens of operators in tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from queue import Queue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmo_autofill.runs.handoffs import HandOff, Said


@dataclass
class Watched:
    """A screen that keeps what is handed over to it, and what is taken back."""

    shown: Queue[tuple[HandOff, Callable[[int, Said], None]]] = field(default_factory=Queue)
    pauses: Queue[bool] = field(default_factory=Queue)
    over: list[HandOff] = field(default_factory=list)
    hears: bool = True

    def handed_over(self, handoff: HandOff, decide: Callable[[int, Said], None]) -> None:
        self.shown.put((handoff, decide))

    def taken_back(self, handoff: HandOff) -> None:
        self.over.append(handoff)

    def paused(self, is_paused: bool) -> None:  # noqa: FBT001 (what is told)
        self.pauses.put(is_paused)

    def next(self) -> tuple[HandOff, Callable[[int, Said], None]]:
        """Wait for the next thing that is handed over."""
        return self.shown.get(timeout=60)
