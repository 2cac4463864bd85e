"""The server and the command: this machine only, one line when ready."""

from __future__ import annotations

import json
import re
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import trustme
from starlette.applications import Starlette

from mock_portal.__main__ import main
from mock_portal.app import create_app
from mock_portal.server import HostRefusedError, PortalServer, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", ""])  # noqa: S104 (they are to be refused)
def test_other_hosts_are_refused(host: str) -> None:
    app = create_app()
    with pytest.raises(HostRefusedError):
        PortalServer(app, host)
    app.state.stand.store.close()


def test_command_refuses_other_hosts_and_taken_ports(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--host", "0.0.0.0", "--port", "0"]) == 2  # noqa: S104 (it is to be refused)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["--port", str(taken.getsockname()[1])]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "только на этом компьютере" in told.err
    assert "занят" in told.err


GOOD = {"snils": "160-722-394 47", "level": "spo", "documents": []}


@pytest.mark.parametrize(
    ("option", "content", "told"),
    [
        ("--port", None, "Порт"),
        ("--register", None, "No such file"),
        ("--register", b"", "JSON"),
        ("--register", b"\xff", "UTF-8"),
        ("--register", b"[" * 100_000, "JSON"),
        ("--register", b'{"snils": "1"}', "список"),
        ("--register", b"[1]", "человек 1"),
        ("--register", json.dumps([GOOD, {"snils": "1", "level": "spo"}]).encode(), "человек 2, нет ключа documents"),
        ("--register", json.dumps([GOOD | {"documents": 1}]).encode(), "человек 1"),
        ("--register", json.dumps([GOOD | {"snils": 1}]).encode(), "человек 1"),
        ("--register", json.dumps([GOOD | {"level": []}]).encode(), "человек 1"),
        ("--database", None, "unable to open"),
        ("--database", b"no database" * 100, "not a database"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    option: str, content: bytes | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "none" / "given"
    if content is not None:
        given = tmp_path / "given"
        given.write_bytes(content)
    values = ["99999", "65536", "-1"] if option == "--port" else [str(given)]
    for value in values:
        assert main(["--port", "0", f"{option}={value}"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert told in err
        assert value in err
        assert err.count("\n") == 1


def test_folder_is_neither_register_nor_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--register", "--database"):
        assert main(["--port", "0", option, str(tmp_path)]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_port_that_cannot_be_had_is_not_called_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    assert main(["--port", "80"]) == 2
    assert capsys.readouterr().err == "Порт 80 не открывается: Permission denied\n"


def test_command_tells_one_line_and_stops(tmp_path: Path) -> None:
    people = tmp_path / "people.json"
    people.write_text(json.dumps([{"snils": "160-722-394 47", "level": "spo", "documents": []}]), "utf-8")
    arguments = ["--port", "0", "--skin", "kit", "--register", str(people), "--fault", "no_letters"]
    command = [sys.executable, "-m", "mock_portal", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 (own command, no shell)
        assert process.stdout
        line = process.stdout.readline()
        found = re.fullmatch(r"Учебный портал \(kit\): (http://127\.0\.0\.1:\d+/)\n", line)
        assert found
        with urlopen(found[1] + "_mock/faults", timeout=10) as answer:  # noqa: S310 (our own portal)
            assert "no_letters" in json.load(answer)["faults"]
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=20)
    assert rest == ("", "")
    assert process.returncode == 0


def test_file_keeps_the_state(tmp_path: Path, woman: dict[str, str]) -> None:
    database = tmp_path / "portal.sqlite"
    for expected in (200, 422):
        app = create_app("kit", database=database, letters="direct", captcha=False)
        with running(app) as url:
            assert _status(url + "api/registration", woman) == expected


def test_port_in_ipv6_and_localhost() -> None:
    with running(create_app(), "localhost") as url, urlopen(url, timeout=10) as answer:  # noqa: S310 (our own portal)
        assert answer.status == 200


def test_certificate_makes_https(tmp_path: Path) -> None:
    authority, key, chain = trustme.CA(), tmp_path / "key.pem", tmp_path / "chain.pem"
    issued = authority.issue_cert("localhost")
    issued.private_key_pem.write_to_path(str(key))
    for pem in issued.cert_chain_pems:
        pem.write_to_path(str(chain), append=True)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with running(create_app(), "localhost", certificate=(chain, key)) as url:
        assert url.startswith("https://localhost:")
        with urlopen(url, timeout=10, context=trusting) as answer:  # noqa: S310 (our own portal)
            assert answer.status == 200


def test_failed_start_is_told() -> None:
    async def failing(_: Starlette) -> AsyncIterator[None]:
        raise LookupError
        yield

    app = Starlette(lifespan=asynccontextmanager(failing))
    with pytest.raises(RuntimeError, match="did not start"), running(app):
        pytest.fail("it must not start")


def test_nothing_is_loaded_from_elsewhere() -> None:
    package = files("mock_portal")
    sources = [Path(str(package / folder)) for folder in ("static", "templates")]
    texts = [path.read_text("utf-8") for folder in sources for path in folder.rglob("*") if path.is_file()]
    assert len(texts) > 40
    assert set(re.findall(r"https?://[\w.]+", "".join(texts))) <= {"http://www.w3.org"}


def test_static_files_and_missing_pages() -> None:
    with running(create_app(captcha=True)) as url:
        for path in ("static/style.css", "static/kit/main.js", "static/emblem.svg"):
            with urlopen(url + path, timeout=10) as answer:  # noqa: S310 (our own portal)
                assert answer.status == 200
        assert _status(url + "nowhere", {}) == 404


def _status(url: str, values: dict[str, str]) -> int:
    try:
        with urlopen(Request(url, data=json.dumps(values).encode()), timeout=10) as answer:  # noqa: S310 (our own portal)
            return int(answer.status)
    except HTTPError as refused:
        with refused:
            return refused.code
