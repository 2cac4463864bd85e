"""The text of an HTML letter, line by line, with the addresses of its links."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNSEEN = {"head", "script", "style", "template", "title"}
# fmt: off
_INLINE = {
    "a", "abbr", "b", "big", "bdi", "cite", "code", "em", "font", "i", "img", "kbd", "label", "mark", "nobr", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
}
# fmt: on
_CELLS = {"td", "th"}
_SPACES = re.compile(r"[ \t\r\n\f]+")


def html_text(markup: str) -> str:
    r"""Return what a person reads; a link's address stands on a line of its own behind its text.

    >>> html_text('<p>Ваш <b>логин</b>:<br>1<a href="https://example.org/?a=1&amp;b=2">сюда</a>')
    'Ваш логин:\n1сюда\nhttps://example.org/?a=1&b=2'
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = (line.strip() for line in "".join(reader.told).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self._unseen: list[str] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag == "body":
            self._unseen.clear()  # a head may end without saying so
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        if tag == "a" and self._links:
            address = self._links.pop().strip()
            if address.lower().startswith(("http:", "https:")):
                self.told.append(f"\n{address}\n")
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.told.append(_SPACES.sub(" ", data))

    def _part(self, tag: str) -> None:
        if tag in _CELLS:
            self.told.append(" ")
        elif tag not in _INLINE:
            self.told.append("\n")
