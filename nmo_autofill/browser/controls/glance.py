"""A list that may still be changing, glance by glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass
class Glance:
    """What a list shows, since when and until when that was seen (seconds of the loop's clock)."""

    texts: Sequence[str] = ()
    since: float = 0
    until: float = 0
    looks: int = 0

    def add(self, texts: Sequence[str], now: float) -> None:
        """Take another look into account."""
        if texts != self.texts:
            self.texts, self.since, self.looks = texts, now, 0
        self.looks, self.until = self.looks + 1, now

    def quiet(self, settle: float) -> bool:
        """Tell whether the list has stood unchanged for `settle` seconds."""
        return self.until - self.since >= settle
