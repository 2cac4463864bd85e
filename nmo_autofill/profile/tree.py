"""The tree of a YAML document, built from PyYAML's events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from nmo_autofill.profile.diagnostics import Diagnostic
from nmo_autofill.profile.document import Document, Unreadable
from nmo_autofill.profile.node import Broken, Mapping, Mark, Node, Scalar, Sequence
from nmo_autofill.profile.syntax import mistake

# A group file needs five levels; the rest is a slip of indentation or an attack.
DEEPEST = 8
# A profile has 14 keys at its widest; many more are a list of people without dashes, or an attack.
WIDEST = 100
# Whoever uses aliases uses them for everybody: a hundred refusals tell as much as all of them.
MOST_REFUSED = 100
FASTEST: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_STARTS = {yaml.MappingStartEvent: Mapping, yaml.SequenceStartEvent: Sequence}
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
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
        return _Builder(document).build(loader)
    except yaml.YAMLError as error:
        raise Unreadable(mistake(document, error)) from None


class _Builder:
    """Builds the tree with a stack of its own, so that deep nesting costs no recursion."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tree = Tree()
        self.stack: list[Mapping | Sequence] = []
        # The key that waits for its value, one for each node of the stack.
        self.keys: list[Node | None] = []

    def build(self, loader: type) -> Tree:
        # Not yaml.parse, which asks the parser twice for each event.
        # Any: a parser's event always has its marks, which PyYAML's types do not tell.
        parser: Any = loader(self.document.text)
        while type(event := parser.get_event()) is not yaml.StreamEndEvent:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._add(self._scalar(event))
            elif kind in _STARTS:
                self._open(_STARTS[kind](event.start_mark, self.document, []), event)
            elif kind in _ENDS:
                self.stack.pop()
                self.keys.pop()
            elif kind is yaml.AliasEvent:
                self._refuse("yaml.alias", event.start_mark)
                self._add(Broken(event.start_mark, self.document))
            elif kind is yaml.DocumentStartEvent and self.tree.root is not None:
                raise Unreadable(self._diagnostic("yaml.documents", event.start_mark))
        return self.tree

    def _scalar(self, event: Any) -> Scalar | Broken:  # noqa: ANN401 (see build)
        start: Mark = event.start_mark
        if event.anchor is not None:
            self._refuse("yaml.anchor", start)
        if event.tag not in _TEXT_TAGS:
            self._refuse("yaml.tag", start)
            return Broken(start, self.document)
        return Scalar(start, self.document, event.value, event.end_mark, event.style or "")

    def _open(self, node: Mapping | Sequence, event: Any) -> None:  # noqa: ANN401 (see build)
        if len(self.stack) == DEEPEST:
            raise Unreadable(self._diagnostic("yaml.deep", event.start_mark))
        if event.anchor is not None:
            self._refuse("yaml.anchor", event.start_mark)
        if event.tag is not None:
            self._refuse("yaml.tag", event.start_mark)
        self._add(node)
        self.stack.append(node)
        self.keys.append(None)

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.tree.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = node if type(node) is Scalar else self._key(node)
        else:
            self.keys[-1] = None
            if type(key) is Scalar:
                if len(parent.pairs) == WIDEST:
                    raise Unreadable(self._diagnostic("yaml.wide", key.start))
                parent.pairs.append((key, node))

    def _key(self, node: Node) -> Node:
        """Return what stands for a key that is no text, and refuse it if it is not refused already."""
        if not isinstance(node, Broken):
            self._refuse("yaml.key", node.start)
        return Broken(node.start, self.document)

    def _refuse(self, code: str, mark: Mark) -> None:
        if len(self.tree.diagnostics) == MOST_REFUSED:
            self.tree.diagnostics.append(self._diagnostic("file.many", mark))
        elif len(self.tree.diagnostics) < MOST_REFUSED:
            self.tree.diagnostics.append(self._diagnostic(code, mark))

    def _diagnostic(self, code: str, mark: Mark) -> Diagnostic:
        return Diagnostic(code, self.document.position_of(mark.index))
