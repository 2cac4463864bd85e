"""What the page asks servers for while it is filled: options, and what depends on them, may be on their way."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from playwright.async_api import Page, Request

_BRINGING_DATA = {"fetch", "xhr", "script"}


class Requests:
    """The requests for data that began since this was entered, and have not ended."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: dict[Request, float] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    def pending(self, since: float = 0) -> bool:
        """Tell whether any is under way that began after a moment (seconds of the loop's clock)."""
        return any(begun >= since for begun in self._open.values())

    async def rest(self, seconds: float) -> None:
        """Wait until none is under way, at the latest so long: some pages ask without end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._page.on("request", self._began)
        self._page.on("requestfinished", self._ended)
        self._page.on("requestfailed", self._ended)
        return self

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        self._page.remove_listener("request", self._began)
        self._page.remove_listener("requestfinished", self._ended)
        self._page.remove_listener("requestfailed", self._ended)

    def _began(self, request: Request) -> None:
        if request.resource_type in _BRINGING_DATA:
            self._open[request] = asyncio.get_running_loop().time()
            self._idle.clear()

    def _ended(self, request: Request) -> None:
        self._open.pop(request, None)
        if not self._open:
            self._idle.set()
