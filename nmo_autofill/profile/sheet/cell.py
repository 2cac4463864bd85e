"""A cell as text: repairs that are certain are made and told, everything else is left as it stands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from nmo_autofill.profile import snils, words
from nmo_autofill.profile.diagnostics import Position
from nmo_autofill.profile.sheet.workbook import Value, letters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nmo_autofill.profile.sheet.workbook import Sheet

DATES = frozenset({"birth_date", "consent.date", "admission.exam_date", "admission.issue_date"})
NUMBERS = frozenset({"snils", "phone", "admission.series", "admission.number", "citizenship", "diploma_code"})
# Their parts may stand in two lines of a cell; in a name a second line is a second name.
WRAPPING = frozenset(
    {"region", "citizenship", "admission.specialty", "admission.organisation", "admission.document_type"}
)

_CLEAN = re.compile(r"[!-~А-яЁё№«»–—]+(?: [!-~А-яЁё№«»–—]+)*")
_DIGITS = re.compile(r"[0-9]+")
_PLAIN = {
    "snils": re.compile(r"[0-9]{3}-[0-9]{3}-[0-9]{3}[ -][0-9]{2}|[0-9]{11}"),
    "phone": re.compile(r"\+[0-9()-]+(?: [0-9()-]+)*"),
}
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_BREAKS = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
# In a number a dash only separates.
_DASHES = dict.fromkeys(map(ord, "\u2012\u2013\u2014\u2212"), "-")
_LONGEST_DITTO = 12
# Too long to say that the value is the one above, or in letters that do not say so.
_FREE = re.compile(rf"[0-9A-Za-z][!-~]*|(?=.{{{_LONGEST_DITTO + 1}}}){_CLEAN.pattern}")
_WHOLE = re.compile(r"([0-9]+)\.0+")
_SCIENTIFIC = re.compile(r"([0-9])[.,]?([0-9]*)[eE]\+?([0-9]{1,2})")
_LOOSE_DATE = re.compile(
    r"(?:(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})|"
    r"(?P<iso_year>[0-9]{4})-(?P<iso_month>[0-9]{2})-(?P<iso_day>[0-9]{2}))"
    r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?(?: ?г(?:\.|од|ода)?)?"
)
_STRICT_DATE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
# Days of 1935 to 2049: a number that no other thing in a date column is.
_SERIALS = range(12_785, 54_789)
_ZERO_DAY = date(1899, 12, 30)
_SNILS_DIGITS = 11
# Dialled within the country; written down, it is +7.
_EIGHT = re.compile(r"8[ (-]*[0-9]")
# Beyond it a spreadsheet's number has lost digits.
_EXACT = 1e15
_EXACT_DIGITS = 14  # behind the first one


class Text(NamedTuple):
    """A cell's text, and the code of the repair that was made, or of what is wrong; empty for neither."""

    text: str
    code: str = ""


@dataclass(slots=True, repr=False, eq=False)
class Cell:
    """A text with its place in a table; `row` and `column` are counted from 0."""

    file: str
    sheet: Sheet
    row: int
    column: int
    text: str = ""

    def __repr__(self) -> str:
        """Show the place, not the text: it may be personal."""
        return f"Cell({self.address})"

    @property
    def address(self) -> str:
        """The cell's name, such as `C7`."""
        return f"{letters(self.column)}{self.row + 1}"

    def at(self, index: int = 0) -> Position:
        """Return the place of the cell; the caret stands under the character `index` of its text."""
        line = self.sheet.lines[self.row] if self.row < len(self.sheet.lines) else None
        return Position(self.file, line, sheet=self.sheet.name, cell=self.address, text=self.text, caret=index + 1)


def plain(key: str) -> re.Pattern[str]:
    """Return a pattern of texts that surely stay as they are in the field `key`; most texts of a list are such ones."""
    return _STRICT_DATE if key in DATES else _PLAIN.get(key, _DIGITS if key in NUMBERS else _FREE)


def text_of(value: Value, key: str, *, since_1904: bool = False) -> Text:
    """Return the text of a value as it belongs into the field `key`.

    Dates become `дд.мм.гггг`. Repairs (their codes begin with `cell.`): numbers of days, times of day, digits that a
    spreadsheet took for a number, spaces, hyphens, composed letters, a СНИЛС's leading zeros. What is not certain
    stays as it is, for the checks of the field to refuse.
    """
    if isinstance(value, str):
        if _is_ditto(value):
            return Text(value.strip(), "cell.ditto")
        is_tidy = _CLEAN.fullmatch(value) and (key not in NUMBERS or value.isascii())
        text, code = (value, "") if is_tidy else _tidy(value, key)
    else:
        text, code = _untyped(value)
    if key in DATES:
        return _as_date(value, text, code, since_1904=since_1904)
    if key in NUMBERS:
        return _as_number(value, key, text, code)
    return Text(text, code)


def _is_ditto(value: str) -> bool:
    return len(value) <= _LONGEST_DITTO and words.says_the_same(value)


def _untyped(value: Value) -> Text:
    """Return a value that is no text as a spreadsheet shows it."""
    if isinstance(value, bool):
        return Text("ИСТИНА" if value else "ЛОЖЬ")
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return Text(str(int(value)))
    if isinstance(value, datetime):
        return Text(value.strftime("%d.%m.%Y %H:%M:%S"))
    if isinstance(value, date):
        return Text(f"{value.day:02d}.{value.month:02d}.{value.year:04d}")
    return Text(str(value))


def _tidy(value: str, key: str) -> Text:
    text, code = value, ""
    composed = unicodedata.normalize("NFC", text)
    if composed != text and any(unicodedata.combining(character) for character in text):
        text, code = composed, "cell.composed"
    hyphened = text.translate(_HYPHENS | _DASHES if key in NUMBERS else _HYPHENS)
    if hyphened != text:
        text, code = hyphened, code or "cell.hyphen"
    if key in WRAPPING:
        text = _LINE_BREAKS.sub(" ", text)
    spaced = _SPACES.sub(" ", text).strip(" \r\n")
    if spaced != value and not code:
        code = "cell.spaces"
    return Text(spaced, code)


def _as_date(value: Value, text: str, code: str, *, since_1904: bool) -> Text:
    if isinstance(value, datetime):
        return Text(f"{value:%d.%m.%Y}", "cell.time" if value.time() != value.time().min else "")
    if isinstance(value, date) or _STRICT_DATE.fullmatch(text):
        return Text(text, code)
    if _SERIAL.fullmatch(text) and (serial := int(float(text))) in _SERIALS and not since_1904:
        return Text(f"{_ZERO_DAY + timedelta(serial):%d.%m.%Y}", "cell.serial")
    written = _LOOSE_DATE.fullmatch(text)
    if written is None:
        return Text(text, code)
    day, month, year = (written[part] or written[f"iso_{part}"] for part in ("day", "month", "year"))
    return Text(f"{int(day):02d}.{int(month):02d}.{year}", "cell.date")


def _as_number(value: Value, key: str, text: str, code: str) -> Text:
    if whole := _WHOLE.fullmatch(text):
        text, code = whole[1], "cell.number"
    elif isinstance(value, str) and (scientific := _SCIENTIFIC.fullmatch(text)):
        whole_part, fraction, exponent = scientific[1], scientific[2], int(scientific[3])
        if len(fraction) != exponent or exponent > _EXACT_DIGITS:
            return Text(text, "cell.scientific")
        text, code = whole_part + fraction, "cell.number"
    if key == "snils":
        return _snils(text, "cell.number" if _is_whole_snils(value, text) else code)
    if not isinstance(value, str):
        return _zeros(text, key) if key in _ZEROS else Text(text, "cell.number" if key == "phone" else code)
    if key == "phone" and _EIGHT.match(text):
        return Text(text, code or "cell.phone")
    return Text(text, code)


def _is_whole_snils(value: Value, text: str) -> bool:
    return not isinstance(value, str) and len(text) == _SNILS_DIGITS


def _snils(text: str, code: str) -> Text:
    """Put back the leading zeros that a spreadsheet took away, only when the checksum then agrees."""
    if text.isdecimal() and text.isascii() and len(text) < _SNILS_DIGITS:
        whole = text.rjust(_SNILS_DIGITS, "0")
        if snils.is_valid(whole) and snils.has_checksum(whole):
            return Text(snils.format(whole), "cell.snils")
    return Text(text, code)


# How many digits a number has when none is lost: two public samples of the accreditation certificate
# (reference/portal-facts.md, section 9). A number that has them is whole, any other may have lost leading zeros.
_ZEROS: Mapping[str, int] = {"admission.series": 4, "admission.number": 9}


def _zeros(text: str, key: str) -> Text:
    whole = text.isdecimal() and len(text) == _ZEROS[key]
    return Text(text, "" if whole or not text.strip("0") else "cell.zeros")
