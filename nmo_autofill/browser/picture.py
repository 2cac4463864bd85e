"""Pictures of a page on which nothing personal can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.browser.failures import mapped
from nmo_autofill.browser.finder import ask, part
from nmo_autofill.browser.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playwright.async_api import Page

Frame = tuple[int, int, int, int]

# What stands in a control is a value; a photo can be somebody's.
_UNREADABLE = """
  input, textarea, select, [contenteditable], [role=combobox], [role=combobox] *, [role=listbox], [role=option] {
  color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important; }
  input[type=radio], input[type=checkbox] { appearance: none !important; border: 1px solid #667 !important;
  min-width: 13px !important; min-height: 13px !important; }
  ::placeholder { color: transparent !important; }
  img, picture, video, canvas, object, iframe { visibility: hidden !important; }"""
_MARGIN = (280, 110, 60, 70)  # pixels left, above, right and below of the controls: for their labels, and a heading
_GREY = "#b8c0c8"


@dataclass(frozen=True)
class Picture:
    """A part of a page as PNG; `left` and `top` are its place in the page, in pixels of the page."""

    png: bytes
    left: int
    top: int
    width: int
    height: int


async def take_picture(page: Page, frames: Sequence[Frame], personal: Iterable[str]) -> Picture | None:
    """Return a picture of the part of the page around these controls; None when there are none.

    No value of a control can be read on it, nor any `personal` text that the page shows. Raises BrowserError.
    """
    if not frames:
        return None
    given = [*personal]
    with mapped():
        scope = part(page, "scope")  # what a modal dialog covers is neither shown nor in its way
        told = await ask(scope, "scene")
        left, top, right, bottom = _around(frames, told["frame"])
        across, down = told["origin"]
        png = await page.screenshot(
            clip={"x": left - across, "y": top - down, "width": right - left, "height": bottom - top},
            full_page=told["whole"],
            animations="disabled",
            style=_UNREADABLE,
            mask=[
                part(scope, "beside"),
                *(scope.get_by_text(word) for word in told["words"] if mask(word, given) != word),
            ],
            mask_color=_GREY,
            scale="css",
        )
    return Picture(png, left, top, right - left, bottom - top)


def _around(frames: Sequence[Frame], limit: Frame) -> Frame:
    """Return left, top, right and bottom of what lies around the frames, within such a limit."""
    return (
        max(limit[0], min(left for left, _, _, _ in frames) - _MARGIN[0]),
        max(limit[1], min(top for _, top, _, _ in frames) - _MARGIN[1]),
        min(limit[2], max(left + wide for left, _, wide, _ in frames) + _MARGIN[2]),
        min(limit[3], max(top + high for _, top, _, high in frames) + _MARGIN[3]),
    )
