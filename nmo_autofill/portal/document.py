"""A map's YAML file as a mapping of texts, with bounds on what a file may cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from nmo_autofill.errors import MapError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# The bundled map of the portal has 15 000 bytes and six levels.
LARGEST = 1_000_000  # bytes
DEEPEST = 8

# All scalars are read as text: zeros keep their number, «no» stays a word. PyYAML's C parser where there is one.
_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_UNSHOWABLE = "\N{REPLACEMENT CHARACTER}"


def read(source: Traversable, name: str) -> dict[str, Any]:
    """Return what the file holds. Raises MapError for `name` when it holds no mapping, or one deeper than any map."""
    try:
        text = _bounded(source, name).decode("utf-8")
        _require_plain(text, name)
        document = yaml.load(text, _LOADER)  # noqa: S506 (the base loader makes texts, lists and mappings only)
    except OSError as error:
        raise ill_formed(name, error.strerror or type(error).__name__) from None
    except UnicodeDecodeError as error:
        raise ill_formed(name, f"not UTF-8: byte {error.start + 1}") from None
    except yaml.YAMLError as error:
        raise ill_formed(name, _told(error)) from None
    if not isinstance(document, dict):
        raise ill_formed(name, "the file is empty" if document is None else "a mapping is expected")
    return document


def ill_formed(name: str, what: str) -> MapError:
    """Return the error about a map, its facts each in one line of what a terminal shows and does not obey."""
    return MapError(map=_showable(name), what=_showable(" ".join(what.split())))


def _bounded(source: Traversable, name: str) -> bytes:
    if not source.is_file():
        raise ill_formed(name, "there is no such file")
    with source.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ill_formed(name, f"larger than {LARGEST} bytes")
    return content


def _require_plain(text: str, name: str) -> None:
    """Refuse what could cost more than it is long, or be endless, before anything is built of it."""
    depth = 0
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise ill_formed(name, f"{_place(event.start_mark)}: deeper than {DEEPEST} levels")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            kind = "an alias" if isinstance(event, yaml.AliasEvent) else "an anchor"
            raise ill_formed(name, f"{_place(event.start_mark)}: {kind} is not taken in a map")


def _told(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"{_place(error.problem_mark)}: {error.problem}"
    return str(error)


def _place(mark: Any) -> str:  # noqa: ANN401 (an event always has its marks, which PyYAML's types do not tell)
    return f"line {mark.line + 1}, column {mark.column + 1}"


def _showable(text: str) -> str:
    return "".join(character if character.isprintable() else _UNSHOWABLE for character in text)
