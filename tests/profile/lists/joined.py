"""Lists that belong together: the ФИС ФРДО template with a list of contacts, and lists that share people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.profile.lists import written
from tests.profile.lists.graduates import CODES, Roll, Typed, day
from tests.profile.lists.grid import (
    DATES,
    HEADINGS,
    NOTHING,
    STANDARD,
    WARNED,
    Case,
    Column,
    Formula,
    Found,
    Sheet,
    columns,
    errors,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.profile.lists.grid import Book, Cell

CONSENT = frozenset({"consent", "consent.date", "consent.form"})
# What only the second list has; consent is a part of its own.
CONTACTS = (
    *("region", "email", "phone", "admission.way", "admission.organisation"),
    *("admission.exam_date", "admission.issue_date"),
)
GIVEN = {"consent.form": "письменное", "admission.document_type": "Свидетельство об аккредитации"}
# Whether a series and a number are wanted, only the way of the admission tells.
BY_WAY = frozenset({"admission.series", "admission.number"})
ONLY_IN_TEMPLATE = Found(errors=frozenset(CONTACTS), somewhere=CONSENT, loose=BY_WAY)
PREPARED = 100
# Of the template's own way of writing it may be told what it was taken for.
MAY_HINT = frozenset({"citizenship", "sex", "level", "patronymic", "admission.specialty", *DATES})


def frdo_by_snils(folder: Path) -> Case:
    """The template joined with contacts by СНИЛС; the order differs, and so do a birth date and a surname."""
    people = _graduates("frdo_by_snils")
    template = _template([*zip(people[:4], _ALIKE, strict=True), *_differing(people[4:])])
    contacts = Sheet("Контакты", columns({key: _CONTACTS[key] for key in _BY_SNILS}, snils=_digits))
    contacts.heading()
    contacts.people(people[:4][::-1])
    contacts.person(people[4], cells={"birth_date": "01.01.2001"})
    contacts.person(people[5], cells={"full_name": f"Вяземская {people[5]['name']} {people[5]['patronymic']}"})
    contacts.person(Roll("frdo_by_snils, only contacts").graduate(), WARNED)
    return _joined(folder, "frdo_by_snils", template, contacts)


def frdo_by_name(folder: Path) -> Case:
    """The template joined with contacts by name and birth date; a citizenship differs."""
    people = _graduates("frdo_by_name")
    found = [*_ALIKE, errors("citizenship"), NOTHING, ONLY_IN_TEMPLATE]
    template = _template(list(zip(people, found, strict=True)))
    contacts = Sheet("Контакты", columns({key: _CONTACTS[key] for key in _BY_NAME}))
    contacts.add("row.title", "Контакты выпускников")
    contacts.heading()
    contacts.people([people[5], *people[:4]])
    contacts.person(people[4], cells={"citizenship": "Казахстан"})
    contacts.person(Roll("frdo_by_name, only contacts").graduate(), WARNED)
    return _joined(folder, "frdo_by_name", template, contacts)


def frdo_alone(folder: Path) -> Case:
    """The template without a second list: nobody has phone, e-mail and region."""
    template = _template([(typed, ONLY_IN_TEMPLATE) for typed in _graduates("frdo_alone")])
    return Case((written.xlsx(folder / "frdo_alone.xlsx", template),), GIVEN, may_hint=MAY_HINT)


def twice(folder: Path) -> Case:
    """The same СНИЛС twice, an e-mail for two, one person with two numbers, one person in two files."""
    roll = Roll("twice")
    first, second, third, fourth, fifth, same = roll.graduates(6)
    sheet, other = Sheet("СД-41", STANDARD), Sheet("СД-42", STANDARD)
    for one in (sheet, other):
        one.heading()
    number = Found(loose=frozenset({"snils", "surname", "name", "birth_date"}))
    sheet.person(first, errors("snils"))
    sheet.person(second | {"snils": first["snils"]}, errors("snils"))
    sheet.person(third, WARNED)
    sheet.person(fourth | {"email": third["email"]}, WARNED)
    sheet.person(fifth, number)
    contacts = {key: roll.graduate()[key] for key in ("phone", "email", "admission.number")}
    sheet.person(fifth | contacts | {"snils": roll.snils()}, number)
    sheet.person(same, _SAME)
    sheet.person(roll.graduate())
    other.people(roll.graduates(2))
    other.person(same, _SAME)
    names = (("twice_1.xlsx", sheet), ("twice_2.xlsx", other))
    return Case(tuple(written.xlsx(folder / name, one) for name, one in names))


def _graduates(case: str) -> list[Typed]:
    roll = Roll(case)
    fixed: Sequence[Typed] = ({}, {"citizenship": "Казахстан"}, {"patronymic": None}, {"admission.way": "extract"}, {})
    return [*map(roll.graduate, fixed), roll.graduate({"sex": "female"}), roll.graduate()]


def _differing(people: Sequence[Typed]) -> list[tuple[Typed, Found]]:
    # A changed surname is a question (reference/portal-facts.md, section 12).
    return list(zip(people, (errors("birth_date"), Found(loose=frozenset({"surname"})), ONLY_IN_TEMPLATE), strict=True))


def _joined(folder: Path, name: str, template: Sheet, contacts: Sheet) -> Case:
    lists = Sheet("Проверки", state="hidden", left_out="sheet.hidden")
    for code, country, sex in ((643, "Россия", "Муж"), ("398", "Казахстан", "Жен"), (417, "Киргизия", None)):
        lists.add("", code, country, sex)
    frdo: Book = written.xlsx(folder / f"{name}.xlsx", template, lists)
    second = written.xlsx(folder / f"{name}_contacts.xlsx", contacts)
    return Case((frdo,), GIVEN, (second,), MAY_HINT)


def _template(people: Sequence[tuple[Typed, Found]]) -> Sheet:
    sheet = Sheet("Шаблон", TEMPLATE)
    sheet.heading()
    for typed, found in people:
        row = len(sheet.rows) + 1
        sheet.person(typed, found, _own(typed) | {"years": Formula(f"Q{row}-P{row}", 4)})
    for row in range(len(sheet.rows) + 1, len(sheet.rows) + 1 + PREPARED):
        sheet.add("row.rest", *[None] * 17, Formula(f"Q{row}-P{row}", 0))
    return sheet


def _own(typed: Typed) -> dict[str, Cell]:
    """Return how the template writes a person: ОКСМ codes as number or text, «Муж» and «Жен», «Нет»."""
    return {
        "citizenship": 643 if typed["citizenship"] == "Россия" else "398",
        "sex": {"male": "Муж", "female": "Жен"}[typed["sex"] or ""],
        "level": "Среднее профессиональное образование",
        "patronymic": typed["patronymic"] or "Нет",
        "diploma_code": CODES[typed["admission.specialty"] or ""],
        "birth_date": day(typed["birth_date"] or ""),
    }


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


# The third has no patronymic: that a whole name of two words is taken apart may be told.
_ALIKE = (NOTHING, NOTHING, Found(unsure=True), NOTHING)
# One person in two files: the number decides; what else they share may be told too.
_SAME = Found(errors=frozenset({"snils"}), loose=frozenset({"surname", "name", "birth_date", "email", "phone"}))
_CONTACTS = {"full_name": "ФИО выпускника", **HEADINGS}
_OF_CONTACTS = ("phone", "email", "region", "consent.date", *(key for key in HEADINGS if key.startswith("admission.")))
_SECOND = [key for key in _OF_CONTACTS if key not in {"admission.specialty", "admission.document_type"}]
_BY_SNILS = ["snils", "full_name", "birth_date", *_SECOND]
_BY_NAME = ["row_number", "full_name", "birth_date", "citizenship", *_SECOND]
# All 46 headers in order (reference/frdo_spo_columns.csv, sure for 2023 and later).
TEMPLATE = (
    Column("Наименование документа", filler="Диплом"),
    Column("Вид документа", filler="Диплом о среднем профессиональном образовании"),
    Column("Статус документа", filler="Оригинал"),
    Column("Подтверждение утраты", filler="Нет"),
    Column("Подтверждение обмена", filler="Нет"),
    Column("Подтверждение уничтожения", filler="Нет"),
    Column("Уровень образования", "level"),
    Column("Серия документа", filler="115518"),
    Column("Номер документа", filler="0000003"),
    Column("Дата выдачи", filler=day("30.06.2026")),
    Column("Регистрационный номер", filler="118"),
    Column("Код профессии, специальности", "diploma_code"),
    Column("Наименование профессии, специальности", "admission.specialty"),
    Column("Наименование квалификации", filler="Медицинская сестра / Медицинский брат"),
    Column("Наименование образовательной программы", filler="Сестринское дело"),
    Column("Год поступления", filler=2022),
    Column("Год окончания", filler=2026),
    Column("Срок обучения, лет", "years"),
    Column("Фамилия получателя", "surname"),
    Column("Имя получателя", "name"),
    Column("Отчество получателя", "patronymic"),
    Column("Дата рождения получателя", "birth_date"),
    Column("Пол получателя", "sex"),
    Column("СНИЛС", "snils"),
    Column("Гражданство получателя (код страны по ОКСМ)", "citizenship"),
    Column("Форма обучения", filler="Очная"),
    Column(
        "Форма получения образования на момент прекращения образовательных отношений",
        filler="В организации, осуществляющей образовательную деятельность",
    ),
    Column("Источник финансирования обучения", filler="Федеральный бюджет"),
    Column("Наличие договора о целевом обучении", filler="Нет"),
    Column("Номер  договора о целевом обучении"),
    Column("Дата заключения договора о целевом обучении"),
    Column("Наименование организации с которой заключён договор о целевом обучении"),
    Column("ОГРН организации с которой заключён договор о целевом обучении"),
    Column("КПП организации с которой заключён договор о целевом обучении"),
    Column("Наименование организации работодателя"),
    Column("ОГРН организации работодателя"),
    Column("КПП организации работодателя"),
    Column("Субъект федерации в котором расположена организация работодатель"),
    Column("Наименование документа об образовании (оригинала)"),
    Column("Серия (оригинала)"),
    Column("Номер (оригинала)"),
    Column("Регистрационный N (оригинала)"),
    Column("Дата выдачи (оригинала)"),
    Column("Фамилия получателя (оригинала)"),
    Column("Имя получателя (оригинала)"),
    Column("Отчество получателя (оригинала)"),
)
