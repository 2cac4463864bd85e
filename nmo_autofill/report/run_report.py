"""The report of a run as a frozen value, and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from nmo_autofill.outcome import WELL, RunOutcome

if TYPE_CHECKING:
    from nmo_autofill.outcome import StepOutcome

VERSION = 1


@dataclass(frozen=True)
class RunReport:
    """What a run came to: its name, the portal's title, and everybody's outcome. No personal values.

    `faults`: our own faults that some of the outcomes tell of. Their texts can hold personal values: for the log of
    faults only, which leaves them out.
    """

    run: str
    portal: str
    people: tuple[RunOutcome, ...]
    faults: tuple[Exception, ...] = field(default=(), repr=False)

    @property
    def well(self) -> bool:
        """Whether nobody needs attention."""
        return all(person.outcome in WELL for person in self.people)


def run_document(report: RunReport) -> dict[str, Any]:
    """Return the report as the JSON document that `run --format json` prints (its shape is in the README)."""
    return {
        "version": VERSION,
        "run": report.run,
        "portal": report.portal,
        "people": [
            {
                "source": asdict(person.source),
                "outcome": person.outcome.value,
                "follow_up": person.follow_up,
                "steps": [_step(step) for step in person.steps],
            }
            for person in report.people
        ],
    }


def _step(step: StepOutcome) -> dict[str, Any]:
    return {
        "step": step.step,
        "outcome": step.outcome.value,
        "reason": step.reason,
        "retryable": step.retryable,
        "facts": dict(step.facts),
        "fields": [{"field": one.field, "status": one.status.value} for one in step.fields],
        "drift": [asdict(one) for one in step.drifts],
        "differences": [difference.field for difference in step.differences],
        "receipt": asdict(step.receipt) if step.receipt else None,
    }
