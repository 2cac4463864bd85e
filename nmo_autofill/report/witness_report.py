"""The report of what the stand-in portal's witness says of the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.report.sentences import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nmo_autofill.source import Source
    from nmo_autofill.texts import Texts


def render_witness(people: int, fields: int, differing: Sequence[tuple[Source, str]], texts: Texts) -> Iterator[str]:
    """Return how many people and fields were compared, then a line for each `step.field`, or `step`, that differs."""
    yield texts("demo.disagrees" if differing else "demo.agrees", people=people, fields=fields)
    for source, what in differing:
        step, _, field = what.partition(".")
        name = texts(f"form_field.{field}") if field else texts("demo.not_once")
        yield texts("demo.differs", place=place(source), what=f"{texts(f'step_name.{step}')}: {name}")
