"""Groups that are paused, cancelled, waited for and looked at while they are run."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from itertools import cycle, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from nmo_autofill.cli import main
from nmo_autofill.outcome import Outcome
from nmo_autofill.portal.atlas import at_address, load_map
from nmo_autofill.profile.loading import load
from nmo_autofill.runs import queue
from nmo_autofill.runs.errand import Pace
from nmo_autofill.runs.journal import Journal, Subject
from nmo_autofill.settings import Until
from nmo_autofill.source import Source
from tests.runs.conftest import PROFILES, TODAY
from tests.runs.screens import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from mock_portal.stand import Skin
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.report.run_report import RunReport
    from tests.conftest import InThread
    from tests.runs.conftest import Office, People

SECONDS = 120


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds that nobody tells of."""
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)  # noqa: TID251 (another process writes what is looked for)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    threads = ThreadPoolExecutor(1)
    yield threads
    threads.shutdown(wait=False)


def begun(pool: ThreadPoolExecutor, office: Office, *people: Any, **options: Any) -> Future[RunReport]:  # noqa: ANN401 (options of several kinds)
    return pool.submit(lambda: office.run(list(people), pace=Pace(jobs=1), **options))


@pytest.fixture
def command(
    office_at: Callable[[Skin], Office], monkeypatch: pytest.MonkeyPatch, in_thread: InThread
) -> tuple[Office, Callable[..., int]]:
    """An office, and the command line beside its runs."""
    office = office_at("native")
    monkeypatch.setenv("NMO_AUTOFILL_FOLDER", str(office.folder))
    return office, lambda *arguments: in_thread(lambda: main([*map(str, arguments)]))


def named(office: Office) -> str:
    return office.portal.address.rstrip("/")


def test_a_letter_that_comes_late_is_waited_for_without_a_place_and_a_browser(
    office_at: Callable[[Skin], Office], people: People, pool: ThreadPoolExecutor
) -> None:
    office = office_at("native")
    office.portal.stand.faults.replace({"late_letters": {"ms": 6000}})
    report = begun(pool, office, *people("kim", "vorobyov"), letter_seconds=SECONDS).result(SECONDS)
    assert [one.outcome for one in report.people] == [Outcome.DONE] * 2
    made = [row["action"] for row in office.portal.witness()]
    assert made[:2] == ["registration"] * 2  # with one place


def test_a_letter_that_does_not_come_in_time_is_told_with_the_deadline_of_its_link(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    office = office_at("native")
    office.portal.stand.faults.replace({"no_letters": {}})
    (waits,) = office.run(people("kim"), letter_seconds=0.5).people
    assert waits.outcome is Outcome.WAITING_LETTER
    assert dict(waits.steps[-1].facts)["deadline"] != "—"


def test_a_paused_group_begins_nobody_and_goes_on_when_it_is_resumed(
    office_at: Callable[[Skin], Office], people: People, pool: ThreadPoolExecutor
) -> None:
    office, screen = office_at("native"), Watched()
    with Journal(office.folder) as journal:
        journal.pause("mock")
        journal.pause("mock")
        running = begun(pool, office, *people("kim"), screen=screen)
        assert screen.pauses.get(timeout=SECONDS)
        until(lambda: queue.unfinished(journal))
        assert set(queue.unfinished(journal).values()) == {queue.Stage.QUEUED}
        assert journal.resume("mock")
    assert not screen.pauses.get(timeout=SECONDS)
    assert running.result(SECONDS).well


def test_cancel_reaches_who_waits_and_who_is_queued(
    office_at: Callable[[Skin], Office], people: People, pool: ThreadPoolExecutor
) -> None:
    office, screen = office_at("native"), Watched()
    office.portal.stand.faults.replace({"captcha": {}, "no_letters": {}})
    who = people("kim", "vorobyov", "yolkina")
    running = begun(pool, office, *who, screen=screen)
    screen.next()
    with Journal(office.folder) as journal:
        assert queue.cancel(journal, "mock", {"nobody"}) == 0
        assert who[0].profile
        one = {journal.digest(person.profile.snils) for person in who[:1] if person.profile}
        assert queue.cancel(journal, "mock", one) == 1
        for _ in range(2):
            screen.next()
        until(lambda: len(screen.over) == 1)
        assert queue.cancel(journal, "mock") == 2
        report = running.result(SECONDS)
        assert [(one.outcome, one.steps[-1].reason) for one in report.people] == [
            (Outcome.UNKNOWN, "step.cancelled")
        ] * 3  # the form was handed over: a person may have pressed
        assert queue.unfinished(journal) == {}
        assert len(journal.not_well("mock")) == 0  # nobody has ended a step


def test_status_tells_how_far_everybody_is(
    command: tuple[Office, Callable[..., int]], capsys: pytest.CaptureFixture[str]
) -> None:
    office, call = command
    assert call("status") == 0
    assert "Журнал пуст" in capsys.readouterr().out
    files = [PROFILES / f"{name}.yaml" for name in ("kim", "vorobyov")]
    office.portal.stand.faults.replace({"no_letters": {}})
    assert call("run", *files, "--portal", office.portal.address, "--jobs", 2) == 1
    capsys.readouterr()
    assert call("status", "--format", "json") == 0
    (portal,) = json.loads(capsys.readouterr().out)["portals"]
    assert (portal["portal"], portal["counts"]) == (named(office), {"waiting_letter": 2})
    assert sorted(one["source"]["file"] for one in portal["people"]) == sorted(map(str, files))
    call("pause", "--portal", office.portal.address)
    assert call("status", "--watch") == 0  # piped: once
    shown = capsys.readouterr().out
    assert "приостановлено" in shown
    assert "kim.yaml" in shown
    for told in ("Пауза снята", "Паузы не было"):
        assert call("resume", "--portal", office.portal.address) == 0
        assert told in capsys.readouterr().out
    assert call("cancel", "--portal", office.portal.address, files[0]) == 0
    assert "0 человек" in capsys.readouterr().out


def test_only_who_did_not_end_well_is_run(
    command: tuple[Office, Callable[..., int]], capsys: pytest.CaptureFixture[str]
) -> None:
    office, call = command
    kim, vorobyov, yolkina = (PROFILES / f"{name}.yaml" for name in ("kim", "vorobyov", "yolkina"))
    there = "--portal", office.portal.address, "--until", "registered"
    assert call("run", kim, *there) == 0
    office.portal.stand.faults.replace({"twin_label": {}})
    assert call("run", kim, vorobyov, *there) == 1
    capsys.readouterr()
    office.portal.stand.faults.replace({})
    assert call("run", kim, vorobyov, yolkina, *there, "--only", "failed", "--format", "json") == 0
    told = capsys.readouterr()
    assert "Из 3" in told.err
    (one,) = json.loads(told.out)["people"]
    assert one["source"]["file"] == str(vorobyov)


COPIED = {"planted_old": "kim", "planted_new": "vorobyov"}
OLD = "2020-01-01T00:00:00+00:00"


def test_what_is_old_is_erased_from_the_file_and_that_is_written_down(
    command: tuple[Office, Callable[..., int]], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    office, call = command
    for name in ("planted_old", "planted_new"):
        (tmp_path / f"{name}.yaml").write_bytes((PROFILES / f"{COPIED[name]}.yaml").read_bytes())
    copies = load([tmp_path / f"{name}.yaml" for name in COPIED], today=TODAY).people
    assert office.run([*copies], until=Until.REGISTERED).well
    with Journal(office.folder) as journal:
        old = next(one for one in journal.standings() if "planted_old" in one.subject.source.file).subject
        other = Subject("mock", "owes", Source(str(PROFILES / "kim.yaml"), 1))
        journal.owe(other)
        with journal.database.begin() as database:
            database.execute(text("UPDATE step SET at = :at WHERE person = :who"), {"at": OLD, "who": old.person})
            database.execute(
                text("UPDATE workflow_status SET created_at = 0 WHERE workflow_uuid LIKE :who"),
                {"who": f"%{old.person}%"},
            )
    assert call("purge", "--older-than", "soon") == 2
    capsys.readouterr()
    assert call("purge", "--older-than", "30d") == 0
    told = capsys.readouterr().out
    assert "Стёрта 1 запись" in told
    assert "Остался 1 долг" in told
    kept = b"".join(file.read_bytes() for file in office.folder.glob("journal.sqlite*"))
    assert b"planted_new" in kept
    assert b"planted_old" not in kept
    assert old.person.encode() not in kept
    with Journal(office.folder) as journal:
        ((steps, runs),) = [(one.steps, one.runs) for one in journal.erasures()]
        assert (steps, runs) == (1, 1)
        assert journal.follow_ups()
    assert call("purge", "--older-than", "30d") == 0
    assert "Стёрто 0 записей" in capsys.readouterr().out


def paced(office: Office, **pace: Any) -> PortalMap:  # noqa: ANN401 (numbers of several kinds)
    portal = at_address(load_map("mock"), office.portal.address)
    return portal.model_copy(update={"answer_seconds": 5, "pace": portal.pace.model_copy(update=pace)})


def test_people_are_begun_as_far_apart_as_the_portal_map_says(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    office = office_at("native")
    portal = paced(office, seconds=4)
    report = office.run(people("kim", "vorobyov", "yolkina"), portal=portal, until=Until.REGISTERED)
    assert report.well
    with Journal(office.folder) as journal, journal.database.connect() as database:
        begun = database.execute(text("SELECT started_at_epoch_ms FROM workflow_status ORDER BY 1")).scalars().all()
    assert all(later - earlier >= 4000 for earlier, later in pairwise(begun))


def test_the_limit_of_a_day_stops_whoever_is_not_begun_yet_and_counts_nobody_twice(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    office = office_at("native")
    who, portal = people("kim", "vorobyov", "yolkina"), paced(office, people_a_day=2)
    for _ in range(2):  # who is through makes no room for others
        report = office.run(who, portal=portal, until=Until.REGISTERED)
        stopped = [person for person in report.people if person.outcome is Outcome.STOPPED]
        assert [person.steps[-1].reason for person in stopped] == ["step.daily_limit"]
        assert len(office.portal.witness("registration", accepted=True)) == 2
    with Journal(office.folder) as journal:
        assert len(journal.not_well("mock")) == 1


def test_of_two_processes_only_as_many_begin_as_the_limit_of_a_day_allows(tmp_path: Path) -> None:
    begun = []
    with Journal(tmp_path) as one, Journal(tmp_path) as other, ThreadPoolExecutor(8) as threads:
        subjects = [Subject("nmfo", str(number), Source("a.yaml")) for number in range(40)]
        calls = zip(subjects, cycle([one, other]), strict=False)
        begun = [*threads.map(lambda call: call[1].begin(call[0], TODAY, 7), calls)]
        assert sum(begun) == 7
        assert one.begin(subjects[begun.index(True)], TODAY, 7)
        assert not one.begin(subjects[begun.index(False)], TODAY, 7)
        assert one.begin(subjects[begun.index(False)], TODAY + timedelta(days=1), 7)


def test_two_who_pause_at_once_both_find_it_paused(tmp_path: Path) -> None:
    with ExitStack() as opened, ThreadPoolExecutor(8) as threads:
        journals = [opened.enter_context(Journal(tmp_path)) for _ in range(8)]
        for portal in map(str, range(20)):
            [*threads.map(lambda journal, portal=portal: journal.pause(portal), journals)]
            assert journals[0].resume(portal)
