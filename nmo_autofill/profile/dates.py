"""Calendar days, as staff write them."""

from __future__ import annotations

import re
from datetime import date

_WRITTEN = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
# `date.fromisoformat` also takes weeks, and days without hyphens.
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DateFormatError(ValueError):
    """The text is written otherwise than `14.03.2004` or `2004-03-14`."""


class CalendarError(ValueError):
    """The calendar has no such day."""


def parse(text: str) -> date:
    """Return the day that `text` names, written `14.03.2004` or `2004-03-14`.

    >>> parse('14.03.2004')
    datetime.date(2004, 3, 14)

    Raises:
        DateFormatError: it is written otherwise.
        CalendarError: there is no such day.
    """
    iso = f"{text[6:]}-{text[3:5]}-{text[:2]}" if _WRITTEN.fullmatch(text) else text
    if not _ISO.fullmatch(iso):
        raise DateFormatError
    try:
        return date.fromisoformat(iso)
    except ValueError:
        raise CalendarError from None


def format(day: date) -> str:  # noqa: A001 (the verb of DESIGN.md, as in snils)
    """Return the day as the portal shows it.

    >>> format(date(2004, 3, 14))
    '14.03.2004'
    """
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def age(born: date, today: date) -> int:
    """Return the full years from `born` to `today`."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
