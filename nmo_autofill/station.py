"""The next graduate at a station, picked by the operator at the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from nmo_autofill.folding import fold
from nmo_autofill.outcome import WELL
from nmo_autofill.profile import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nmo_autofill.outcome import Outcome
    from nmo_autofill.profile.model import Profile
    from nmo_autofill.profile.people import Person
    from nmo_autofill.terminal import Terminal


@dataclass(frozen=True)
class Station:
    """The people who can come, and the terminal at which they are called."""

    terminal: Terminal
    people: Sequence[Person]

    def pick(self, standing: Mapping[int, Outcome]) -> int | None:
        """Return the place among the people of whom the operator names, by number or by the begin of a surname.

        None when they name nobody. `standing`: what became of whoever was here, by place.
        """
        profiles = {number: person.profile for number, person in enumerate(self.people) if person.profile}
        waiting = [number for number in profiles if standing.get(number) not in WELL]
        texts, shown = self.terminal.texts, waiting
        while True:
            if shown:
                self.terminal.tell(self._table(shown, profiles, standing))
            self.terminal.tell(texts.count("station.left", len(waiting), all=len(self.people)))
            told = self.terminal.ask(texts("station.next"))
            if not told:
                return None
            meant = _meant(told, profiles)
            if len(meant) == 1:
                return meant[0]
            shown = meant or waiting
            self.terminal.tell(texts("station.several" if meant else "station.nobody", told=told))

    def _table(self, numbers: Iterable[int], profiles: Mapping[int, Profile], standing: Mapping[int, Outcome]) -> Table:
        texts, table = self.terminal.texts, Table(box=None, pad_edge=False, show_header=False)
        for number in numbers:
            profile, outcome = profiles[number], standing.get(number)
            state = texts(f"outcome.{outcome}") if outcome else ""
            cells = (f"{number + 1}.", _name(profile), dates.format(profile.birth_date), state)
            table.add_row(*map(Text, cells))
        return table


def _meant(told: str, profiles: Mapping[int, Profile]) -> list[int]:
    """Return the places of whom the operator can mean: a number is one person's, a text begins surnames."""
    if told.isascii() and told.isdecimal():
        return [number for number in (int(told) - 1,) if number in profiles]
    return [number for number, profile in profiles.items() if fold(_name(profile)).startswith(fold(told))]


def _name(profile: Profile) -> str:
    return " ".join(part for part in (profile.surname, profile.name, profile.patronymic) if part)
