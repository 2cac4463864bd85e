"""The checks of single fields: from the text that was given to the typed value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength

from nmo_autofill.folding import fold
from nmo_autofill.profile import contacts, dates, names, snils, words
from nmo_autofill.profile.diagnostics import Facts, Finding
from nmo_autofill.profile.model import Level, Sex, Way
from nmo_autofill.profile.references import ACCREDITATION, ReferenceList, References

if TYPE_CHECKING:
    from datetime import date

    from nmo_autofill.profile.answers import Answers

# Two public samples: 77 and the two digits of the year, and nine digits; weak evidence, so it only warns
# (reference/portal-facts.md, section 9).
_SERIES_SAMPLE = re.compile(r"77[0-9]{2}")
_NUMBER_SAMPLE = re.compile(r"[0-9]{9}")
_CODE_AND_NAME = re.compile(r"(?P<code>[0-9]{2}\.[0-9]{2}\.[0-9]{2})[ ,.:–—-]*(?P<name>.*)", re.DOTALL)
_NOT_A_DIGIT = re.compile(r"[^0-9]")
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
    """What a check knows besides the text: today's date, the reference lists, and what staff said texts mean."""

    today: date
    references: References
    answers: Answers = field(default_factory=dict)


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
    return _answered(text, "citizenship", context) or _listed(text, context.references.countries, "citizenship.unknown")


def _region(text: str, _values: Values, context: Context) -> Checked:
    return _answered(text, "region", context) or _listed(text, context.references.regions, "region.unknown")


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
    level: Level | None = values.get("level")
    answered = _answered(text, "admission.specialty", context)
    # An answer that was given for the other level's people says nothing here.
    if answered and (level is None or context.references.specialties[level].find(answered[0])):
        return answered
    if level is None:
        found = (_of_level(text, one, context.references) for one in Level)
        return min(found, key=lambda checked: len(checked[1]))
    name, findings = _of_level(text, level, context.references)
    is_unknown = bool(findings) and findings[0].code == "specialty.unknown"
    if is_unknown and context.references.specialties[_OTHER_LEVEL[level]].find(text):
        return None, [Finding("specialty.level", facts=findings[0].facts)]
    return name, findings


def _of_level(text: str, level: Level, references: References) -> Checked:
    """Return the specialty that a name, a diploma's code, or both tell; the two must not contradict each other."""
    known = references.specialties[level]
    written = _CODE_AND_NAME.fullmatch(text)
    if written is None:
        return _listed(text, known, "specialty.unknown")
    codes = references.diploma_codes[level]
    by_code = codes.get(written["code"], ())
    if len(by_code) != 1 and (codes or not written["name"]):
        return None, [Finding("specialty.code", facts=_near(written["name"] or text, known))]
    if not written["name"]:
        return by_code[0], []
    name, findings = _listed(written["name"], known, "specialty.unknown")
    if name is not None and by_code and name not in by_code:
        return None, [Finding("specialty.contradiction", facts=(("expected", "», «".join(by_code)),))]
    return name, findings


def _organisation(text: str, _values: Values, context: Context) -> Checked:
    if answered := _answered(text, "admission.organisation", context):
        return answered
    known = context.references.organisations
    return _listed(text, known, "organisation.unknown") if known.spellings else (text, [])


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
    return text, [Finding(f"{kind}.pattern", _stranger(_NOT_A_DIGIT, text))] if unlike else []


def _listed(text: str, reference: ReferenceList, code: str) -> Checked:
    name = reference.find(text)
    return (name, []) if name is not None else (None, [Finding(code, facts=_near(text, reference))])


def _near(text: str, reference: ReferenceList) -> Facts:
    return (("near", "», «".join(reference.near(text))),)


def _answered(text: str, key: str, context: Context) -> Checked | None:
    """Return what staff said the text means, if anybody has said so."""
    answers = context.answers.get(key)
    answer = answers.get(fold(text)) if answers else None
    if answer is None:
        return None
    facts = (("value", answer.value), ("day", dates.format(answer.day)))
    return answer.value, [Finding("answer.applied", facts=facts)]


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
        "admission.organisation": _organisation,
        "admission.series": _series,
        "admission.number": _number,
        "admission.exam_date": _date,
        "admission.issue_date": _date,
    }
)
