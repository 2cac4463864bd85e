"""The rules between the fields of a person, and between people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.folding import fold
from nmo_autofill.profile import dates, names
from nmo_autofill.profile.diagnostics import Diagnostic, Facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from nmo_autofill.profile.checks import Values
    from nmo_autofill.profile.diagnostics import Given
    from nmo_autofill.profile.raw import RawPerson
    from nmo_autofill.source import Source

# A graduate is hardly younger than 17 or older than 70, and surely not younger than 16 or older than 80 [assumed].
USUAL_AGE = (17, 70)
PLAUSIBLE_AGE = (16, 80)

_WHO = ("surname", "name", "birth_date")

ONCE = {"snils": "twice.snils", "email": "twice.email", "phone": "twice.phone"}


@dataclass(slots=True, repr=False)
class Candidate:
    """A person whose fields are checked, and who is still to be compared with the others.

    Attributes:
        source: where the person stands.
        values: the typed values.
        diagnostics: what was found so far.
        unique: the texts of what only one person can have, as given.
    """

    source: Source
    values: Values
    diagnostics: tuple[Diagnostic, ...]
    unique: dict[str, Given]


def check(person: RawPerson, values: Values, today: date) -> Iterator[Diagnostic]:
    """Yield what contradicts another field: names in one, patronymic and sex, age, order of the dates."""
    for code, key, facts in (*_names(values), *_patronymic(values), *_age(values, today), *_order(values)):
        yield Diagnostic(code, person.fields[key].at(), key, facts)


def twice(people: Sequence[Candidate]) -> Iterator[tuple[Candidate, Diagnostic]]:
    """Yield each person who has the СНИЛС, e-mail or phone of another one, with the diagnostic that names the other."""
    for key, code in ONCE.items():
        owners: defaultdict[str, list[Candidate]] = defaultdict(list)
        for person in people:
            if key in person.unique:
                owners[person.values[key].lower()].append(person)
        for sharing in owners.values():
            if len(sharing) > 1:
                yield from _told(key, code, sharing)
    yield from _same_person(people)


def _same_person(people: Sequence[Candidate]) -> Iterator[tuple[Candidate, Diagnostic]]:
    """Yield people of the same names and birth date whose СНИЛС differ: one is wrong, or they are namesakes.

    With the same address or phone it is surely one person.
    """
    owners: defaultdict[tuple[object, ...], dict[str, Candidate]] = defaultdict(dict)
    for person in people:
        values = person.values
        if "snils" in person.unique and all(values.get(key) for key in _WHO):
            who = (*(fold(values[key]) for key in _WHO[:2]), fold(values.get("patronymic") or ""), values["birth_date"])
            owners[who].setdefault(values["snils"], person)
    for sharing in (list(owner.values()) for owner in owners.values()):
        if len(sharing) > 1:
            code = "twice.person" if any(_shared(key, sharing) for key in ("email", "phone")) else "twice.namesake"
            yield from _told("snils", code, sharing)


def _shared(key: str, people: Sequence[Candidate]) -> bool:
    return len({person.values.get(key) for person in people}) < len(people)


def _told(key: str, code: str, sharing: list[Candidate]) -> Iterator[tuple[Candidate, Diagnostic]]:
    """Yield the first with the place of the second, the others with the place of the first."""
    places = [person.unique[key].at() for person in sharing]
    for person, place in zip(sharing, places, strict=True):
        other = places[1] if place is places[0] else places[0]
        yield person, Diagnostic(code, place, key, (("place", str(other)),))


def _names(values: Values) -> Iterator[tuple[str, str, Facts]]:
    given = {key: values[key] for key in ("surname", "name", "patronymic") if values.get(key)}
    for key in ("surname", "name"):
        if key in given and names.holds_more(given[key], (given[other] for other in given if other != key)):
            yield "name.several", key, ()


def _patronymic(values: Values) -> Iterator[tuple[str, str, Facts]]:
    patronymic, sex = values.get("patronymic"), values.get("sex")
    if patronymic and sex and names.sex_of(patronymic) not in {None, sex}:
        yield "patronymic.sex", "patronymic", ()


def _age(values: Values, today: date) -> Iterator[tuple[str, str, Facts]]:
    born = values.get("birth_date")
    if born is None:
        return
    years = dates.age(born, today)
    if not PLAUSIBLE_AGE[0] <= years <= PLAUSIBLE_AGE[1]:
        yield "age.implausible", "birth_date", (("years", str(years)),)
    elif not USUAL_AGE[0] <= years <= USUAL_AGE[1]:
        yield "age.unusual", "birth_date", (("years", str(years)),)


def _order(values: Values) -> Iterator[tuple[str, str, Facts]]:
    born, consent, exam, issue = (
        values.get(key) for key in ("birth_date", "consent.date", "admission.exam_date", "admission.issue_date")
    )
    if born and exam and exam <= born:
        yield "order.exam", "admission.exam_date", ()
    elif born and exam and (years := dates.age(born, exam)) < PLAUSIBLE_AGE[0]:
        yield "age.exam", "admission.exam_date", (("years", str(years)),)
    if exam and issue and issue < exam:
        yield "order.issue", "admission.issue_date", ()
    if born and consent and consent <= born:
        yield "order.consent", "consent.date", ()
