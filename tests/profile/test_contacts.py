from __future__ import annotations

import pytest
from hypothesis import given
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


@given(st.text(alphabet="0123456789+()- ."))
def test_any_phone_is_taken_or_refused(text: str) -> None:
    number, finding = phone(text)
    assert (number is None) != (finding is None)
    assert number is None or phone(number) == (number, None)


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


@given(st.text())
def test_any_address_is_taken_or_refused(text: str) -> None:
    address, finding = email(text)
    assert (address is None) != (finding is None)
