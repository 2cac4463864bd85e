"""The report of a run as a page that opens without a network."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from nmo_autofill.outcome import WELL
from nmo_autofill.report.sentences import place, step_name, why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.report.run_report import RunReport
    from nmo_autofill.texts import Texts

PAGES = Environment(
    loader=PackageLoader("nmo_autofill.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def render_html(reports: Sequence[RunReport], texts: Texts) -> str:
    """Return one HTML page for these reports."""
    return PAGES.get_template("report.html").render(
        language=texts.language, texts=texts, reports=[_shown(report, texts) for report in reports]
    )


def _shown(report: RunReport, texts: Texts) -> dict[str, object]:
    counts = Counter(person.outcome for person in report.people)
    return {
        "run": report.run,
        "portal": report.portal,
        "counts": [(texts(f"outcome.{outcome}"), number, outcome in WELL) for outcome, number in counts.most_common()],
        "people": [
            {
                "place": place(person.source),
                "outcome": texts(f"outcome.{person.outcome}"),
                "well": person.outcome in WELL,
                "steps": [
                    (step_name(step, texts), texts(f"outcome.{step.outcome}"), step.well) for step in person.steps
                ],
                "why": why(person, texts),
                "follow_up": person.follow_up,
            }
            for person in report.people
        ],
    }
