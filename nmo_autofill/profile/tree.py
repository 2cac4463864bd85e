"""The tree of a YAML document, built from PyYAML's events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from nmo_autofill.profile.diagnostics import Diagnostic
from nmo_autofill.profile.document import Document, Unreadable
from nmo_autofill.profile.node import Broken, Mapping, Mark, Node, Scalar, Sequence
from nmo_autofill.profile.syntax import mistake

if TYPE_CHECKING:
    from collections.abc import Callable

# A group file needs five levels; the rest is a slip of indentation or an attack.
DEEPEST = 8
# A profile has 14 keys at its widest; many more are a list of people without dashes, or an attack.
WIDEST = 100
# Whoever uses aliases uses them for everybody: a hundred refusals tell as much as all of them.
MOST_REFUSED = 100
FASTEST: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BETWEEN = frozenset({yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent})
_TEXT_TAGS = frozenset({None, "!", "tag:yaml.org,2002:str"})


@dataclass
class Tree:
    """The root of a document, None when it is empty, and what was refused in it."""

    root: Node | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)


def parse(document: Document, loader: type = FASTEST) -> Tree:
    """Return the tree of the document.

    Aliases, anchors, tags other than `!!str` and keys that are no text are refused, each with a diagnostic, and the
    rest is read on. `loader` is one of PyYAML's loaders, by default the fastest there is.

    Raises:
        Unreadable: the text is no YAML, has several documents, or is deeper or wider than any profile.
    """
    try:
        return _Builder(document, loader).build()
    except yaml.YAMLError as error:
        raise Unreadable(mistake(document, error)) from None


class _Builder:
    """Builds the tree by recursion, which ends at the deepest level that is read."""

    def __init__(self, document: Document, loader: type) -> None:
        self.document = document
        self.diagnostics: list[Diagnostic] = []
        # Not yaml.parse, which asks the parser twice for each event.
        # Any: a parser's event always has its marks, which PyYAML's types do not tell.
        parser: Any = loader(document.text)
        self.event: Callable[[], Any] = parser.get_event

    def build(self) -> Tree:
        root: Node | None = None
        while (kind := type(event := self.event())) is not yaml.StreamEndEvent:
            if kind not in _BETWEEN:
                root = self._node(event, 0)
            elif kind is yaml.DocumentStartEvent and root is not None:
                raise Unreadable(self._diagnostic("yaml.documents", event.start_mark.index))
        return Tree(root, self.diagnostics)

    def _node(self, event: Any, depth: int, *, as_key: bool = False) -> Node:  # noqa: ANN401 (see __init__)
        kind = type(event)
        mark: Mark = event.start_mark
        if kind is yaml.AliasEvent:
            self._refuse("yaml.alias", mark.index)
            return Broken(self.document, mark.index, mark.line + 1)
        if event.anchor is not None:
            self._refuse("yaml.anchor", mark.index)
        if kind is not yaml.ScalarEvent:
            at = Broken(self.document, mark.index, mark.line + 1)
            return self._collection(event, at, depth, as_key=as_key)
        if event.tag not in _TEXT_TAGS:
            self._refuse("yaml.tag", mark.index)
            return Broken(self.document, mark.index, mark.line + 1)
        return Scalar(self.document, mark.index, event.value, event.end_mark.index, event.style or "")

    def _collection(self, event: Any, at: Broken, depth: int, *, as_key: bool) -> Node:  # noqa: ANN401 (see __init__)
        """Return the mapping or sequence that begins here, or, of one that stands as a key, only its place."""
        if depth == DEEPEST:
            raise Unreadable(self._diagnostic("yaml.deep", at.start))
        if event.tag is not None:
            self._refuse("yaml.tag", at.start)
        if as_key:
            self._refuse("yaml.key", at.start)
        node: Node
        if type(event) is yaml.MappingStartEvent:
            node = Mapping(self.document, at.start, at.line, self._pairs(depth + 1))
        else:
            node = Sequence(self.document, at.start, at.line, self._items(depth + 1))
        return at if as_key else node

    def _pairs(self, depth: int) -> list[tuple[Scalar, Node]]:
        pairs: list[tuple[Scalar, Node]] = []
        while type(event := self.event()) is not yaml.MappingEndEvent:
            key = self._node(event, depth, as_key=True)
            value = self._node(self.event(), depth)
            if type(key) is Scalar:
                pairs.append((key, value))
                if len(pairs) > WIDEST:
                    raise Unreadable(self._diagnostic("yaml.wide", key.start))
        return pairs

    def _items(self, depth: int) -> list[Node]:
        items: list[Node] = []
        while type(event := self.event()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth))
        return items

    def _refuse(self, code: str, index: int) -> None:
        if len(self.diagnostics) == MOST_REFUSED:
            self.diagnostics.append(self._diagnostic("file.many", index))
        elif len(self.diagnostics) < MOST_REFUSED:
            self.diagnostics.append(self._diagnostic(code, index))

    def _diagnostic(self, code: str, index: int) -> Diagnostic:
        return Diagnostic(code, self.document.position_of(index))
