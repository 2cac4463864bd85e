"""What a control shows against what it is to hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.browser.controls.agreement import agrees, day, national
from nmo_autofill.portal.model import ValueKind


@pytest.mark.parametrize(
    ("kind", "wanted", "shown", "expected"),
    [
        ("text", "Алёна", "Алёна", True),
        ("text", "Алёна", " Алёна ", True),
        ("text", "Алёна", "Але\u0308на", True),
        ("text", "Алёна", "Алена", False),
        ("text", "Алёна", "алёна", False),
        ("text", "", "", True),
        ("text", "", "Петровна", False),
        ("text", "Римская - Корсакова", "Римская-Корсакова", False),
        ("digits", "11223344595", "112-233-445 95", True),
        ("digits", "0012", "0012", True),
        ("digits", "0012", "12", False),
        ("digits", "11223344595", "112-233-445 9_", False),
        ("digits", "11223344595", "١١٢-233-445 95", False),
        ("digits", "", "", False),
        ("phone", "+79134012238", "+7 (913) 401-22-38", True),
        ("phone", "+79134012238", "8 (913) 401-22-38", True),
        ("phone", "+79134012238", "(913) 401-22-38", True),
        ("phone", "+79134012238", "79134012238", True),
        ("phone", "+79134012238", "+7 (791) 340-12-23", False),
        ("phone", "+79134012238", "+8 (913) 401-22-38", False),
        ("phone", "+79134012238", "+9134012238", False),
        ("phone", "+78461234567", "8 (461) 234-56-7", False),
        ("phone", "+78461234567", "8-461-234-56-7", False),
        ("phone", "+78461234567", "8 461 234 56 7", False),
        ("phone", "+78461234567", "7 (846) 123-45-67", True),
        ("phone", "+78461234567", "8 (846) 123-45-67", True),
        ("phone", "+78461234567", "846 123-45-67", True),
        ("phone", "+78461234567", "8461234567", True),
        ("phone", "+375291234567", "+375 29 123-45-67", True),
        ("phone", "+375291234567", "375291234567", True),
        ("phone", "+375291234567", "291234567", False),
        ("phone", "+375291234567", "8 375 29 123 45 67", False),
        ("date", "05.03.2004", "05.03.2004", True),
        ("date", "05.03.2004", "2004-03-05", True),
        ("date", "05.03.2004", "03.05.2004", False),
        ("date", "05.03.2004", "5 марта 2004", False),
        ("date", "05.03.2004", "05.03.20__", False),
        ("date", "скоро", "скоро", False),
        ("option", "Омская область", "ОМСКАЯ ОБЛАСТЬ", True),
        ("option", "Орёл", "Орел", True),
        ("option", "Омский колледж", "Омский колледж\nОмская область", True),
        ("option", "Омский колледж", "Омский колледж, Тарский филиал", False),
        ("option", "Омская область", "Омская область (55)", False),
        ("option", "Омская область", "Костромская область", False),
        ("option", "Сестринское дело", "Сестринское дело в косметологии", False),
        ("option", "", "", False),
        ("checked", "yes", "yes", True),
        ("checked", "yes", "", False),
        ("checked", "", "", True),
    ],
)
def test_agreement(kind: str, wanted: str, shown: str, expected: bool) -> None:  # noqa: FBT001 (a table of expectations)
    assert agrees(ValueKind(kind), wanted, shown) is expected


@given(st.from_regex(r"9[0-9]{9}", fullmatch=True), st.from_regex(r"9[0-9]{9}", fullmatch=True))
def test_two_numbers_agree_only_when_they_are_one(one: str, other: str) -> None:
    for shown in (other, f"8{other}", f"+7{other}"):
        assert agrees(ValueKind.PHONE, f"+7{one}", shown) is (one == other)


def test_days_and_national_numbers_are_parsed_whole() -> None:
    assert day(" 14.03.2004 ") == day("2004-03-14") == ("14", "03", "2004")
    assert day("14.03.20041") is None
    assert national("+79134012238") == "9134012238"
    assert national("+375291234567") is None
