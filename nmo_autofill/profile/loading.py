"""Loading of people from files and folders: everything that is wrong with them, in one pass."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from nmo_autofill.profile import yaml_source
from nmo_autofill.profile.checks import Context
from nmo_autofill.profile.diagnostics import Diagnostic, Position
from nmo_autofill.profile.document import LARGEST, Unreadable
from nmo_autofill.profile.people import LeftOut, Loaded, Person, Verdict, as_typed, judge
from nmo_autofill.profile.raw import RawFile
from nmo_autofill.profile.references import References, references
from nmo_autofill.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

__all__ = ["YAML_ENDINGS", "LeftOut", "Loaded", "Person", "Verdict", "as_typed", "load"]

YAML_ENDINGS = (".yaml", ".yml")


def load(paths: Iterable[Path | str], *, today: date, lists: References | None = None) -> Loaded:
    """Return all people of the files and folders, and everything that is wrong with them.

    Folders are searched for `*.yaml` and `*.yml`, sorted by name; names that begin with a dot are passed over.
    A file that is named twice is read once. Nothing is raised for bad input: it becomes a diagnostic.

    Args:
        paths: files and folders.
        today: the day that dates and ages are compared with.
        lists: the reference lists, by default the shipped ones; see `references` for those of a portal map.
    """
    return judge(_raw_files(map(Path, paths)), Context(today, lists or references()))


def _raw_files(paths: Iterable[Path]) -> Iterator[RawFile]:
    seen: set[str] = set()
    for file in (file for path in paths for file in _files(path)):
        if isinstance(file, Diagnostic):
            yield _unread(file)
        elif (name := os.path.abspath(file)) not in seen:  # noqa: PTH100 (Path.absolute keeps «..»)
            seen.add(name)
            yield _read(file)


def _files(path: Path) -> Iterator[Path | Diagnostic]:
    if not path.is_dir():
        yield path
        return
    refused: list[Diagnostic] = []

    def refuse(error: OSError) -> None:
        refused.append(_unreadable(Path(error.filename), error))

    found = [
        os.path.join(folder, name)  # noqa: PTH118 (sorting ten thousand Path objects takes as long as reading them)
        for folder, _, names in os.walk(path, onerror=refuse)
        for name in names
        if name.lower().endswith(YAML_ENDINGS) and not name.startswith(".")
    ]
    yield from map(Path, sorted(found))
    yield from refused
    if not found and not refused:
        yield Diagnostic("file.none", Position(str(path)))


def _read(file: Path) -> RawFile:
    try:
        # Opening a pipe would wait until somebody writes into it.
        if not stat.S_ISREG(file.stat().st_mode):
            return _unread(Diagnostic("file.special", Position(str(file))))
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if not file.name.lower().endswith(YAML_ENDINGS):
            return _unread(Diagnostic("file.kind", Position(str(file))))
        return yaml_source.read(str(file), content)
    except OSError as error:
        return _unread(_unreadable(file, error))
    except Unreadable as unreadable:
        return _unread(unreadable.diagnostic)


def _unreadable(file: Path, error: OSError) -> Diagnostic:
    if isinstance(error, FileNotFoundError):
        return Diagnostic("file.missing", Position(str(file)))
    # Not str(error): the system's language differs from ours, and the path is in it.
    return Diagnostic("file.unreadable", Position(str(file)), facts=(("reason", os.strerror(error.errno or 0)),))


def _unread(diagnostic: Diagnostic) -> RawFile:
    source = Source(diagnostic.position.file, diagnostic.position.line)
    return RawFile(left_out=[(source, diagnostic.code)], diagnostics=[diagnostic])
