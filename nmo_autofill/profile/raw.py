"""A person's data as they were given: texts with their places, whatever the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nmo_autofill.profile.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from nmo_autofill.profile.diagnostics import Given, Place
    from nmo_autofill.profile.sheet.row import Tally
    from nmo_autofill.source import Source

# Three hundred people with everything missing give 4,000 findings; a file with more is none of ours.
MOST = 10_000


@dataclass(frozen=True, repr=False, eq=False)
class Columns:
    """What a list has columns for.

    Attributes:
        heading: where the headings begin.
        keys: the keys that some column tells.
        certain: values that the kind of list tells for everybody in it.
    """

    heading: Place
    keys: frozenset[str]
    certain: Mapping[str, Given] = field(default_factory=dict)


@dataclass(slots=True, repr=False)
class RawPerson:
    """One person's texts by dotted key.

    Attributes:
        source: where the person stands.
        places: where the person ("") and the parts `consent` and `admission` start, as far as they are there.
        fields: the texts.
        wrong: keys that a diagnostic already tells to be wrong.
        diagnostics: what was found while reading.
        columns: those of the list that the person stands in, None for a person who stands in no list.
    """

    source: Source
    places: dict[str, Place]
    fields: MutableMapping[str, Given] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    columns: Columns | None = None

    def over(self, defaults: RawPerson) -> RawPerson:
        """Return the person with `defaults` for what is not given."""
        own = self.fields.keys() | self.wrong
        return RawPerson(
            source=self.source,
            places={**defaults.places, **self.places},
            fields={**{key: given for key, given in defaults.fields.items() if key not in own}, **self.fields},
            wrong=self.wrong | (defaults.wrong - own),
            diagnostics=[*defaults.diagnostics, *self.diagnostics],
        )


@dataclass(slots=True, repr=False)
class RawFile:
    """What one file holds.

    Attributes:
        people: the people.
        left_out: what stands where a person should and is none, with the code that says why.
        diagnostics: what was found that belongs to nobody.
        tallies: how many rows of each list are what.
    """

    people: list[RawPerson] = field(default_factory=list)
    left_out: list[tuple[Source, str]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)

    def add_rest(self, source: Source, place: Place) -> None:
        """Tell that from here on the file is not looked at: too much is wrong before."""
        self.diagnostics.append(Diagnostic("file.many", place.at()))
        self.left_out.append((source, "file.many"))
