"""The setting that names where letters come from."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import pytest

from mock_portal.app import create_app
from mock_portal.server import running
from nmo_autofill.errors import HostRefusedError, LetterCommandError, MailboxUnsafeError, UsageError
from nmo_autofill.letters.letter import Credentials
from nmo_autofill.letters.post import Brought
from nmo_autofill.letters.program import Program
from nmo_autofill.letters.server import ImapServer, Security
from nmo_autofill.letters.source import AskSource, LetterSource, PortalSource, opened, parse_source
from nmo_autofill.portal.atlas import at_address, load_map
from tests.letters.conftest import KIM, LOGIN, letter

if TYPE_CHECKING:
    from typing import Any

    from nmo_autofill.portal.model import PortalMap
    from tests.conftest import InThread
    from tests.letters.dovecot import Box

NMFO = load_map("nmfo")
USER, TLS, STARTTLS = "college@example.org", Security.TLS, Security.STARTTLS


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("portal", PortalSource()),
        (" ask ", AskSource()),
        (f"command:{sys.executable} -c pass", Program([sys.executable, "-c", "pass"], sys.executable)),
        (f"imap:{USER}@imap.example.org", ImapServer(USER, "imap.example.org", 993, TLS)),
        ("imap:college@IMAP.example.org:1993", ImapServer("college", "imap.example.org", 1993, TLS)),
        (f"imap:{USER}@imap.example.org:143", ImapServer(USER, "imap.example.org", 143, STARTTLS)),
        ("imap+starttls:college@imap.example.org", ImapServer("college", "imap.example.org", 143, STARTTLS)),
        ("imap+tls:college@imap.example.org:143", ImapServer("college", "imap.example.org", 143, TLS)),
        ("imap+plain:college@127.0.0.1:1143", ImapServer("college", "127.0.0.1", 1143, Security.PLAIN)),
        ("imap://college%40example.org@imap.example.org:993/", ImapServer(USER, "imap.example.org", 993, TLS)),
        ("imap:кафедра@[::1]:993", ImapServer("кафедра", "::1", 993, TLS)),
    ],
)
def test_forms(text: str, source: LetterSource) -> None:
    assert parse_source(text) == source


@pytest.mark.parametrize(
    "text",
    [
        "",
        "imap",
        "imap:",
        "imap:college",
        "imap:@imap.example.org",
        "imap:college@",
        "imap:college:secret@imap.example.org",
        "imap://college:secret@imap.example.org",
        "imap:college@imap.example.org:port",
        "imap:college@imap.example.org:0",
        "imap:college@imap.example.org:99999",
        "imap:college@imap.example.org/INBOX",
        "imap:college@imap.example.org?x",
        "imap:a\tb@imap.example.org",
        "imap+ssl:college@imap.example.org",
        "pop3:college@imap.example.org",
        "imap:college@[::1",
        "command:",
        "command:'",
        "Portal",
    ],
)
def test_other_forms_are_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_source(text)
    assert "secret" not in str(raised.value)
    assert "imap[+starttls]:USER@HOST[:PORT]" in raised.value.facts["what"]


def test_a_program_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(LetterCommandError) as raised:
        parse_source("command:no-such-helper --token secret")
    assert raised.value.facts == {"program": "no-such-helper", "what": "not found"}


def test_an_unencrypted_server_elsewhere_is_refused_at_once() -> None:
    with pytest.raises(MailboxUnsafeError):
        parse_source("imap+plain:college@imap.example.org")


def look(source: LetterSource, portal: PortalMap, in_thread: InThread, **mailbox: Any) -> Brought | None:  # noqa: ANN401 (as `opened` takes them)
    with opened(source, portal, **mailbox) as letters:
        if letters is None:
            return None
        return in_thread(lambda: asyncio.run(letters.look(KIM, LOGIN)))


def test_a_person_reads_the_letters(in_thread: InThread) -> None:
    assert look(AskSource(), NMFO, in_thread) is None


def test_a_mailbox_by_imap(box: Box, in_thread: InThread) -> None:
    box.put(letter())
    box.put(letter("Подтвердите адрес: https://nmfo-spo.edu.rosminzdrav.ru/confirm/1"))
    brought = look(box.server(), NMFO, in_thread, password=lambda _: box.password)
    link = "https://nmfo-spo.edu.rosminzdrav.ru/confirm/1"
    assert brought == Brought(2, link, Credentials(LOGIN, "aB3xY7q"))
    assert repr(brought) == "Brought(letters=2)"


def test_a_program(in_thread: InThread) -> None:
    source = parse_source(f"""command:{sys.executable} -c 'print("{{}}")'""")
    assert look(source, NMFO, in_thread) == Brought(0)


def test_the_stand_in_portals_page(in_thread: InThread) -> None:
    with running(create_app()) as address:
        portal = at_address(load_map("mock"), address)
        assert look(PortalSource(), portal, in_thread) == Brought(0)


def test_the_real_portal_has_no_such_page(in_thread: InThread) -> None:
    with pytest.raises(HostRefusedError):
        look(PortalSource(), NMFO, in_thread)
