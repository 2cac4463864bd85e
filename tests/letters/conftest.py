"""A mail server, and letters to put into it."""

from __future__ import annotations

import asyncio
from contextlib import closing
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest

from nmo_autofill.letters.imap import ImapMailbox
from tests.letters.dovecot import running_dovecot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nmo_autofill.letters.letter import Letter
    from tests.conftest import InThread
    from tests.letters.dovecot import Box, Dovecot

    Read = Callable[..., tuple[str, ...]]

PORTAL = "no-reply@portal.example"
KIM = "kim@example.org"
LOGIN = "90400044432"
TEXT = "Логин: 904-000-444 32\nПароль: aB3xY7q"


def letter(text: str = TEXT, *, to: str = KIM, sender: str = PORTAL, **headers: str) -> bytes:
    """Return a letter as it travels; a header of None is left out."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Логин и пароль"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as server:
        yield server


@pytest.fixture
def box(dovecot: Dovecot) -> Box:
    return dovecot.box()


@pytest.fixture
def look(in_thread: InThread) -> Callable[[ImapMailbox, str], tuple[str, ...]]:
    """Return the texts of the letters that a mailbox has for an address."""

    def texts(mailbox: ImapMailbox, address: str = KIM) -> tuple[str, ...]:
        async def read() -> tuple[Letter, ...]:
            return tuple(await mailbox.letters(address))

        return tuple(letter.text.strip() for letter in in_thread(lambda: asyncio.run(read())))

    return texts


@pytest.fixture
def read(box: Box, look: Callable[[ImapMailbox, str], tuple[str, ...]]) -> Read:
    """Read the mailbox once, by settings of ImapMailbox."""

    def once(address: str = KIM, **settings: Any) -> tuple[str, ...]:  # noqa: ANN401 (settings of several kinds)
        with closing(ImapMailbox(box.server(), lambda _: box.password, **settings)) as mailbox:
            return look(mailbox, address)

    return once
