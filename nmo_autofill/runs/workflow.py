"""The order of the steps of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.runs import steps
from nmo_autofill.settings import Until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmo_autofill.outcome import StepOutcome
    from nmo_autofill.runs.engine import Durably, Taking
    from nmo_autofill.runs.journal import Journal, Subject
    from nmo_autofill.runs.stay import Stay


_LAST = {Until.REGISTERED: "registration", Until.ADMITTED: "admission", Until.CYCLE: "cycle"}


async def run_person(stay: Stay, until: Until, durably: Durably, taken: list[StepOutcome]) -> None:
    """Take the steps one after the other, and stop at the first that is not well.

    `taken` is filled as the steps end, so that they are known even when the run is broken off.
    """
    for name, step in _steps(stay, until):
        taken.append(await durably(name, step))
        if not taken[-1].well:
            break


def is_through(journal: Journal, subject: Subject, until: Until) -> bool:
    """Tell whether somebody has taken the last step already, by the journal; a review has none."""
    return until in _LAST and journal.done(subject, _LAST[until])


def _steps(stay: Stay, until: Until) -> Iterator[tuple[str, Taking]]:
    yield "registration", stay.outside()
    if until is Until.REGISTERED:
        return
    yield "sign_in", stay.entering()
    yield "admission", stay.inside("admission", steps.add_document)
    if until is not Until.ADMITTED:
        yield "cycle", stay.inside("cycle", steps.make_cycle)
    if stay.errand.passwords and not stay.errand.journal.done(stay.subject, "password"):
        yield "password", stay.inside("password", steps.change_password)
