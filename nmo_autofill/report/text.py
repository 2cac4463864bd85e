"""The report of a run for the terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nmo_autofill.outcome import WELL
from nmo_autofill.report.sentences import place, why

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from nmo_autofill.report.run_report import RunReport
    from nmo_autofill.texts import Texts


def render_text(report: RunReport, texts: Texts) -> RenderableType:
    """Return the table of outcomes, below it what needs attention, and how many ended how; for 80 columns and more.

    The sum stands last: of a large group the table has left the screen by then.
    """
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
    return Group(table, *_needing(report, texts), *follow_ups, *_sum(report, texts))


def _sum(report: RunReport, texts: Texts) -> Iterator[Text]:
    """Return how many people ended how, the most frequent first; of one it is told already."""
    if len(report.people) > 1:
        counts = Counter(person.outcome for person in report.people).most_common()
        told = ", ".join(f"{texts(f'outcome.{outcome}')} — {count}" for outcome, count in counts)
        yield Text(texts("report.sum", all=len(report.people), outcomes=told), style="bold")


def _needing(report: RunReport, texts: Texts) -> Iterator[RenderableType]:
    """Return what stopped the runs of those who need attention, beside the numbers of whom it stopped."""
    stopped: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, person in enumerate(report.people, 1):
        stopped[why(person, texts)].append(number)
    stopped.pop((), None)
    for (step, *details), numbers in stopped.items():
        reasons = Table.grid(padding=(0, 1))
        reasons.add_row(Text(f"{_ranges(numbers)}.", style="bold"), Text(step))
        for line in details:
            reasons.add_row("", Padding(Text(f"– {line}"), (0, 0, 0, 2)))
        yield reasons


def _ranges(numbers: Sequence[int]) -> str:
    """Return the numbers, which ascend, with neighbours together: 1–3, 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
