"""The report of a run for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from nmo_autofill.outcome import WELL
from nmo_autofill.report.sentences import place, why

if TYPE_CHECKING:
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
    needing = [
        Text(f"{number}. {line}") for number, person in enumerate(report.people, 1) for line in why(person, texts)
    ]
    owed = sum(person.follow_up for person in report.people)
    follow_ups = [Text(texts.count("report.follow_ups", owed))] if owed else []
    return Group(table, *needing, *follow_ups)
