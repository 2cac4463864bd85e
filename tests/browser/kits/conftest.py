"""The built pages of kits on loopback, and a browser that sees nothing else."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Protocol

import pytest

from nmo_autofill.browser.session import open_browser
from tests.browser.kits.cells import Verdict, row
from tests.browser.kits.table import FILE, table
from tests.browser.kits.workshop import built_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import BrowserContext, Route

    from tests.browser.kits.workshop import Control

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
def try_row(browser_loop: asyncio.AbstractEventLoop, kit_pages: str) -> Iterator[TryRow]:
    """Try all cells of a control, several pages at a time."""
    stack = AsyncExitStack()

    async def opened() -> BrowserContext:
        browser = await stack.enter_async_context(open_browser(headed=False))
        context = await browser.new_context(locale="ru-RU")
        await context.route(lambda address: not address.startswith(kit_pages), _stopped)
        return context

    context = asyncio.run_coroutine_threadsafe(opened(), browser_loop).result(120)

    def tried(control: Control) -> dict[str, tuple[Verdict, str]]:
        return asyncio.run_coroutine_threadsafe(row(context, kit_pages, control), browser_loop).result(500)

    yield tried
    asyncio.run_coroutine_threadsafe(stack.aclose(), browser_loop).result(120)


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
