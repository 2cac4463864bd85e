"""What is otherwise on a page than the portal map says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.options import nearest
from nmo_autofill.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nmo_autofill.browser.survey import Survey
    from nmo_autofill.portal.model import Page

_NEAREST = 3


class Kind(StrEnum):
    """How a page can differ."""

    MISSING = "missing"  # a field that the page must have
    SEVERAL = "several"  # controls that fit a field equally
    NEW = "new"  # a control that must be filled, and no field is it
    OPTION = "option"  # an option that the list has not


@dataclass(frozen=True)
class Drift:
    """One difference: the key of the field, empty for a new control; the text that is meant, and what reads most alike.

    What is `near` is for a person to choose from, and decides nothing.
    """

    kind: Kind
    field: str
    text: str
    near: tuple[str, ...] = ()


def drift(known: Page, seen: Survey) -> tuple[Drift, ...]:
    """Return every difference, in the order of the map and then of the page."""
    return (*_of_fields(known, seen), *_new(seen))


def unclaimed(seen: Survey) -> tuple[int, ...]:
    """Return the places of the controls that no field is."""
    claimed = {place for places in seen.claims.values() for place in places}
    return tuple(place for place in range(len(seen.controls)) if place not in claimed)


def _of_fields(known: Page, seen: Survey) -> Iterator[Drift]:
    free = [label for place in unclaimed(seen) for label in seen.controls[place].labels[:1]]
    for key, field in known.fields.items():
        places = seen.claims[key]
        label = field.labels[0]
        if len(places) > 1:
            names = (seen.controls[place].labels[:1] for place in places)
            yield Drift(Kind.SEVERAL, key, label, tuple(name for found in names for name in found))
        elif not places and field.required and not field.selector:
            yield Drift(Kind.MISSING, key, label, _nearest(label, free))
        for place in places[:1]:
            options = seen.controls[place].options
            there = {fold(option) for option in options}
            for wanted in field.options.values() if options else ():
                if fold(wanted) not in there:
                    yield Drift(Kind.OPTION, key, wanted, _nearest(wanted, options))


def _new(seen: Survey) -> Iterator[Drift]:
    for place in unclaimed(seen):
        control = seen.controls[place]
        if control.required and not control.locked:
            yield Drift(Kind.NEW, "", "".join(control.labels[:1]))


def _nearest(text: str, choices: Iterable[str]) -> tuple[str, ...]:
    return (*nearest(text, [*choices])[:_NEAREST],)
