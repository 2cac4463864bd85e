from __future__ import annotations

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from nmo_autofill.profile.contacts import email, phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+7 900 000-01-01", "+79000000101"),
        ("8 (900) 000-01-01", "+79000000101"),
        ("89000000101", "+79000000101"),
        ("9000000101", "+79000000101"),
        ("+7(900)000.01.01", "+79000000101"),
        ("+375 29 111-22-33", "+375291112233"),
        ("+998 90 123 45 67", "+998901234567"),
        ("+39 02 1234 5678", "+390212345678"),
    ],
)
def test_phones_become_e164(text: str, number: str) -> None:
    assert phone(text) == (number, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+7 (3812) 23-45-67", "+73812234567"),
        ("8 495 123-45-67", "+74951234567"),
        ("8(3812)234567", "+73812234567"),
        ("4951234567", "+74951234567"),
    ],
)
def test_a_russian_landline_is_taken_and_told(text: str, number: str) -> None:
    taken, finding = phone(text)
    assert (taken, finding and finding.code) == (number, "phone.landline")


@pytest.mark.parametrize("text", ["+7 727 258-45-67", "8 800 555-35-35", "+375 17 226-12-34", "+39 02 1234 5678"])
def test_no_other_number_is_told_to_be_a_landline(text: str) -> None:
    number, finding = phone(text)
    assert number
    assert finding is None


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("+7 900 000-01-01 доб. 2", "phone.character", 17),
        ("8-800-ПОЗВОНИ", "phone.character", 6),
        ("+7 900 000–01–01", "phone.character", 10),
        ("٨٩٠٠٠٠٠٠١٠١", "phone.character", 0),
        ("+", "phone.format", 0),
        ("()", "phone.format", 0),
        ("+7 900 000-01-0", "phone.implausible", 0),
        ("+7 900 000-01-011", "phone.implausible", 0),
        ("02", "phone.implausible", 0),
        ("+999 123 456 789", "phone.format", 0),
    ],
)
def test_wrong_phones_are_refused(text: str, code: str, offset: int) -> None:
    number, finding = phone(text)
    assert number is None
    assert finding is not None
    assert (finding.code, finding.offset) == (code, offset)


@pytest.mark.parametrize("begin", ["+7 {}", "8({}) ", "+7.({})"])
@pytest.mark.parametrize("code", range(900, 1000))
def test_a_russian_mobile_number_is_judged_as_by_the_library(begin: str, code: int) -> None:
    for rest in ("000-01-01", "0045678", "999-99-99"):
        text = f"{begin.format(code)}{rest}"
        assert phone(text)[0] == library_phone(text)


@given(st.from_regex(r"(\+7|8)([ ().-]{0,3}[0-9]){9,11}[ )]?", fullmatch=True))
def test_what_looks_like_a_russian_number_is_judged_as_by_the_library(text: str) -> None:
    assert phone(text)[0] == library_phone(text)


def library_phone(text: str) -> str | None:
    number = phonenumbers.parse(text, "RU")
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@given(st.text(alphabet="0123456789+()- ."))
@example("83012211111")
def test_any_phone_is_taken_or_refused(text: str) -> None:
    number, finding = phone(text)
    assert (number is None) == (finding is not None and finding.code != "phone.landline")
    assert number is None or phone(number) == (number, finding)


@pytest.mark.parametrize(
    "address", ["a@example.org", "A.b-c+d@mail.example.com", "a@b.test", "ivan_1@xn--80ak6aa92e.com"]
)
def test_addresses_are_taken(address: str) -> None:
    assert email(address) == (address, None)


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("а@example.org", "email.character", 0),
        ("a@exаmple.org", "email.character", 4),
        ("a b@example.org", "email.character", 1),
        ("a@пример.рф", "email.character", 2),
        ("@example.org", "email.format", 0),
        ("a@", "email.format", 0),
        ("a@example", "email.format", 0),
        ("a..b@example.org", "email.format", 0),
        ("a@b@example.org", "email.format", 0),
        ("a@host.local", "email.format", 0),
        ("a@test", "email.format", 0),
        (f"{'a' * 65}@example.org", "email.format", 0),
        ("a@example.org.", "email.format", 0),
        ("a@example.org,b@example.org", "email.format", 0),
        ("a@[127.0.0.1]", "email.format", 0),
    ],
)
def test_wrong_addresses_are_refused(text: str, code: str, offset: int) -> None:
    address, finding = email(text)
    assert address is None
    assert finding is not None
    assert (finding.code, finding.offset) == (code, offset)


@given(
    st.from_regex(r"[a-z0-9_.-]{1,3}@[a-z0-9.-]{1,4}\.[a-z0-9]{1,4}", fullmatch=True)
    | st.from_regex(
        r"[a-z0-9_-]{1,70}@[a-z0-9-]{1,70}\.(com|ru|test|local|arpa|onion|invalid|localhost)", fullmatch=True
    )
)
@example("a@localhost.local")
@example("a@xn--80ak6aa92e.com")
@example("a@ab--cd.com")
@example(f"{'a' * 64}@b.ru")
@example(f"a@{'b' * 64}.ru")
@example(f"a@{'b' * 60}.ru")
def test_what_looks_like_an_address_is_judged_as_by_the_library(text: str) -> None:
    assert email(text)[0] == library_email(text)


def library_email(text: str) -> str | None:
    try:
        address = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, test_environment=True, strict=True
        )
    except EmailNotValidError:
        return None
    return address.ascii_email if "." in address.domain else None


@given(st.text())
def test_any_address_is_taken_or_refused(text: str) -> None:
    address, finding = email(text)
    assert (address is None) != (finding is None)
