"""What the page asks servers for while it is filled: options, and what depends on them, may be on their way."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from playwright.async_api import Page, Request

_BRINGING_DATA = {"fetch", "xhr", "script"}
_NEWS = 2  # how often one thing is asked for; more often, and it is a page that asks whether there is anything new


class Requests:
    """The requests for data that began since this was entered, and have not ended."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: dict[Request, float] = {}
        self._asked: Counter[tuple[str, bytes | None]] = Counter()
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
        what = (request.url, request.post_data_buffer)
        self._asked[what] += 1
        if request.resource_type in _BRINGING_DATA and self._asked[what] <= _NEWS:
            self._open[request] = asyncio.get_running_loop().time()
            self._idle.clear()

    def _ended(self, request: Request) -> None:
        self._open.pop(request, None)
        if not self._open:
            self._idle.set()
