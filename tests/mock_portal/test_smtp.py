"""The portal's letters by real SMTP."""

from __future__ import annotations

import email
import email.policy
import socket
import time
from queue import Empty, Queue
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller

from mock_portal.__main__ import main
from mock_portal.actions.registration import confirm, register
from mock_portal.app import create_app
from mock_portal.smtp import Post, SmtpRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import SMTP, Envelope, Session

ELSEWHERE = [
    "",
    "25",
    "127.0.0.1",
    "127.0.0.1:",
    "127.0.0.1:0",
    "127.0.0.1:65536",
    "127.0.0.1:٢٥",
    ":25",
    "smtp.example.org:25",
]
ELSEWHERE += ["0.0.0.0:25", "192.168.1.5:25", "localhost.example.org:25"]


class Taken:
    """Takes letters, after a while when that is asked for."""

    def __init__(self) -> None:
        self.letters: Queue[Envelope] = Queue()
        self.seconds = 0.0

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        time.sleep(self.seconds)  # noqa: ASYNC251, TID251 (the whole server is to be slow)
        self.letters.put(envelope)
        return "250 OK"

    def next(self) -> tuple[list[str], EmailMessage]:
        envelope = self.letters.get(timeout=10)
        content = envelope.content
        assert isinstance(content, bytes)
        return envelope.rcpt_tos, email.message_from_bytes(content, policy=email.policy.default)


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest.fixture
def place(taken: Taken) -> Iterator[str]:
    controller = Controller(taken, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield f"127.0.0.1:{controller.port}"
    controller.stop()


@pytest.mark.parametrize("place", ELSEWHERE)
def test_letters_leave_for_this_machine_only(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SmtpRefusedError):
        Post(place)
    if place:
        assert main(["--port", "0", "--smtp", place]) == 2
        assert "только на этот компьютер" in capsys.readouterr().err


def test_each_letter_goes_to_the_mailbox_page_and_by_smtp(taken: Taken, place: str, woman: dict[str, str]) -> None:
    stand = create_app(smtp=place, spam="always").state.stand
    account = register(stand, woman, "http://127.0.0.1:8000/").account
    assert account
    confirm(stand, account.link, "http://127.0.0.1:8000/")
    kept = stand.store.letters(woman["email"])
    assert len(kept) == 2
    for row in kept:
        recipients, message = taken.next()
        assert recipients == [woman["email"]]
        assert (message["To"], message["From"], message["Subject"]) == (row.recipient, row.sender, row.subject)
        assert message["X-Spam-Flag"] == "YES"
        assert message.get_content().strip() == row.text.strip()
    assert message["Message-ID"]
    stand.store.close()


def test_without_the_option_nothing_is_sent(taken: Taken, place: str, woman: dict[str, str]) -> None:
    assert place
    stand = create_app(spam="never").state.stand
    register(stand, woman, "http://127.0.0.1:8000/")
    stand.store.close()
    with pytest.raises(Empty):
        taken.letters.get(timeout=0.2)


def test_nobody_waits_for_the_mail_server_and_nothing_is_lost_at_the_end(
    taken: Taken, place: str, woman: dict[str, str]
) -> None:
    taken.seconds = 0.5
    stand = create_app(smtp=place, spam="never").state.stand
    begin = time.monotonic()
    register(stand, woman, "http://127.0.0.1:8000/")
    assert time.monotonic() - begin < taken.seconds
    stand.store.close()
    assert taken.next()[1]["X-Spam-Flag"] is None


def test_a_mail_server_that_is_gone_is_told_without_the_address(
    woman: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    stand = create_app(smtp=f"127.0.0.1:{_free_port()}").state.stand
    assert register(stand, woman, "http://127.0.0.1:8000/").accepted
    stand.store.close()
    told = capsys.readouterr().err
    assert told == "Письмо не ушло по SMTP: ConnectionRefusedError\n"


def test_a_database_that_does_not_open_leaves_no_thread(place: str) -> None:
    assert main(["--port", "0", "--smtp", place, "--database", "/nonexistent/file"]) == 2


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
