"""The stand-in portal's mailbox."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

from mock_portal.app import create_app
from mock_portal.server import running
from nmo_autofill.errors import HostRefusedError, PortalUnreachableError
from nmo_autofill.letters.stand_in import StandInMailbox

if TYPE_CHECKING:
    from tests.conftest import InThread


def test_only_a_portal_on_loopback_shows_everybodys_letters() -> None:
    with pytest.raises(HostRefusedError):
        StandInMailbox("https://nmfo-spo.edu.rosminzdrav.ru/")


def test_no_letters(in_thread: InThread) -> None:
    with running(create_app()) as address:
        assert in_thread(lambda: asyncio.run(StandInMailbox(address).letters("nobody@example.org"))) == ()


def test_a_portal_that_is_gone_is_told(in_thread: InThread) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
    with pytest.raises(PortalUnreachableError):
        in_thread(lambda: asyncio.run(StandInMailbox(address).letters("nobody@example.org")))
