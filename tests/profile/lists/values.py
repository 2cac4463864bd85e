"""Lists with dirt in their values: repairable, doubtful, or wrong."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.utils.datetime import MAC_EPOCH

from tests.profile.lists import written
from tests.profile.lists.graduates import Roll, Typed, day
from tests.profile.lists.grid import (
    DATES,
    HEADINGS,
    NOTHING,
    STANDARD,
    WARNED,
    Case,
    Cell,
    Formula,
    Found,
    Sheet,
    columns,
    errors,
    hints,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NBSP = "\N{NO-BREAK SPACE}"
ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"
FIXED_HYPHEN = "\N{NON-BREAKING HYPHEN}"
WHOLE_NAME = frozenset({"full_name", "surname", "name", "patronymic"})


class Dirt(NamedTuple):
    """A dirty value: where it stands, what the graduate has, how it got dirty, and the sex that goes with a name."""

    key: str
    clean: str
    dirty: Callable[[str], Cell]
    sex: str = "female"


def repairable(folder: Path) -> Case:
    """Each row has one value that is certainly repairable, and told."""
    roll = Roll("repairable")
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    for dirt in _REPAIRABLE:
        sheet.person(*_repaired(roll.graduate({dirt.key: dirt.clean, "sex": dirt.sex}), dirt))
    # An account number that begins with a zero was given to somebody: only such ones lose it in Excel.
    for begin in ("05", "009"):
        number = roll.snils(begin)
        sheet.person(*_repaired(roll.graduate({"snils": number}), Dirt("snils", number, _number)))
    for dirty in (_eight, _number, _float, _ten):
        typed = roll.graduate()
        sheet.person(*_repaired(typed, Dirt("phone", typed["phone"] or "", dirty)))
    for text in ("Нет", "-", "отсутствует"):
        sheet.person(roll.graduate({"patronymic": None}), hints("patronymic"), {"patronymic": text})
    sheet.person(typed := roll.graduate(), cells={"snils": _number(typed["snils"] or "")})
    # Real dates are no dirt; whether they are told is the reader's business, as with numbers of full length.
    sheet.person(typed := roll.graduate(), cells={key: _midnight(typed[key] or "") for key in DATES})
    may_hint = frozenset({*DATES, "snils", "region"})
    return Case((written.xlsx(folder / "repairable.xlsx", sheet),), may_hint=may_hint)


def csv_repairable(folder: Path) -> Case:
    """The same dirt in a CSV, where every value is a text."""
    roll = Roll("csv_repairable")
    sheet = Sheet(None, STANDARD)
    sheet.heading()
    number = roll.snils("05")
    texts: tuple[Dirt, ...] = (
        Dirt("snils", number, lambda text: str(_number(text))),
        Dirt("birth_date", "04.03.2004", _short),
        Dirt("admission.organisation", "Омский медицинский колледж", lambda text: text.replace(" ", NBSP)),
        Dirt("phone", "+79000009903", _eight),
    )
    for dirt in texts:
        sheet.person(*_repaired(roll.graduate({dirt.key: dirt.clean}), dirt))
    return Case((written.text(folder / "csv_repairable.csv", sheet, ";", "utf-8"),))


def dates_of_1904(folder: Path) -> Case:
    """A workbook of an old Mac counts its days from 1904: no date may shift by four years unseen."""
    roll = Roll("dates_of_1904")
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    for typed in roll.graduates(2):
        sheet.person(typed, cells={key: day(typed[key] or "") for key in DATES})
    # Without a date format the number may be taken as a day of 1904 or refused, but not read as one of 1900.
    number = (day("14.03.2004") - MAC_EPOCH.date()).days
    found = Found(loose=frozenset({"birth_date"}), unsure=True)
    sheet.person(roll.graduate({"birth_date": "14.03.2004"}), found, {"birth_date": number})
    book = written.xlsx(folder / "dates_of_1904.xlsx", sheet, epoch=MAC_EPOCH)
    return Case((book,), may_hint=DATES)


def doubtful(folder: Path) -> Case:
    """Each row has one value that nobody can repair for certain: an error of that field, the others unharmed."""
    roll = Roll("doubtful")
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    for key, cell in _DOUBTFUL:
        sheet.person(roll.graduate(), errors(key), {key: cell})
    sheet.person(roll.graduate(), errors("snils"), {"snils": _short_of_checksum(roll)})
    sheet.person(roll.graduate(), NOTHING)
    return Case((written.xlsx(folder / "doubtful.xlsx", sheet),))


def doubtful_names(folder: Path) -> Case:
    """Whole names that can not be taken apart for certain."""
    roll = Roll("doubtful_names")
    names = {key: heading for key, heading in HEADINGS.items() if key not in WHOLE_NAME}
    sheet = Sheet("Лист1", columns({"full_name": "ФИО", **names}))
    sheet.heading()
    sheet.person(roll.graduate())
    for text in ("Абрикосова А. П.", "Багрянцева А.П.", "Ветрова Анна Мария Петровна", "Глинская"):
        sheet.person(roll.graduate({"sex": "female"}), Found(somewhere=WHOLE_NAME), {"full_name": text})
    sheet.person(roll.graduate())
    return Case((written.xlsx(folder / "doubtful_names.xlsx", sheet),), may_hint=WHOLE_NAME)


def capitals(folder: Path) -> Case:
    """Names in capitals are a warning, and never changed."""
    roll = Roll("capitals")
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    for keys in (("surname",), ("name",), ("patronymic",), ("surname", "name", "patronymic")):
        typed = roll.graduate()
        sheet.person(typed | {key: (typed[key] or "").upper() for key in keys}, WARNED)
    sheet.person(roll.graduate())
    # That a name could be written otherwise may be told as a suggestion besides.
    return Case((written.xlsx(folder / "capitals.xlsx", sheet),), may_hint=WHOLE_NAME)


def formulas(folder: Path) -> Case:
    """Formulas: with the value that Excel saved they are values, without it they are errors."""
    roll = Roll("formulas")
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    for key, formula in _FORMULAS.items():
        sheet.person(roll.graduate(), errors(key), {key: Formula(formula)})
    for key, formula in _FORMULAS.items():
        typed = roll.graduate()
        sheet.person(typed, cells={key: Formula(formula, typed[key])})
    return Case((written.xlsx(folder / "formulas.xlsx", sheet),))


def diploma_codes(folder: Path) -> Case:
    """The specialty by the code of the diploma alone: known ones, one that fits none, an unknown and a doubtful one."""
    roll = Roll("diploma_codes")
    headings = {key: heading for key, heading in HEADINGS.items() if key != "admission.specialty"}
    sheet = Sheet("Лист1", columns({**headings, "diploma_code": "Код специальности"}))
    sheet.heading()
    for specialty in ("Сестринское дело", "Лечебное дело", "Фармация", "Стоматология ортопедическая"):
        sheet.person(roll.graduate({"admission.specialty": specialty}))
    for code in ("32.02.01", "99.99.99"):
        sheet.person(roll.graduate(), errors("admission.specialty"), {"diploma_code": code})
    # The diploma's specialty has a longer name than its counterpart (reference/portal-facts.md, section 9).
    massage = roll.graduate({"admission.specialty": "Медицинский массаж"})
    sheet.person(massage, Found(loose=frozenset({"admission.specialty"})), {"diploma_code": "34.02.02"})
    return Case((written.xlsx(folder / "diploma_codes.xlsx", sheet),), may_hint=frozenset({"admission.specialty"}))


def given_once(folder: Path) -> Case:
    """What everybody has in common has no column and is given once for the group."""
    roll = Roll("given_once")
    sheet = Sheet("Лист1", without(*_GIVEN))
    sheet.heading()
    sheet.people(roll.graduates(4, dict(_GIVEN)))
    return Case((written.xlsx(folder / "given_once.xlsx", sheet),), _GIVEN)


def nothing_given(folder: Path) -> Case:
    """The same columns are missing, and nothing is given: each person lacks them."""
    keys = ("region", "citizenship", "level")
    sheet = Sheet("Лист1", without(*keys))
    sheet.heading()
    sheet.people(Roll("nothing_given").graduates(2), errors(*keys))
    return Case((written.xlsx(folder / "nothing_given.xlsx", sheet),))


def higher(folder: Path) -> Case:
    """Higher education, given once; most specialties bear the name of a secondary one."""
    roll = Roll("higher")
    sheet = Sheet("Лист1", without("level"))
    sheet.heading()
    for specialty in ("Сестринское дело", "Фармация", "Лечебное дело", "Анестезиология-реаниматология", "Педиатрия"):
        sheet.person(roll.graduate({"level": "vo", "admission.specialty": specialty}))
    return Case((written.xlsx(folder / "higher.xlsx", sheet),), {"level": "vo"})


def both_levels(folder: Path) -> Case:
    """Both levels in one list: the level tells which of two specialties of one name is meant."""
    roll = Roll("both_levels")
    sheet = Sheet("Лист1", STANDARD)
    sheet.heading()
    for level, words, specialty, found in _LEVELS:
        sheet.person(roll.graduate({"level": level, "admission.specialty": specialty}), found, {"level": words})
    return Case((written.xlsx(folder / "both_levels.xlsx", sheet),))


def _repaired(typed: Typed, dirt: Dirt) -> tuple[Typed, Found, Mapping[str, Cell]]:
    return typed, hints(dirt.key), {dirt.key: dirt.dirty(dirt.clean)}


def _number(text: str) -> int:
    return int("".join(filter(str.isdigit, text)))


def _float(text: str) -> float:
    return float(_number(text))


def _eight(phone: str) -> str:
    return f"8 ({phone[2:5]}) {phone[5:8]}-{phone[8:10]}-{phone[10:]}"


def _ten(phone: str) -> float:
    """Return the phone number without country code, which Excel shows as 9E+09."""
    return float(phone[2:])


def _serial(text: str) -> int:
    return (day(text) - date(1899, 12, 30)).days


def _midnight(text: str) -> datetime:
    return datetime.combine(day(text), datetime.min.time())


def _short(text: str) -> str:
    return ".".join(part.removeprefix("0") for part in text.split("."))


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _short_of_checksum(roll: Roll) -> int:
    """Return ten digits that no zero in front makes right."""
    right = roll.snils("05").replace("-", "").replace(" ", "")
    return int(right[:-2]) * 100 + (int(right[-2:]) + 1) % 100


_REPAIRABLE = (
    Dirt("birth_date", "14.03.2004", _serial),
    Dirt("admission.exam_date", "03.07.2026", _serial),
    Dirt("birth_date", "14.03.2004", _short),
    Dirt("birth_date", "05.09.2003", _short),
    Dirt("birth_date", "14.03.2004", "{} г.".format),
    Dirt("consent.date", "09.06.2026", "{}г.".format),
    Dirt("surname", "Берёзина", "  {} ".format),
    Dirt("name", "Анна", f"{{}}{NBSP}".format),
    Dirt("snils", "910-000-110 94", lambda text: text.replace("-", FIXED_HYPHEN)),
    Dirt("snils", "904-000-444 32", lambda text: text.replace(" ", NBSP)),
    Dirt("surname", "Белова-Чайкина", lambda text: text.replace("-", FIXED_HYPHEN)),
    Dirt("surname", "Семёнова-Чайкина", _decomposed),
    Dirt("name", "Андрей", _decomposed, "male"),
    Dirt("region", "Омская область", " {} ".format),
    Dirt("admission.organisation", "Омский медицинский колледж", lambda text: text.replace(" ", "  ")),
    Dirt("admission.organisation", "Томский медицинский колледж", lambda text: text.replace(" ", NBSP)),
    Dirt("email", "v99@example.org", " {}".format),
)
_DOUBTFUL: tuple[tuple[str, Cell], ...] = (
    ("birth_date", "03/04/2004"),
    ("birth_date", "14.03.04"),
    ("birth_date", "30.02.2004"),
    ("birth_date", "март 2004"),
    # A year that lost day and month is a serial number of 1905.
    ("birth_date", 2004),
    ("snils", "910-000-110 95"),
    ("snils", "910-000-110 941"),
    ("snils", "9,1E+10"),
    ("surname", "Берёзин\N{LATIN SMALL LETTER A}"),
    ("name", f"Ан{ZERO_WIDTH}на"),
    ("phone", "9.13E+09"),
    ("phone", "+7900000123"),
    ("phone", "+79000001234, +79000004321"),
    ("email", "v98 @example.org"),
    ("email", "v97@ex\N{CYRILLIC SMALL LETTER A}mple.org"),
    ("region", "Омская или Томская область"),
    ("sex", "не указан"),
    ("admission.specialty", "Сестринское"),
    ("admission.way", "да"),
)
_FORMULAS = {
    "birth_date": 'TEXT(DATE(2004,3,14),"dd.mm.yyyy")',
    "phone": 'CONCATENATE("+7","9000001234")',
    "surname": "PROPER(B1)",
    "region": "VLOOKUP(B2,Лист9!A:B,2,0)",
    "admission.specialty": "Q1",
}
_GIVEN = {
    "level": "spo",
    "region": "Омская область",
    "citizenship": "Россия",
    "consent.form": "письменное",
    "admission.way": "document",
    "admission.document_type": "Свидетельство об аккредитации",
    "admission.specialty": "Сестринское дело",
    "admission.organisation": "Омский областной медицинский колледж",
    "admission.exam_date": "03.07.2026",
    "admission.issue_date": "10.07.2026",
}
_LEVELS = (
    ("spo", "СПО", "Сестринское дело", NOTHING),
    ("vo", "ВО", "Сестринское дело", NOTHING),
    ("spo", "среднее профессиональное образование", "Стоматология ортопедическая", NOTHING),
    ("vo", "высшее", "Стоматология ортопедическая", NOTHING),
    ("spo", "Среднее профессиональное", "Анестезиология и реаниматология", NOTHING),
    ("vo", "Высшее образование", "Анестезиология-реаниматология", NOTHING),
    ("vo", "ВО", "Анестезиология и реаниматология", errors("admission.specialty")),
    ("spo", "СПО", "Педиатрия", errors("admission.specialty")),
    ("spo", "не знаю", "Сестринское дело", replace(errors("level"), loose=frozenset({"admission.specialty"}))),
)
