"""The stand's own СНИЛС check: the rule of portal-facts, section 9."""

from __future__ import annotations

import pytest

from mock_portal import snils


@pytest.mark.parametrize(
    ("digits", "control"),
    [
        ("112233445", 95),
        ("002118785", 99),
        ("002506816", 0),  # sum 100
        ("002229651", 0),  # sum 101
        ("008659879", 99),  # sum 200
        ("007994683", 0),  # sum 201: remainder 100
        ("007875898", 0),  # sum 202
    ],
)
def test_control_number(digits: str, control: int) -> None:
    assert snils.control_number(digits) == control
    assert snils.flaw(f"{digits}{control:02d}") is None


@pytest.mark.parametrize("text", ["160-722-394 47", "16072239447", "160 722 394 47", " 160-722-394 47 "])
def test_spellings_that_are_taken(text: str) -> None:
    assert snils.flaw(text) is None


def test_numbers_up_to_001_001_998_bear_no_control_number() -> None:
    assert snils.flaw("001-001-998 00") is None
    assert snils.flaw("000-000-001 77") is None
    assert snils.flaw("001-001-999 00") == "snils_checksum"
    assert snils.flaw("001-001-999 65") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "snils_form"),
        ("160-722-394 4", "snils_form"),
        ("160-722-394 478", "snils_form"),
        ("160/722/394/47", "snils_form"),
        ("١٦٠٧٢٢٣٩٤٤٧", "snils_form"),
        ("000-000-000 00", "snils_zeros"),
        ("160-722-394 48", "snils_checksum"),
        ("123-123-123 45", "snils_checksum"),
    ],
)
def test_flaws(text: str, code: str) -> None:
    assert snils.flaw(text) == code


def test_written_as_a_person_writes() -> None:
    assert snils.written(snils.compact("160 722394-47")) == "160-722-394 47"
