"""The checks of single fields: from the text that was given to the typed value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength

from nmo_autofill.profile import contacts, dates, names, snils, words
from nmo_autofill.profile.diagnostics import Facts, Finding
from nmo_autofill.profile.model import Level, Sex, Way
from nmo_autofill.profile.references import ACCREDITATION, ReferenceList, References

if TYPE_CHECKING:
    from datetime import date

# Two public samples: 77 and the two digits of the year, and nine digits; weak evidence, so it only warns
# (reference/portal-facts.md, section 9).
_SERIES_SAMPLE = re.compile(r"77[0-9]{2}")
_NUMBER_SAMPLE = re.compile(r"[0-9]{9}")
_NOT_OF_SNILS = re.compile(r"[^0-9 -]")
_NOT_OF_DATE = re.compile(r"[^0-9.-]")
_SNILS_CODES = {
    InvalidLength: "snils.length",
    InvalidFormat: "snils.format",
    InvalidComponent: "snils.zero",
    InvalidChecksum: "snils.checksum",
}
_OTHER_LEVEL = MappingProxyType({Level.SPO: Level.VO, Level.VO: Level.SPO})


@dataclass(frozen=True)
class Context:
    """What a check knows besides the text: today's date and the reference lists."""

    today: date
    references: References


Values = dict[str, Any]
Checked = tuple[Any, list[Finding]]
Check = Callable[[str, Values, Context], Checked]


def _level(text: str, _values: Values, _context: Context) -> Checked:
    value = words.choice("level", text)
    return (Level(value), []) if value else (None, [Finding("level.unknown")])


def _sex(text: str, _values: Values, _context: Context) -> Checked:
    value = words.choice("sex", text)
    return (Sex(value), []) if value else (None, [Finding("sex.unknown")])


def _way(text: str, _values: Values, _context: Context) -> Checked:
    value = words.choice("way", text)
    return (Way(value), []) if value else (None, [Finding("way.unknown")])


def _snils(text: str, _values: Values, _context: Context) -> Checked:
    try:
        number = snils.validate(text)
    except (InvalidFormat, InvalidComponent, InvalidChecksum) as error:
        return None, [Finding(_SNILS_CODES[type(error)], _stranger(_NOT_OF_SNILS, text))]
    return number, [] if snils.has_checksum(number) else [Finding("snils.unchecked")]


def _name(text: str, _values: Values, _context: Context) -> Checked:
    return text, names.findings(text)


def _patronymic(text: str, _values: Values, _context: Context) -> Checked:
    if words.says_none(text):
        return None, [Finding("patronymic.none")]
    return text, names.findings(text)


def _date(text: str, _values: Values, context: Context) -> Checked:
    try:
        day = dates.parse(text)
    except dates.DateFormatError:
        return None, [Finding("date.format", _stranger(_NOT_OF_DATE, text))]
    except dates.CalendarError:
        return None, [Finding("date.calendar")]
    return day, [Finding("date.future")] if day > context.today else []


def _stranger(pattern: re.Pattern[str], text: str) -> int:
    """Return the place of the first character that cannot stand there, or of the begin when all could."""
    found = pattern.search(text)
    return found.start() if found else 0


def _citizenship(text: str, _values: Values, context: Context) -> Checked:
    return _listed(text, context.references.countries, "citizenship.unknown")


def _region(text: str, _values: Values, context: Context) -> Checked:
    return _listed(text, context.references.regions, "region.unknown")


def _email(text: str, _values: Values, _context: Context) -> Checked:
    address, finding = contacts.email(text)
    return address, [finding] if finding else []


def _phone(text: str, _values: Values, _context: Context) -> Checked:
    number, finding = contacts.phone(text)
    return number, [finding] if finding else []


def _text(text: str, _values: Values, _context: Context) -> Checked:
    return text, []


def _document_type(text: str, values: Values, context: Context) -> Checked:
    references = context.references
    name, found = _listed(text, references.document_types, "document_type.unknown")
    if name in references.protocol_document_types:
        found.append(Finding("document_type.protocol"))
    elif name in references.unconfirmed_document_types:
        found.append(Finding("document_type.unconfirmed"))
    if name is not None and name != ACCREDITATION and values.get("admission.way") is Way.EXTRACT:
        found.append(Finding("document_type.extract", facts=(("expected", ACCREDITATION),)))
    return name, found


def _specialty(text: str, values: Values, context: Context) -> Checked:
    lists = context.references.specialties
    level: Level | None = values.get("level")
    if level is None:
        found = (_listed(text, specialties, "specialty.unknown") for specialties in lists.values())
        return min(found, key=lambda checked: len(checked[1]))
    name, findings = _listed(text, lists[level], "specialty.unknown")
    if name is None and lists[_OTHER_LEVEL[level]].find(text):
        return None, [Finding("specialty.level", facts=findings[0].facts)]
    return name, findings


def _series(text: str, values: Values, _context: Context) -> Checked:
    return _series_or_number("series", text, values, _SERIES_SAMPLE)


def _number(text: str, values: Values, _context: Context) -> Checked:
    return _series_or_number("number", text, values, _NUMBER_SAMPLE)


def _series_or_number(kind: str, text: str, values: Values, sample: re.Pattern[str]) -> Checked:
    zeros = not text.strip("0 -")
    if values.get("admission.way") is Way.EXTRACT:
        return None, [] if zeros else [Finding(f"{kind}.extract")]
    if zeros:
        return None, [Finding(f"{kind}.zero")]
    unlike = values.get("admission.document_type") == ACCREDITATION and not sample.fullmatch(text)
    return text, [Finding(f"{kind}.pattern")] if unlike else []


def _listed(text: str, reference: ReferenceList, code: str) -> Checked:
    name = reference.find(text)
    if name is not None:
        return name, []
    near: Facts = (("near", "», «".join(reference.near(text))),)
    return None, [Finding(code, facts=near)]


# In this order: some checks look at values that were found before.
CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "level": _level,
        "snils": _snils,
        "surname": _name,
        "name": _name,
        "patronymic": _patronymic,
        "citizenship": _citizenship,
        "region": _region,
        "sex": _sex,
        "birth_date": _date,
        "email": _email,
        "phone": _phone,
        "consent.date": _date,
        "consent.form": _text,
        "admission.way": _way,
        "admission.document_type": _document_type,
        "admission.specialty": _specialty,
        "admission.organisation": _text,
        "admission.series": _series,
        "admission.number": _number,
        "admission.exam_date": _date,
        "admission.issue_date": _date,
    }
)
