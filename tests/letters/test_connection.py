"""What becomes of a connection: encrypted or not made, refused, broken, made anew."""

from __future__ import annotations

import re
import socket
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.errors import (
    MailboxRefusedError,
    MailboxUnreachableError,
    MailboxUnsafeError,
    NmoAutofillError,
    Remedy,
)
from nmo_autofill.letters.imap import ImapMailbox
from nmo_autofill.letters.server import ImapServer, Security
from tests.letters.conftest import KIM, TEXT, letter
from tests.letters.dovecot import HOST, running_dovecot
from tests.letters.relay import relay

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.letters.dovecot import Box, Dovecot

    Look = Callable[[ImapMailbox, str], tuple[str, ...]]

LOOPBACK = ["127.0.0.1", "127.0.0.2", "::1", "localhost"]
ELSEWHERE = ["imap.example.org", "192.168.1.5", "localhost.example.org", "ip6-localhost", "127.0.0.1.example.org", ""]


def refusal(look: Look, server: ImapServer, password: str) -> NmoAutofillError:
    """Return the error that a look ends with, after a check that it tells nothing personal."""
    with closing(ImapMailbox(server, lambda _: password)) as mailbox, pytest.raises(NmoAutofillError) as raised:
        look(mailbox, KIM)
    told = f"{raised.value!s} {raised.value!r} {raised.value.facts}"
    assert not [secret for secret in (password, server.user, KIM) if secret in told]
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    return raised.value


@pytest.mark.parametrize("security", Security)
def test_every_kind_of_connection_to_loopback(security: Security, box: Box, look: Look) -> None:
    box.put(letter())
    with closing(ImapMailbox(box.server(security), lambda _: box.password)) as mailbox:
        assert look(mailbox, KIM) == (TEXT,)


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_may_go_unencrypted(host: str) -> None:
    assert ImapServer("college", host, security=Security.PLAIN).host == host


@pytest.mark.parametrize("host", ELSEWHERE)
def test_an_unencrypted_connection_elsewhere_is_refused(host: str) -> None:
    with pytest.raises(MailboxUnsafeError):
        ImapServer("college", host, security=Security.PLAIN)


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_of_an_unknown_authority_is_refused(
    security: Security, box: Box, dovecot: Dovecot, look: Look
) -> None:
    error = refusal(look, replace(box.server(security), authorities=None), box.password)
    assert isinstance(error, MailboxUnsafeError)
    assert "certificate" in error.facts["what"]
    assert box.user not in dovecot.log


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_somebody_elses_certificate_is_refused(security: Security, look: Look) -> None:
    with running_dovecot("imap.example.org") as other:
        box = other.box()
        error = refusal(look, box.server(security), box.password)
        assert isinstance(error, MailboxUnsafeError)
        assert error.remedy is Remedy.STOP
        assert box.user not in other.log


def test_a_server_without_encryption_is_told_neither_user_nor_password(look: Look) -> None:
    with running_dovecot(encrypted=False) as bare:
        box = bare.box()
        for security in (Security.TLS, Security.STARTTLS):
            error = refusal(look, replace(box.server(security), port=bare.plain), box.password)
            assert isinstance(error, MailboxUnsafeError)
        assert box.user not in bare.log


def test_a_wrong_password_is_sent_once(box: Box, dovecot: Dovecot, look: Look) -> None:
    with closing(ImapMailbox(box.server(), lambda _: "wrong")) as mailbox:
        for _ in range(3):
            with pytest.raises(MailboxRefusedError) as raised:
                look(mailbox, KIM)
    assert raised.value.remedy is Remedy.ASK
    assert len(re.findall(rf"auth failed, 1 attempts in \d+ secs\): user=<{box.user}>", dovecot.log)) == 1
    assert isinstance(refusal(look, box.server(), "wrong"), MailboxRefusedError)


def test_an_unknown_user_is_refused(box: Box, look: Look) -> None:
    assert isinstance(refusal(look, replace(box.server(), user="nobody@example.org"), "wrong"), MailboxRefusedError)


def test_a_server_without_plain_gets_the_command_login(box: Box, look: Look) -> None:
    ascii_only = replace(box.server(Security.PLAIN))
    with relay(box.dovecot.plain, lambda said: said.replace(b"AUTH=PLAIN", b"AUTH=OTHER")) as port:
        server = replace(ascii_only, port=port)
        assert isinstance(refusal(look, server, box.password), MailboxRefusedError)  # not ASCII: not sent
        assert isinstance(refusal(look, server, 'wrong "\\ one'), MailboxRefusedError)
        plain = box.dovecot.box(ascii_only=True)
        plain.put(letter())
        with closing(ImapMailbox(replace(server, user=plain.user), lambda _: plain.password)) as mailbox:
            assert look(mailbox, KIM) == (TEXT,)


def test_a_server_that_cannot_look_at_the_password_now_is_tried_again_later(box: Box, look: Look) -> None:
    def busy(said: bytes) -> bytes:
        return said.replace(b"AUTHENTICATIONFAILED", b"UNAVAILABLE")

    with relay(box.dovecot.plain, busy) as port:
        error = refusal(look, replace(box.server(Security.PLAIN), port=port), "wrong")
    assert isinstance(error, MailboxUnreachableError)
    assert error.remedy is Remedy.RETRY


@pytest.mark.parametrize("security", Security)
def test_nobody_at_the_port(security: Security, box: Box, look: Look) -> None:
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
    error = refusal(look, replace(box.server(security), port=port), box.password)
    assert isinstance(error, MailboxUnreachableError)


def test_a_host_that_is_not_there(box: Box, look: Look) -> None:
    error = refusal(look, replace(box.server(), host="imap.invalid"), box.password)
    assert isinstance(error, MailboxUnreachableError)


def test_a_server_that_hangs_up_at_once(box: Box, look: Look) -> None:
    for security in Security:
        with relay(box.dovecot.plain, lambda _: None) as port:
            error = refusal(look, replace(box.server(security), port=port), box.password)
        assert isinstance(error, MailboxUnreachableError)


def test_a_server_that_went_and_came_again_is_told_the_password_that_was_asked_for_once(look: Look) -> None:
    asked: list[ImapServer] = []

    def password(server: ImapServer) -> str:
        asked.append(server)
        return box.password

    with running_dovecot() as dovecot:
        box = dovecot.box()
        box.put(letter())
        with closing(ImapMailbox(box.server(), password)) as mailbox:
            assert asked == []
            assert look(mailbox, KIM) == (TEXT,)
            dovecot.stop()
            with pytest.raises(MailboxUnreachableError):
                look(mailbox, KIM)
            dovecot.start()
            assert look(mailbox, KIM) == (TEXT,)
            dovecot.stop()
            dovecot.start()
            assert look(mailbox, KIM) == (TEXT,)
        assert asked == [box.server()]


def test_a_connection_that_breaks_within_a_letter_is_made_anew_once(box: Box, look: Look) -> None:
    box.put(letter("x\n" * 50_000))
    cuts = [1, 2]

    def cut(said: bytes) -> bytes | None:
        return None if cuts and b"x\r\n" * 100 in said and cuts.pop() else said

    with relay(box.dovecot.plain, cut) as port:
        server = replace(box.server(Security.PLAIN), port=port)
        with closing(ImapMailbox(server, lambda _: box.password)) as mailbox:
            look(mailbox, "nobody@example.org")
            with pytest.raises(MailboxUnreachableError):
                look(mailbox, KIM)
            cuts.append(3)
            look(mailbox, "nobody@example.org")
            assert len(look(mailbox, KIM)[0]) == len("x\n" * 50_000) - 1


def test_neither_user_nor_password_is_shown_by_repr(box: Box) -> None:
    mailbox = ImapMailbox(box.server(), lambda _: box.password)
    assert box.user not in repr(box.server()) + repr(mailbox)
