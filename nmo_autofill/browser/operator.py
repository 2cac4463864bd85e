"""The person at the screen, and the parts of the way that are theirs."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence


class Presser(StrEnum):
    """Who makes a press: a person is waited for without limit; nobody, where forms are filled for a review only."""

    TOOL = "tool"
    PERSON = "person"
    NOBODY = "nobody"


class Part(StrEnum):
    """What a page is handed over for."""

    PRESS = "press"
    CAPTCHA = "captcha"
    SIGN_IN = "sign_in"
    OPTION = "option"


class Operator(Protocol):
    """The person at the screen."""

    @property
    def hears(self) -> bool:
        """Whether somebody is there who can answer a question."""
        ...

    async def hand_over(self, part: Part, page: str, button: str, goes_on: Awaitable[object]) -> bool:
        """Leave the page (its title) and its button to the person, until it goes on by itself; no time-out ends that.

        Returns whether it did; else the person says that their part is done. Raises SkippedError when they leave it.
        """
        ...

    async def choose(self, page: str, label: str, wanted: str, options: Sequence[str]) -> int | None:
        """Ask which of the options of the list with this label is meant by `wanted` on a page (its title).

        Returns its place among them; None when nobody can be asked, or the person leaves it open. Raises SkippedError.
        """
        ...
