"""What staff said once for the lists of a folder, kept in its `group.yaml` under each list's file name."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from nmo_autofill.profile import dates, keys
from nmo_autofill.profile.answers import NOTHING, Answer, Answers, Said
from nmo_autofill.profile.diagnostics import Diagnostic, Position
from nmo_autofill.profile.document import LARGEST, Document, Unreadable, decode
from nmo_autofill.profile.group_file import TOP, holds_people
from nmo_autofill.profile.questions import ASKED
from nmo_autofill.profile.sheet.completion import GIVEABLE, GivenOnce
from nmo_autofill.profile.syntax import mistake
from nmo_autofill.profile.tree import DEEPEST, FASTEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

NAME = "group.yaml"
_HEAD = "# Что учебная часть ответила о списках. Строки можно править и удалять.\n"
_OF_LIST = ("set", "join", "answers")
_OF_ANSWER = ("field", "text", "value", "date")


@dataclass(frozen=True)
class Memory:
    """What is remembered in one folder: what was said for each list, by the list's file name."""

    lists: Mapping[str, Said] = field(default_factory=dict)


class Memories:
    """What is remembered in the folders of a call; each `group.yaml` is read once, when it is first asked for."""

    def __init__(self) -> None:
        self._read: dict[str, Memory] = {}
        self._now: dict[str, Memory] = {}

    def said(self, file: str) -> Said:
        """Return what was said for a file. Raises Unreadable when the `group.yaml` beside it is not as it should be."""
        folder, name = os.path.split(file)
        return self._of(folder).lists.get(name, NOTHING)

    def learn(self, file: str, said: Said) -> None:
        """Take what is now said for a file."""
        folder, name = os.path.split(file)
        if said != self.said(file):
            self._now[folder] = Memory({**self._of(folder).lists, name: said})

    def changed(self) -> Iterator[tuple[Path, Memory]]:
        """Yield each `group.yaml` that is to be written, with what it shall hold."""
        for folder, memory in self._now.items():
            if memory != self._read[folder]:
                yield Path(folder) / NAME, memory

    def _of(self, folder: str) -> Memory:
        if folder not in self._now:
            self._read[folder] = self._now[folder] = recall(Path(folder) / NAME)
        return self._now[folder]


def recall(file: Path) -> Memory:
    """Return what is remembered, nothing where the file is not there or holds people.

    Raises:
        Unreadable: the file cannot be read, or is not written as it should be.
    """
    found = _root(file)
    return Memory() if found is None or _is_of_people(found[1]) else _Reader(file, found[0]).memory(found[1])


def remember(file: Path, memory: Memory) -> None:
    """Write the memory.

    Raises:
        OSError: the system refuses.
        Unreadable: what stands there cannot be read, or is no memory: it is left alone.
    """
    found = _root(file)
    if found and _is_of_people(found[1]):
        raise Unreadable(Diagnostic("memory.people", Position(str(file))))
    content = {"lists": {name: written for name, said in memory.lists.items() if (written := _written(said))}}
    _replace(file, _HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False))


def _written(said: Said) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "set": {key: value.text for key, value in said.given.items()},
        "join": [path.name for path in said.joined],
        "answers": [
            {"field": key, "text": answer.text, "value": answer.value, "date": dates.format(answer.day)}
            for key, answers in said.answers.items()
            for answer in answers.values()
        ],
    }
    return {key: part for key, part in parts.items() if part}


def _replace(file: Path, text: str) -> None:
    """Write beside the file and put it in its place: a crash leaves the old one or the new one."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _root(file: Path) -> tuple[Document, yaml.Node] | None:
    """Return the document and its root, None where there is none. Raises Unreadable."""
    try:
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            document = decode(str(file), stream.read(LARGEST + 1))
        _require_shallow(document)
        root = yaml.compose(document.text, FASTEST)  # texts only: nothing is built of them
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise Unreadable(Diagnostic("file.unreadable", Position(str(file)), facts=(("reason", reason),))) from None
    except yaml.YAMLError as error:
        raise Unreadable(mistake(document, error)) from None
    return (document, root) if root else None


def _require_shallow(document: Document) -> None:
    """Raise Unreadable for what is nested deeper than any memory: libyaml's composer would crash over an attack."""
    depth = 0
    for event in yaml.parse(document.text, FASTEST):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            mark: Any = event.start_mark  # a parser's event always has its marks, which PyYAML's types do not tell
            raise Unreadable(Diagnostic("yaml.deep", document.position(mark.line, mark.column)))


def _is_of_people(root: yaml.Node) -> bool:
    return isinstance(root, yaml.MappingNode) and holds_people(str(key.value) for key, _ in root.value)


class _Reader:
    """Reads the memory in one document; raises Unreadable at the first thing that is not as it should be."""

    def __init__(self, file: Path, document: Document) -> None:
        self.folder = file.parent
        self.document = document

    def memory(self, root: yaml.Node) -> Memory:
        return Memory(
            {
                name: self._said(name, node)
                for top in self._mapping(root, TOP).values()
                for name, node in self._mapping(top).items()
            }
        )

    def _said(self, name: str, node: yaml.Node) -> Said:
        parts = self._mapping(node, _OF_LIST)
        given, joined, answers = (parts.get(key) for key in _OF_LIST)
        return Said(
            self._given(given) if given else {},
            tuple(self._joined(name, item) for item in self._items(joined)) if joined else (),
            self._answers(answers) if answers else {},
        )

    def _given(self, node: yaml.Node) -> dict[str, GivenOnce]:
        return {
            key: GivenOnce(key, self._text(value), self._at(value))
            for key, value in self._mapping(node, GIVEABLE).items()
        }

    def _joined(self, name: str, node: yaml.Node) -> Path:
        other = self._text(node)
        if other in {name, "", ".", ".."} or Path(other).name != other:
            self._refuse("memory.join", node)
        return self.folder / other

    def _answers(self, node: yaml.Node) -> Answers:
        said = Said()
        for item in self._items(node):
            parts = self._mapping(item, _OF_ANSWER)
            if lacking := [name for name in _OF_ANSWER if name not in parts]:
                self._refuse("memory.lacking", item, key=lacking[0])
            key, text, value, day = (self._word(parts[name]) for name in _OF_ANSWER)
            if key not in ASKED.values():
                self._refuse_key(parts["field"], dict.fromkeys(ASKED.values()))
            try:
                when = dates.parse(day)
            except ValueError:
                self._refuse("memory.date", parts["date"])
            said = said.with_answer(key, Answer(text, value, when, self._at(parts["value"])))
        return said.answers

    def _mapping(self, node: yaml.Node, known: Collection[str] = ()) -> dict[str, yaml.Node]:
        """Return the pairs of a node; `known` are the keys that may stand there, any when it is empty."""
        if _is_blank(node):
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._refuse("memory.mapping", node)
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self._text(key)
            if known and name not in known:
                self._refuse_key(key, known)
            if name in found:
                self._refuse("memory.twice", key, key=name)
            found[name] = value
        return found

    def _items(self, node: yaml.Node) -> list[yaml.Node]:
        if _is_blank(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._refuse("memory.sequence", node)
        return list(node.value)

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self._refuse("memory.text", node)
        return str(node.value)

    def _word(self, node: yaml.Node) -> str:
        text = self._text(node)
        if not text.strip():
            self._refuse("memory.text", node)
        return text

    def _refuse_key(self, node: yaml.Node, known: Collection[str]) -> NoReturn:
        if known is GIVEABLE and node.value in keys.PERSONAL:
            self._refuse("memory.personal", node, key=node.value)
        self._refuse("memory.key", node, key=node.value, known=", ".join(known))

    def _refuse(self, code: str, node: yaml.Node, **facts: str) -> NoReturn:
        raise Unreadable(Diagnostic(code, self._at(node), facts=(*facts.items(),)))

    def _at(self, node: yaml.Node) -> Position:
        return self.document.position(node.start_mark.line, node.start_mark.column)


def _is_blank(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value
