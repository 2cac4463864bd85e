"""The pulse of a page: one that answers nothing any more is closed, because no script's wait ends there by itself."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Literal

from playwright.async_api import Error as PlaywrightError

from nmo_autofill.errors import BrowserError, PageSilentError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

_BETWEEN = 2  # seconds between beats
_ENDS: tuple[Literal["close", "crash"], ...] = ("close", "crash")


@asynccontextmanager
async def answering(page: Page, seconds: float) -> AsyncIterator[None]:
    """Close the page once it has answered nothing for so many seconds while the block runs.

    Playwright (1.65) knows no limit for a script; a page that goes round in a loop would be waited for without end.
    Raises PageSilentError in place of what the block then raises.
    """
    silent, gone = asyncio.Event(), asyncio.Event()

    def ended(_: Page) -> None:
        gone.set()

    for end in _ENDS:
        page.on(end, ended)
    watch = asyncio.ensure_future(_watch(page, seconds, silent, gone))
    try:
        yield
    except (BrowserError, PlaywrightError):
        if silent.is_set():
            raise PageSilentError from None
        raise
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        for end in _ENDS:
            page.remove_listener(end, ended)


async def _watch(page: Page, seconds: float, silent: asyncio.Event, gone: asyncio.Event) -> None:
    """Close the page once it has fallen silent, and say so; end once it is gone."""
    while not await _within(gone, _BETWEEN):
        try:
            await asyncio.wait_for(page.evaluate("1"), seconds)
        except TimeoutError:
            silent.set()
            await page.close()
        except PlaywrightError:  # another document took the place of the one that was asked, or it is gone
            continue


async def _within(event: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
