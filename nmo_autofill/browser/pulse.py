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
    watch = asyncio.ensure_future(_silence(page, seconds))
    try:
        yield
    except (BrowserError, PlaywrightError):
        if watch.done() and watch.result():
            raise PageSilentError from None
        raise
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)


async def _silence(page: Page, seconds: float) -> bool:
    """Return True once the page has fallen silent, and was closed; False once it is gone."""
    gone = asyncio.Event()
    for end in _ENDS:
        page.once(end, lambda _: gone.set())
    while not await _within(gone, _BETWEEN):
        try:
            await asyncio.wait_for(page.evaluate("1"), seconds)
        except TimeoutError:
            await page.close()
            return True
        except PlaywrightError:  # another document took the place of the one that was asked, or it is gone
            continue
    return False


async def _within(event: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
