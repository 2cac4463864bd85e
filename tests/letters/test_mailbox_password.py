"""Where the mailbox's password comes from."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from nmo_autofill.errors import MailboxPasswordError, Remedy
from nmo_autofill.letters.mailbox_password import COMMAND_VARIABLE, VARIABLE, mailbox_password
from nmo_autofill.letters.server import ImapServer

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = ImapServer("college@example.org", "imap.example.org")


class Store(KeyringBackend):
    """A password store of the system's kind, in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # (keyring's)
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture(autouse=True)
def store() -> Iterator[Store]:
    before, mine = keyring.get_keyring(), Store()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


def program(code: str) -> dict[str, str]:
    return {COMMAND_VARIABLE: f"{shlex.quote(sys.executable)} -X utf8 -c {shlex.quote(code)}"}


def test_from_the_environment() -> None:
    assert mailbox_password(SERVER, {VARIABLE: "п ароль", **program("exit(1)")}) == "п ароль"


def test_from_a_program_that_reads_the_user() -> None:
    assert mailbox_password(SERVER, program("print(input()[::-1])")) == SERVER.user[::-1]


def test_from_the_password_store(store: Store) -> None:
    store.set_password("nmo-autofill:imap.example.org", SERVER.user, "secret")
    assert mailbox_password(SERVER, {}) == "secret"
    assert mailbox_password(SERVER, {VARIABLE: "other"}) == "other"


@pytest.mark.parametrize(
    ("environment", "what"),
    [
        ({}, f"{VARIABLE}: –, keyring: –"),
        ({VARIABLE: "", COMMAND_VARIABLE: ""}, f"{VARIABLE}: –, keyring: –"),
        ({VARIABLE: "se\ncret"}, "control character"),
        (program("print('secret'); exit(4)"), f"{COMMAND_VARIABLE}: exit code 4"),
        (program("print('secret\\nsecret')"), f"{COMMAND_VARIABLE}: lines: 2"),
        (program(""), f"{COMMAND_VARIABLE}: lines: 0"),
        ({COMMAND_VARIABLE: "no-such-helper"}, f"{COMMAND_VARIABLE}: not found"),
        ({COMMAND_VARIABLE: "'"}, f"{COMMAND_VARIABLE}: lines: 0"),
    ],
)
def test_without_one_the_places_are_told_and_nothing_that_was_said(environment: dict[str, str], what: str) -> None:
    with pytest.raises(MailboxPasswordError) as raised:
        mailbox_password(SERVER, environment)
    assert raised.value.facts == {"host": "imap.example.org", "what": what}
    assert raised.value.remedy is Remedy.ASK


def test_a_locked_store(store: Store) -> None:
    store.locked = True
    with pytest.raises(MailboxPasswordError) as raised:
        mailbox_password(SERVER, {})
    assert raised.value.facts["what"].endswith("keyring: KeyringLocked")


def test_the_store_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nmo_autofill.letters.mailbox_password.find_spec", lambda _: None)
    with pytest.raises(MailboxPasswordError) as raised:
        mailbox_password(SERVER, {})
    assert raised.value.facts["what"].endswith("not installed")
