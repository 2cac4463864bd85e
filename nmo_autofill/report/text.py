"""The report of a run for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nmo_autofill.outcome import WELL
from nmo_autofill.report.sentences import place, why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from nmo_autofill.report.run_report import RunReport
    from nmo_autofill.texts import Texts


def render_text(report: RunReport, texts: Texts) -> RenderableType:
    """Return the table of outcomes, and below it what needs attention, for 80 columns and more."""
    table = Table(title=f"{report.portal}: {report.run}", title_justify="left", title_style="bold")
    table.add_column("№", justify="right")
    table.add_column(texts("report.profile"), overflow="fold")
    table.add_column(texts("report.outcome"))
    for number, person in enumerate(report.people, 1):
        well = person.outcome in WELL
        mark, style = ("✓", "green") if well else ("✗", "red")
        table.add_row(str(number), place(person.source), Text(f"{mark} {texts(f'outcome.{person.outcome}')}", style))
    owed = sum(person.follow_up for person in report.people)
    follow_ups = [Text(texts.count("report.follow_ups", owed))] if owed else []
    return Group(table, *_needing(report, texts), *follow_ups)


def _needing(report: RunReport, texts: Texts) -> Iterator[RenderableType]:
    """Return for each person who needs attention the number, and beside it what stopped the run."""
    for number, person in enumerate(report.people, 1):
        if lines := why(person, texts):
            step, *details = lines
            reasons = Table.grid(padding=(0, 1))
            reasons.add_row(Text(f"{number}.", style="bold"), Text(step))
            for line in details:
                reasons.add_row("", Padding(Text(f"– {line}"), (0, 0, 0, 2)))
            yield reasons
