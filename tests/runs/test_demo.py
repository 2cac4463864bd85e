from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.plain import Unwatched
from nmo_autofill.profile.loading import load
from nmo_autofill.runs.demo import run_demo, sample_people
from nmo_autofill.settings import Skin

if TYPE_CHECKING:
    import pytest

    from tests.conftest import InThread

TODAY = date(2026, 11, 22)
PROFILES = Path(__file__).parents[2] / "profiles"


def test_the_sample_people_are_all_valid() -> None:
    people = sample_people(TODAY).people
    assert len(people) >= 12
    assert all(person.profile for person in people)


def test_people_who_are_not_run_differ(in_thread: InThread, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", "/no/browser")
    loaded = load([PROFILES / "kim.yaml"], today=TODAY)
    shown = in_thread(lambda: run_demo(loaded, Skin.KIT, Unwatched(), lambda _: None))
    assert not shown.report.well
    assert shown.fields == 0
    assert shown.report.portal == "учебный портал (kit)"
    source = loaded.people[0].source
    assert shown.differing == tuple((source, step) for step in ("registration", "purpose", "admission", "cycle"))
