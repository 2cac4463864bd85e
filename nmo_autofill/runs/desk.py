"""The desk: so many people are worked on at once; who waits for a person or a letter gives up the place."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from types import TracebackType


async def _nobody_listens(_: int) -> None:
    return


@dataclass
class Desk:
    """A number of places. `waiting_changed` is told how many people wait without one: so many more may be begun."""

    places: int
    waiting_changed: Callable[[int], Awaitable[None]] = _nobody_listens
    waiting: int = 0
    free: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.free = asyncio.Semaphore(self.places)


@dataclass
class Place:
    """One person's place at the desk. Use as an asynchronous context manager: it is theirs while the block runs."""

    desk: Desk
    _is_held: bool = False

    async def __aenter__(self) -> Self:
        await self._take()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._give_up()

    @asynccontextmanager
    async def left(self) -> AsyncIterator[None]:
        """Be without the place while the block runs; a block that is broken off does not come back to it."""
        if not self._is_held:
            yield
            return
        self._give_up()
        self.desk.waiting += 1
        try:
            await self.desk.waiting_changed(self.desk.waiting)
            yield
        finally:
            self.desk.waiting -= 1
        await self.desk.waiting_changed(self.desk.waiting)
        await self._take()

    async def _take(self) -> None:
        await self.desk.free.acquire()
        self._is_held = True

    def _give_up(self) -> None:
        if self._is_held:
            self._is_held = False
            self.desk.free.release()
