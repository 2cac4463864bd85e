"""Statuses and outcomes of fields, forms, steps and runs: frozen values without personal data."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nmo_autofill.errors import RETRYABLE

if TYPE_CHECKING:
    from nmo_autofill.source import Source


class FieldStatus(StrEnum):
    """What became of one field."""

    FILLED = "filled"
    UNCHANGED = "unchanged"
    MISMATCH = "mismatch"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What became of a step or of a person's run."""

    DONE = "done"
    ALREADY_DONE = "already_done"
    REFUSED = "refused"
    DIFFERENT = "different"
    WAITING_PERSON = "waiting_person"
    WAITING_LETTER = "waiting_letter"
    UNKNOWN = "unknown"
    STOPPED = "stopped"
    FAILED = "failed"


CHANGES = frozenset({"registration", "admission", "cycle", "password"})
"""Steps that change something at the portal; signing in does not."""

WELL = frozenset({Outcome.DONE, Outcome.ALREADY_DONE})


@dataclass(frozen=True)
class FieldOutcome:
    """What became of the field with this key; `reason` is a message key with its facts, never a value.

    `options`: those of the page's list that may be meant. They can hold more than names: for the person at the screen.
    """

    field: str
    status: FieldStatus
    reason: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = dataclasses.field(default=(), repr=False)

    @property
    def agrees(self) -> bool:
        """Whether it shows what the plan says."""
        return self.status in {FieldStatus.FILLED, FieldStatus.UNCHANGED}


@dataclass(frozen=True)
class FormOutcome:
    """What became of the fields of one form, in the order of the plan."""

    page: str
    fields: tuple[FieldOutcome, ...]

    @property
    def agrees(self) -> bool:
        """Whether every field shows what the plan says."""
        return all(field.agrees for field in self.fields)


class DriftKind(StrEnum):
    """How a page can differ from the portal map."""

    MISSING = "missing"  # a field that the page must have
    SEVERAL = "several"  # controls that fit a field equally
    NEW = "new"  # a control that must be filled, and no field is it
    OPTION = "option"  # an option that the list has not
    COVERED = "covered"  # a modal dialog hides fields of the page


@dataclass(frozen=True)
class Drift:
    """One difference: the key of the field, empty for a new control; the text that is meant, and what reads most alike.

    `near` is for a person to choose from, and decides nothing. `places`: of the controls it is about, in the survey.
    Of a dialog, `text` is its first words.
    """

    kind: DriftKind
    field: str
    text: str
    near: tuple[str, ...] = ()
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One field of a document as the profile has it and as the portal shows it; equal signs of numbers are masked."""

    field: str
    ours: str
    portals: str


@dataclass(frozen=True)
class Receipt:
    """The portal's own confirmation of a press: the text it showed, and when (ISO 8601, UTC)."""

    text: str
    at: str


@dataclass(frozen=True)
class StepOutcome:
    """What became of one step; `reason` is a message key, `facts` are put into its sentence.

    `drifts`: what is otherwise on the page than in the portal map, where that stopped it.
    """

    step: str
    outcome: Outcome
    reason: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    fields: tuple[FieldOutcome, ...] = ()
    differences: tuple[Difference, ...] = ()
    drifts: tuple[Drift, ...] = ()
    receipt: Receipt | None = None

    @property
    def well(self) -> bool:
        """Whether the next step may follow."""
        return self.outcome in WELL

    @property
    def retryable(self) -> bool:
        """Whether it failed for a technical reason, which another attempt may not meet again."""
        return self.outcome is Outcome.FAILED and self.reason in RETRYABLE


@dataclass(frozen=True)
class RunOutcome:
    """What became of one person: the steps taken, in order; `follow_up` when real numbers are owed to the portal."""

    source: Source
    steps: tuple[StepOutcome, ...]
    follow_up: bool = False

    @property
    def outcome(self) -> Outcome:
        """Return the first step's outcome that is not well, else whether anything was done at all."""
        for step in self.steps:
            if not step.well:
                return step.outcome
        done = any(step.outcome is Outcome.DONE and step.step in CHANGES for step in self.steps)
        return Outcome.DONE if done else Outcome.ALREADY_DONE
