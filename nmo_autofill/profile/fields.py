"""The fields of one person, checked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.profile import characters, words
from nmo_autofill.profile.checks import CHECKS, Check, Checked, Context, Values
from nmo_autofill.profile.diagnostics import Diagnostic, Finding, Given, Severity, severities
from nmo_autofill.profile.keys import PARTS
from nmo_autofill.profile.model import Way
from nmo_autofill.profile.references import ACCREDITATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nmo_autofill.profile.raw import RawPerson

_CHECKS = tuple((key, key.rpartition(".")[0], one) for key, one in CHECKS.items())
_OPTIONAL = frozenset({"patronymic"})
_OF_DOCUMENT = frozenset({"admission.series", "admission.number"})
# Any text is right here, so that a word for «nothing» would be typed.
_FREE = _OF_DOCUMENT | {"surname", "name", "consent.form", "admission.organisation"}
_BY_WAY = _OF_DOCUMENT | {"admission.document_type"}


def check(person: RawPerson, context: Context) -> tuple[Values, list[Diagnostic]]:
    """Return the typed values by dotted key, and what was found.

    Wrong values are left out; an optional field that is not given has the value None.
    """
    values: Values = {}
    found = [_missing(part, person) for part in PARTS if part not in person.places and part not in person.wrong]
    for key, part, one in _CHECKS:
        if key in person.wrong or (part and part not in person.places):
            continue
        given = person.fields.get(key)
        text = given.text.strip(" ") if given is not None else ""
        if given is None or _says_nothing(key, text):
            found += _absent(key, person, values)
            continue
        value, findings = _checked(text, one, values, context)
        if not (findings and _has_error(findings)):
            values[key] = value
        if findings or text != given.text:
            found += _told(key, given, findings)
    return values, found


def _checked(text: str, one: Check, values: Values, context: Context) -> Checked:
    unseen = characters.findings(text)
    return (None, unseen) if unseen else one(text, values, context)


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(severities()[finding.code] is Severity.ERROR for finding in findings)


def _told(key: str, given: Given, findings: Sequence[Finding]) -> list[Diagnostic]:
    lead = len(given.text) - len(given.text.lstrip(" "))
    told = [Diagnostic(code, given.at(offset + lead), key, facts) for code, offset, facts in findings]
    is_tidy = given.text == given.text.strip(" ")
    return told if is_tidy else [Diagnostic("text.spaces", given.at(), key), *told]


def _says_nothing(key: str, text: str) -> bool:
    return not text or text.isspace() or (key in _FREE and words.says_none(text))


def _absent(key: str, person: RawPerson, values: Values) -> list[Diagnostic]:
    """Put in what stands for an absent value, or tell that it is missing."""
    way = values.get("admission.way")
    if key in _OPTIONAL or (key in _OF_DOCUMENT and way is Way.EXTRACT):
        values[key] = None
    elif key == "admission.document_type" and way is Way.EXTRACT:
        values[key] = ACCREDITATION
    elif way is not None or key not in _BY_WAY:
        return [_missing(key, person)]
    return []


def _missing(key: str, person: RawPerson) -> Diagnostic:
    part = key.rpartition(".")[0]
    code = "consent.missing" if "consent" in {key, part} else "field.missing"
    place = person.fields.get(key) or person.places.get(part) or person.places[""]
    return Diagnostic(code, place.at(), key)
