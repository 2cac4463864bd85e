"""People as loaded: each with a profile or with diagnostics that say why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from nmo_autofill.profile import dates, fields, rules, snils
from nmo_autofill.profile.checks import CHECKS
from nmo_autofill.profile.diagnostics import Diagnostic, Severity, severities
from nmo_autofill.profile.keys import PARTS
from nmo_autofill.profile.model import Profile
from nmo_autofill.profile.questions import Question, once, questions
from nmo_autofill.profile.raw import MOST
from nmo_autofill.profile.rules import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nmo_autofill.profile.checks import Context, Values
    from nmo_autofill.profile.raw import RawFile, RawPerson
    from nmo_autofill.profile.sheet.row import Tally
    from nmo_autofill.source import Source

Verdict = Literal["valid", "warning", "error"]

# The part of a profile that a dotted key belongs to, empty for none, and its name in it.
_INSIDE = {key: (key.rpartition(".")[0], key.rpartition(".")[2]) for key in CHECKS}


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """One person as loaded.

    Attributes:
        source: where the person stands.
        profile: the profile; None when there is an error.
        diagnostics: what was found, in the order of the file.
        values: the typed values by dotted key, without the wrong ones.
    """

    source: Source
    profile: Profile | None
    diagnostics: tuple[Diagnostic, ...]
    values: Values

    def __repr__(self) -> str:
        """Show where the person stands, and no value."""
        return f"Person({self.source}, {self.verdict})"

    @property
    def verdict(self) -> Verdict:
        """The worst severity that was found, hints aside."""
        found = {diagnostic.severity for diagnostic in self.diagnostics}
        if Severity.ERROR in found or self.profile is None:
            return "error"
        return "warning" if Severity.WARNING in found else "valid"


@dataclass(frozen=True)
class LeftOut:
    """What was not taken: `why` is the code of the diagnostic that tells."""

    source: Source
    why: str

    @property
    def is_wrong(self) -> bool:
        """Whether somebody has to look at it; totals and notes under a list are in order."""
        return severities()[self.why] is Severity.ERROR


@dataclass(frozen=True)
class Loaded:
    """All people of the given files, in their order, and what is to tell of them.

    Attributes:
        people: everybody.
        diagnostics: all findings.
        left_out: what was not taken.
        tallies: how many rows of the lists are what.
        questions: what is to be asked about texts that closed lists do not know.
    """

    people: tuple[Person, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]
    tallies: tuple[Tally, ...] = ()
    questions: tuple[Question, ...] = ()


def judge(files: Iterable[tuple[RawFile, Context]]) -> Loaded:
    """Return the people of the files, each field checked, with what contradicts within and between people.

    Each file comes with what is known of it: staff may have said of one what is wrong of another.

    Each file is let go when its people are checked: ten thousand trees at once would keep the memory busy.
    """
    candidates: list[Candidate] = []
    ends: list[int] = []
    told: list[_Told] = []
    for file, context in files:
        own, asked = _candidates(file, context)
        candidates += own
        ends.append(len(candidates))
        told.append(_told(file, asked))
    for candidate, diagnostic in rules.twice(candidates):
        candidate.diagnostics += (diagnostic,)
    people = tuple(map(_person, candidates))
    diagnostics = (
        diagnostic
        for one, (begin, end) in zip(told, pairwise((0, *ends)), strict=True)
        for diagnostic in _in_order(
            [*one.diagnostics, *chain.from_iterable(person.diagnostics for person in people[begin:end])]
        )
    )
    left_out = (LeftOut(source, why) for one in told for source, why in one.left_out)
    tallies = (tally for one in told for tally in one.tallies)
    asked_once = once(question for one in told for question in one.questions)
    return Loaded(people, tuple(diagnostics), tuple(left_out), tuple(tallies), asked_once)


def as_typed(person: Person) -> dict[str, Any]:
    """Return the person's values with the model's own keys, as they will be typed, ready for JSON.

    Dates are `дд.мм.гггг`, СНИЛС is `000-000-000 00`, phones are E.164, choices are the model's words (`spo`, `male`,
    `extract`). A value that is wrong is left out; an optional one that is not given is None.
    """
    typed: dict[str, Any] = {}
    for key, value in person.values.items():
        part, _, name = key.rpartition(".")
        inside = typed.setdefault(part, {}) if part else typed
        inside[name] = _as_typed(key, value)
    return typed


def _as_typed(key: str, value: Any) -> str | None:  # noqa: ANN401 (the values of a profile are of several types)
    if key == "snils":
        return snils.format(value)
    if isinstance(value, date):
        return dates.format(value)
    return None if value is None else str(value)


class _Told(NamedTuple):
    """What is told of one file besides its people's findings."""

    diagnostics: Sequence[Diagnostic] = ()
    left_out: Sequence[tuple[Source, str]] = ()
    tallies: Sequence[Tally] = ()
    questions: Sequence[Question] = ()


# Of most of ten thousand files there is nothing to tell, and whatever is kept of each keeps the collector busy.
_NOTHING_TOLD = _Told()


def _told(file: RawFile, asked: Sequence[Question]) -> _Told:
    found = _Told(file.diagnostics, file.left_out, file.tallies, asked)
    return found if any(found) else _NOTHING_TOLD


def _candidates(file: RawFile, context: Context) -> tuple[list[Candidate], list[Question]]:
    """Return the people of a file, their fields checked, and what is to be asked about them."""
    candidates: list[Candidate] = []
    asked: list[Question] = []
    found = 0
    for person in file.people:
        if found > MOST:
            file.add_rest(person.source, person.places[""])
            break
        candidate = _candidate(person, context)
        candidates.append(candidate)
        found += len(candidate.diagnostics)
        if candidate.diagnostics:
            asked += questions(person, candidate.values, candidate.diagnostics)
    return candidates, asked


def _candidate(person: RawPerson, context: Context) -> Candidate:
    values, diagnostics = fields.check(person, context)
    found = *person.diagnostics, *diagnostics, *rules.check(person, values, context.today)
    unique = {key: person.fields[key] for key in rules.ONCE if key in values}
    return Candidate(person.source, values, found, unique)


def _person(candidate: Candidate) -> Person:
    values, found = candidate.values, _in_order(candidate.diagnostics)
    wrong = {diagnostic.field for diagnostic in found if diagnostic.severity is Severity.ERROR}
    if not wrong:
        return Person(candidate.source, _profile(values), tuple(found), values)
    right = {key: value for key, value in values.items() if key not in wrong}
    return Person(candidate.source, None, tuple(found), right)


def _profile(values: Values) -> Profile:
    nested: dict[str, Any] = {part: {} for part in PARTS}
    for key, value in values.items():
        part, name = _INSIDE[key]
        (nested[part] if part else nested)[name] = value
    return Profile.model_validate(nested)


def _in_order(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return each diagnostic once (one in the defaults of a group is everybody's), in the order of the lines."""
    return sorted(dict.fromkeys(diagnostics), key=_place)


def _place(diagnostic: Diagnostic) -> tuple[int, int, int]:
    """Return by what diagnostics are sorted: lines of a text, rows of a list."""
    position = diagnostic.position
    return position.line or position.row or 0, position.column or 0, 0 if position.cell is None else len(position.cell)
