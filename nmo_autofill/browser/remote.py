"""A browser that runs already, here or on another computer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError

from nmo_autofill.browser.failures import mapped
from nmo_autofill.errors import BrowserAddressError, BrowserAwayError, BrowserHiddenError
from nmo_autofill.portal.host import is_test_host

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

_SECONDS = 30
_ENCRYPTED = {"wss", "https"}
_DEVTOOLS = "/devtools/"  # how the path of Chromium's own WebSocket begins


class Protocol(StrEnum):
    """How a browser is spoken to: by Playwright's server, or by Chromium's own debugging protocol."""

    PLAYWRIGHT = "playwright"
    CDP = "cdp"


@dataclass(frozen=True)
class Remote:
    """The address of a browser; it can hold a token, and is never told."""

    address: str
    protocol: Protocol

    def __repr__(self) -> str:
        """Leave the address out."""
        return f"Remote({self.protocol})"


def parse_address(address: str) -> Remote:
    """Return the browser that `--browser` names.

    `ws://…` is a Playwright server's address, `http://…` that of Chromium's debugging port.
    Raises BrowserAddressError for what is no such address, and for one on another computer that is not encrypted:
    everything that is typed goes over that connection.
    """
    try:
        parts = urlsplit(address)
        is_well_formed = bool(parts.hostname) and parts.port != 0
    except ValueError:  # no port is that high, no host is written like that
        is_well_formed = False
    if not is_well_formed or parts.scheme not in {"ws", "wss", "http", "https"}:
        raise BrowserAddressError(what="ws://…, http://…")
    if parts.scheme not in _ENCRYPTED and not is_test_host(address):
        raise BrowserAddressError(what="wss://…, https://…")
    by_cdp = parts.scheme.startswith("http") or parts.path.startswith(_DEVTOOLS)
    return Remote(address, Protocol.CDP if by_cdp else Protocol.PLAYWRIGHT)


async def connect(playwright: Playwright, remote: Remote, *, headed: bool) -> Browser:
    """Connect with a browser that runs already.

    Raises BrowserAwayError when it does not answer, BrowserHiddenError when it has to be seen and has no window.
    """
    chromium, limit = playwright.chromium, _SECONDS * 1000
    try:
        if remote.protocol is Protocol.CDP:
            browser = await chromium.connect_over_cdp(remote.address, timeout=limit)
        else:
            browser = await chromium.connect(remote.address, timeout=limit)
    except PlaywrightError:
        raise BrowserAwayError(protocol=remote.protocol.value) from None  # its words repeat the address
    if headed and await _is_hidden(browser):
        await browser.close()
        raise BrowserHiddenError
    return browser


async def _is_hidden(browser: Browser) -> bool:
    """Tell whether it has no window: Chromium says so in the name that it gives to pages."""
    with mapped():
        page = await browser.new_page()
        name = str(await page.evaluate("navigator.userAgent"))
        await page.close()
    return "Headless" in name
