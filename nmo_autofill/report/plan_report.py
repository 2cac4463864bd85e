"""The report of a plan: what would be typed, form by form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from nmo_autofill.portal.model import ValueKind
from nmo_autofill.report.sentences import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from nmo_autofill.plan.entry import Entry
    from nmo_autofill.source import Source
    from nmo_autofill.texts import Texts


def render_plan(source: Source, forms: Sequence[tuple[str, Sequence[Entry]]], texts: Texts) -> RenderableType:
    """Return one person's entries; `forms` are titles of pages with their entries. It shows personal values."""
    table = Table(title=place(source), title_justify="left", title_style="bold", show_lines=False)
    table.add_column(texts("plan.form"))
    table.add_column(texts("plan.field"))
    table.add_column(texts("plan.value"), overflow="fold")
    for title, entries in forms:
        for number, entry in enumerate(entries):
            table.add_row(title if number == 0 else "", entry.field.labels[0], _value(entry, texts))
        table.add_section()
    return table


def _value(entry: Entry, texts: Texts) -> str:
    return texts("plan.ticked") if entry.field.value is ValueKind.CHECKED else entry.value or "—"
