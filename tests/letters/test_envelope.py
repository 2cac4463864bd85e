"""Envelopes in the servers' answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nmo_autofill.letters.envelope import parse_envelope

TOLD = b'1 (UID 7 INTERNALDATE "24-Nov-2026 10:35:00 +0300" BODY[HEADER.FIELDS (FROM TO)] {9})'


def test_an_envelope() -> None:
    headers = "From: Портал <No-Reply@portal.example>\r\nTo: =?utf-8?b?0JrQuNC8?= <Kim@example.org>, x\r\n\r\n".encode()
    envelope = parse_envelope(TOLD, headers)
    assert envelope
    assert (envelope.uid, envelope.sender) == (7, "no-reply@portal.example")
    assert envelope.at == datetime(2026, 11, 24, 7, 35, tzinfo=UTC)
    assert envelope.recipients == {"kim@example.org"}
    assert "kim" not in repr(envelope)
    assert envelope.is_for(" KIM@example.org ")
    assert not envelope.is_for("")


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"1 (UID 7)",
        TOLD.replace(b"UID 7 ", b""),
        TOLD.replace(b"24-Nov-2026", b"31-Feb-2026"),
        TOLD.replace(b"24-", b"\xff"),
    ],
)
def test_an_answer_without_number_or_date_is_none(told: bytes) -> None:
    assert parse_envelope(told, b"To: kim@example.org\r\n\r\n") is None


def test_a_letter_without_a_sender_is_from_nobody() -> None:
    envelope = parse_envelope(TOLD, b"To: kim@example.org\r\n\r\n")
    assert envelope
    assert envelope.sender == ""
    assert envelope.is_from([])
    assert not envelope.is_from(["no-reply@portal.example", "@portal.example"])
