"""Sheets whose name says that their people have left."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from nmo_autofill.profile.people import LeftOut
from nmo_autofill.profile.sheet.sheet_names import says_gone
from nmo_autofill.source import Source
from tests.profile.sheet.conftest import ALENA, BORIS, codes, surnames, table, xlsx_bytes

if TYPE_CHECKING:
    from tests.profile.sheet.conftest import Lists, Table


def sheets(**tables: Table) -> bytes:
    """Return a workbook with these sheets."""
    workbook = openpyxl.Workbook()
    del workbook[workbook.sheetnames[0]]
    for name, rows in tables.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Отчислены",
            "отчисленные",
            "Отчислённые",
            "ОТЧИСЛ.",
            "Отчисление",
            "СД-41_отчислены",
            "СД-41 (выбыли)",
            "Выбывшие",
        ),
        *("Академ", "Академ.", "Академ. отпуск", "Академический отпуск", "В академе", "Академка", "Академотпуск"),
        *("Архив", "Архив 2025", "Aрхив", "Исключённые", "Отпуск по уходу"),
    ],
)
def test_a_name_says_that_its_people_have_left(name: str) -> None:
    assert says_gone(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Лист1", "СД-41", "Выпускники 2026", "Академическая группа 41", "Академия", "Список", "Sheet1", "", "2026"),
        *("Без отчисленных", "Все, кроме выбывших", "Не отчислены", "СД-41 с отчисленными", "Восстановлены из академа"),
        *("Вышли из академа", "Вернулись из отпуска"),
    ],
)
def test_a_name_says_nothing_of_the_kind(name: str) -> None:
    assert not says_gone(name)


def test_people_who_have_left_are_left_out_and_that_is_told(lists: Lists) -> None:
    loaded = lists.load("list.xlsx", sheets(**{"СД-41": table(ALENA), "Отчислены": table(BORIS)}))
    assert surnames(loaded) == ["Берёзкина"]
    ((code, severity, sheet),) = [(one.code, one.severity, one.position.sheet) for one in loaded.diagnostics]
    assert (code, severity, sheet) == ("sheet.gone", "warning", "Отчислены")
    assert loaded.left_out[-1] == LeftOut(Source(str(lists.folder / "list.xlsx"), sheet="Отчислены"), "sheet.gone")
    assert [tally.sheet for tally in loaded.tallies] == ["СД-41"]


def test_a_file_with_nobody_else_is_an_error(lists: Lists) -> None:
    loaded = lists.load("list.xlsx", sheets(Архив=table(ALENA, BORIS)))
    assert codes(loaded) == ["sheet.gone", "file.gone"]
    assert [left.is_wrong for left in loaded.left_out] == [False, True]
    assert loaded.people == ()


def test_a_sheet_without_a_list_is_none_whatever_its_name(lists: Lists) -> None:
    loaded = lists.load("list.xlsx", sheets(**{"СД-41": table(ALENA), "Архив": [["Памятка"], ["о делах"]]}))
    assert codes(loaded) == ["sheet.no_list"]


def test_only_the_name_of_a_sheet_counts(lists: Lists) -> None:
    assert codes(lists.load("Отчислены.xlsx", xlsx_bytes(table(ALENA)))) == []
