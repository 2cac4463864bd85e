"""The frames of a page: a person reads all of them as one page, and a form stands in one of them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from nmo_autofill.browser.controls.control import next_change
from nmo_autofill.browser.failures import mapped
from nmo_autofill.browser.finder import ask_for, part, queries, selected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from playwright.async_api import Frame, Locator, Page

    from nmo_autofill.portal.model import Field

_SECONDS = 5
_GLANCE = 0.25  # seconds


def everywhere(page: Page) -> Locator:
    """Return the scopes for reading: the roots of the page and of each frame of its own origin that is seen in it."""
    return part(page, "documents")


def reachable(page: Page) -> Locator:
    """Return those of the scopes in which a person can act: no modal dialog hides them.

    To find what is acted on, and not to act: Playwright (1.65) holds the point of a click against the page that a
    locator is of, not against the frame.
    """
    return part(page, "free")


def around(frame: Frame) -> Iterator[Frame]:
    """Yield the frame and those around it, the page's own last."""
    at: Frame | None = frame
    while at is not None:
        yield at
        at = at.parent_frame


async def frame_of(found: Locator) -> Frame:
    """Return the frame in which the first located element stands."""
    page = found.page
    if len(page.frames) == 1:
        return page.main_frame
    owner = await (await found.first.element_handle(timeout=_SECONDS * 1000)).owner_frame()
    return owner or page.main_frame


async def clear(page: Page, seconds: float) -> None:
    """Let what the map knows to lie over the page be closed: any wait of Playwright's does that; looking does not."""
    with suppress(PlaywrightTimeoutError):
        await page.locator(":root").wait_for(state="attached", timeout=seconds * 1000)


async def form_frames(
    page: Page, fields: Mapping[str, Field], needed: Collection[str], seconds: float = 0
) -> list[Frame]:
    """Return the frames in which most of the fields stand: one, or several that are equally good.

    Of those that have all the `needed` fields (keys), for which so many seconds are given where there is a choice;
    without one, the page's own, where they are then missing: a form that is spread over frames is none. Nothing is
    asked of a frame itself before it is chosen: one whose server does not answer would keep the answer (Playwright
    1.65). Raises BrowserError.
    """
    keys = [at for at, key in enumerate(fields) if key in needed]
    now = asyncio.get_running_loop().time
    end = now() + seconds
    with mapped():
        while len(page.frames) > 1:
            await clear(page, _SECONDS)
            found = await selected(reachable(page), fields.values())
            roots = await ask_for(page, "formRoots", [queries(fields), found, keys])
            elements = [root.as_element() for root in (await roots.get_properties()).values()]
            owners = [await element.owner_frame() for element in elements if element]
            if chosen := [owner for owner in owners if owner]:
                return chosen
            if now() >= end:
                break
            await next_change(page.locator(":root"), _GLANCE, seconds)
    return [page.main_frame]
