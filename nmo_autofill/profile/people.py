"""People as loaded: each with a profile or with diagnostics that say why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from nmo_autofill.profile import dates, fields, rules, snils
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


@dataclass(frozen=True)
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
    batches = [_batch(file, context) for file, context in files]
    for candidate, diagnostic in rules.twice([candidate for batch in batches for candidate in batch.candidates]):
        candidate.diagnostics.append(diagnostic)
    people: list[Person] = []
    diagnostics: list[Diagnostic] = []
    left_out: list[LeftOut] = []
    tallies: list[Tally] = []
    for batch in batches:
        own = [_person(candidate) for candidate in batch.candidates]
        people += own
        diagnostics += _in_order([*batch.diagnostics, *(found for person in own for found in person.diagnostics)])
        left_out += (LeftOut(source, why) for source, why in batch.left_out)
        tallies += batch.tallies
    asked = once(question for batch in batches for question in batch.questions)
    return Loaded(tuple(people), tuple(diagnostics), tuple(left_out), tuple(tallies), asked)


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


class _Batch(NamedTuple):
    """What is kept of one file: in tuples, for most are empty, and ten thousand empty lists keep the memory busy."""

    candidates: tuple[Candidate, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[tuple[Source, str], ...]
    tallies: tuple[Tally, ...]
    questions: tuple[Question, ...]


def _batch(file: RawFile, context: Context) -> _Batch:
    candidates: list[Candidate] = []
    asked: list[Question] = []
    found = 0
    for person in file.people:
        if found > MOST:
            file.add_rest(person.source, person.places[""])
            break
        candidates.append(_candidate(person, context))
        found += len(candidates[-1].diagnostics)
        asked += questions(person, candidates[-1].values, candidates[-1].diagnostics)
    told = tuple(file.diagnostics), tuple(file.left_out), tuple(file.tallies)
    return _Batch(tuple(candidates), *told, tuple(asked))


def _candidate(person: RawPerson, context: Context) -> Candidate:
    values, diagnostics = fields.check(person, context)
    found = [*person.diagnostics, *diagnostics, *rules.check(person, values, context.today)]
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
        part, _, name = key.rpartition(".")
        (nested[part] if part else nested)[name] = value
    return Profile.model_validate(nested)


def _in_order(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return each diagnostic once (one in the defaults of a group is everybody's), in the order of the lines."""
    return sorted(dict.fromkeys(diagnostics), key=_place)


def _place(diagnostic: Diagnostic) -> tuple[int, int, int]:
    """Return by what diagnostics are sorted: lines of a text, rows of a list."""
    position = diagnostic.position
    return position.line or position.row or 0, position.column or 0, 0 if position.cell is None else len(position.cell)
