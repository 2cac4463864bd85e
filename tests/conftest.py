"""What all tests share: which browser is launched, and how."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Told = TypeVar("Told")
# How every question of the command line ends that waits for a line.
QUESTION = "вопрос):"
SECONDS_TO_END = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-kits", action="store_true", help="write docs/kits.md from what tests/browser/kits see")


class InThread(Protocol):
    """Call a function in a thread of its own: pytest-playwright's loop occupies the main one."""

    def __call__(self, function: Callable[[], Told]) -> Told: ...


@pytest.fixture
def in_thread() -> InThread:
    def call(function: Callable[[], Told]) -> Told:
        told: Future[Told] = Future()

        def work() -> None:
            try:
                told.set_result(function())
            except BaseException as error:  # noqa: BLE001 (raised again where it is awaited)
                told.set_exception(error)

        # A daemon: one that hangs must not hold up the end of the tests.
        Thread(target=work, name="called by a test", daemon=True).start()
        return told.result()

    return call


@pytest.fixture(scope="session")
def base_url() -> None:
    # pytest-base-url 2.1 defines its own in a way that pytest 9 warns of, and here each portal has its own address.
    return None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    executable = {"executable_path": found} if found else {}
    as_root = {"args": ["--no-sandbox"]} if os.geteuid() == 0 else {}
    return {**browser_type_launch_args, **executable, **as_root}


class AtTerminal(Protocol):
    """Call the command line in a terminal of its own, and return exit code and screen.

    Each `question`, the end of what is asked, is given the next answer.
    """

    def __call__(self, answers: Sequence[str], *arguments: str | Path, question: str = QUESTION) -> tuple[int, str]: ...


@pytest.fixture
def at_terminal(tmp_path: Path) -> AtTerminal:
    def call(answers: Sequence[str], *arguments: str | Path, question: str = QUESTION) -> tuple[int, str]:
        command = [sys.executable, "-m", "nmo_autofill", *map(str, arguments)]
        environment = {**os.environ, "NMO_AUTOFILL_FOLDER": str(tmp_path / "data"), "COLUMNS": "120"}
        terminal, inside = pty.openpty()
        with subprocess.Popen(  # noqa: S603 (our own command)
            command, stdin=inside, stdout=inside, stderr=inside, env=environment
        ) as child:
            os.close(inside)
            try:
                shown = _conversation(terminal, answers, question)
                child.wait(SECONDS_TO_END)
            finally:
                child.kill()
        os.close(terminal)
        return child.returncode, shown

    return call


def _conversation(terminal: int, answers: Sequence[str], question: str) -> str:
    shown, given = "", 0
    while select.select([terminal], [], [], 180)[0]:
        try:
            shown += os.read(terminal, 65_536).decode(errors="replace")
        except OSError:  # the other side has hung up
            break
        while given < shown.count(question):
            os.write(terminal, f"{answers[given]}\n".encode())
            given += 1
    assert given == len(answers), shown
    return shown
