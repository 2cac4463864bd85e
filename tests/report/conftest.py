"""A report with an outcome of every kind."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nmo_autofill.outcome import Difference, FieldOutcome, FieldStatus, Outcome, Receipt, RunOutcome, StepOutcome
from nmo_autofill.profile.loading import load
from nmo_autofill.report.run_report import RunReport
from nmo_autofill.source import Source

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from nmo_autofill.profile.model import Profile

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
PROFILES = Path(__file__).parents[2] / "profiles"
LONG = "Списки выпускников/2026/Сестринское дело, 41 группа, очная форма обучения/tsvetkova-dubova-полностью.yaml"


def violations(page: Page) -> list[str]:
    """Return what axe finds hard to use on a page for some people."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate("() => axe.run().then((told) => told.violations)")
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def _person(name: str, *steps: StepOutcome, follow_up: bool = False) -> RunOutcome:
    return RunOutcome(Source(name, 2), steps, follow_up)


@pytest.fixture
def report() -> RunReport:
    done = StepOutcome("registration", Outcome.DONE, receipt=Receipt("Регистрация прошла успешно", "2026-11-22"))
    ambiguous = ("candidates", "Омская область; Томская область")
    return RunReport(
        "2026-11-22-224044-170e",
        "учебный портал",
        (
            _person(LONG, done, StepOutcome("admission", Outcome.DONE), follow_up=True),
            _person(
                "different.yaml",
                StepOutcome("registration", Outcome.ALREADY_DONE, "step.already_registered"),
                StepOutcome(
                    "admission",
                    Outcome.DIFFERENT,
                    "step.different",
                    differences=(Difference("issue_date", "01.07.2025", "02.07.2025"), Difference("number", "", "")),
                ),
            ),
            _person(
                "disagrees.yaml",
                StepOutcome(
                    "registration",
                    Outcome.FAILED,
                    "step.form_disagrees",
                    fields=(
                        FieldOutcome("surname", FieldStatus.FILLED),
                        FieldOutcome("phone", FieldStatus.MISMATCH),
                        FieldOutcome(
                            "region", FieldStatus.AMBIGUOUS, "error.option_ambiguous", (("label", "Регион"), ambiguous)
                        ),
                    ),
                ),
            ),
            _person("unknown.yaml", StepOutcome("cycle", Outcome.UNKNOWN, "error.answer_unknown", (("page", "цикл"),))),
            _person(
                "refused.yaml",
                StepOutcome("registration", Outcome.REFUSED, "error.refused_by_portal", (("words", "<b>Занято</b>"),)),
            ),
            *(_person(f"group.yaml{number}", done) for number in range(14)),
        ),
    )


def sample(name: str) -> Profile:
    (person,) = load([PROFILES / f"{name}.yaml"], today=date(2026, 11, 22)).people
    assert person.profile
    return person.profile


@pytest.fixture
def kim() -> Profile:
    """A woman without patronymic, with the protocol extract only."""
    return sample("kim")


@pytest.fixture
def vorobyov() -> Profile:
    """A man with a patronymic and the document in hand."""
    return sample("vorobyov")
