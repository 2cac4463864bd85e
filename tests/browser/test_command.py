from __future__ import annotations

import os
import select
import sys
from typing import TYPE_CHECKING

from nmo_autofill.browser.command import run_command

if TYPE_CHECKING:
    from pathlib import Path


def test_code_and_both_outputs_come_back() -> None:
    script = "import sys; print('out', flush=True); print('err', file=sys.stderr); raise SystemExit(3)"
    assert run_command((sys.executable, "-c", script), seconds=30) == (3, "out\nerr\n")


def test_a_command_gets_no_input() -> None:
    assert run_command((sys.executable, "-c", "print(repr(input()))"), seconds=30)[0] == 1


def test_a_command_that_is_not_there_is_told() -> None:
    code, output = run_command(("/nowhere/browser",), seconds=30)
    assert code == -1
    assert output == os.strerror(2)


def test_what_is_no_program_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "chrome"
    broken.write_bytes(b"\x7fELF")
    broken.chmod(0o755)
    assert run_command((str(broken),), seconds=30) == (-1, os.strerror(8))


def test_a_grandchild_that_hangs_is_ended_too(tmp_path: Path) -> None:
    held = tmp_path / "held"
    os.mkfifo(held)
    reader = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    try:
        # The grandchild inherits the open pipe, so it holds it from its first moment on.
        script = f"exec 3>'{held}'; sleep 600 & echo begun; wait"
        assert run_command(("sh", "-c", script), seconds=2) == (-1, "begun\n")
        # The kernel ends a killed process in its own time: the pipe hangs up when its last holder is gone.
        hung_up = select.poll()
        hung_up.register(reader, select.POLLHUP)
        assert hung_up.poll(10_000) == [(reader, select.POLLHUP)], "somebody still holds the pipe"
    finally:
        os.close(reader)
