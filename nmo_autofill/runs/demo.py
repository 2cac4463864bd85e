"""The demonstration: the sample people on the stand-in portal, in both skins, with the witness's word on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from nmo_autofill.profile.loading import load
from nmo_autofill.runs.call import run_name, run_people, was_interrupted
from nmo_autofill.runs.destination import STAND_IN, reach
from nmo_autofill.runs.errand import Errand, Pace
from nmo_autofill.runs.journal import Journal
from nmo_autofill.runs.witness import compare, hear_witness
from nmo_autofill.settings import Until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from nmo_autofill.outcome import RunOutcome
    from nmo_autofill.profile.people import Loaded
    from nmo_autofill.report.run_report import RunReport
    from nmo_autofill.runs.destination import Destination
    from nmo_autofill.runs.handoffs import Screen
    from nmo_autofill.settings import Skin
    from nmo_autofill.source import Source

_JOBS = 4  # a person is mostly waited for


@dataclass(frozen=True)
class Shown:
    """One skin's demonstration: the report, how many fields the witness confirmed, and where it differs.

    `differing`: (place of the profile, what differs).
    """

    report: RunReport
    fields: int
    differing: tuple[tuple[Source, str], ...]


def sample_people(today: date) -> Loaded:
    """Return the made-up people that come with the tool."""
    installed = Path(str(files("nmo_autofill") / "samples"))
    checkout = Path(str(files("nmo_autofill"))).parent / "profiles"
    return load([installed if installed.is_dir() else checkout], today=today)


def run_demo(loaded: Loaded, skin: Skin, screen: Screen, tell: Callable[[RunOutcome], None]) -> Shown:
    """Run the people on a stand-in portal of this skin and hold its witness against their profiles.

    The journal goes with the demonstration: made-up people owe no real portal anything.
    """
    with reach(STAND_IN, skin) as destination, TemporaryDirectory() as folder, Journal(Path(folder)) as journal:
        errand = Errand(
            run=run_name(),
            portal=destination.portal,
            journal=journal,
            screen=screen,
            until=Until.CYCLE,
            letters=destination.letters,
            pace=Pace(jobs=_JOBS),
        )
        report = run_people(errand, loaded.people, tell)
        report = replace(report, portal=f"{report.portal} ({skin})")
        if was_interrupted(report):
            return Shown(report, 0, ())
        address = next(iter(destination.portal.entry.values()))
        return _compared(report, destination, loaded, hear_witness(address))


def _compared(report: RunReport, destination: Destination, loaded: Loaded, heard: Sequence[dict[str, object]]) -> Shown:
    fields = 0
    differing: list[tuple[Source, str]] = []
    for person in loaded.people:
        if person.profile is not None:
            comparison = compare(person.profile, destination.portal, heard)
            fields += comparison.fields
            differing += [(person.source, what) for what in comparison.differing]
    return Shown(report, fields, tuple(differing))
