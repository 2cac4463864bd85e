"""The people of a call: loaded with what staff said once for their lists, and asked about what is unknown."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nmo_autofill.errors import GroupFileError, UsageError
from nmo_autofill.inquiry import Inquiry
from nmo_autofill.profile import keys
from nmo_autofill.profile.checks import Context
from nmo_autofill.profile.diagnostics import Severity, message
from nmo_autofill.profile.document import Unreadable
from nmo_autofill.profile.loading import load
from nmo_autofill.profile.memory import Memories, remember
from nmo_autofill.profile.references import References, references
from nmo_autofill.profile.sheet.completion import GIVEABLE, GivenOnce
from nmo_autofill.refusal import reason
from nmo_autofill.report.check_report import render_check
from nmo_autofill.runs.destination import portal_map

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from nmo_autofill.profile.answers import Said
    from nmo_autofill.profile.people import Loaded
    from nmo_autofill.terminal import Terminal
    from nmo_autofill.texts import Texts

# An answer can bring a further question: the level of education decides which specialties there are.
_ROUNDS = 5


@dataclass(frozen=True)
class Intake:
    """What a command takes in.

    Attributes:
        paths: files and folders.
        today: the day that dates are compared with.
        given: values for all lists by key, from the command line.
        joined: lists with more about the same people.
        lists: the reference lists.
    """

    paths: Sequence[Path]
    today: date
    given: Mapping[str, str] = field(default_factory=dict)
    joined: Sequence[Path] = ()
    lists: References = field(default_factory=references)

    def load(self, memories: Memories) -> Loaded:
        """Return the people, with what is remembered of each list. Raises Unreadable for a wrong `group.yaml`."""
        return load(
            self.paths,
            today=self.today,
            lists=self.lists,
            given=self.given,
            joined=self.joined,
            said=memories.said,
        )


def parse_given(settings: Sequence[str], texts: Texts) -> dict[str, str]:
    """Return the values of `--set KEY=VALUE` by key; a form's label may stand for the key.

    Raises UsageError for what is written otherwise, for a key that is named twice or is each person's own.
    """
    given: dict[str, str] = {}
    for setting in settings:
        name, sign, value = (part.strip() for part in setting.partition("="))
        known = _keys(name)
        key = next((key for key in known if key in GIVEABLE), None)
        if key is None and keys.PERSONAL.intersection(known):
            raise UsageError(what=texts("cli.wrong.set_personal", name=name))
        if not sign or not value or key is None:
            raise UsageError(what=texts("cli.wrong.set", name=name, known=", ".join(GIVEABLE)))
        if key in given:
            raise UsageError(what=texts("cli.wrong.set_twice", name=name))
        given[key] = value
    return given


def today() -> date:
    """Return the day that dates are compared with."""
    return datetime.now().astimezone().date()


def people_of(
    terminal: Terminal,
    paths: Sequence[Path],
    portal: str,
    given: Sequence[str] | None = None,
    joined: Sequence[Path] | None = None,
) -> Loaded:
    """Return the people of a call, with the lists of the portal that it names.

    At a terminal, asks once about what is unknown, and remembers the answers beside the lists.
    Raises as `portal_map` and `parse_given` do, and:
        GroupFileError: what is remembered cannot be read.
        UsageError: a list is to be joined with itself.
    """
    lists = references(portal_map(portal).lists)
    return _take_in(Intake(paths, today(), parse_given(given or (), terminal.texts), joined or (), lists), terminal)


def _take_in(intake: Intake, terminal: Terminal) -> Loaded:
    _require_other_lists(intake, terminal.texts)
    memories = Memories()
    try:
        loaded = intake.load(memories)
    except Unreadable as unreadable:
        raise _group_file_error(unreadable, terminal.texts) from None
    for told in _recalled(loaded, intake, memories, terminal.texts):
        terminal.tell(told)
    if terminal.can_ask:
        loaded = _asked(loaded, intake, memories, terminal)
    _learn_options(loaded, intake, memories)
    _keep(memories, terminal)
    return loaded


def _require_other_lists(intake: Intake, texts: Texts) -> None:
    named = {os.path.abspath(path) for path in intake.paths}  # noqa: PTH100 (Path.absolute keeps «..»)
    for path in intake.joined:
        if os.path.abspath(path) in named:  # noqa: PTH100 (as above)
            raise UsageError(what=texts("cli.wrong.join_itself", file=str(path)))


def _asked(loaded: Loaded, intake: Intake, memories: Memories, terminal: Terminal) -> Loaded:
    inquiry = Inquiry(terminal, Context(intake.today, intake.lists), memories)
    for _ in range(_ROUNDS):
        if not inquiry.ask(loaded):
            break
        loaded = intake.load(memories)
    return loaded


def _recalled(loaded: Loaded, intake: Intake, memories: Memories, texts: Texts) -> Iterator[str]:
    """Yield for each list what is taken from memory for it."""
    lists, unused = _lists(loaded), _unused(loaded)
    for file in dict.fromkeys(person.source.file for person in loaded.people):
        said = memories.said(file)
        taken = [
            f"{texts(f'field.{key}')} = {value.text}"
            for key, value in said.given.items()
            if file in lists and key not in intake.given and (file, key) not in unused
        ]
        if said.joined and not intake.joined:
            taken.append(texts("ask.recalled_join", files=", ".join(path.name for path in said.joined)))
        if taken:
            yield texts("ask.recalled", list=file, what="; ".join(taken))


def _learn_options(loaded: Loaded, intake: Intake, memories: Memories) -> None:
    """Take in the values and lists of the command line that turned out to be right."""
    lists, unfit = _lists(loaded), _unused(loaded) | _refused(loaded)
    for file in dict.fromkeys(person.source.file for person in loaded.people):
        said = memories.said(file)
        for key, value in intake.given.items():
            if file in lists and (file, key) not in unfit:
                said = said.with_given(GivenOnce(key, value))
        memories.learn(file, _with_joined(said, file, intake, lists))


def _with_joined(said: Said, file: str, intake: Intake, lists: frozenset[str]) -> Said:
    folder = Path(file).parent
    beside = tuple(folder / path.name for path in intake.joined if path.parent.resolve() == folder.resolve())
    read = all(str(path) in lists for path in intake.joined)
    return replace(said, joined=beside) if beside and read else said


def _lists(loaded: Loaded) -> frozenset[str]:
    return frozenset(tally.file for tally in loaded.tallies)


def _unused(loaded: Loaded) -> set[tuple[str, str]]:
    """Return the lists, and the fields that they have a column for although a value was given."""
    return {(dict(one.facts)["file"], one.field) for one in loaded.diagnostics if one.code == "given.unused"}


def _refused(loaded: Loaded) -> set[tuple[str, str]]:
    """Return the lists, and the fields whose value from the command line is wrong in them."""
    return {
        (person.source.file, found.field)
        for person in loaded.people
        for found in person.diagnostics
        if found.severity is Severity.ERROR and found.position.file == str(GivenOnce(found.field, "").at())
    }


def _keep(memories: Memories, terminal: Terminal) -> None:
    for file, memory in memories.changed():
        try:
            remember(file, memory)
        except OSError as refused:
            error = GroupFileError(path=str(file), what=reason(refused, terminal.texts))
        except Unreadable as unreadable:
            error = _group_file_error(unreadable, terminal.texts)
        else:
            terminal.tell(terminal.texts("ask.remembered", file=str(file)))
            continue
        terminal.tell(terminal.texts(error.code, **error.facts))


def _group_file_error(unreadable: Unreadable, texts: Texts) -> GroupFileError:
    found = unreadable.diagnostic
    return GroupFileError(path=str(found.position), what=message(found, texts).removesuffix("."))


def _keys(name: str) -> list[str]:
    """Return the dotted keys that a name or label may stand for."""
    if name in GIVEABLE or name in keys.PERSONAL:
        return [name]
    found = {part: table.find(name) for part, table in keys.tables().items()}
    return [f"{part}.{key}" if part else key for part, key in found.items() if key]


def tell_wrong(terminal: Terminal, loaded: Loaded) -> bool:
    """Show what is wrong with the profiles, if anything is, and tell whether somebody stays out for it."""
    wrong = anybody_wrong(loaded)
    if wrong:
        for text in render_check(loaded, terminal.texts):
            terminal.tell(text)
    return wrong


def anybody_wrong(loaded: Loaded) -> bool:
    """Tell whether somebody has to look: a list in which nobody was found is not what was meant."""
    nobody = bool(loaded.tallies) and not loaded.people
    wrong = any(person.verdict == "error" for person in loaded.people)
    return nobody or wrong or any(left.is_wrong for left in loaded.left_out)
