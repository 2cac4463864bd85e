from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nmo_autofill.outcome import Outcome
from nmo_autofill.portal.atlas import at_address, load_map
from nmo_autofill.profile.loading import load
from nmo_autofill.runs.call import run_name, run_people, was_interrupted
from nmo_autofill.runs.group import Errand
from nmo_autofill.runs.journal import Journal
from nmo_autofill.settings import Until

if TYPE_CHECKING:
    import pytest

    from nmo_autofill.outcome import RunOutcome
    from tests.conftest import InThread

PROFILES = Path(__file__).parents[2] / "profiles"


class Nobody:
    """An operator on a test host, who is never asked for anything."""

    def asked_to_press(self, page: str, button: str) -> None:
        raise AssertionError(page, button)


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
        errand = Errand("test", portal, journal, Nobody(), Until.CYCLE)
        report = in_thread(lambda: run_people(errand, people, told.append))
    assert [person.source for person in report.people] == [person.source for person in people]
    assert {person.outcome for person in report.people} == {Outcome.STOPPED}
    reasons = [person.steps[0].reason for person in report.people]
    assert reasons == ["error.browser_unusable", "step.profile_invalid", "error.browser_unusable"]
    assert sorted(map(id, told)) == sorted(map(id, report.people))
    assert not was_interrupted(report)


def test_names_of_runs_differ_and_tell_the_time() -> None:
    first, second = run_name(), run_name()
    assert first != second
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{4}", first)
