"""The frames of a page: a person reads all of them as one page, and a form stands in one of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.control import next_change
from nmo_autofill.browser.failures import mapped
from nmo_autofill.browser.finder import part
from nmo_autofill.browser.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.async_api import Frame, Locator, Page

    from nmo_autofill.portal.model import Field

_SECONDS = 5
_GLANCE = 0.25  # seconds


def everywhere(page: Page) -> Locator:
    """Return the scopes for looking: the page's root and that of each frame of its own origin that is seen in it.

    Not for acting: Playwright (1.65) holds the point of a click against the page that a locator is of, not the frame.
    """
    return part(page, "documents")


def around(frame: Frame) -> Iterator[Frame]:
    """Yield the frame and those around it, the page's own last."""
    at: Frame | None = frame
    while at is not None:
        yield at
        at = at.parent_frame


async def frames_of(page: Page) -> list[Frame]:
    """Return the frames that `everywhere` looks into, the page's own first."""
    if len(page.frames) == 1:
        return [page.main_frame]
    owners = [await root.owner_frame() for root in await everywhere(page).element_handles()]
    return [frame for frame in owners if frame is not None]


async def frame_of(found: Locator) -> Frame:
    """Return the frame in which the first located element stands."""
    page = found.page
    if len(page.frames) == 1:
        return page.main_frame
    owner = await (await found.first.element_handle(timeout=_SECONDS * 1000)).owner_frame()
    return owner or page.main_frame


async def form_frame(page: Page, fields: Mapping[str, Field], seconds: float = 0) -> Frame:
    """Return the frame in which most of the fields stand; of equals the outermost, and the first.

    Where there are several frames, so many seconds are given until one of them has every required field. A form that
    is spread over frames is none: the fields that are missing in its frame are told. Raises BrowserError.
    """
    needed = {key for key, field in fields.items() if field.required}
    now = asyncio.get_running_loop().time
    end = now() + seconds
    with mapped():
        while len(frames := await frames_of(page)) > 1 or (len(page.frames) > 1 and now() < end):
            held = [{key for key, places in (await survey(one, fields)).claims.items() if places} for one in frames]
            best = max(range(len(frames)), key=lambda at: len(held[at]))
            if needed <= held[best] or now() >= end:
                return frames[best]
            await next_change(frames[best].locator(":root"), _GLANCE, seconds)
    return page.main_frame
