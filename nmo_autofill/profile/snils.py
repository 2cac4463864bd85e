"""СНИЛС (Страховой номер индивидуального лицевого счёта, Russian pension account number).

The number has 11 digits, the last two of which are check digits, and is written `XXX-XXX-XXX YY`.
The digits 1 to 9 are multiplied by 9 to 1 and summed: below 100 the sum itself, with 100 or 101 `00`,
above that the remainder by 101 (where 100 gives `00`). Numbers up to 001-001-998 carry no check digits.
All zeros pass the arithmetic and are refused, since nobody has this number.

Source: rule of the Pension Fund, consultant.ru/document/cons_doc_LAW_124607, which also has the example.

>>> validate('112-233-445 95')
'11223344595'
>>> validate('112-233-445 96')
Traceback (most recent call last):
    ...
stdnum.exceptions.InvalidChecksum: The number's checksum or check digit is invalid.
>>> validate('112-233-445')
Traceback (most recent call last):
    ...
stdnum.exceptions.InvalidLength: The number has an invalid length.
>>> validate('1-12233445 95')
Traceback (most recent call last):
    ...
stdnum.exceptions.InvalidFormat: The number has an invalid format.
>>> validate('000-000-000 00')
Traceback (most recent call last):
    ...
stdnum.exceptions.InvalidComponent: One of the parts of the number are invalid or unknown.
>>> format('11223344595')
'112-233-445 95'
"""

from __future__ import annotations

import re
from operator import mul

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, ValidationError

LAST_WITHOUT_CHECKSUM = "001001998"

_WEIGHTS = range(9, 0, -1)
# `[0-9]`, since `\d` also takes digits of other scripts, which the portal's mask would drop.
_WRITTEN = re.compile(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{2}")


def compact(number: str) -> str:
    """Convert the number to the minimal representation: without hyphens and spaces.

    >>> compact(' 112-233-445 95 ')
    '11223344595'

    Raises:
        InvalidFormat: `number` is no text.
    """
    if not isinstance(number, str):
        raise InvalidFormat
    return number.replace("-", "").replace(" ", "")


def calc_check_digits(number: str) -> str:
    """Calculate the check digits for the first nine digits of `number`.

    >>> calc_check_digits('112233445')
    '95'
    """
    total = sum(map(mul, _WEIGHTS, map(int, number[:9])))
    return f"{total % 101 % 100:02d}"


def has_checksum(number: str) -> bool:
    """Tell whether the compact `number` carries check digits: only those above 001-001-998 do.

    >>> has_checksum('00100199800')
    False
    """
    return number[:9] > LAST_WITHOUT_CHECKSUM


def validate(number: str) -> str:
    """Check the number's length, layout and check digits; return it compact.

    Raises:
        InvalidLength: there are not 11 digits.
        InvalidFormat: something else than ASCII digits, or separators in other places than after each third digit.
        InvalidComponent: all digits are zeros.
        InvalidChecksum: the check digits are wrong.
    """
    digits = compact(number)
    if not (digits.isascii() and digits.isdigit()):
        raise InvalidFormat
    if len(digits) != 11:  # noqa: PLR2004 (the length of a СНИЛС, see the module's docstring)
        raise InvalidLength
    if not _WRITTEN.fullmatch(number.strip(" ")):
        raise InvalidFormat
    if not digits.strip("0"):
        raise InvalidComponent
    if has_checksum(digits) and calc_check_digits(digits) != digits[9:]:
        raise InvalidChecksum
    return digits


def is_valid(number: str) -> bool:
    """Check if the number is a valid СНИЛС.

    >>> is_valid('112-233-445 95')
    True
    >>> is_valid('11223344596')
    False
    """
    try:
        return bool(validate(number))
    except ValidationError:
        return False


def format(number: str) -> str:  # noqa: A001 (python-stdnum's convention)
    """Reformat the number to the standard presentation format.

    >>> format('112 233 445 95')
    '112-233-445 95'
    """
    digits = compact(number)
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"
