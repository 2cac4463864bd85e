"""Letters from a real IMAP server."""

from __future__ import annotations

import asyncio
import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.errors import MailboxUnreachableError
from nmo_autofill.letters.imap import LARGEST, ImapMailbox
from nmo_autofill.letters.letter import Credentials, find_credentials
from nmo_autofill.letters.server import Security
from nmo_autofill.portal.atlas import load_map
from tests.letters.conftest import KIM, LOGIN, PORTAL, TEXT, letter
from tests.letters.dovecot import imap_name
from tests.letters.relay import relay

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import InThread
    from tests.letters.conftest import Read
    from tests.letters.dovecot import Box, Dovecot

    Look = Callable[[ImapMailbox, str], tuple[str, ...]]

NMFO = load_map("nmfo")


def ago(**time: float) -> datetime:
    return datetime.now(UTC) - timedelta(**time)


def test_a_letter_brings_login_and_password(box: Box, in_thread: InThread) -> None:
    box.put(letter())
    with closing(ImapMailbox(box.server(), lambda _: box.password)) as mailbox:
        letters = in_thread(lambda: asyncio.run(mailbox.letters(KIM)))
    assert find_credentials(letters, LOGIN, NMFO) == Credentials(LOGIN, "aB3xY7q")


def test_an_empty_mailbox_has_no_letters(read: Read) -> None:
    assert read() == ()


@pytest.mark.parametrize("folder", ["INBOX", "Спам", "INBOX/Колледж", "Выпуск 2026", "Корзина", 'Q&A \\ "1"'])
def test_every_folder_is_read(folder: str, box: Box, read: Read) -> None:
    box.put(letter(), folder)
    assert read() == (TEXT,)


def test_what_the_mailbox_sent_is_not_read(box: Box, read: Read) -> None:
    box.put(letter(), "Отправленные")
    assert read() == ()


def test_a_letter_in_two_folders_counts_once(box: Box, read: Read) -> None:
    at = ago(hours=1)
    for folder in ("INBOX", "Вся"):
        box.put(letter(), folder, at)
    assert read() == (TEXT,)


@pytest.mark.parametrize("address", [KIM, "KIM@Example.ORG"])
@pytest.mark.parametrize(
    "headers",
    [
        {"to": KIM},
        {"to": "Ким Анна <Kim@EXAMPLE.org>"},
        {"to": f"other@example.org, {KIM}"},
        {"Cc": KIM},
        {"Delivered_To": KIM},
        {"X_Original_To": f"<{KIM}>"},
        {"Envelope_to": KIM},
    ],
)
def test_a_letter_is_found_by_its_recipient(address: str, headers: dict[str, str], box: Box, read: Read) -> None:
    box.put(letter(**{"to": "college@example.org", **headers}))
    assert read(address) == (TEXT,)


@pytest.mark.parametrize(
    "to",
    ["akim@example.org", "kim@example.org.evil.example", "kim+nmo@example.org", "kim@example.or", "Kim <k@a.example>"],
)
def test_somebody_elses_letter_is_not_read(to: str, box: Box, read: Read) -> None:
    box.put(letter(to=to, Reply_To=KIM))
    assert read() == ()


def test_a_plus_address_is_an_address_of_its_own(box: Box, read: Read) -> None:
    box.put(letter(to="kim+nmo@example.org"))
    assert read("kim+nmo@example.org") == (TEXT,)
    assert read("kim+other@example.org") == ()


def test_letters_come_in_the_order_of_their_arrival_whatever_their_senders_wrote(box: Box, read: Read) -> None:
    box.put(letter("second", Date="Mon, 01 Jan 2024 10:00:00 +0000"), "Спам", ago(hours=2))
    box.put(letter("third", Date="Mon, 01 Jan 2018 10:00:00 +0000"), "Архив", ago(hours=1))
    box.put(letter("first", Date="Fri, 01 Jan 2038 10:00:00 +0000"), "INBOX", ago(hours=3))
    assert read() == ("first", "second", "third")


def test_the_newest_of_two_passwords_counts(box: Box, in_thread: InThread) -> None:
    box.put(letter(TEXT.replace("aB3xY7q", "new")), at=ago(hours=1))
    box.put(letter(), at=ago(hours=2))
    with closing(ImapMailbox(box.server(), lambda _: box.password)) as mailbox:
        letters = in_thread(lambda: asyncio.run(mailbox.letters(KIM)))
    assert find_credentials(letters, LOGIN, NMFO) == Credentials(LOGIN, "new")


def test_old_letters_do_not_count(box: Box, read: Read) -> None:
    now = datetime.now().astimezone()
    yesterday = (now - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    box.put(letter("old"), at=yesterday - timedelta(minutes=1))
    box.put(letter("yesterday's"), at=yesterday + timedelta(minutes=1))
    box.put(letter("today's"), at=now)
    assert read() == ("yesterday's", "today's")
    assert read(since=now - timedelta(days=3)) == ("old", "yesterday's", "today's")
    assert read(since=now - timedelta(minutes=1)) == ("today's",)


@pytest.mark.parametrize(
    "sender",
    [
        "evil@portal.example.org",
        "evil@example.org",
        f"{PORTAL} <evil@example.org>",
        f'"{PORTAL}" <evil@example.org>',
        f"{PORTAL}, evil@example.org",
        "no-reply@portal.example@example.org",
    ],
)
def test_a_forged_sender_is_not_read_and_told(sender: str, box: Box, read: Read) -> None:
    box.put(f"From: {sender}\r\nTo: {KIM}\r\n\r\ntext".encode())
    for senders in ([PORTAL], ["@portal.example"]):
        told: list[str] = []
        assert read(senders=senders, tell=told.append) == ()
        assert told == ["letters.other_sender"]


@pytest.mark.parametrize("senders", [[PORTAL.upper()], ["@portal.example"], ["a@b.example", "@Portal.Example"]])
def test_the_portals_sender_is_known_by_address_or_domain(senders: list[str], box: Box, read: Read) -> None:
    box.put(letter(sender="Портал <No-Reply@portal.example>"))
    told: list[str] = []
    assert read(senders=senders, tell=told.append) == (TEXT,)
    assert told == []


def test_two_headers_from_are_no_sender(box: Box, read: Read) -> None:
    box.put(f"From: {PORTAL}\r\nFrom: evil@example.org\r\nTo: {KIM}\r\n\r\ntext".encode())
    assert read(senders=[PORTAL]) == ()


def test_while_the_portals_sender_is_unknown_everyone_is_taken_and_that_is_told_once(box: Box, look: Look) -> None:
    box.put(letter(sender="anybody@example.org"))
    told: list[str] = []
    with closing(ImapMailbox(box.server(), lambda _: box.password, tell=told.append)) as mailbox:
        assert look(mailbox, KIM) == look(mailbox, KIM) == (TEXT,)
    assert told == ["letters.any_sender"]


def test_reading_leaves_no_trace(box: Box, read: Read) -> None:
    box.deliver(letter())
    box.deliver(letter("spam"), "Спам")
    before = box.files()
    assert len(read()) == 2
    assert box.files() == before
    assert all("/new/" in f"/{file}" for file in before)


def test_a_large_attachment_behind_the_text_does_not_hide_it(box: Box, read: Read) -> None:
    head = f"From: {PORTAL}\r\nTo: {KIM}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    parts = f"--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/pdf\r\n\r\n{'x' * 70}\r\n"
    box.put((head + parts + "y" * LARGEST + "\r\n--b--\r\n").encode())
    told: list[str] = []
    assert read(tell=told.append) == ("text",)
    assert "letters.cut" in told


def test_a_text_that_was_cut_is_not_read(box: Box, read: Read) -> None:
    box.put(letter("Логин: 904-000-444 32\n" + "x\n" * (LARGEST // 2)))
    assert read() == ("",)


def test_only_the_newest_letters_are_read(box: Box, read: Read) -> None:
    with box.client() as client:
        for number in range(103):
            client.append("INBOX", "", datetime.now(UTC), letter(f"{number}"))
    told: list[str] = []
    texts = read(tell=told.append)
    assert texts == tuple(str(number) for number in range(3, 103))
    assert "letters.too_many" in told


def test_more_letters_than_one_command_asks_for(box: Box, read: Read) -> None:
    with box.client() as client:
        for number in range(520):
            client.append("INBOX", "", datetime.now(UTC), letter("x", to=f"p{number}@example.org"))
        client.append("INBOX", "", datetime.now(UTC), letter())
    assert read() == (TEXT,)
    assert read("p7@example.org") == ("x",)


def test_one_connection_serves_everybody(dovecot: Dovecot, box: Box, in_thread: InThread) -> None:
    people = [f"p{number}@example.org" for number in range(12)]
    for person in people:
        box.put(letter(person, to=person), "Спам" if person.startswith("p1") else "INBOX")
    logins = dovecot.log.count(f"Login: user=<{box.user}>")

    async def everybody(mailbox: ImapMailbox) -> list[str]:
        found = await asyncio.gather(*(mailbox.letters(person) for person in people))
        return [letter.text.strip() for letters in found for letter in letters]

    with closing(ImapMailbox(box.server(), lambda _: box.password)) as mailbox:
        assert in_thread(lambda: asyncio.run(everybody(mailbox))) == people
        assert in_thread(lambda: asyncio.run(everybody(mailbox))) == people
    assert dovecot.log.count(f"Login: user=<{box.user}>") == logins + 1


def test_a_letter_that_comes_later_is_found_and_one_that_went_is_not(box: Box, look: Look) -> None:
    with closing(ImapMailbox(box.server(), lambda _: box.password)) as mailbox:
        assert look(mailbox, KIM) == ()
        box.put(letter("first"))
        assert look(mailbox, KIM) == ("first",)
        box.put(letter("second"), "Новая папка")
        assert look(mailbox, KIM) == ("first", "second")
        with box.client() as client:
            client.select("INBOX")
            client.store("1:*", "+FLAGS", r"\Deleted")
            client.expunge()
        assert look(mailbox, KIM) == ("second",)


def test_a_folder_made_anew_has_other_letters_of_the_same_numbers(box: Box, look: Look) -> None:
    with closing(ImapMailbox(box.server(), lambda _: box.password)) as mailbox:
        box.put(letter("mine"), "Ким")
        assert look(mailbox, KIM) == ("mine",)
        with box.client() as client:
            client.delete(imap_name("Ким"))
        box.put(letter("somebody else's", to="lee@example.org"), "Ким")
        assert look(mailbox, KIM) == ()
        assert look(mailbox, "lee@example.org") == ("somebody else's",)


def test_a_folder_that_the_server_does_not_open_is_told(box: Box, read: Read) -> None:
    box.put(letter())
    box.put(letter("hidden"), "Закрытая")
    folder = box.maildir / f".{imap_name('Закрытая')}".replace('"', "")
    (folder / "dovecot-acl").touch()
    for path in (folder / "cur", folder / "new", folder):
        path.chmod(0)
    told: list[str] = []
    try:
        assert read(tell=told.append) == (TEXT,)
    finally:
        for path in (folder, folder / "cur", folder / "new"):
            path.chmod(0o700)
    assert "letters.folder_unread" in told


def test_inbox_and_spam_are_read_of_however_many_folders(box: Box, read: Read) -> None:
    box.put(letter(), "Спам")
    with box.client() as client:
        for number in range(120):
            client.create(imap_name(f"А{number}"))
    told: list[str] = []
    assert read(tell=told.append) == (TEXT,)
    assert "letters.folder_unread" in told


def test_answers_of_other_shapes(box: Box, look: Look) -> None:
    """The uid behind the text (Mail.ru, Exchange), and news of another letter between two answers."""
    for text in ("first", "second"):
        box.put(letter(text))

    def reshaped(said: bytes) -> bytes:
        behind = re.sub(rb"\(UID (\d+) (.*?\r\n\r\n(?:\w+\r\n)?)\)\r\n", rb"(\2 UID \1)\r\n", said, flags=re.DOTALL)
        return behind.replace(b"* 2 FETCH (", b"* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n* 2 FETCH (")

    with relay(box.dovecot.plain, reshaped) as port:
        server = replace(box.server(Security.PLAIN), port=port)
        with closing(ImapMailbox(server, lambda _: box.password)) as mailbox:
            assert look(mailbox, KIM) == ("first", "second")


def test_a_server_that_does_not_give_the_letters_out(box: Box, look: Look) -> None:
    box.put(letter())
    with relay(box.dovecot.plain, lambda said: said.replace(b" OK Fetch", b" NO Fetch")) as port:
        server = replace(box.server(Security.PLAIN), port=port)
        with closing(ImapMailbox(server, lambda _: box.password)) as mailbox, pytest.raises(MailboxUnreachableError):
            look(mailbox, KIM)
