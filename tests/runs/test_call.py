from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from benchmarks.plain import Unwatched
from nmo_autofill.browser.operator import Presser
from nmo_autofill.outcome import Outcome, RunOutcome, StepOutcome
from nmo_autofill.portal.atlas import at_address, load_map
from nmo_autofill.profile.loading import load
from nmo_autofill.report.run_report import run_document
from nmo_autofill.report.sentences import why
from nmo_autofill.runs.call import run_name, run_people, was_interrupted
from nmo_autofill.runs.errand import Errand, Pace
from nmo_autofill.runs.journal import Journal
from nmo_autofill.settings import Until
from nmo_autofill.texts import LANGUAGES, Language, Texts

if TYPE_CHECKING:
    from nmo_autofill.report.run_report import RunReport
    from nmo_autofill.runs.engine import Durably
    from nmo_autofill.runs.stay import Stay
    from tests.conftest import InThread

PROFILES = Path(__file__).parents[2] / "profiles"


def test_everybody_is_told_in_the_order_of_the_profiles_when_no_browser_starts(
    tmp_path: Path, in_thread: InThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", "/no/browser")
    bad = tmp_path / "bad.yaml"
    bad.write_text((PROFILES / "yolkina.yaml").read_text("utf-8").replace("sex:", "sexes:"), encoding="utf-8")
    people = load([PROFILES / "kim.yaml", bad, PROFILES / "vorobyov.yaml"], today=date(2026, 11, 22)).people
    told: list[RunOutcome] = []
    with Journal(tmp_path / "data") as journal:
        portal = at_address(load_map("mock"), "http://127.0.0.1:9/")
        errand = Errand("test", portal, journal, Unwatched(), Until.CYCLE)
        report = in_thread(lambda: run_people(errand, people, told.append))
    assert [person.source for person in report.people] == [person.source for person in people]
    assert {person.outcome for person in report.people} == {Outcome.STOPPED}
    reasons = [person.steps[0].reason for person in report.people]
    assert reasons == ["error.browser_unusable", "step.profile_invalid", "error.browser_unusable"]
    assert sorted(map(id, told)) == sorted(map(id, report.people))
    assert not was_interrupted(report)


PLANTED = "Зюзюкина 904-000-444-32 тайна"


def report_of_two(tmp_path: Path, in_thread: InThread) -> RunReport:
    people = load([PROFILES / "kim.yaml", PROFILES / "vorobyov.yaml"], today=date(2026, 11, 22)).people
    portal = at_address(load_map("mock"), "http://127.0.0.1:9/")

    def run() -> RunReport:
        with Journal(tmp_path / "data") as journal:
            return run_people(Errand("test", portal, journal, Unwatched(), Until.CYCLE), people, lambda _: None)

    return in_thread(run)


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_fault_is_the_outcome_of_one_person_and_the_rest_are_run(
    tmp_path: Path, in_thread: InThread, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    async def faulty(stay: Stay, until: Until, durably: Durably, taken: list[StepOutcome]) -> None:
        del until, durably
        taken.append(StepOutcome("registration", Outcome.DONE))
        if stay.subject.source.file.endswith("kim.yaml"):
            stay.errand.journal.pressing(stay.subject, "admission", Presser.TOOL)
            raise KeyError(PLANTED)

    monkeypatch.setattr("nmo_autofill.runs.group.run_person", faulty)
    report = report_of_two(tmp_path, in_thread)
    kim, vorobyov = report.people
    assert [(step.step, step.outcome, step.reason) for step in kim.steps] == [
        ("registration", Outcome.DONE, ""),
        ("visit", Outcome.UNKNOWN, "step.our_fault"),
    ]
    assert vorobyov.outcome is Outcome.DONE
    assert [type(fault) for fault in report.faults] == [KeyError]
    told = f"{run_document(report)} {why(kim, Texts(language))}"
    assert not any(word in told for word in PLANTED.split())


def test_our_own_fault_before_anybody_is_run_leaves_nobody_untold(
    tmp_path: Path, in_thread: InThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = RuntimeError(PLANTED)

    def broken(**_: object) -> NoReturn:
        raise fault

    monkeypatch.setattr("nmo_autofill.browser.session.open_browser", broken)
    report = report_of_two(tmp_path, in_thread)
    assert [person.steps[0].reason for person in report.people] == ["step.our_fault"] * 2
    assert {person.outcome for person in report.people} == {Outcome.STOPPED}
    assert report.faults == (fault,)


def test_names_of_runs_differ_and_tell_the_time() -> None:
    first, second = run_name(), run_name()
    assert first != second
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{4}", first)


def test_a_portal_that_answers_nobody_stops_the_group(tmp_path: Path, in_thread: InThread) -> None:
    people = load([PROFILES], today=date(2026, 11, 22)).people[:8]
    portal = at_address(load_map("mock"), "http://127.0.0.1:9/")

    def run() -> RunReport:
        with Journal(tmp_path / "data") as journal:
            pace = Pace(retry_seconds=0.01)
            return run_people(
                Errand("test", portal, journal, Unwatched(), Until.CYCLE, pace=pace), people, lambda _: None
            )

    report = in_thread(run)
    told = [(person.outcome, person.steps[0].reason) for person in report.people]
    assert told.count((Outcome.FAILED, "error.portal_unreachable")) == 5
    assert told.count((Outcome.STOPPED, "error.portal_failing")) == 3
    (facts,) = {person.steps[0].facts for person in report.people if person.outcome is Outcome.STOPPED}
    assert facts == (("count", "5"),)
    assert not was_interrupted(report)
