"""Browsers that run already: Chromium's debugging port, and a server of Playwright's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.browser.operator import Presser
from nmo_autofill.browser.provision import find_browser, launch_options
from nmo_autofill.browser.remote import Protocol, Remote, parse_address
from nmo_autofill.errors import BrowserAddressError
from nmo_autofill.outcome import Outcome
from nmo_autofill.runs.journal import Journal
from tests.letters.dovecot import free_port
from tests.runs.test_oversight import SECONDS, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from mock_portal.stand import Skin
    from tests.runs.conftest import Office, People

TOKEN = "t0ken"  # noqa: S105 (a made-up one, which nobody may be told)


@contextmanager
def running(command: Sequence[str], mark: str) -> Iterator[str]:
    """Start a program, and give the address that it prints."""
    with subprocess.Popen(  # noqa: S603 (found above)
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            line = next(line for line in process.stdout if mark in line)
            yield mark + line.split(mark)[1].strip()
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # Debian's Chromium is started by a script


@contextmanager
def chromium(folder: Path, port: int = 0) -> Iterator[str]:
    options = launch_options(find_browser())
    command = [
        str(options["executable_path"]),
        *options["args"],
        f"--remote-debugging-port={port}",
        f"--user-data-dir={folder}",
    ]
    with running([*command, "about:blank"], "ws://") as address:
        yield address


@contextmanager
def playwright_server(folder: Path) -> Iterator[str]:
    options = launch_options(find_browser())
    given = {"executablePath": options["executable_path"], "args": options["args"], "headless": True}
    config = folder / "server.json"
    config.write_text(json.dumps({**given, "host": "127.0.0.1", "wsPath": f"/{TOKEN}"}))
    command = [sys.executable, "-m", "playwright", "launch-server", "--browser", "chromium", "--config", str(config)]
    with running(command, "ws://") as address:
        yield address


@pytest.mark.parametrize(
    ("address", "protocol"),
    [
        ("ws://127.0.0.1:3000/", Protocol.PLAYWRIGHT),
        ("wss://browsers.example.org/x", Protocol.PLAYWRIGHT),
        ("http://localhost:9222", Protocol.CDP),
        ("https://browsers.example.org", Protocol.CDP),
        ("ws://[::1]:9222/devtools/browser/0", Protocol.CDP),
    ],
)
def test_an_address_tells_how_the_browser_is_spoken_to(address: str, protocol: Protocol) -> None:
    assert parse_address(address) == Remote(address, protocol)
    assert address not in repr(parse_address(address))


@pytest.mark.parametrize(
    "address", ["", "chromium", "ws://", "ws://127.0.0.1:99999", "http://[", "ftp://127.0.0.1", "file:///etc/passwd"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BrowserAddressError):
        parse_address(address)


@pytest.mark.parametrize(
    "address", ["ws://browsers.example.org/", "http://192.0.2.7:9222", "ws://127.0.0.1.example.org/"]
)
def test_what_is_typed_goes_to_another_computer_encrypted_only(address: str) -> None:
    with pytest.raises(BrowserAddressError) as raised:
        parse_address(address)
    assert raised.value.facts == {"what": "wss://…, https://…"}


@pytest.mark.parametrize("server", [chromium, playwright_server])
def test_people_are_entered_by_a_browser_that_runs_already_and_stays(
    office_at: Callable[[Skin], Office],
    people: People,
    tmp_path: Path,
    server: Callable[[Path], AbstractContextManager[str]],
) -> None:
    office = office_at("kit")
    with server(tmp_path) as address:
        for name in ("kim", "vorobyov"):
            assert office.run(people(name), browser=parse_address(address)).well
    assert len(office.portal.witness("cycle", accepted=True)) == 2


def test_a_browser_that_is_away_stops_everybody_and_its_address_is_not_told(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    office = office_at("native")
    report = office.run(people("kim"), browser=parse_address(f"ws://127.0.0.1:9/{TOKEN}"))
    assert [(one.outcome, one.steps[-1].reason) for one in report.people] == [(Outcome.STOPPED, "error.browser_away")]
    assert TOKEN not in repr(report)


def test_a_browser_without_a_window_is_refused_where_a_person_has_to_see_it(
    office_at: Callable[[Skin], Office], people: People, tmp_path: Path
) -> None:
    office = office_at("native")
    with chromium(tmp_path) as address:
        report = office.run(people("kim"), browser=parse_address(address), headed=True, presser=Presser.PERSON)
    assert [one.steps[-1].reason for one in report.people] == ["error.browser_hidden"]
    assert office.portal.witness() == []


def test_a_browser_that_ends_at_work_is_connected_with_anew(
    office_at: Callable[[Skin], Office], people: People, tmp_path: Path
) -> None:
    office = office_at("native")
    office.portal.stand.faults.replace({"late_letters": {"ms": 15000}})
    port = free_port()
    browser = parse_address(f"http://127.0.0.1:{port}")
    with ThreadPoolExecutor(1) as pool, Journal(office.folder) as journal:
        with chromium(tmp_path / "one", port):
            report = pool.submit(lambda: office.run(people("kim"), browser=browser, letter_seconds=SECONDS))
            until(lambda: [one for one in journal.standings() if one.step.outcome is Outcome.WAITING_LETTER])
        with chromium(tmp_path / "other", port):
            assert report.result(SECONDS).well
