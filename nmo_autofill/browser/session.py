"""A browser, and one person's visit to the portal in a context of its own."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Self

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from playwright.async_api import async_playwright

from nmo_autofill.browser import finder
from nmo_autofill.browser.controls import PATIENT
from nmo_autofill.browser.controls.options import nearest
from nmo_autofill.browser.failures import driven, mapped
from nmo_autofill.browser.frame import around, everywhere, frame_of
from nmo_autofill.browser.obstacle import explained, hiding
from nmo_autofill.browser.provision import find_browser, launch_options
from nmo_autofill.browser.pulse import answering
from nmo_autofill.browser.remote import connect
from nmo_autofill.browser.traffic import Traffic
from nmo_autofill.errors import (
    BrowserError,
    FieldAmbiguousError,
    FieldCoveredError,
    FieldNotFoundError,
    PageUnexpectedError,
    PortalUnreachableError,
    SessionLostError,
)
from nmo_autofill.folding import digits, pattern, sentence
from nmo_autofill.portal.host import host_of, require_host

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Sequence

    from playwright.async_api import Browser, Frame, Locator, Page, Playwright

    from nmo_autofill.browser.remote import Remote
    from nmo_autofill.portal.model import Overlay, PortalMap

_BUTTON_SECONDS = 5
_CLOSE_SECONDS = 30
_IN_BETWEEN = "Execution context was destroyed"  # one page is gone, the next is not there yet
_FOR_GUESTS = frozenset({"front", "cabinets", "sign_in", "registration", "registered", "confirmed", "expired"})
REST = 0.5  # seconds; a page may wait a moment before it asks for its data
_SNILS = re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)")


@asynccontextmanager
async def open_browser(
    *, headed: bool, extra_arguments: Sequence[str] = (), remote: Remote | None = None
) -> AsyncIterator[Browser]:
    """Start a browser with the field finder registered, and close it; or connect with one that runs already.

    Raises BrowserMissingError, BrowserError; BrowserAwayError, BrowserHiddenError.
    """
    async with async_playwright() as playwright:
        await finder.register(playwright)
        if remote:
            browser = await connect(playwright, remote, headed=headed)
        else:
            browser = await _launched(playwright, extra_arguments, headed=headed)
        try:
            yield browser
        finally:
            await _ended(browser.close())


async def _launched(playwright: Playwright, extra_arguments: Sequence[str], *, headed: bool) -> Browser:
    options = launch_options(find_browser(headed=headed), headed=headed)
    options["args"] = [*options["args"], *extra_arguments]
    with mapped():
        return await playwright.chromium.launch(**options)


async def _ended(closing: Awaitable[None]) -> None:
    """Wait until it is closed, or does not answer: what was done is done, however the browser ends."""
    with suppress(PlaywrightError, TimeoutError):
        async with asyncio.timeout(_CLOSE_SECONDS):
            await closing


class Browsers:
    """A browser that is replaced when it died. Use as an asynchronous context manager.

    Raises BrowserMissingError, BrowserError when none starts; BrowserAwayError, BrowserHiddenError.
    """

    def __init__(self, *, headed: bool, extra_arguments: Sequence[str] = (), remote: Remote | None = None) -> None:
        self._headed = headed
        self._remote = remote
        self._extra_arguments = extra_arguments
        self._starting = asyncio.Lock()
        self._opened = AsyncExitStack()
        self._browser: Browser | None = None

    async def __aenter__(self) -> Self:
        await self.alive()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._opened.aclose()

    async def alive(self) -> Browser:
        """Return the browser, a new one when the last one died."""
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                await self._opened.aclose()
                opening = open_browser(headed=self._headed, extra_arguments=self._extra_arguments, remote=self._remote)
                self._browser = await self._opened.enter_async_context(opening)
            return self._browser


@asynccontextmanager
async def visit(browser: Browser, portal: PortalMap, *, trust_any_certificate: bool = False) -> AsyncIterator[Visit]:
    """Open a fresh context for one person: the portal keeps its tokens in localStorage, and contexts share none."""
    with mapped():
        context = await browser.new_context(locale="ru-RU", ignore_https_errors=trust_any_certificate)
    try:
        with mapped():
            page = await context.new_page()
            for overlay in portal.overlays.values():
                await _keep_clear(page, overlay)
        yield Visit(page, portal, trust_any_certificate)
    finally:
        await _ended(context.close())


async def _keep_clear(page: Page, overlay: Overlay) -> None:
    """Close what may be closed whenever it stands in the way of what is done on the page."""
    words = everywhere(page).get_by_text(pattern(overlay.text)).filter(visible=True).first

    async def close(_: Locator) -> None:
        button = finder.button_locator(await frame_of(words), overlay.close)
        await button.click(timeout=_BUTTON_SECONDS * 1000)

    await page.add_locator_handler(words, close)


@dataclass(frozen=True)
class Visit:
    """One person's page on the portal, with the portal map, and what the page asks for."""

    page: Page
    portal: PortalMap
    trust_any_certificate: bool = False
    traffic: Traffic = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "traffic", Traffic(self.page, self.portal))

    @asynccontextmanager
    async def anew(self) -> AsyncIterator[Visit]:
        """Visit the portal beside this visit, as somebody whom it does not know yet."""
        browser = self.page.context.browser
        if browser is None:
            raise BrowserError(kind="closed")
        async with visit(browser, self.portal, trust_any_certificate=self.trust_any_certificate) as another:
            yield another

    def guard(self, frame: Frame) -> None:
        """Raise HostRefusedError unless personal data may be typed on the page, or in the frame, that is shown now."""
        for one in around(frame):
            # What a page writes into a frame itself has no address of its own, and is the page's.
            if not (one.parent_frame and one.url.startswith("about:")):
                require_host(one.url, self.portal)

    async def open(self, address: str) -> None:
        """Open an address of the portal. Raises HostRefusedError, PortalUnreachableError, BrowserError."""
        require_host(address, self.portal)
        self.traffic.begin()
        with mapped():
            try:
                answer = await self.page.goto(address)
            except PlaywrightTimeoutError:
                raise PortalUnreachableError(page=host_of(address)) from None
            except PlaywrightError as error:
                if not self.page.is_closed() and "net::" in error.message:
                    raise PortalUnreachableError(page=host_of(address)) from None
                raise
        require_host(self.page.url, self.portal)
        if answer is not None and answer.status >= 500:  # noqa: PLR2004 (HTTP: the server's own fault)
            raise PortalUnreachableError(page=host_of(address))

    async def go(self, page: str, button: str, *pages: str) -> str:
        """Press a button whose press can be taken back; return the key of that one of the pages which it leads to.

        Raises FieldNotFoundError, FieldAmbiguousError, PageUnexpectedError, SessionLostError.
        """
        with mapped():
            before = {*await self._shown([*pages, "sign_in"])}
        await self._press(page, button)
        return await self._reach(pages, before)

    async def expect(self, *pages: str) -> str:
        """Wait until one of the pages is shown, and return its key. Raises PageUnexpectedError, SessionLostError."""
        return await self._reach(pages, set())

    async def _reach(self, pages: Sequence[str], before: set[str]) -> str:
        """Wait until one of the pages is shown that was not shown `before`; else, once all is at rest, one that was.

        What stood on the page before can bear the heading of another one: a front page can have a card for signing in.
        """
        now = asyncio.get_running_loop().time
        start = now()
        sign_in_stood_there = "sign_in" in before  # a page that takes its time to go is no lost session
        with mapped():
            while now() - start < self.portal.answer_seconds:
                shown = await self._shown(pages)
                before &= {*shown}
                new = [key for key in shown if key not in before]
                if new or (before and min(now() - start, self.traffic.rest()) >= REST):
                    return (new or shown)[0]
                with suppress(PlaywrightTimeoutError):
                    if awaited := [self.sign(key) for key in pages if key not in before]:
                        await union(awaited).first.wait_for(timeout=REST * 1000)
                    else:
                        await self.sign(shown[0]).first.wait_for(state="hidden", timeout=REST * 1000)
                if not sign_in_stood_there:
                    await self.require_session(*pages)
        raise PageUnexpectedError(page=self._titles(pages))

    async def require_session(self, *pages: str) -> None:
        """Raise SessionLostError where the sign-in page, at rest, stands in place of pages for whom is signed in."""
        if _FOR_GUESTS.intersection(pages) or not await self._shown(["sign_in"]):
            return
        if self.traffic.rest() >= REST:
            raise SessionLostError(page=self._titles(pages)) from None

    def _titles(self, pages: Sequence[str]) -> str:
        return ", ".join(self.portal.page(key).title for key in pages)

    async def _shown(self, pages: Sequence[str]) -> list[str]:
        try:
            return [key for key in pages if await self.sign(key).count()]
        except PlaywrightError as error:
            if _IN_BETWEEN in error.message:
                return []
            raise

    def sign(self, page: str) -> Locator:
        """Return what is visible when the page is shown: one of its headings, or of its texts `shown`."""
        what = self.portal.page(page)
        headings = [
            everywhere(self.page).get_by_role("heading", name=pattern(text, whole=True)) for text in what.headings
        ]
        return union([*headings, *map(self.text, what.texts.get("shown", ()))])

    def texts(self, page: str, key: str) -> Locator:
        """Return the visible places where one of the page's texts begins a sentence that it fills."""
        found = [everywhere(self.page).get_by_text(sentence(words)) for words in self.portal.page(page).texts[key]]
        return union(found).filter(visible=True)

    def text(self, words: str) -> Locator:
        """Return the visible places of these words."""
        return everywhere(self.page).get_by_text(pattern(words)).filter(visible=True)

    async def snils_shown(self) -> set[str]:
        """Return every СНИЛС (eleven digits) that the person's profile shows."""
        with mapped():
            text = await (await self._frame("profile")).locator("body").inner_text()
        return {digits(found) for found in _SNILS.findall(text)}

    async def button(self, page: str, key: str, form: Frame | None = None) -> Locator:
        """Return a button once it is shown; links that fit equally and lead to one place are one.

        It is looked for in the frame of the form, where one is given, else in that which shows the page.
        Raises FieldNotFoundError, FieldAmbiguousError, FieldCoveredError, SessionLostError.
        """
        button = self.portal.page(page).buttons[key]
        with mapped():
            frame = form or await self._frame(page)
            found = finder.button_locator(frame, button)
            try:
                await found.first.wait_for(timeout=_BUTTON_SECONDS * 1000)
            except PlaywrightTimeoutError:
                await self.require_session(page)
                if cover := await hiding(frame, button=button.labels):
                    raise FieldCoveredError(field=key, label=button.labels[0], cover=cover) from None
                near = nearest(button.labels[0], await finder.ask_page(frame, "captions", None))
                raise FieldNotFoundError(field=key, label=button.labels[0], candidates=finder.listed(near)) from None
            places = await found.evaluate_all("(found) => found.map((one) => one.href ?? null)")
            if len(places) > 1 and (None in places or len(set(places)) > 1):
                captions = [await finder.ask(one, "caption") for one in await found.all()]
                raise FieldAmbiguousError(field=key, label=button.labels[0], candidates=finder.listed(captions))
        return found.first

    async def _frame(self, page: str) -> Frame:
        """Return the frame that shows a page, the outermost one that bears its sign; the window's own for none."""
        if len(self.page.frames) > 1 and await self.sign(page).count():
            return await frame_of(self.sign(page))
        return self.page.main_frame

    async def _press(self, page: str, key: str) -> None:
        button = self.portal.page(page).buttons[key]
        if button.irreversible:
            raise ValueError(key)
        found = await self.button(page, key)
        self.traffic.begin()
        async with answering(self.page, PATIENT.silence):
            with driven(key, button.labels[0]):
                async with explained(found):
                    await found.click()


def union(locators: Sequence[Locator]) -> Locator:
    """Return the locator of what any of these locates."""
    return reduce(lambda one, other: one.or_(other), locators)
