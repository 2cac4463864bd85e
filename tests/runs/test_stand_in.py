from __future__ import annotations

import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from nmo_autofill.errors import StandInError
from nmo_autofill.runs.stand_in import stand_in_portal
from nmo_autofill.settings import Skin


@pytest.mark.parametrize("skin", Skin)
def test_it_serves_while_it_is_needed(skin: Skin) -> None:
    with stand_in_portal(skin) as portal:
        with urlopen(portal.address, timeout=5) as answer:  # noqa: S310 (loopback)
            assert answer.status == 200
        assert portal.process.poll() is None
    assert portal.process.returncode is not None


def test_it_ends_when_its_user_fails() -> None:
    with pytest.raises(ZeroDivisionError), stand_in_portal(Skin.NATIVE) as portal:
        portal.process.returncode = 1 // 0
    assert portal.process.returncode is not None


def test_a_port_that_is_taken_is_told_in_the_portals_words() -> None:
    with stand_in_portal(Skin.NATIVE) as portal:
        port = int(portal.address.rpartition(":")[2].strip("/"))
        with pytest.raises(StandInError) as raised, stand_in_portal(Skin.NATIVE, port):
            pass
    assert f"Порт {port} занят" in raised.value.facts["words"]


def test_a_start_that_says_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nmo_autofill.runs.stand_in.sys.executable", "/bin/true")
    with pytest.raises(StandInError) as raised, stand_in_portal(Skin.NATIVE):
        pass
    assert raised.value.facts["words"] == "—"


USES_IT = """
import sys
from nmo_autofill.runs.stand_in import stand_in_portal
from nmo_autofill.settings import Skin
with stand_in_portal(Skin.NATIVE) as portal:
    print(portal.address, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_its_user_however_that_ends(end: signal.Signals) -> None:
    with subprocess.Popen(  # noqa: S603 (our own code)
        [sys.executable, "-c", USES_IT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as user:
        assert user.stdout
        address = urlsplit(user.stdout.readline().strip())
        with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert connection.recv(1)
            user.send_signal(end)
            while connection.recv(65536):
                pass
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((address.hostname, address.port), timeout=5).close()
