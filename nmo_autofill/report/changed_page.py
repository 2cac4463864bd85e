"""A page of the portal that changed: a picture with marks, and the differences in sentences."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from typing import TYPE_CHECKING

from nmo_autofill.report.html import PAGES
from nmo_autofill.report.sentences import difference_of_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.outcome import Drift
    from nmo_autofill.texts import Texts

    Frame = tuple[int, int, int, int]


def render_changed_page(
    title: str,
    drifts: Sequence[Drift],
    marks: Sequence[Sequence[Frame]],
    picture: tuple[bytes, int, int, int, int] | None,
    texts: Texts,
) -> str:
    """Return one HTML page that opens without a network.

    Args:
        title: what people call the page.
        drifts: the differences.
        marks: for each of them, the frames of its controls: left, top, width and height in pixels of the page.
        picture: a PNG, and the left, top, width and height of what it shows, likewise.
        texts: of the language.
    """
    png, left, top, width, height = picture or (b"", 0, 0, 0, 0)
    numbers: defaultdict[Frame, list[str]] = defaultdict(list)
    for number, frames in enumerate(marks, 1):
        for frame in frames:
            numbers[frame].append(str(number))
    return PAGES.get_template("changed.html").render(
        language=texts.language,
        texts=texts,
        title=title,
        drifts=[difference_of_page(drift, texts) for drift in drifts],
        png=b64encode(png).decode(),
        width=width,
        height=height,
        marks=[
            (", ".join(of_frame), x - left, y - top, wide, high) for (x, y, wide, high), of_frame in numbers.items()
        ],
    )
