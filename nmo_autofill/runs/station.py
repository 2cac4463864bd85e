"""A station at which graduates come one by one, and an operator says who is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.outcome import Outcome, RunOutcome, StepOutcome
from nmo_autofill.report.run_report import RunReport
from nmo_autofill.runs.call import run_people, was_interrupted
from nmo_autofill.runs.journal import Subject
from nmo_autofill.runs.workflow import is_through

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nmo_autofill.profile.people import Person
    from nmo_autofill.runs.errand import Errand

NOT_CALLED = "step.not_called"


def run_one_by_one(
    errand: Errand,
    people: Sequence[Person],
    pick: Callable[[Mapping[int, Outcome]], int | None],
    tell: Callable[[RunOutcome], None],
) -> RunReport:
    """Run whom the operator picks, each in a browser of their own, until nobody is picked or a run is interrupted.

    Args:
        errand: what is to be done with each.
        people: who can come.
        pick: returns the place of the next one among the people, None for nobody; it is given by place what became of
            whoever was here, or is through already by the journal.
        tell: is told each outcome.
    """
    portal, journal = errand.portal.name, errand.journal
    known: dict[int, RunOutcome] = {}
    standing = {
        number: Outcome.ALREADY_DONE
        for number, person in enumerate(people)
        if person.profile
        and is_through(journal, Subject(portal, journal.digest(person.profile.snils), person.source), errand.until)
    }
    faults: list[Exception] = []
    while (number := pick(standing)) is not None:
        report = run_people(errand, [people[number]], tell)
        (known[number],) = report.people
        standing[number] = known[number].outcome
        faults += report.faults
        if was_interrupted(report):
            break
    nobody = StepOutcome("visit", Outcome.STOPPED, NOT_CALLED)
    outcomes = (known.get(number, RunOutcome(person.source, (nobody,))) for number, person in enumerate(people))
    return RunReport(errand.run, errand.portal.title, (*outcomes,), (*faults,))
