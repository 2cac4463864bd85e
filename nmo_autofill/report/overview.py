"""How far the people of all groups are, for the terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from nmo_autofill.outcome import WELL, Outcome
from nmo_autofill.report.sentences import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from nmo_autofill.source import Source
    from nmo_autofill.texts import Texts

VERSION = 1


@dataclass(frozen=True)
class Whereabouts:
    """Where one person is: `state` is an outcome, or `queued` or `at_work`; `at`: since when (ISO 8601, UTC)."""

    source: Source
    state: str
    at: str


@dataclass(frozen=True)
class Overview:
    """The people of one portal; `unbegun` ones wait in the queue and have no place yet."""

    portal: str
    paused: bool
    people: tuple[Whereabouts, ...]
    unbegun: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many people there are in each state, the most frequent first."""
        counts = Counter(person.state for person in self.people)
        counts += Counter(queued=self.unbegun)
        return dict(counts.most_common())


def overview_document(overviews: Sequence[Overview]) -> dict[str, Any]:
    """Return what `status --format json` prints."""
    portals = [{**asdict(overview), "counts": overview.counts} for overview in overviews]
    return {"version": VERSION, "portals": portals}


def render_overviews(overviews: Sequence[Overview], texts: Texts) -> RenderableType:
    """Return a table of counts a portal, and below it whoever is not done, for 80 columns and more."""
    if not overviews:
        return Text(texts("status.nothing"))
    return Group(*(part for overview in overviews for part in _parts(overview, texts)))


def _parts(overview: Overview, texts: Texts) -> Iterator[RenderableType]:
    title = overview.portal + (f" — {texts('status.paused')}" if overview.paused else "")
    table = Table(title=title, title_justify="left", title_style="bold", show_header=False)
    for state, count in overview.counts.items():
        table.add_row(_state(state, texts), str(count))
    yield table
    for person in overview.people:
        if person.state not in WELL:
            yield Text(f"{_clock(person.at)} {place(person.source)}: {_state(person.state, texts)}")


def _state(state: str, texts: Texts) -> str:
    return texts(f"outcome.{state}" if state in set(Outcome) else f"stage.{state}")


def _clock(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%d.%m %H:%M}"
