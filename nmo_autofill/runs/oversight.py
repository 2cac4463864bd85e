"""How far everybody is, put together from the journal and the queue."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nmo_autofill.outcome import Outcome
from nmo_autofill.report.overview import Overview, Whereabouts
from nmo_autofill.runs.destination import ONCE
from nmo_autofill.runs.queue import Stage, unfinished

if TYPE_CHECKING:
    from nmo_autofill.runs.journal import Journal, Standing

_WAITING = {Outcome.WAITING_LETTER, Outcome.WAITING_PERSON}


def look_over(journal: Journal) -> tuple[Overview, ...]:
    """Return everybody at every portal, but for stand-in portals that are started for one run.

    Raises JournalError.
    """
    stages = {who: stage for who, stage in unfinished(journal).items() if ONCE not in who[0]}
    people: dict[str, list[Whereabouts]] = {portal: [] for portal, _ in stages}
    for standing in journal.standings():
        if ONCE not in standing.subject.portal:
            stage = stages.pop((standing.subject.portal, standing.subject.person), None)
            people.setdefault(standing.subject.portal, []).append(_whereabouts(standing, stage))
    # Who was never begun is known by the queue only: the journal does not know their file yet.
    unbegun = Counter(portal for portal, _ in stages)
    return tuple(Overview(portal, journal.paused(portal), tuple(people[portal]), unbegun[portal]) for portal in people)


def _whereabouts(standing: Standing, stage: Stage | None) -> Whereabouts:
    state = standing.step.outcome.value
    if stage is Stage.QUEUED or (stage is Stage.AT_WORK and standing.step.outcome not in _WAITING):
        state = stage.value
    return Whereabouts(standing.subject.source, state, standing.at)
