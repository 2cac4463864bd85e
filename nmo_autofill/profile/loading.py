"""Loading of people from files and folders: everything that is wrong with them, in one pass."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nmo_autofill.profile import sheet_source, yaml_source
from nmo_autofill.profile.answers import NOTHING, Said
from nmo_autofill.profile.checks import Context
from nmo_autofill.profile.diagnostics import Diagnostic, Position
from nmo_autofill.profile.document import LARGEST, Unreadable
from nmo_autofill.profile.people import LeftOut, Loaded, Person, Verdict, as_typed, judge
from nmo_autofill.profile.questions import sound
from nmo_autofill.profile.raw import RawFile
from nmo_autofill.profile.references import References, references
from nmo_autofill.profile.sheet.completion import GivenOnce, complete
from nmo_autofill.profile.sheet.joining import join
from nmo_autofill.profile.sheet.package import is_checked_copy
from nmo_autofill.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from nmo_autofill.profile.raw import RawPerson

__all__ = ["YAML_ENDINGS", "LeftOut", "Loaded", "Person", "Verdict", "as_typed", "load"]

YAML_ENDINGS = (".yaml", ".yml")
ENDINGS = (*YAML_ENDINGS, *sheet_source.ENDINGS)
# Hidden files, and those that Excel keeps beside a workbook while it is open.
_PASSED_OVER = (".", "~$")
# More bytes than a profile has.
_USUAL = 50_000


class _Found(NamedTuple):
    """A file that was found, how it is read, and what staff said of it."""

    file: str
    read: Callable[[str], RawFile]
    said: Said


def load(  # noqa: PLR0913 (one parameter a source of what is known)
    paths: Iterable[Path | str],
    *,
    today: date,
    lists: References | None = None,
    given: Mapping[str, str] | None = None,
    joined: Iterable[Path | str] = (),
    said: Callable[[str], Said] = lambda _: NOTHING,
) -> Loaded:
    """Return all people of the files and folders, and everything that is wrong with them.

    Folders are searched for profiles (`*.yaml`, `*.yml`) and group lists (`*.xlsx`, `*.xlsm`, `*.xls`, `*.ods`,
    `*.csv`), sorted by name; names that begin with a dot or with `~$` are passed over, and so are copies that an
    earlier check has annotated. A file that is named twice is read once, and one that is joined to another is no list
    of its own. Files that have the same lists joined follow each other. Nothing is raised for bad input: it becomes a
    diagnostic.

    Args:
        paths: files and folders.
        today: the day that dates and ages are compared with.
        lists: the reference lists, by default the shipped ones; see `references` for those of a portal map.
        given: values by dotted key for what a group list has no column for.
        joined: group lists with more about the same people.
        said: what staff said earlier of a file; `given` and `joined` come before it.
    """
    whole = Said({key: GivenOnce(key, text) for key, text in (given or {}).items()}, tuple(map(Path, joined)))

    def known(file: str) -> Said:
        own = said(file)
        if own is NOTHING:
            return whole
        return Said({**own.given, **whole.given}, whole.joined or own.joined, own.answers)

    found = _without_joined([*_found(map(Path, paths), known)])
    context = Context(today, lists or references())
    return judge(_telling_useless(_with_what_was_said(found, context), whole.given.values(), context))


def _telling_useless(
    files: Iterable[tuple[RawFile, Context]], given: Collection[GivenOnce], context: Context
) -> Iterator[tuple[RawFile, Context]]:
    """Yield the files, then what was given for lists although nobody stands in one."""
    is_listed = not given
    for file, own in files:
        is_listed = is_listed or any(person.columns for person in file.people)
        yield file, own
    if not is_listed:
        yield RawFile(diagnostics=[Diagnostic("given.no_list", value.at(), value.key) for value in given]), context


def _with_what_was_said(found: Iterable[_Found], context: Context) -> Iterator[tuple[RawFile, Context]]:
    groups: defaultdict[tuple[Path, ...], list[_Found]] = defaultdict(list)
    for one in found:
        groups[one.said.joined].append(one)
    for joined, group in groups.items():
        yield from _joined(group, joined, context) if joined else _alone(group, context)


def _alone(group: Iterable[_Found], context: Context) -> Iterator[tuple[RawFile, Context]]:
    for one in group:
        own, mistakes = _own(one.said, context)
        file = one.read(one.file)
        _complete(file, one, mistakes)
        yield file, own


def _joined(group: Sequence[_Found], joined: Sequence[Path], context: Context) -> Iterator[tuple[RawFile, Context]]:
    """Yield the files with what the joined lists have of the same people, then what is to tell of those lists."""
    others = [one.read(one.file) for one in _found(joined, lambda _: NOTHING)]
    rest = RawFile(tallies=[tally for other in others for tally in other.tallies])
    rest.diagnostics += (diagnostic for other in others for diagnostic in other.diagnostics)
    rest.left_out += (left for other in others for left in other.left_out)
    told = [(one, one.read(one.file), *_own(one.said, context)) for one in group]
    for person, diagnostic in join([(file, own) for _, file, own, _ in told], others):
        rest.diagnostics.append(diagnostic)
        rest.left_out.append((person.source, diagnostic.code))
    elsewhere = frozenset(key for other in others for person in other.people for key in _keys(person))
    for one, file, own, mistakes in told:
        _complete(file, one, mistakes, elsewhere)
        yield file, own
    yield rest, context


def _own(said: Said, context: Context) -> tuple[Context, list[Diagnostic]]:
    """Return what is known of one file, and what is wrong with the answers that were given for it."""
    if not said.answers:
        return context, []
    answers, mistakes = sound(said.answers, context)
    return replace(context, answers=answers), mistakes


def _complete(
    file: RawFile, found: _Found, mistakes: Sequence[Diagnostic], elsewhere: frozenset[str] = frozenset()
) -> None:
    file.diagnostics += mistakes
    file.left_out += [(Source(one.position.file, one.position.line), one.code) for one in mistakes]
    if any(person.columns for person in file.people):
        complete(file.people, found.said.given, elsewhere)
        file.diagnostics += _unused(file, found)


def _unused(file: RawFile, found: _Found) -> Iterator[Diagnostic]:
    """Yield what was given for a file all of whose lists have a column of their own for it."""
    columns = {person.columns for person in file.people if person.columns} if found.said.given else ()
    for key, value in found.said.given.items():
        if all(key in one.keys for one in columns):
            yield Diagnostic("given.unused", value.at(), key, (("file", found.file),))


def _keys(person: RawPerson) -> frozenset[str]:
    return person.columns.keys if person.columns else frozenset(person.fields)


def _found(paths: Iterable[Path], known: Callable[[str], Said]) -> Iterator[_Found]:
    seen = set()
    for path in paths:
        read = _read_found if path.is_dir() else _read
        for file in _files(path):
            if isinstance(file, Diagnostic):
                yield _Found(str(path), partial(_refused, file), NOTHING)
            elif (name := os.path.abspath(file)) not in seen:  # noqa: PTH100 (Path.absolute keeps «..»)
                seen.add(name)
                yield _Found(file, read, known(file))


def _without_joined(found: list[_Found]) -> list[_Found]:
    """Return the files without those that are joined to another one of them."""
    if not any(one.said.joined for one in found):
        return found
    named = [(os.path.abspath(one.file), one) for one in found]  # noqa: PTH100 (as above)
    joined: set[str] = set()
    for name, one in named:
        if name not in joined:
            joined.update(map(os.path.abspath, one.said.joined))
    return [one for name, one in named if name not in joined]


def _files(path: Path) -> Iterator[str | Diagnostic]:
    if not path.is_dir():
        yield str(path)
        return
    refused: list[Diagnostic] = []

    def refuse(error: OSError) -> None:
        refused.append(_unreadable(Path(error.filename), error))

    found = [
        f"{begin}{name}"
        for begin, names in _walked(path, refuse)
        for name in names
        if name.lower().endswith(ENDINGS) and not name.startswith(_PASSED_OVER)
    ]
    yield from sorted(found)
    yield from refused
    if not found and not refused:
        yield Diagnostic("file.none", Position(str(path)))


def _walked(path: Path, refuse: Callable[[OSError], None]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each folder, as what the paths of its files begin with, and their names.

    Texts, for ten thousand Path objects take as long as reading the files.
    """
    for folder, _, names in os.walk(path, onerror=refuse):
        yield str(Path(folder) / "-").removesuffix("-"), names


def _read(file: str) -> RawFile:
    path, name = Path(file), file.lower()
    try:
        # Opening a pipe would wait until somebody writes into it.
        if not stat.S_ISREG(path.stat().st_mode):
            return _unread(Diagnostic("file.special", Position(file)))
        if name.endswith(sheet_source.ENDINGS):
            return sheet_source.read(file, _content(path, sheet_source.LARGEST))
        content = _content(path, LARGEST)
        if not name.endswith(YAML_ENDINGS):
            return _unread(Diagnostic("file.kind", Position(file)))
        return yaml_source.read(file, content)
    except OSError as error:
        return _unread(_unreadable(path, error))
    except Unreadable as unreadable:
        return _unread(unreadable.diagnostic)


def _read_found(file: str) -> RawFile:
    """Read a file that was found in a folder: people in a checked copy stand in the list beside it, too."""
    if file.lower().endswith(sheet_source.ENDINGS) and (path := Path(file)).is_file() and is_checked_copy(path):
        return _unread(Diagnostic("file.annotated", Position(file)))
    return _read(file)


def _content(file: Path, largest: int) -> bytes:
    with file.open("rb") as stream:
        content = stream.read(_USUAL)
        # Making room for the largest takes longer than reading a profile.
        return content if len(content) < _USUAL else content + stream.read(largest + 1 - _USUAL)


def _unreadable(file: Path, error: OSError) -> Diagnostic:
    if isinstance(error, FileNotFoundError):
        return Diagnostic("file.missing", Position(str(file)))
    # Not str(error): the system's language differs from ours, and the path is in it.
    return Diagnostic("file.unreadable", Position(str(file)), facts=(("reason", os.strerror(error.errno or 0)),))


def _refused(diagnostic: Diagnostic, _file: str) -> RawFile:
    return _unread(diagnostic)


def _unread(diagnostic: Diagnostic) -> RawFile:
    source = Source(diagnostic.position.file, diagnostic.position.line)
    return RawFile(left_out=[(source, diagnostic.code)], diagnostics=[diagnostic])
