"""Phone numbers and e-mail addresses, checked without network."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import phonenumbers
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from nmo_autofill.folding import digits
from nmo_autofill.profile.diagnostics import Finding

_PHONE_CHARACTER = re.compile(r"[^0-9+() .\-]")
_ADDRESS_CHARACTER = re.compile(r"[^!-~]")

# Nearly every phone and address of a group looks like this, and the libraries take twenty times as long to say that
# it is right. Whatever looks otherwise is theirs to judge.
_USUAL_PHONE = re.compile(r"(?:\+7|8)(?:[ ().-]{0,2}[0-9]){10}")
_USUAL_ADDRESS = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}")
# No part of such an address is longer than its part may be: the narrowest limit is that of a label.
_USUAL_LENGTH = 63
_RESERVED = tuple(before + name for name in SPECIAL_USE_DOMAIN_NAMES for before in ".@")


def phone(text: str) -> tuple[str | None, Finding | None]:
    """Return the phone number as E.164, or what is wrong with it; without a country code it is Russian.

    A Russian landline is returned with a finding that tells so.
    """
    if _USUAL_PHONE.fullmatch(text) and _mobile().fullmatch(national := digits(text)[1:]):
        return f"+7{national}", None
    if stranger := _PHONE_CHARACTER.search(text):
        return None, Finding("phone.character", stranger.start(), _character(stranger.group()))
    try:
        number = phonenumbers.parse(text, "RU")
    except phonenumbers.NumberParseException:
        return None, Finding("phone.format")
    if not phonenumbers.is_valid_number(number):
        return None, Finding("phone.implausible")
    written = f"+{number.country_code}{phonenumbers.national_significant_number(number)}"
    return written, Finding("phone.landline") if _is_russian_landline(number) else None


def email(text: str) -> tuple[str | None, Finding | None]:
    """Return the e-mail address, or what is wrong with it.

    The portal's letters go to mailboxes with ASCII addresses: whether it takes others is not known.
    Domains reserved for tests and examples (RFC 2606) are accepted, for they can belong to nobody.
    """
    if len(text) <= _USUAL_LENGTH and _USUAL_ADDRESS.fullmatch(text) and not text.endswith(_RESERVED):
        return text, None
    if stranger := _ADDRESS_CHARACTER.search(text):
        return None, Finding("email.character", stranger.start(), _character(stranger.group()))
    try:
        address = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, test_environment=True, strict=True
        )
    except EmailNotValidError:
        return None, Finding("email.format")
    # The test environment also lets «a@test» pass, where a mailbox has no host.
    if "." not in address.domain:
        return None, Finding("email.format")
    return address.ascii_email, None


def _is_russian_landline(number: phonenumbers.PhoneNumber) -> bool:
    """Tell whether it is a landline here; of other countries the library is less sure."""
    is_landline = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE
    return is_landline and phonenumbers.region_code_for_number(number) == "RU"


@cache
def _mobile() -> re.Pattern[str]:
    """Return the library's own pattern of Russian mobile numbers, without country code."""
    # Any: the library has described Russia, which its types do not tell.
    described: Any = phonenumbers.PhoneMetadata.metadata_for_region("RU")
    return re.compile(described.mobile.national_number_pattern)


def _character(character: str) -> tuple[tuple[str, str], ...]:
    return ("character", character), ("code_point", f"U+{ord(character):04X}")
