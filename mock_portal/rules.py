"""The portal's rules: what it refuses in a form, as codes by field.

The codes' sentences stand in `data/refusals.json`. Wordings and rules beyond the СНИЛС checksum are [assumed]:
no refusal of the real portal was ever seen (portal-facts, section 3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from mock_portal import snils
from mock_portal.lists import options

Values = Mapping[str, str]
Errors = dict[str, str]
Rule = Callable[[str], str | None]

REGISTRATION = (
    "snils", "surname", "name", "patronymic", "citizenship", "region", "sex", "birth_date", "email", "phone",
    "consent", "agreement",
)  # fmt: skip
ADMISSION = (
    "document_type", "specialty", "organisation", "series", "number", "exam_date", "issue_date",
    "confirm_correct", "confirm_final",
)  # fmt: skip
TICKED = "yes"
YOUNGEST, OLDEST = 14, 100  # years; [assumed]
LONGEST = {"series": 10, "number": 20}
LONGEST_NAME = 100
CYCLE_YEARS = 5

_DAY = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_NAME = re.compile(r"[А-ЯЁа-яё]+([-'’ ][А-ЯЁа-яё]+)*")
_NUMBER = re.compile(r"[0-9A-Za-zА-ЯЁа-яё/-]+")
_PHONE = re.compile(r"(\+7|8|7)?[0-9]{10}")
_LETTER_AND_DIGIT = re.compile(r"(?=.*[^\W\d_])(?=.*[0-9]).{8,}")


def day(text: str) -> date | None:
    """Return the calendar day written as `дд.мм.гггг`, or None."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def written(moment: date) -> str:
    """Return a day as the portal writes it: `дд.мм.гггг`."""
    return f"{moment:%d.%m.%Y}"


def years_later(moment: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 1 March in a common year."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return date(moment.year + years, 3, 1)


def registration(values: Values, today: date) -> Errors:
    """Return what the portal refuses in the registration form."""
    return _judged(
        values,
        {
            "snils": snils.flaw,
            **dict.fromkeys(("surname", "name", "patronymic"), _name),
            **{key: partial(_option, key, None) for key in ("citizenship", "region", "sex")},
            "birth_date": partial(_birth, today),
            "email": _email,
            "phone": _phone,
            **dict.fromkeys(("consent", "agreement"), _tick),
        },
        optional={"patronymic"},
    )


def admission(values: Values, today: date, level: str, birth: date) -> Errors:
    """Return what the portal refuses in the admission form of a person of this level, born on `birth`."""
    errors = _judged(
        values,
        {
            **{key: partial(_option, key, level) for key in ("document_type", "specialty", "organisation")},
            **{key: partial(_number, key) for key in ("series", "number")},
            **dict.fromkeys(("exam_date", "issue_date"), partial(_past, today)),
            **dict.fromkeys(("confirm_correct", "confirm_final"), _tick),
        },
    )
    exam, issue = day(values.get("exam_date", "")), day(values.get("issue_date", ""))
    if exam and exam <= birth:
        errors.setdefault("exam_date", "exam_before_birth")
    if exam and issue and issue < exam:
        errors.setdefault("issue_date", "issue_before_exam")
    return errors


def password(values: Values) -> Errors:
    """Return what the portal refuses in the form of the password change, before it looks at the current one."""
    keys = ("current_password", "new_password", "repeated_password")
    errors = {key: "required" for key in keys if not values.get(key)}
    current, new, repeated = (values.get(key, "") for key in keys)
    if new and not _LETTER_AND_DIGIT.fullmatch(new):
        errors.setdefault("new_password", "password_weak")
    if new and new == current:
        errors.setdefault("new_password", "password_same")
    if repeated and repeated != new:
        errors.setdefault("repeated_password", "password_differs")
    return errors


def _judged(values: Values, rules: Mapping[str, Rule], optional: Iterable[str] = ()) -> Errors:
    errors = {}
    for key, rule in rules.items():
        text = values.get(key, "")
        if text.strip():
            code = rule(text)
        elif key in optional:
            code = None
        else:
            code = "tick" if rule is _tick else "required"
        if code:
            errors[key] = code
    return errors


def _name(text: str) -> str | None:
    if len(text) > LONGEST_NAME:
        return "too_long"
    return None if _NAME.fullmatch(text.strip()) else "name_letters"


def _option(key: str, level: str | None, text: str) -> str | None:
    return None if text in options(key, level) else "unknown_option"


def _tick(text: str) -> str | None:
    return None if text == TICKED else "tick"


def _email(text: str) -> str | None:
    return None if _EMAIL.fullmatch(text.strip()) else "email_form"


def _phone(text: str) -> str | None:
    return None if _PHONE.fullmatch(re.sub(r"[\s()-]", "", text)) else "phone_form"


def _past(today: date, text: str) -> str | None:
    moment = day(text)
    if moment is None:
        return "date_form"
    return "date_future" if moment > today else None


def _birth(today: date, text: str) -> str | None:
    moment = day(text)
    if code := _past(today, text):
        return code
    return "age" if moment and not YOUNGEST <= today.year - moment.year <= OLDEST else None


def _number(key: str, text: str) -> str | None:
    if len(text.strip()) > LONGEST[key]:
        return "too_long"
    return None if _NUMBER.fullmatch(text.strip()) else "number_form"
