from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

from nmo_autofill.profile import snils

NINE_DIGITS = st.integers(min_value=1_001_999, max_value=999_999_999).map("{:09d}".format)


def check_digits_by_the_rule(nine: str) -> str:
    """The rule word by word, apart from the arithmetic of the module under test."""
    total = sum(int(nine[place - 1]) * (10 - place) for place in range(1, 10))
    while total > 101:
        total -= 101
    return "00" if total in {100, 101} else f"{total:02d}"


def test_documentation_is_true() -> None:
    tried = doctest.testmod(snils)
    assert tried.attempted > 8
    assert tried.failed == 0


@given(NINE_DIGITS)
def test_check_digits_follow_the_rule(nine: str) -> None:
    assert snils.calc_check_digits(nine) == check_digits_by_the_rule(nine)
    assert snils.validate(nine + check_digits_by_the_rule(nine)) == nine + check_digits_by_the_rule(nine)


@given(NINE_DIGITS, st.integers(min_value=0, max_value=99))
def test_every_other_ending_is_refused(nine: str, ending: int) -> None:
    number = f"{nine}{ending:02d}"
    assert snils.is_valid(number) == (f"{ending:02d}" == check_digits_by_the_rule(nine))


@given(NINE_DIGITS)
def test_formatting_and_compacting_go_round(nine: str) -> None:
    number = nine + snils.calc_check_digits(nine)
    assert snils.compact(snils.format(number)) == number
    assert snils.validate(snils.format(number)) == number


@pytest.mark.parametrize("total", [99, 100, 101, 102, 201, 202, 203])
def test_sums_at_the_edges(total: int) -> None:
    nine = next(
        nine
        for nine in (f"{number:09d}" for number in range(1_001_999, 999_999_999, 997))
        if sum(int(digit) * weight for digit, weight in zip(nine, range(9, 0, -1), strict=True)) == total
    )
    expected = {99: "99", 100: "00", 101: "00", 102: "01", 201: "00", 202: "00", 203: "01"}[total]
    assert snils.calc_check_digits(nine) == expected
    assert snils.is_valid(nine + expected)


@pytest.mark.parametrize(
    ("number", "refused"),
    [
        ("", InvalidFormat),
        ("   ", InvalidFormat),
        ("1122334459", InvalidLength),
        ("112233445950", InvalidLength),
        ("112-233-445 96", InvalidChecksum),
        ("000-000-000 00", InvalidComponent),
        ("112.233.445 95", InvalidFormat),
        ("112–233–445 95", InvalidFormat),
        ("112_233_445_95", InvalidFormat),
        ("1-1-2-2-3-3-4-4-5-9-5", InvalidFormat),
        ("112--233-445 95", InvalidFormat),
        ("-11223344595", InvalidFormat),
        ("11223344595-", InvalidFormat),
        ("112-233-445  95", InvalidFormat),
        ("١١٢٢٣٣٤٤٥٩٥", InvalidFormat),
        ("112233445９5", InvalidFormat),
        ("²12-233-445 95", InvalidFormat),
        ("112-233-445 95\n", InvalidFormat),
        ("112-233-445\N{NO-BREAK SPACE}95", InvalidFormat),
        ("11223344595abc", InvalidFormat),
    ],
)
def test_wrong_numbers_are_refused(number: str, refused: type[ValidationError]) -> None:
    with pytest.raises(refused) as caught:
        snils.validate(number)
    assert caught.type is refused
    assert not snils.is_valid(number)


@pytest.mark.parametrize(
    "number", ["112-233-445 95", "112 233 445 95", "112-233-445-95", " 11223344595 ", "112-23344595"]
)
def test_usual_ways_of_writing_are_taken(number: str) -> None:
    assert snils.validate(number) == "11223344595"


def test_small_numbers_carry_no_check_digits() -> None:
    assert snils.is_valid("001-001-998 77")
    assert snils.is_valid("000-000-001 00")
    assert not snils.is_valid("001-001-999 77")
    assert snils.is_valid("001001999" + check_digits_by_the_rule("001001999"))


@pytest.mark.parametrize(
    "junk", [None, "*&^%$", "", 0, False, object(), "Z", b"112-233-445 95", [], "1" * 10_000, "\0"]
)
def test_junk_is_refused_and_never_raises(junk: object) -> None:
    assert snils.is_valid(junk) is False  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        snils.validate(junk)  # type: ignore[arg-type]


@given(st.text())
def test_any_text_is_either_valid_or_refused(text: str) -> None:
    if snils.is_valid(text):
        assert snils.is_valid(snils.validate(text))
