"""Lists that are laid out otherwise: where the headings stand, what else stands on the sheet, what is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.profile.lists import written
from tests.profile.lists.graduates import CODES, Roll, day
from tests.profile.lists.grid import (
    DATES,
    NOTHING,
    STANDARD,
    WARNED,
    Case,
    Column,
    Found,
    Sheet,
    columns,
    errors,
    under,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DIRECTOR = "Директор колледжа ____________________ И. И. Петрова"


def plain(folder: Path) -> Case:
    """One sheet, the headings in the first row, all cells texts."""
    roll = Roll("plain")
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    sheet.people(roll.graduates(5))
    sheet.people(roll.graduates(2, {"admission.way": "extract", "patronymic": None}))
    return Case((written.xlsx(folder / "plain.xlsx", sheet),))


def titles_and_merged(folder: Path) -> Case:
    """Titles in merged cells above, real dates, series and numbers as numbers."""
    dated = [replace(column, write=day) if column.key in DATES else column for column in STANDARD]
    sheet = Sheet("Выпуск 2026", [replace(one, write=int) if one.key in _NUMBERS else one for one in dated])
    sheet.add("row.title", "БПОУ «Омский областной медицинский колледж»")
    sheet.add("row.title", "Список выпускников группы СД-41, специальность «Сестринское дело»")
    sheet.add("row.title", None, None, None, "по состоянию на", None, "15.07.2026")
    sheet.blank()
    sheet.heading()
    sheet.people(Roll("titles_and_merged").graduates(4))
    sheet.merged = ["A1:V1", "A2:V2", "D3:E3"]
    return Case((written.xlsx(folder / "titles_and_merged.xlsx", sheet),), may_hint=DATES | _NUMBERS)


def merged_down(folder: Path) -> Case:
    """One organisation for four people, in a cell merged over their rows: a person reads it in each of them."""
    key = "admission.organisation"
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    people = Roll("merged_down").graduates(4, {key: "Омский областной медицинский колледж"})
    sheet.person(people[0])
    for typed in people[1:]:
        sheet.person(typed, cells={key: None})
    letter = written.letters((sheet.column_of(key) or 0) + 1)
    sheet.merged = [f"{letter}2:{letter}5"]
    return Case((written.xlsx(folder / "merged_down.xlsx", sheet),), may_hint=frozenset({key}))


def bands_merged(folder: Path) -> Case:
    """Two header rows: merged bands above, the other headings merged over both rows."""
    sheet = _banded("bands_merged")
    sheet.merged = [
        *(f"{written.letters(place)}1:{written.letters(place)}2" for place in _without_band(sheet.columns)),
        *(f"{written.letters(first)}1:{written.letters(last)}1" for first, last in _bands(sheet.columns).values()),
    ]
    return Case((written.xlsx(folder / "bands_merged.xlsx", sheet),))


def bands_unmerged(folder: Path) -> Case:
    """Two header rows: each band above the first of its columns only, the other headings in the second row."""
    sheet = _banded("bands_unmerged")
    for place in _without_band(sheet.columns):
        sheet.rows[0][place - 1], sheet.rows[1][place - 1] = None, sheet.rows[0][place - 1]
    return Case((written.xlsx(folder / "bands_unmerged.xlsx", sheet),))


def other_words(folder: Path) -> Case:
    """Headings in other words and order, the whole name in one column, series and number in one."""
    roll = Roll("other_words")
    sheet = Sheet("Студенты", _OTHER_WORDS)
    sheet.heading()
    sheet.people(roll.graduates(4))
    sheet.person(roll.graduate({"patronymic": None, "citizenship": "Казахстан"}), Found(unsure=True))
    typed = roll.graduate({"region": "Омская область"})
    sheet.person(typed, cells={"region": "Омская обл.", "citizenship": "РФ", "level": "среднее профессиональное"})
    # A name of one column is taken apart, and another spelling replaced, which may be told.
    may_hint = {"full_name", "surname", "name", "patronymic", "region", "citizenship", "level", *_NUMBERS}
    return Case((written.xlsx(folder / "other_words.xlsx", sheet),), may_hint=frozenset(may_hint))


def columns_of_others(folder: Path) -> Case:
    """Between the graduate's columns stand those of the parents, the curator and of other documents."""
    strangers = [Column(heading, filler=filler) for heading, filler in _STRANGERS]
    mixed = [one for pair in zip(strangers, STANDARD, strict=False) for one in pair]
    sheet = Sheet("Лист1", [*mixed, *STANDARD[len(strangers) :]])
    sheet.heading()
    sheet.people(Roll("columns_of_others").graduates(3))
    return Case((written.xlsx(folder / "columns_of_others.xlsx", sheet),))


def two_phones(folder: Path) -> Case:
    """Two columns of one heading fit equally: a question, never a choice."""
    sheet = Sheet("Лист1", (*STANDARD, Column("Телефон", filler="+79000009901")))
    sheet.heading()
    sheet.people(Roll("two_phones").graduates(2), errors("phone"))
    return Case((written.xlsx(folder / "two_phones.xlsx", sheet),))


def several_sheets(folder: Path) -> Case:
    """Two lists in different order of columns; a hidden, a very hidden, an empty sheet and two without a list."""
    roll = Roll("several_sheets")
    sheets = [
        Sheet("СД-41", STANDARD),
        Sheet("Архив 2025", STANDARD, "hidden", "sheet.hidden"),
        Sheet("Лист3", left_out="sheet.empty"),
        Sheet("Ф-31", STANDARD[::-1]),
        Sheet("Служебный", STANDARD, "veryHidden", "sheet.hidden"),
        Sheet("Памятка", left_out="sheet.no_list"),
        Sheet("Кабинеты", left_out="sheet.no_list"),
    ]
    for sheet in sheets:
        if sheet.columns:
            sheet.heading()
            sheet.people(roll.graduates(3))
    for line in ("Как заполнять список", "СНИЛС пишется одиннадцатью цифрами.", "Вопросы: учебная часть, кабинет 12."):
        sheets[5].add("", line)
    for pair in (("Отдел", "Телефон"), ("Учебная часть", "+7 900 000-99-01"), ("Приёмная", "+7 900 000-99-02")):
        sheets[6].add("", *pair)
    return Case((written.xlsx(folder / "several_sheets.xlsx", *sheets),))


def hidden_rows(folder: Path) -> Case:
    """A person in a hidden row is a person, but somebody must look."""
    people = Roll("hidden_rows").graduates(4)
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    for number, typed in enumerate(people):
        row = sheet.person(typed, WARNED if number in {1, 3} else NOTHING)
        sheet.hidden_rows += [row] if number in {1, 3} else []
    return Case((written.xlsx(folder / "hidden_rows.xlsx", sheet),))


def hidden_column(folder: Path) -> Case:
    """A hidden column gives values to everybody, and another one gives none."""
    sheet = Sheet("Лист1", (*STANDARD, Column("Примечание", filler="отличник")))
    sheet.heading()
    sheet.people(Roll("hidden_column").graduates(3), WARNED)
    sheet.hidden_columns = [written.letters((sheet.column_of("email") or 0) + 1), written.letters(len(sheet.columns))]
    return Case((written.xlsx(folder / "hidden_column.xlsx", sheet),))


def between_the_people(folder: Path) -> Case:
    """Column numbers, empty rows, the headings anew, totals, notes and the director's signature."""
    roll = Roll("between_the_people")
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    sheet.numbering()
    sheet.people(roll.graduates(3))
    sheet.blank(2)
    sheet.people(roll.graduates(2))
    sheet.heading()
    sheet.numbering()
    sheet.people(roll.graduates(2))
    sheet.add("row.total", None, "Итого:", 7)
    sheet.blank()
    sheet.add("row.total", "Всего выпускников: 7")
    sheet.add("row.note", "Примечание: телефоны сверены с личными делами 01.07.2026.")
    sheet.blank(3)
    sheet.add("row.note", None, DIRECTOR)
    return Case((written.xlsx(folder / "between_the_people.xlsx", sheet),))


def prepared_rows(folder: Path) -> Case:
    """An example above the people, and rows below that have nothing but a number."""
    roll = Roll("prepared_rows")
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    example = sheet.person(roll.graduate(), cells={"row_number": "Пример"})
    sheet.entries.clear()
    sheet.kinds[example] = "row.example"
    sheet.people(roll.graduates(3))
    for number in range(4, 16):
        sheet.add("row.rest", number)
    return Case((written.xlsx(folder / "prepared_rows.xlsx", sheet),))


def header_in_row_28(folder: Path) -> Case:
    """A long preamble: the letter's head, the order, the particulars; the headings in row 28."""
    sheet = Sheet("Приложение", STANDARD)
    for line in _PREAMBLE:
        sheet.add("row.title", *line) if line else sheet.blank()
    sheet.blank(27 - len(sheet.rows))
    assert sheet.heading() == 28
    sheet.people(Roll("header_in_row_28").graduates(3))
    sheet.blank()
    sheet.add("row.note", DIRECTOR)
    return Case((written.xlsx(folder / "header_in_row_28.xlsx", sheet),))


def _banded(case: str) -> Sheet:
    sheet = Sheet("Лист1", _BANDED)
    bands = {first: band for band, (first, _) in _bands(_BANDED).items()}
    top = (bands.get(place, "" if one.band else one.heading) or None for place, one in enumerate(_BANDED, 1))
    sheet.add("row.heading", *top)
    sheet.add("row.heading", *(one.heading if one.band else None for one in _BANDED))
    sheet.people(Roll(case).graduates(4))
    return sheet


def _bands(banded: Sequence[Column]) -> dict[str, tuple[int, int]]:
    """Return the bands, each with its first and last column, counted from 1."""
    places: dict[str, list[int]] = {}
    for place, column in enumerate(banded, 1):
        if column.band:
            places.setdefault(column.band, []).append(place)
    return {band: (found[0], found[-1]) for band, found in places.items()}


def _without_band(banded: Sequence[Column]) -> list[int]:
    return [place for place, column in enumerate(banded, 1) if not column.band]


_NUMBERS = frozenset({"admission.series", "admission.number"})
_OTHERS = ("admission.series", "admission.number", "admission.issue_date")
_BANDED = (
    *without(*_OTHERS),
    *under(
        "Паспорт",
        Column("Серия", filler="9900"),
        Column("Номер", filler="000001"),
        Column("Дата выдачи", filler="01.02.2020"),
    ),
    *under(
        "Свидетельство об аккредитации",
        Column("Серия", "admission.series"),
        Column("Номер", "admission.number"),
        Column("Дата выдачи", "admission.issue_date"),
    ),
    *under(
        "Диплом",
        Column("Серия", filler="115518"),
        Column("Номер", filler="0000002"),
        Column("Дата выдачи", filler="30.06.2026"),
    ),
)
# As seen in public college tools (reference/portal-facts.md, section 11); some of the words are assumed there.
_OTHER_WORDS = columns(
    {
        "email": "Адрес электронной почты (email)",
        "full_name": "Ф.И.О.",
        "phone": "Контактный телефон студента",
        "birth_date": "Дата рождения (ДД.ММ.ГГГГ.)",
        "sex": "ПОЛ",
        "snils": "Номер страхового свидетельства",
        "diploma_code": "КОД СПЕЦИАЛЬНОСТИ",
        "citizenship": "Гражданство получателя",
        "region": "Субъект РФ",
        "level": "Уровень образования",
        "series_number": "Серия и номер свидетельства об аккредитации",
        "admission.issue_date": "Дата выдачи свидетельства об аккредитации",
        "admission.exam_date": "Дата сдачи экзамена",
        "admission.organisation": "Место проведения аккредитации",
        "admission.way": "Основание",
        "admission.document_type": "Тип документа о допуске",
        "consent.form": "Форма согласия",
        "consent.date": "Дата согласия на обработку персональных данных",
        "row_number": "№",
    },
    sex={"женский": "Ж", "мужской": "М"}.__getitem__,
)
_STRANGERS = (
    ("Телефон родителей", "+79000009902"),
    ("ФИО законного представителя", "Иванова Мария Петровна"),
    ("Серия паспорта", "9900"),
    ("Номер паспорта", "000001"),
    ("Дата выдачи паспорта", "01.02.2020"),
    ("Серия диплома", "115518"),
    ("Номер диплома", "0000002"),
    ("Дата выдачи диплома", "30.06.2026"),
    ("E-mail куратора", "kurator@example.org"),
    ("ИНН", "000000000000"),
    ("Дата поступления", "01.09.2022"),
    ("Номер зачётной книжки", "41-07"),
)
_PREAMBLE = (
    ("Министерство здравоохранения Омской области",),
    ("Бюджетное профессиональное образовательное учреждение",),
    ("«Омский областной медицинский колледж»",),
    (),
    ("Приложение № 2", None, None, "к приказу от 15.07.2026 № 118-у"),
    ("УТВЕРЖДАЮ",),
    (DIRECTOR,),
    ("«15» июля 2026 г.",),
    (),
    ("Специальность:", "Сестринское дело"),
    ("Код специальности:", CODES["Сестринское дело"]),
    ("Группа:", "СД-41"),
    ("Форма обучения:", "очная"),
    ("Срок обучения:", "3 года 10 месяцев"),
    (),
    ("Куратор:", "Иванова Мария Петровна", "Телефон:", "+7 900 000-99-03"),
    (),
    ("СПИСОК ВЫПУСКНИКОВ",),
    ("прошедших первичную аккредитацию специалистов",),
    (),
    ("Порядок заполнения: одна строка — один человек; даты пишутся как дд.мм.гггг.",),
)
