from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from nmo_autofill.browser.operator import Presser
from nmo_autofill.errors import JournalError, KeyDiffersError, PressUnderWayError, UsageError
from nmo_autofill.outcome import Outcome, StepOutcome
from nmo_autofill.runs.journal import Journal, Subject
from nmo_autofill.source import Source
from tests.runs.postgres import fresh_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SNILS = "90400044432"
KIM = Subject("mock", "digest-of-kim", Source("/kim.yaml", 2))
OTHER = Subject("nmfo", "digest-of-kim", Source("/kim.yaml", 2))
WRITES_TWENTY = """
import sys
from pathlib import Path
from nmo_autofill.runs.journal import Journal, Subject
from nmo_autofill.source import Source
with Journal(Path(sys.argv[1])) as journal:
    for number in range(20):
        journal.owe(Subject(sys.argv[2], str(number), Source("x.yaml", number)))
    print(journal.digest("90400044432"))
"""


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "data") as opened:
        yield opened


def test_on_postgresql_of_two_runs_one_presses(tmp_path: Path, postgresql: str) -> None:
    address = fresh_database(postgresql, "presses")
    with Journal(tmp_path, address) as journal, Journal(tmp_path, address) as other:
        for each in (journal, other):
            each.looking(KIM, "admission")
        journal.pressing(KIM, "admission", Presser.TOOL)
        with pytest.raises(PressUnderWayError):
            other.pressing(KIM, "admission", Presser.TOOL)
        journal.record("run", KIM, StepOutcome("admission", Outcome.DONE))
        with pytest.raises(PressUnderWayError):
            other.pressing(KIM, "admission", Presser.TOOL)
        other.owe(KIM)
        journal.owe(KIM)
        assert len(journal.follow_ups()) == 1
        other.paid(KIM)
        assert journal.follow_ups() == ()
        assert journal.done(KIM, "admission")


def test_on_postgresql_who_waits_for_a_step_to_be_recorded_sees_it(tmp_path: Path, postgresql: str) -> None:
    # Without a lock of its own the waiting statement would go on with what it saw before: both would press.
    address = fresh_database(postgresql, "waits")
    with Journal(tmp_path, address) as journal, Journal(tmp_path, address) as other, ThreadPoolExecutor(1) as thread:
        other.looking(KIM, "cycle")
        journal.pressing(KIM, "cycle", Presser.TOOL)
        with journal.database.begin() as database:
            database.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('mock/digest-of-kim', 0))"))
            waiting = thread.submit(other.pressing, KIM, "cycle", Presser.TOOL)
            database.execute(text("DELETE FROM press"))
            columns = "run, portal, person, file, line, step, outcome, reason, at"
            row = "'run', 'mock', 'digest-of-kim', '/kim.yaml', 2, 'cycle', 'done', '', ''"
            database.execute(text(f"INSERT INTO step ({columns}) VALUES ({row})"))  # noqa: S608 (two constants)
        with pytest.raises(PressUnderWayError):
            waiting.result(timeout=30)


@pytest.mark.parametrize("address", ["sqlite:///x.sqlite", "postgresql://nmo:secret@127.0.0.1/x", "no address"])
def test_an_address_that_is_none_or_bears_a_password_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError) as raised:
        Journal(tmp_path, address)
    assert "secret" not in str(raised.value)


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(JournalError) as raised:
        Journal(tmp_path, "postgresql://nmo@127.0.0.1:1/x")
    assert raised.value.facts == {"path": "postgresql://nmo@127.0.0.1:1/x", "what": "OperationalError"}


def test_only_the_owner_may_read_it(tmp_path: Path, journal: Journal) -> None:
    journal.owe(KIM)
    folder = tmp_path / "data"
    modes = {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}
    assert folder.stat().st_mode & 0o777 == 0o700
    beside = {"journal.sqlite-wal": 0o600, "journal.sqlite-shm": 0o600}
    assert modes == {"digest.key": 0o600, "journal.sqlite": 0o600, **beside}


def test_a_press_is_unsettled_until_it_is_known_what_came_of_it(journal: Journal) -> None:
    assert journal.unsettled_press(KIM, "admission") is None
    journal.pressing(KIM, "admission", Presser.PERSON)
    press = journal.unsettled_press(KIM, "admission")
    assert press
    assert press.at.tzinfo
    assert press.presser is Presser.PERSON
    assert journal.unsettled_press(KIM, "cycle") is None
    assert journal.unsettled_press(OTHER, "admission") is None
    journal.settled(KIM, "admission")
    assert journal.unsettled_press(KIM, "admission") is None


def test_of_two_runs_one_presses(tmp_path: Path, journal: Journal) -> None:
    with Journal(tmp_path / "data") as other:
        other.looking(KIM, "admission")
        journal.looking(KIM, "admission")
        journal.pressing(KIM, "admission", Presser.TOOL)
        with pytest.raises(PressUnderWayError):
            other.pressing(KIM, "admission", Presser.TOOL)
        # It ended well since the other one looked: nor may that one press now.
        journal.record("run", KIM, StepOutcome("admission", Outcome.DONE))
        assert not journal.unsettled(KIM)
        with pytest.raises(PressUnderWayError):
            other.pressing(KIM, "admission", Presser.TOOL)
        other.looking(KIM, "admission")
        other.pressing(KIM, "admission", Presser.TOOL)


def test_a_step_that_did_not_end_well_leaves_its_press_unsettled(journal: Journal) -> None:
    journal.pressing(KIM, "admission", Presser.TOOL)
    journal.record("run", KIM, StepOutcome("admission", Outcome.UNKNOWN))
    assert journal.unsettled(KIM)
    assert journal.last(KIM, "admission") is Outcome.UNKNOWN
    assert journal.last(KIM, "cycle") is None


@pytest.mark.parametrize("outcome", Outcome)
def test_a_step_is_done_when_it_ended_well(journal: Journal, outcome: Outcome) -> None:
    journal.record("run", KIM, StepOutcome("cycle", outcome))
    assert journal.done(KIM, "cycle") == (outcome in {Outcome.DONE, Outcome.ALREADY_DONE})
    assert not journal.done(KIM, "admission")
    assert not journal.done(OTHER, "cycle")


def test_a_debt_keeps_its_day_and_follows_the_profile(journal: Journal) -> None:
    journal.owe(KIM)
    (before,) = journal.follow_ups()
    journal.owe(Subject(KIM.portal, KIM.person, Source("/moved/kim.yaml", 7)))
    (after,) = journal.follow_ups()
    assert after.source == Source("/moved/kim.yaml", 7)
    assert (after.portal, after.person, after.at) == (before.portal, before.person, before.at)


def test_what_is_written_outlasts_the_process(tmp_path: Path, journal: Journal) -> None:
    journal.owe(KIM)
    with Journal(tmp_path / "data") as again:
        assert again.follow_ups() == journal.follow_ups()
        assert again.digest(SNILS) == journal.digest(SNILS)


def test_a_digest_is_keyed(tmp_path: Path, journal: Journal) -> None:
    with Journal(tmp_path / "other") as other:
        assert other.digest(SNILS) != journal.digest(SNILS)
    assert SNILS not in journal.digest(SNILS)


def test_a_journal_is_not_taken_on_with_another_key(tmp_path: Path, journal: Journal) -> None:
    journal.owe(KIM)
    (tmp_path / "data" / "digest.key").unlink()
    with pytest.raises(KeyDiffersError) as raised:
        Journal(tmp_path / "data")
    assert raised.value.facts["key"] == str(tmp_path / "data" / "digest.key")


def test_several_processes_write_into_one_journal(tmp_path: Path) -> None:
    portals = ["a", "b", "c"]
    running = [
        subprocess.Popen(  # noqa: S603 (our own code)
            [sys.executable, "-c", WRITES_TWENTY, str(tmp_path), portal], stdout=subprocess.PIPE, text=True
        )
        for portal in portals
    ]
    digests = {process.communicate(timeout=30)[0] for process in running}
    assert len(digests) == 1
    with Journal(tmp_path) as journal:
        assert f"{journal.digest(SNILS)}\n" in digests
        assert len(journal.follow_ups()) == 60


def test_a_damaged_journal_is_told(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"no database at all " * 100)
    with pytest.raises(JournalError) as raised:
        Journal(tmp_path)
    assert raised.value.facts == {"path": str(tmp_path / "journal.sqlite"), "what": "SQLITE_NOTADB"}


def test_a_damaged_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "digest.key").write_bytes(b"short")
    with pytest.raises(JournalError) as raised:
        Journal(tmp_path)
    assert raised.value.facts["what"] == "digest.key"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(JournalError) as raised:
        Journal(tmp_path / "file" / "data")
    assert raised.value.facts["what"] == os.strerror(20)


def test_a_key_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "digest.key").mkdir()
    with pytest.raises(JournalError) as raised:
        Journal(tmp_path)
    assert raised.value.facts["what"] == os.strerror(21)


def test_a_journal_that_breaks_while_it_is_used_is_told(journal: Journal) -> None:
    with journal.database.begin() as database:
        database.execute(text("DROP TABLE press"))
    with pytest.raises(JournalError) as raised:
        journal.pressing(KIM, "admission", Presser.TOOL)
    assert KIM.person not in str(raised.value)
