"""Two lists of the same people joined: by СНИЛС, or by name and birth date."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nmo_autofill.folding import fold
from nmo_autofill.profile import dates, snils, words
from nmo_autofill.profile.checks import CHECKS
from nmo_autofill.profile.diagnostics import Diagnostic, Facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nmo_autofill.profile.checks import Context
    from nmo_autofill.profile.diagnostics import Given
    from nmo_autofill.profile.raw import RawFile, RawPerson

Identity = tuple[str, ...]
_NAMES = ("surname", "name", "patronymic")


def join(first: Iterable[tuple[RawFile, Context]], second: Iterable[RawFile]) -> Iterator[tuple[RawPerson, Diagnostic]]:
    """Give the people of `first` what `second` has of them, and yield who is only in `second`, with the finding.

    What both have and what differs is an error of the person: a question to staff, never a choice. Who is only in one
    of the two is told. People of `second` who have no match, or several, are never merged. Each file of `first` comes
    with what is known of it.
    """
    others = [person for file in second for person in file.people]
    index = _Index(others)
    taken: set[int] = set()
    for person, context in ((person, context) for file, context in first for person in file.people):
        found = index.find(person)
        taken.update(map(id, found))
        if len(found) == 1:
            _merge(person, found[0], context)
        else:
            _tell(person, found)
    for other in others:
        if id(other) not in taken:
            yield other, Diagnostic("join.only_there", other.places[""].at())


class _Index:
    """The people of the second list by what they are known by."""

    def __init__(self, people: Iterable[RawPerson]) -> None:
        self.by: defaultdict[Identity, list[RawPerson]] = defaultdict(list)
        for person in people:
            for identity in _identities(person):
                self.by[identity].append(person)

    def find(self, person: RawPerson) -> list[RawPerson]:
        """Return who is the same, by the surest identity that finds anybody."""
        return next((found for identity in _identities(person) if (found := self.by.get(identity))), [])


def _identities(person: RawPerson) -> Iterator[Identity]:
    number = _text(person, "snils")
    if number and snils.is_valid(number):
        yield ("snils", snils.compact(number))
    names = tuple("" if words.says_none(text := _text(person, key)) else fold(text) for key in _NAMES)
    if names[0] and names[1] and (born := _text(person, "birth_date")):
        yield (*names, _day(born))


def _day(text: str) -> str:
    """Return the day as the portal shows it, the text itself when it is none."""
    try:
        return dates.format(dates.parse(text))
    except ValueError:
        return text


def _tell(person: RawPerson, found: Sequence[RawPerson]) -> None:
    if not found:
        person.diagnostics.append(Diagnostic("join.only_here", person.places[""].at()))
        return
    places: Facts = (("places", ", ".join(str(other.places[""].at()) for other in found)),)
    person.diagnostics.append(Diagnostic("join.several", person.places[""].at(), facts=places))


def _merge(person: RawPerson, other: RawPerson, context: Context) -> None:
    for key, given in other.fields.items():
        own = person.fields.get(key)
        if not given.text or key in other.wrong:
            continue
        if own is None or not own.text:
            person.fields[key] = given
        elif not _same(key, own, given, context):
            facts: Facts = (("place", str(given.at())),)
            person.diagnostics.append(Diagnostic("join.differs", own.at(), key, facts))
    person.wrong |= other.wrong - person.fields.keys()
    person.diagnostics += other.diagnostics


def _same(key: str, one: Given, other: Given, context: Context) -> bool:
    """Tell whether two texts mean the same value; names must be spelled alike, «ё» included."""
    if one.text == other.text:
        return True
    if key in _NAMES:
        return one.text.lower() == other.text.lower() or (words.says_none(one.text) and words.says_none(other.text))
    values = [CHECKS[key](given.text, {}, context)[0] for given in (one, other)]
    return values[0] is not None and values[0] == values[1]


def _text(person: RawPerson, key: str) -> str:
    return person.fields[key].text if key in person.fields else ""
