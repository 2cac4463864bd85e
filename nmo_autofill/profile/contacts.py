"""Phone numbers and e-mail addresses, checked without network."""

from __future__ import annotations

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from nmo_autofill.profile.diagnostics import Finding

_PHONE_CHARACTER = re.compile(r"[^0-9+() .\-]")
_ADDRESS_CHARACTER = re.compile(r"[^!-~]")


def phone(text: str) -> tuple[str | None, Finding | None]:
    """Return the phone number as E.164, or what is wrong with it; without a country code it is Russian."""
    if stranger := _PHONE_CHARACTER.search(text):
        return None, Finding("phone.character", stranger.start(), _character(stranger.group()))
    try:
        number = phonenumbers.parse(text, "RU")
    except phonenumbers.NumberParseException:
        return None, Finding("phone.format")
    if not phonenumbers.is_valid_number(number):
        return None, Finding("phone.implausible")
    return f"+{number.country_code}{phonenumbers.national_significant_number(number)}", None


def email(text: str) -> tuple[str | None, Finding | None]:
    """Return the e-mail address, or what is wrong with it.

    The portal's letters go to mailboxes with ASCII addresses: whether it takes others is not known.
    Domains reserved for tests and examples (RFC 2606) are accepted, for they can belong to nobody.
    """
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


def _character(character: str) -> tuple[tuple[str, str], ...]:
    return ("character", character), ("code_point", f"U+{ord(character):04X}")
