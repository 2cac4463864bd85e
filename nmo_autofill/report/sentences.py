"""Outcomes in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmo_autofill.outcome import Drift, FieldOutcome, RunOutcome, StepOutcome
    from nmo_autofill.source import Source
    from nmo_autofill.texts import Texts


def place(source: Source) -> str:
    """Return `file:line`, or `file:sheet:row`, as far as they are known."""
    parts = (source.file, source.line, source.sheet, source.row)
    return ":".join(str(part) for part in parts if part is not None)


def step_name(step: StepOutcome, texts: Texts) -> str:
    """Return what people call the step."""
    return texts(f"step_name.{step.step}")


def why(person: RunOutcome, texts: Texts) -> tuple[str, ...]:
    """Return what stopped the person's run, a sentence a line: the step, each field, each difference.

    Empty when all went well.
    """
    return tuple(line for step in person.steps if not step.well for line in _lines(step, texts))


def difference_of_page(drift: Drift, texts: Texts) -> str:
    """Return what is otherwise on a page than in the portal map."""
    near = "; ".join(drift.near) or "—"
    return texts(f"drift.{drift.kind}", field=drift.field, text=drift.text, near=near)


def _lines(step: StepOutcome, texts: Texts) -> Iterator[str]:
    yield f"{step_name(step, texts)}: {texts(step.reason, **dict(step.facts))}"
    for field in step.fields:
        if not field.agrees:
            yield field_sentence(field, texts)
    for drift in step.drifts:
        yield difference_of_page(drift, texts)
    if picture := dict(step.facts).get("picture"):
        yield texts("report.picture", file=picture)
    for difference in step.differences:
        yield texts(
            "report.difference",
            field=texts(f"form_field.{difference.field}"),
            ours=difference.ours or "—",
            portals=difference.portals or "—",
        )


def field_sentence(field: FieldOutcome, texts: Texts) -> str:
    """Return what became of a field."""
    reason = texts(field.reason, **dict(field.facts)) if field.reason else texts(f"field_status.{field.status}")
    label = texts(f"form_field.{field.field}")
    return f"{label}: {reason}"
