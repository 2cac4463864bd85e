"""A group on the stand-in portal: its steps taken durably beside the same steps called plainly."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from benchmarks.measuring import measure, show, show_machine
from benchmarks.people import TODAY, parsed
from benchmarks.plain import Unwatched, plainly
from benchmarks.profiles import write_profiles
from nmo_autofill.browser.session import Browsers
from nmo_autofill.profile.loading import load
from nmo_autofill.runs.arrivals import Arrivals
from nmo_autofill.runs.call import run_people
from nmo_autofill.runs.desk import Desk, Place
from nmo_autofill.runs.destination import STAND_IN, reach
from nmo_autofill.runs.errand import Errand
from nmo_autofill.runs.handoffs import HandOffs, PersonsOperator
from nmo_autofill.runs.journal import Journal, Subject
from nmo_autofill.runs.stay import Stay
from nmo_autofill.runs.workflow import run_person
from nmo_autofill.settings import Skin, Until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nmo_autofill.outcome import StepOutcome
    from nmo_autofill.profile.people import Person

_waited: dict[str, list[float]] = {"plain": [], "durable": []}


def durable(folder: Path) -> object:
    """Run everybody as the command does, one at a time."""
    return _measured("durable", folder, _durably)


def plain(folder: Path) -> object:
    """Call the same steps one after another."""
    return _measured("plain", folder, lambda errand, people: asyncio.run(_plainly(errand, people)))


def _measured(name: str, folder: Path, work: Callable[[Errand, Sequence[Person]], None]) -> int:
    """Do the work on a fresh stand-in portal with an empty journal, and return how many rows it left there."""
    people = load([folder], today=TODAY).people
    with TemporaryDirectory() as data, reach(STAND_IN, Skin.NATIVE) as there, Journal(Path(data)) as journal:
        errand = Errand("benchmark", there.portal, journal, Unwatched(), Until.CYCLE, letters=there.letters)
        begun = perf_counter()
        work(errand, people)
        _waited[name].append(perf_counter() - begun)
        return _rows(journal)


def _durably(errand: Errand, people: Sequence[Person]) -> None:
    report = run_people(errand, people, lambda _: None)
    if not report.well:
        raise AssertionError(report)


async def _plainly(errand: Errand, people: Sequence[Person]) -> None:
    async with Browsers(headed=False) as browsers:
        for person in people:
            if person.profile is None:
                raise AssertionError(person)
            place = Place(Desk(1))
            operator = PersonsOperator(HandOffs(errand.screen), place, person.source, False, asyncio.Event())  # noqa: FBT003 (nobody watches)
            subject = Subject(errand.portal.name, errand.journal.digest(person.profile.snils), person.source)
            arrivals = Arrivals(errand.letters)
            stay = Stay(errand, browsers, operator, place, arrivals, person.profile, subject, _raise)
            taken: list[StepOutcome] = []
            await run_person(stay, errand.until, plainly, taken)
            await stay.leave()
            if not all(step.well for step in taken):
                raise AssertionError(taken)


def _raise(fault: Exception) -> None:
    raise fault


def _rows(journal: Journal) -> int:
    tables = inspect(journal.database).get_table_names()
    with journal.database.connect() as database:
        return sum(database.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one() for table in tables)  # noqa: S608 (its own tables)


def main() -> None:
    """Measure and print."""
    arguments = parsed("benchmarks.durability", __doc__, people=6, rounds=3)
    show_machine(arguments.rounds)
    with TemporaryDirectory(prefix=secrets.token_hex(2)) as temporary:
        folder = Path(temporary)
        write_profiles(folder, arguments.people)
        rows = {work.__name__: work(folder) for work in (plain, durable)}
        for waited in _waited.values():
            waited.clear()
        measured = measure({"plain": plain, "durable": durable}, folder, arguments.rounds)
        show(f"{arguments.people} people", measured, beside="plain")
        for name, waited in _waited.items():
            a_person = sorted(seconds / arguments.people for seconds in waited)
            print(f"{name}: {rows[name]} rows in all, seconds a person {[round(one, 2) for one in a_person]}")  # noqa: T201 (a command's output)


if __name__ == "__main__":
    main()
