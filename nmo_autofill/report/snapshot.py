"""A page that stopped somebody: a picture with marks, and in sentences what is wrong there."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from typing import TYPE_CHECKING

from nmo_autofill.report.html import PAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.texts import Texts

    Frame = tuple[int, int, int, int]


_HEADS = {
    "changed": ("snapshot.changed", "snapshot.after_changed"),
    "disagrees": ("snapshot.disagrees", "snapshot.after_disagrees"),
}


def render_snapshot(  # noqa: PLR0913, PLR0917 (a page has so many parts)
    kind: str,
    title: str,
    sentences: Sequence[str],
    marks: Sequence[Sequence[Frame]],
    picture: tuple[bytes, int, int, int, int] | None,
    texts: Texts,
) -> str:
    """Return one HTML page that opens without a network.

    Args:
        kind: `changed`, when the page is otherwise than the portal map says, or `disagrees`, when its fields show
            something else than the profile has.
        title: what people call the page.
        sentences: what is wrong.
        marks: for each of them, the frames of its controls: left, top, width and height in pixels of the page.
        picture: a PNG, and the left, top, width and height of what it shows, likewise.
        texts: of the language.
    """
    heading, advice = _HEADS[kind]
    png, left, top, width, height = picture or (b"", 0, 0, 0, 0)
    numbers: defaultdict[Frame, list[str]] = defaultdict(list)
    for number, frames in enumerate(marks, 1):
        for frame in frames:
            numbers[frame].append(str(number))
    return PAGES.get_template("stopped.html").render(
        language=texts.language,
        texts=texts,
        title=title,
        heading=texts(heading, page=title),
        advice=texts(advice),
        sentences=sentences,
        png=b64encode(png).decode(),
        width=width,
        height=height,
        marks=[
            (", ".join(of_frame), x - left, y - top, wide, high) for (x, y, wide, high), of_frame in numbers.items()
        ],
    )
