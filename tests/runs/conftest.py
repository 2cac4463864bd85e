"""Runs on the stand-in portal with a real browser, and what its witness says of them."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.plain import Unwatched
from mock_portal.app import create_app
from mock_portal.server import running
from nmo_autofill.letters.post import MailboxLetters
from nmo_autofill.letters.stand_in import StandInMailbox
from nmo_autofill.portal.atlas import at_address, load_map
from nmo_autofill.profile.loading import load
from nmo_autofill.runs.call import run_people
from nmo_autofill.runs.errand import Errand, Pace
from nmo_autofill.runs.journal import Journal
from nmo_autofill.settings import Until
from tests.runs.postgres import running_postgresql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mock_portal.stand import Skin, Stand
    from nmo_autofill.profile.people import Person
    from nmo_autofill.report.run_report import RunReport
    from tests.conftest import InThread

    People = Callable[..., list[Person]]

PROFILES = Path(__file__).parents[2] / "profiles"
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class StandIn:
    """A stand-in portal that runs, and its own record of what it received."""

    skin: Skin
    address: str
    stand: Stand

    def witness(self, action: str = "", *, accepted: bool | None = None) -> list[dict[str, Any]]:
        rows = self.stand.store.rows("SELECT * FROM witness ORDER BY n")
        return [
            dict(row) for row in rows if action in {"", row["action"]} and accepted in {None, bool(row["accepted"])}
        ]


@dataclass(frozen=True)
class Office:
    """Where a run is started: a stand-in portal, and a folder with the journal."""

    portal: StandIn
    folder: Path
    in_thread: InThread

    def run(self, people: list[Person], *, answer_seconds: float = 5, **options: Any) -> RunReport:  # noqa: ANN401 (options of several kinds)
        return self.in_thread(lambda: self._run(people, answer_seconds, options))

    def _run(self, people: list[Person], answer_seconds: float, options: dict[str, Any]) -> RunReport:
        portal = at_address(load_map("mock"), self.portal.address)
        with Journal(self.folder) as journal:
            errand = Errand(
                run="test",
                portal=portal.model_copy(update={"answer_seconds": answer_seconds}),
                journal=journal,
                screen=Unwatched(),
                until=Until.CYCLE,
                letters=MailboxLetters(StandInMailbox(self.portal.address), portal),
                pace=Pace(jobs=3, retry_seconds=0.1),
            )
            return run_people(replace(errand, **options), people, lambda _: None)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Give the address of a PostgreSQL of the tests' own."""
    with running_postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def people() -> People:
    """Give the sample people of files named without their ending."""
    return lambda *names: [*load([PROFILES / f"{name}.yaml" for name in names], today=TODAY).people]


@pytest.fixture(scope="session")
def stand_ins() -> Iterator[Callable[[Skin], StandIn]]:
    started: dict[str, StandIn] = {}
    with ExitStack() as stack:

        def start(skin: Skin) -> StandIn:
            if skin not in started:
                app = create_app(skin)
                started[skin] = StandIn(skin, stack.enter_context(running(app)), app.state.stand)
            return started[skin]

        yield start


@pytest.fixture
def office_at(stand_ins: Callable[[Skin], StandIn], tmp_path: Path, in_thread: InThread) -> Callable[[Skin], Office]:
    def fresh(skin: Skin) -> Office:
        portal = stand_ins(skin)
        portal.stand.reset()
        portal.stand.letters = "confirm"
        return Office(portal, tmp_path / "data", in_thread)

    return fresh


@pytest.fixture(params=["native", "kit"])
def office(request: pytest.FixtureRequest, office_at: Callable[[Skin], Office]) -> Office:
    """An empty portal, once in each skin, and an empty journal."""
    return office_at(request.param)
