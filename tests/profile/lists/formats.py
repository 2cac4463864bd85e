"""The same kind of list in other kinds of file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.profile.lists import written
from tests.profile.lists.graduates import Roll, day
from tests.profile.lists.grid import DATES, NUMBERS, STANDARD, Case, Sheet

if TYPE_CHECKING:
    from pathlib import Path

# Both a comma and a semicolon stand in it, so that a CSV has to quote it.
QUOTED = 'Омский колледж, корпус "Б"; аудитория 5'


def csv_utf8(folder: Path) -> Case:
    """CSV in UTF-8 with semicolons."""
    return Case((written.text(folder / "csv_utf8.csv", _sheet("csv_utf8"), ";", "utf-8"),))


def csv_bom(folder: Path) -> Case:
    """CSV in UTF-8 with a byte order mark and commas, as Excel saves «CSV UTF-8»."""
    return Case((written.text(folder / "csv_bom.csv", _sheet("csv_bom"), ",", "utf-8-sig"),))


def csv_cp1251_tab(folder: Path) -> Case:
    """Text in CP1251 with tabs."""
    return Case((written.text(folder / "csv_cp1251_tab.csv", _sheet("csv_cp1251_tab"), "\t", "cp1251"),))


def csv_named_xls(folder: Path) -> Case:
    """CSV in CP1251 with semicolons that bears the name of a workbook, as many information systems export it."""
    sheet = Sheet(None, [replace(one, **_EXPORTED.get(one.key, {})) for one in STANDARD])
    sheet.heading()
    sheet.people(Roll("csv_named_xls").graduates(3))
    return Case((written.text(folder / "csv_named_xls.xls", sheet, ";", "cp1251"),))


def csv_titled(folder: Path) -> Case:
    """CSV with a title above, whose first rows have fewer delimiters than text."""
    sheet = _sheet("csv_titled", "Список выпускников, группа СД-41, отделение очное, 2026 год")
    sheet.blank()
    sheet.add("row.total", "Итого", "3")
    return Case((written.text(folder / "csv_titled.csv", sheet, ";", "cp1251"),))


def xls_dates(folder: Path) -> Case:
    """A workbook of Excel 97 with date cells and numbers."""
    sheet = _typed("xls_dates")
    other = Sheet("Пустой", left_out="sheet.empty")
    return Case((written.xls(folder / "xls_dates.xls", sheet, other),), may_hint=DATES | NUMBERS)


def ods(folder: Path) -> Case:
    """A spreadsheet of LibreOffice with date cells, numbers and a million empty rows."""
    sheet = _typed("ods")
    return Case((written.ods(folder / "ods.ods", sheet),), may_hint=DATES | NUMBERS)


def _sheet(case: str, *titles: str) -> Sheet:
    roll = Roll(case)
    sheet = Sheet(None, STANDARD)
    for title in titles:
        sheet.add("row.title", title)
    sheet.heading()
    sheet.people(roll.graduates(2))
    sheet.person(roll.graduate({"admission.organisation": QUOTED}))
    return sheet


def _typed(case: str) -> Sheet:
    write: dict[str, Any] = {**dict.fromkeys(DATES, day), **dict.fromkeys(NUMBERS, int)}
    sheet = Sheet("Лист1", [replace(one, write=write.get(one.key, one.write)) for one in STANDARD])
    sheet.add("row.title", "Список выпускников")
    sheet.blank()
    sheet.heading()
    roll = Roll(case)
    sheet.people(roll.graduates(3))
    sheet.blank()
    sheet.people(roll.graduates(2, {"admission.way": "extract"}))
    sheet.add("row.total", "Итого", 5)
    return sheet


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


# Names of columns as such systems have them (reference/portal-facts.md, section 11).
_EXPORTED: dict[str, dict[str, Any]] = {
    "surname": {"heading": "ФАМИЛИЯ"},
    "name": {"heading": "ИМЯ"},
    "patronymic": {"heading": "ОТЧЕСТВО"},
    "birth_date": {"heading": "Дата_рождения"},
    "sex": {"heading": "ПОЛ"},
    "snils": {"heading": "СНИЛС_без_дефиса", "write": _digits},
    "phone": {"heading": "Моб. телефон"},
    "email": {"heading": "Электронная почта"},
}
