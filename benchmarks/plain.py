"""What takes the engine's and the operator's place where steps are called plainly, and nobody watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmo_autofill.outcome import StepOutcome
    from nmo_autofill.runs.engine import Taking
    from nmo_autofill.runs.handoffs import HandOff, Said


class Unwatched:
    """A screen on a test host, where nothing is handed over."""

    hears = False

    def handed_over(self, handoff: HandOff, decide: Callable[[int, Said], None]) -> None:
        """Raise AssertionError."""
        raise AssertionError(handoff, decide)

    def taken_back(self, handoff: HandOff) -> None:
        """Raise AssertionError."""
        raise AssertionError(handoff)

    def paused(self, is_paused: bool) -> None:  # noqa: FBT001 (what is told)
        """Raise AssertionError."""
        raise AssertionError(is_paused)


async def plainly(_: str, take: Taking) -> StepOutcome:
    """Take a step as its last attempt, and keep nothing of it."""
    return await take(True)  # noqa: FBT003 (as the engine calls it)
