"""A browser in a loop and thread of its own: pytest-playwright's loop occupies the main thread."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pytest

from nmo_autofill.browser.controls import Patience, recognise
from nmo_autofill.browser.failures import driven
from nmo_autofill.browser.finder import locate
from nmo_autofill.browser.session import open_browser
from nmo_autofill.portal.model import Field, ValueKind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator
    from concurrent.futures import Future

    from playwright.async_api import Page

    Told = TypeVar("Told")

    class InPage(Protocol):
        def __call__(self, visit: Callable[[Page], Awaitable[Told]], html: str = "") -> Told: ...

    class Drive(Protocol):
        def __call__(self, html: str, kind: ValueKind, value: str, then: str = ...) -> Driven: ...


HASTE = Patience(field=1, options=3, settle=0.5)


@pytest.fixture(scope="session")
def browser_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="browser", daemon=True)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(60)
    loop.close()


@pytest.fixture(scope="session")
def in_page(browser_loop: asyncio.AbstractEventLoop) -> Iterator[InPage]:
    """Run a coroutine function on a page that shows the given HTML."""
    stack = AsyncExitStack()

    def run(coroutine: Coroutine[Any, Any, Told]) -> Told:
        future: Future[Told] = asyncio.run_coroutine_threadsafe(coroutine, browser_loop)
        return future.result(timeout=120)

    browser = run(stack.enter_async_context(open_browser(headed=False)))
    context = run(browser.new_context(locale="ru-RU"))
    pages = [run(context.new_page())]

    async def shown(visit: Callable[[Page], Awaitable[Told]], html: str) -> Told:
        if pages[-1].is_closed():
            pages.append(await context.new_page())
        await pages[-1].goto("about:blank")  # ends the timers of the page before
        if html:
            await pages[-1].set_content(f"<!doctype html><meta charset=utf-8>{html}")
        return await visit(pages[-1])

    def in_page(visit: Callable[[Page], Awaitable[Told]], html: str = "") -> Told:
        return run(shown(visit, html))

    yield in_page
    run(stack.aclose())


@dataclass(frozen=True)
class Driven:
    """What became of one control: whether filling changed it, what it shows, whether filling that again changed it."""

    changed: bool
    shown: str
    again: bool
    events: Any


@pytest.fixture(scope="session")
def drive(in_page: InPage) -> Drive:
    """Fill the field «Поле», read it, fill what was read; `then` is a script for the page's own words."""

    def run(html: str, kind: ValueKind, value: str, then: str = "window.events ?? null") -> Driven:
        async def visit(page: Page) -> Driven:
            field = Field(labels=("Поле",), value=kind, evidence="test")
            control = await recognise(await locate(page, "field", field), kind, HASTE)
            with driven("field", "Поле"):
                changed = await control.fill(value)
                shown = await control.read()
                again = await control.fill(shown) if shown else False
            return Driven(changed, shown, again, await page.evaluate(then))

        return in_page(visit, html)

    return run
