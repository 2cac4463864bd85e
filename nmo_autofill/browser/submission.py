"""A press that cannot be taken back, and the portal's answer to it."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from nmo_autofill.browser.failures import driven, mapped
from nmo_autofill.browser.frame import around, form_frames
from nmo_autofill.browser.obstacle import explained
from nmo_autofill.browser.operator import Part, Presser
from nmo_autofill.browser.session import union
from nmo_autofill.errors import FieldAmbiguousError, HostRefusedError, PageUnexpectedError, SkippedError
from nmo_autofill.folding import pattern
from nmo_autofill.portal.host import host_of, is_test_host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.async_api import Frame, Locator, Page, Request, Response

    from nmo_autofill.browser.operator import Operator
    from nmo_autofill.browser.session import Visit

_READ_ALERTS = """() => [...document.querySelectorAll('[role=alert], [role=alertdialog]')]
    .filter((alert) => alert.checkVisibility()).map((alert) => alert.innerText.trim()).filter(Boolean)"""
_NEW_ALERT = f"""(before) => {{
    const now = ({_READ_ALERTS})().filter((text) => !before.includes(text));
    return now.length && now;
}}"""
_BUTTON = "submit"
_SERVER_FAULT = 500
_CLICK_SECONDS = 10
_CHANGING = {"document", "fetch", "xhr"}


@dataclass(frozen=True)
class Answer:
    """The portal's answer to a press.

    `confirmed` when its success text came; else `words`, the portal's own (they can hold personal data: mask before
    telling), empty when it stayed silent. `lost`: nobody knows whether the press took effect.
    """

    confirmed: bool
    words: str = ""
    lost: bool = False


LOST = Answer(confirmed=False, lost=True)


async def persons_part(visit: Visit, page: str, presser: Presser) -> Part | None:
    """Return what is a person's on the page that is shown, whoever makes the usual presses; None when nothing is.

    On a host that is not loopback every press is theirs, and a CAPTCHA is everywhere.
    """
    with mapped():
        if await _shows_captcha(visit, page):
            return Part.CAPTCHA
    if presser is not Presser.PERSON and is_test_host(visit.page.url):
        return None
    return Part.SIGN_IN if page == "sign_in" else Part.PRESS


async def _shows_captcha(visit: Visit, page: str) -> bool:
    """Tell whether a CAPTCHA is there: such things stand in frames of their own."""
    words = [pattern(text) for text in visit.portal.page(page).texts.get("captcha", ())]
    shown = [frame.get_by_text(text).filter(visible=True) for frame in visit.page.frames for text in words]
    return any([await place.count() for place in shown])


async def submit(visit: Visit, page: str, success: Locator) -> Answer:
    """Press the page's button `submit` on a test host, and wait for the answer.

    Raises HostRefusedError, FieldNotFoundError, FieldAmbiguousError, ValueRefusedError (it took no click),
    PageUnexpectedError (the success text stands there before the press), and then nothing was pressed; BrowserError.
    """
    target, label, form = await _button(visit, page)
    if not is_test_host(visit.page.url):
        raise HostRefusedError(host=host_of(visit.page.url))
    with driven(_BUTTON, label):
        await _require_unanswered(visit, page, success)
        before = {frame: await frame.evaluate(_READ_ALERTS) for frame in around(form)}
        async with explained(target):
            await target.click(trial=True, timeout=_CLICK_SECONDS * 1000)
        watch = _Watch(host_of(visit.page.url))
        with watch.listening(visit.page):
            await _press(target)
            return await _answer(visit, success, before, watch)


async def hand_over(visit: Visit, page: str, success: Locator, part: Part, operator: Operator) -> Answer:
    """Leave the press of the page's button `submit` to a person, who checks, presses, and is waited for without limit.

    Refusals on the screen are theirs to mend, but for the one that nobody can: that the person is registered already.
    A person who leaves it after all, or says that it is done, may have pressed: then the answer is lost.
    Raises as `submit` does, and SkippedError when nothing was pressed.
    """
    _, label, _ = await _button(visit, page)
    watch = _Watch(host_of(visit.page.url))
    with driven(_BUTTON, label), watch.listening(visit.page):
        await _require_unanswered(visit, page, success)
        pressing = asyncio.ensure_future(_persons_press(success, await _new_refusals(visit)))
        try:
            if await operator.hand_over(part, visit.portal.page(page).title, label, pressing):
                return pressing.result()
        except SkippedError:
            if not watch.heard:
                raise
        finally:
            pressing.cancel()
            await asyncio.gather(pressing, return_exceptions=True)
    return LOST


async def _button(visit: Visit, page: str) -> tuple[Locator, str, Frame]:
    """Return the button of the form, its label, and the frame of the form: no other one's button is pressed."""
    known = visit.portal.page(page)
    label = known.buttons[_BUTTON].labels[0]
    form, *others = await form_frames(visit.page, known.fields, known.required)
    if others:
        raise FieldAmbiguousError(field=_BUTTON, label=label, candidates=f"{label}; {label}")
    visit.guard(form)
    return await visit.button(page, _BUTTON, form), label, form


async def _require_unanswered(visit: Visit, page: str, success: Locator) -> None:
    if await success.count():
        raise PageUnexpectedError(page=visit.portal.page(page).title)


async def _press(target: Locator) -> None:
    """Press what takes clicks, as a trial showed just now.

    A press that timed out may have been made, by a page that is busy with it (a synchronous POST): only the answer
    can tell. Nor is the navigation waited for: an answer that comes late is still an answer to this press.
    """
    with suppress(PlaywrightTimeoutError):
        await target.click(timeout=_CLICK_SECONDS * 1000, no_wait_after=True)


async def _persons_press(success: Locator, refusals: Locator | None) -> Answer:
    try:
        await (success.or_(refusals) if refusals else success).first.wait_for(timeout=0)
        if refusals and not await success.count():
            return Answer(confirmed=False, words=await refusals.first.inner_text())
    except PlaywrightError:
        return LOST
    else:
        return Answer(confirmed=True)


async def _new_refusals(visit: Visit) -> Locator | None:
    """Return where the portal would say that the person is registered already: a refusal that nobody can mend.

    None when the page speaks of it before anything is pressed.
    """
    refusals = union([visit.text(words) for words in visit.portal.page("refusal").texts["already_registered"]])
    return None if await refusals.count() else refusals


class _Watch:
    """The requests to the portal's host that change something. Nothing is sent, only listened to."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._pending: set[Request] = set()
        self.idle = asyncio.Event()
        self.idle.set()
        self.lost = False
        self.heard = False

    @contextmanager
    def listening(self, page: Page) -> Iterator[None]:
        """Listen while the block runs."""
        heard = {"request": self._asked, "response": self._answered, "requestfailed": self._failed}
        for event, listener in heard.items():
            page.on(event, listener)  # type: ignore[call-overload]  # (one overload an event)
        try:
            yield
        finally:
            for event, listener in heard.items():
                page.remove_listener(event, listener)

    def _counts(self, request: Request) -> bool:
        changing = request.method != "GET" and request.resource_type in _CHANGING
        return changing and host_of(request.url) == self._host

    def _asked(self, request: Request) -> None:
        if self._counts(request):
            self.heard = True
            self._pending.add(request)
            self.idle.clear()

    def _answered(self, response: Response) -> None:
        if response.request in self._pending:
            self.lost |= response.status >= _SERVER_FAULT
            self._done(response.request)

    def _failed(self, request: Request) -> None:
        if request in self._pending:
            self.lost = True
            self._done(request)

    def _done(self, request: Request) -> None:
        self._pending.discard(request)
        if not self._pending:
            self.idle.set()


async def _answer(visit: Visit, success: Locator, before: Mapping[Frame, list[str]], watch: _Watch) -> Answer:
    """Wait for the success text or, once no request is under way any more, for a new alert.

    `before`: what alerts said before the press, in the frame of the form and in those around it.
    """
    confirmed = asyncio.ensure_future(success.first.wait_for(timeout=0))
    alerts = [asyncio.ensure_future(_alert(frame, said, watch)) for frame, said in before.items()]
    try:
        await asyncio.wait(
            {confirmed, *alerts}, timeout=visit.portal.answer_seconds, return_when=asyncio.FIRST_COMPLETED
        )
        alerted = [alert for alert in alerts if alert.done()]
        # A confirmation may itself be an alert: then both are there.
        if (confirmed.done() and not confirmed.exception()) or (alerted and await success.count()):
            return Answer(confirmed=True)
        if said := [alert.result() for alert in alerted if not alert.exception()]:
            return Answer(confirmed=False, words="; ".join(said[0]), lost=watch.lost)
    except PlaywrightError:
        return LOST  # pressed, and the browser or its page went away
    else:
        return LOST
    finally:
        for task in (confirmed, *alerts):
            task.cancel()
        await asyncio.gather(confirmed, *alerts, return_exceptions=True)


async def _alert(frame: Frame, before: list[str], watch: _Watch) -> list[str]:
    """Return what new alerts say; nothing ever when the frame of the form is taken away: it may have done its work."""
    while True:
        try:
            found = await frame.wait_for_function(_NEW_ALERT, arg=before, timeout=0)
            words: list[str] = await found.json_value()
        except PlaywrightError:
            if not frame.is_detached():
                raise
            await asyncio.Event().wait()
        if watch.idle.is_set():
            return words
        await watch.idle.wait()
