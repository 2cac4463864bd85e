"""The nodes of a YAML document: every scalar is text, and every node knows its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeAlias

from yaml.scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmo_autofill.profile.diagnostics import Position
    from nmo_autofill.profile.document import Document

_QUOTED_UNITS = {
    '"': re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[\s\S])|[\s\S]"),
    "'": re.compile(r"''|[\s\S]"),
}
_PLAIN_UNIT = re.compile(r"[\s\S]")


class Mark(Protocol):
    """A place in the text, counted from 0; each of PyYAML's two parsers has a class of its own for it."""

    index: int
    line: int
    column: int


@dataclass(slots=True, repr=False, eq=False)
class Placed:
    """Something that stands in a document, from the character `text[start]` on."""

    document: Document
    start: int

    def __repr__(self) -> str:
        """Show the place, not the text: it may be personal."""
        place = Placed.at(self)
        return f"{type(self).__name__}({place.line}:{place.column})"

    def at(self, index: int = 0) -> Position:  # noqa: ARG002 (of a text, see Scalar)
        """Return where it starts."""
        return self.document.position_of(self.start)


@dataclass(slots=True, repr=False, eq=False)
class Scalar(Placed):
    """A text, written up to `end`; `style` is YAML's: empty, a quote, `|` or `>`."""

    text: str
    end: int
    style: str

    @property
    def line(self) -> int:
        """Its first line, counted from 1."""
        return self.document.line_of(self.start)

    @property
    def is_folded(self) -> bool:
        """Whether it goes on in the next line, without the sign of a block."""
        return self.style not in {"|", ">"} and len(self._source.splitlines()) > 1

    def at(self, index: int = 0) -> Position:
        """Return where the character `text[index]` stands: quotes, escapes and folded lines are seen through."""
        offset = self._offset(index) if index < len(self.text) else 0
        return self.document.position_of(self.start + offset)

    @property
    def _source(self) -> str:
        return self.document.text[self.start : self.end]

    def _offset(self, index: int) -> int:
        """Find the character by counting its like: folding changes only spaces and line breaks."""
        character = self.text[index]
        before = self.text.count(character, 0, index)
        like = (offset for offset, written in self._written() if written == character)
        return next(islice(like, before, None), 0)

    def _written(self) -> Iterator[tuple[int, str]]:
        """Yield each character of the value as it is written, with its offset in the source."""
        source = self._source
        # A block begins on the line after its sign, which may have a comment.
        begin = source.find("\n") + 1 if self.style in {"|", ">"} else len(self.style)
        units = _QUOTED_UNITS.get(self.style, _PLAIN_UNIT)
        return ((unit.start(), _meaning(unit)) for unit in units.finditer(source, begin))


@dataclass(slots=True, repr=False, eq=False)
class Mapping(Placed):
    """Pairs of key and value, in the order of the document."""

    line: int
    pairs: list[tuple[Scalar, Node]]


@dataclass(slots=True, repr=False, eq=False)
class Sequence(Placed):
    """Items, in the order of the document."""

    line: int
    items: list[Node]


@dataclass(slots=True, repr=False, eq=False)
class Broken(Placed):
    """What stands where something was refused: it is known to be wrong, and nothing more is said of it."""

    line: int


Node: TypeAlias = Scalar | Mapping | Sequence | Broken


def _meaning(unit: re.Match[str]) -> str:
    """Return the character that a unit of a scalar's source stands for."""
    source = unit.group()
    if len(source) == 1:
        return source
    if code := next((group for group in unit.groups() if group), None):
        return chr(int(code, 16))
    return Scanner.ESCAPE_REPLACEMENTS.get(source[-1], source[-1])
