"""The whole way of the letters: the stand-in portal, SMTP, the mail server's folders, IMAP, login and password."""

from __future__ import annotations

import asyncio
import email
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from aiosmtpd.controller import Controller

from mock_portal.actions.registration import register
from mock_portal.app import create_app
from mock_portal.server import running
from nmo_autofill.letters.imap import ImapMailbox
from nmo_autofill.letters.post import Brought, MailboxLetters
from nmo_autofill.portal.atlas import at_address, load_map
from tests.letters.dovecot import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiosmtpd.smtp import SMTP, Envelope, Session

    from mock_portal.stand import Spam, Stand
    from tests.conftest import InThread
    from tests.letters.dovecot import Box

ALYONA = {
    "snils": "160-722-394 47", "surname": "Берёзкина-Ольха", "name": "Алёна", "patronymic": "Игоревна",
    "citizenship": "Россия", "region": "Омская область", "sex": "Женский", "birth_date": "14.03.2004",
    "email": "alyona@college.example", "phone": "+7(913)401-22-38", "consent": "yes", "agreement": "yes",
}  # fmt: skip
TIMUR = ALYONA | {"snils": "204-518-736 45", "surname": "Рахимов", "email": "timur@college.example"}


class CatchAll:
    """A mail server that puts every letter into one maildir, and what a filter marked into «Спам»."""

    def __init__(self, box: Box) -> None:
        self.box = box

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        content = envelope.content
        assert isinstance(content, bytes)
        marked = email.message_from_bytes(content)["X-Spam-Flag"] == "YES"
        await asyncio.to_thread(self.box.deliver, content, "Спам" if marked else "")
        return "250 OK"


@pytest.fixture
def place(box: Box) -> Iterator[str]:
    controller = Controller(CatchAll(box), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"127.0.0.1:{controller.port}"
    controller.stop()


@pytest.mark.parametrize("spam", ["never", "third", "always"])
def test_from_the_registration_to_login_and_password(spam: Spam, place: str, box: Box, in_thread: InThread) -> None:
    app = create_app(smtp=place, spam=spam)
    stand: Stand = app.state.stand
    with running(app) as address, closing(ImapMailbox(box.server(), lambda _: box.password)) as mailbox:
        letters = MailboxLetters(mailbox, at_address(load_map("mock"), address))

        def awaited(person: dict[str, str], number: int) -> Brought:
            return in_thread(lambda: asyncio.run(_awaited(letters, person, number)))

        for person in (ALYONA, TIMUR):
            assert register(stand, person, address).accepted
        for person in (ALYONA, TIMUR):
            first = awaited(person, 1)
            assert first.credentials is None
            assert first.link
            with urlopen(first.link, timeout=10) as answer:  # noqa: S310 (the stand-in portal's)
                assert answer.status == 200
        passwords = set()
        for person in (ALYONA, TIMUR):
            second = awaited(person, 2)
            assert second.credentials
            assert second.credentials.login == person["snils"]
            account = stand.store.account_of_email(person["email"])
            assert account
            passwords.add(second.credentials.password)
            told = stand.store.letters(person["email"])[-1].text
            assert f"Пароль: {second.credentials.password}\n" in told
        assert len(passwords) == 2
    assert any("&BCEEPwQwBDw-" in file for file in box.files()) == (spam != "never")


async def _awaited(letters: MailboxLetters, person: dict[str, str], number: int) -> Brought:
    for _ in range(100):
        brought = await letters.look(person["email"], person["snils"])
        if brought.letters >= number:
            return brought
        await asyncio.sleep(0.1)  # noqa: TID251 (a mailbox tells of no letter by itself)
    raise AssertionError(brought)
