"""Questions to staff: texts that closed lists do not know, each asked once for a call."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from nmo_autofill.folding import fold
from nmo_autofill.profile.checks import CHECKS
from nmo_autofill.profile.diagnostics import Diagnostic, Position
from nmo_autofill.profile.references import ReferenceList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nmo_autofill.profile.answers import Answer, Answers
    from nmo_autofill.profile.checks import Context, Values
    from nmo_autofill.profile.model import Level
    from nmo_autofill.profile.raw import RawPerson
    from nmo_autofill.profile.references import References

ASKED: Mapping[str, str] = MappingProxyType(
    {
        "region.unknown": "region",
        "citizenship.unknown": "citizenship",
        "specialty.unknown": "admission.specialty",
        "specialty.code": "admission.specialty",
        "specialty.contradiction": "admission.specialty",
        "organisation.unknown": "admission.organisation",
    }
)
"""The field that a diagnostic's code asks about."""

_CANDIDATES = 5
_NO_LIST = ReferenceList(())


@dataclass(frozen=True)
class Question:
    """What a text of a closed list's field means.

    Attributes:
        key: the field.
        text: as it stands in the list; kept out of `repr`, for anything may stand in a cell.
        position: where it stands first.
        files: the lists whose people it is asked for.
        level: the level of education of the first person, which decides on the list of specialties.
        times: for how many people it is asked.
    """

    key: str
    text: str = field(repr=False)
    position: Position
    files: tuple[str, ...]
    level: Level | None = None
    times: int = 1


def questions(person: RawPerson, values: Values, found: Iterable[Diagnostic]) -> Iterator[Question]:
    """Yield what is to be asked about one person's texts."""
    for diagnostic in found:
        if diagnostic.code in ASKED and diagnostic.field in person.fields:
            text = person.fields[diagnostic.field].text.strip(" ")
            files = (person.source.file,)
            yield Question(diagnostic.field, text, diagnostic.position, files, values.get("level"))


def once(asked: Iterable[Question]) -> tuple[Question, ...]:
    """Return each question once, with the number of people and the lists that it is about."""
    same: defaultdict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in asked:
        same[question.key, fold(question.text)].append(question)
    return tuple(
        replace(alike[0], files=tuple(dict.fromkeys(one.files[0] for one in alike)), times=len(alike))
        for alike in same.values()
    )


def accepted(key: str, text: str, context: Context, level: Level | None = None) -> str | None:
    """Return the value that a text means for a field, None when the field's check refuses it."""
    value, _ = CHECKS[key](text, {"level": level}, context)
    return None if value is None else str(value)


def sound(answers: Answers, context: Context) -> tuple[Answers, list[Diagnostic]]:
    """Return the answers whose value is right, spelled as the closed list has it, and what is wrong with the others.

    Whoever writes an answer by hand can misspell it, and it would be typed as it stands.
    """
    right: defaultdict[str, dict[str, Answer]] = defaultdict(dict)
    wrong: list[Diagnostic] = []
    for key, folded, answer in ((key, *pair) for key, known in answers.items() for pair in known.items()):
        value, found = CHECKS[key](answer.value, {}, context)
        if value is None:
            place = answer.place or Position("")
            wrong += (Diagnostic(code, place, key, facts) for code, _, facts in found)
        else:
            right[key][folded] = replace(answer, value=str(value))
    return right, wrong


def candidates(key: str, text: str, references: References, level: Level | None = None) -> tuple[str, ...]:
    """Return the names of a field's closed list that are most like a text; empty for a field without such a list."""
    if key == "admission.specialty":
        lists = [references.specialties[level]] if level else [*references.specialties.values()]
    else:
        lists = [
            {
                "region": references.regions,
                "citizenship": references.countries,
                "admission.organisation": references.organisations,
                "admission.document_type": references.document_types,
            }.get(key, _NO_LIST)
        ]
    return tuple(name for known in lists if known.spellings for name in known.near(text, _CANDIDATES))
