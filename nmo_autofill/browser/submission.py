"""A press that cannot be taken back, and the portal's answer to it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from playwright.async_api import Error as PlaywrightError

from nmo_autofill.browser.failures import mapped
from nmo_autofill.outcome import Receipt
from nmo_autofill.portal.host import is_test_host

if TYPE_CHECKING:
    from playwright.async_api import Locator, Request, Response

    from nmo_autofill.browser.session import Visit

_READ_ALERTS = """() => [...document.querySelectorAll('[role=alert], [role=alertdialog]')]
    .filter((alert) => alert.checkVisibility()).map((alert) => alert.innerText.trim()).filter(Boolean)"""
_NEW_ALERT = f"""(before) => {{
    const now = ({_READ_ALERTS})().filter((text) => !before.includes(text));
    return now.length && now;
}}"""
_SERVER_FAULT = 500
_WORDS_SECONDS = 1.0


class Operator(Protocol):
    """The person at the screen."""

    def asked_to_press(self, page: str, button: str) -> None:
        """Tell the person to check the page (its title) on the screen and to press the button."""
        ...


@dataclass(frozen=True)
class Answer:
    """The portal's answer to a press.

    `receipt` when it confirmed; else `words`, the portal's own (they can hold personal data: mask before telling),
    empty when it stayed silent. `lost`: nobody knows whether the press took effect, because the request got
    no answer or a server's fault.
    """

    receipt: Receipt | None
    words: str = ""
    lost: bool = False


async def submit(visit: Visit, page: str, button: str, success: Locator, operator: Operator) -> Answer:
    """Press the button and wait for the answer.

    On a host that is not loopback nothing is pressed: the person checks, presses, and is waited for without limit.
    Raises HostRefusedError, FieldNotFoundError, FieldAmbiguousError, BrowserError.
    """
    visit.guard(visit.page)
    what = visit.portal.page(page).buttons[button]
    alone = is_test_host(visit.page.url)
    target = await visit.button(page, button)
    with mapped(field=button, label=what.labels[0]):
        before = await visit.page.evaluate(_READ_ALERTS)
        watch = _Watch()
        visit.page.on("response", watch.answered)
        visit.page.on("requestfailed", watch.failed)
        try:
            if alone:
                await target.click()
            else:
                operator.asked_to_press(visit.portal.page(page).title, what.labels[0])
            return await _answer(visit, success, before, watch, visit.portal.answer_seconds if alone else None)
        finally:
            visit.page.remove_listener("response", watch.answered)
            visit.page.remove_listener("requestfailed", watch.failed)


class _Watch:
    """Whether a request that changes something stayed without a proper answer. Nothing is sent, only listened to."""

    def __init__(self) -> None:
        self.lost = asyncio.Event()

    def answered(self, response: Response) -> None:
        if response.request.method != "GET" and response.status >= _SERVER_FAULT:
            self.lost.set()

    def failed(self, request: Request) -> None:
        if request.method != "GET":
            self.lost.set()


async def _answer(visit: Visit, success: Locator, before: list[str], watch: _Watch, seconds: float | None) -> Answer:
    confirmed = asyncio.ensure_future(success.first.wait_for(timeout=0))
    alerted = asyncio.ensure_future(visit.page.wait_for_function(_NEW_ALERT, arg=before, timeout=0))
    lost = asyncio.ensure_future(watch.lost.wait())
    try:
        await asyncio.wait({confirmed, alerted, lost}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if lost.done():
            # The page may still say what it makes of it.
            await asyncio.wait({confirmed, alerted}, timeout=_WORDS_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        # A confirmation may itself be an alert: then both are there.
        if confirmed.done() or (alerted.done() and await success.count()):
            return Answer(Receipt(await success.first.inner_text(), datetime.now(UTC).isoformat(timespec="seconds")))
        words = await (await alerted).json_value() if alerted.done() else []
        return Answer(None, "; ".join(words), lost=lost.done() or not words)
    finally:
        for waiting in (confirmed, alerted, lost):
            waiting.cancel()
            with suppress(asyncio.CancelledError, PlaywrightError):
                await waiting
