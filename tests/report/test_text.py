from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from nmo_autofill.outcome import Outcome, StepOutcome
from nmo_autofill.report.text import render_text
from nmo_autofill.texts import LANGUAGES, Language, Texts

if TYPE_CHECKING:
    from nmo_autofill.report.run_report import RunReport


def shown(report: RunReport, language: Language = "ru") -> list[str]:
    console = Console(file=io.StringIO(), width=80)
    console.print(render_text(report, Texts(language)))
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_terminal(report: RunReport, language: Language) -> None:
    assert max(map(len, shown(report, language))) <= 80


def test_everybody_stands_in_the_table(report: RunReport) -> None:
    lines = shown(report)
    assert sum(line.startswith("│") and "✓ сделано" in line for line in lines) == 15
    assert any(line.startswith("│  2 │ different.yaml:2") and "✗ на портале другие сведения" in line for line in lines)


def test_what_needs_attention_stands_below_its_number(report: RunReport) -> None:
    lines = shown(report)
    start = next(number for number, line in enumerate(lines) if line.startswith("2."))
    assert lines[start : start + 4] == [
        "2. Запись о допуске: на портале уже есть этот документ, но с другими сведениями.",
        "   Ничего не добавлено: сверьте и решите, что верно.",
        "     – Дата выдачи: в профиле «01.07.2025», на портале «02.07.2025»",
        "     – Номер: в профиле «—», на портале «—»",
    ]
    assert "     – Телефон: поле показывает другое, чем в профиле" in lines
    assert any(line.startswith("Нули вместо серии и номера у 1 человека.") for line in lines)


def test_when_all_is_well_there_are_the_table_and_the_sum(report: RunReport) -> None:
    *_, table, total = shown(replace(report, people=report.people[-2:]))
    assert table.startswith("└")
    assert total == "Всего 2: сделано — 2."
    assert shown(replace(report, people=report.people[-1:]))[-1].startswith("└")


def test_who_was_stopped_by_the_same_thing_is_told_together(report: RunReport) -> None:
    stopped = replace(report.people[1], steps=(StepOutcome("visit", Outcome.STOPPED, "step.interrupted"),))
    lines = shown(replace(report, people=(stopped, *report.people[-1:], stopped, stopped, stopped)))
    (told,) = (line for line in lines if "1, 3–5." in line)
    assert told.startswith("1, 3–5. ")
    assert sum("Работа с порталом" in line for line in lines) == 1


def test_how_many_ended_how_stands_last(report: RunReport) -> None:
    last = " ".join(shown(report)[-2:])
    assert last.startswith(f"Всего {len(report.people)}: сделано — 15, ")
    assert last.endswith(".")
