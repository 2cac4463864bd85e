"""The built pages of kits on loopback, and a browser that sees nothing else."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Protocol, TypeVar

import pytest

from nmo_autofill.browser.session import open_browser
from tests.browser.kits.cells import Verdict, row
from tests.browser.kits.table import FILE, table
from tests.browser.kits.workshop import built_pages

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from playwright.async_api import BrowserContext, Page, Route

    from tests.browser.kits.workshop import Control

    Told = TypeVar("Told")

    class OnKitPage(Protocol):
        def __call__(self, kit: str, fragment: str, visit: Callable[[Page], Awaitable[Told]]) -> Told: ...

    class TryRow(Protocol):
        def __call__(self, control: Control) -> dict[str, tuple[Verdict, str]]: ...


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests' output is for what fails."""


@pytest.fixture(scope="session")
def kit_pages() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(built_pages())))
    Thread(target=server.serve_forever, name="kits", daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def kit_context(browser_loop: asyncio.AbstractEventLoop, kit_pages: str) -> Iterator[BrowserContext]:
    """Open a browser that sees nothing but the pages of the kits."""
    stack = AsyncExitStack()

    async def opened() -> BrowserContext:
        browser = await stack.enter_async_context(open_browser(headed=False))
        context = await browser.new_context(locale="ru-RU")
        await context.route(lambda address: not address.startswith(kit_pages), _stopped)
        return context

    yield asyncio.run_coroutine_threadsafe(opened(), browser_loop).result(120)
    asyncio.run_coroutine_threadsafe(stack.aclose(), browser_loop).result(120)


@pytest.fixture(scope="session")
def try_row(browser_loop: asyncio.AbstractEventLoop, kit_context: BrowserContext, kit_pages: str) -> TryRow:
    """Try all cells of a control, several pages at a time."""

    def tried(control: Control) -> dict[str, tuple[Verdict, str]]:
        return asyncio.run_coroutine_threadsafe(row(kit_context, kit_pages, control), browser_loop).result(500)

    return tried


@pytest.fixture(scope="session")
def on_kit_page(browser_loop: asyncio.AbstractEventLoop, kit_context: BrowserContext, kit_pages: str) -> OnKitPage:
    """Run a coroutine function on a fresh page of a kit, told by the fragment of its address what to show."""

    async def shown(kit: str, fragment: str, visit: Callable[[Page], Awaitable[Told]]) -> Told:
        page = await kit_context.new_page()
        try:
            await page.goto(f"{kit_pages}/{kit}.html#{fragment}", wait_until="commit")
            await page.wait_for_function("window.state")
            return await visit(page)
        finally:
            await page.close()

    def on_page(kit: str, fragment: str, visit: Callable[[Page], Awaitable[Told]]) -> Told:
        return asyncio.run_coroutine_threadsafe(shown(kit, fragment, visit), browser_loop).result(120)

    return on_page


async def _stopped(route: Route) -> None:
    """Let no kit call home."""
    await route.abort()


@pytest.fixture(scope="session")
def lines(request: pytest.FixtureRequest) -> Iterator[dict[Control, str]]:
    """Collect the lines of the table; `--write-kits` writes them."""
    seen: dict[Control, str] = {}
    yield seen
    if request.config.getoption("--write-kits"):
        FILE.write_text(table(seen), "utf-8")
