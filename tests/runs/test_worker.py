"""Several processes that enter one group together, by the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nmo_autofill.cli import main
from nmo_autofill.profile.loading import load
from tests.runs.conftest import PROFILES, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from mock_portal.stand import Skin
    from tests.runs.conftest import Office

SECONDS = 480


def test_workers_enter_a_group_together_and_nobody_twice(office_at: Callable[[Skin], Office], postgresql: str) -> None:
    office = office_at("native")
    names = ("kim", "vorobyov", "yolkina", "group-sd-41")
    files = [str(next(PROFILES.glob(f"{name}.*"))) for name in names]
    command = [sys.executable, "-m", "nmo_autofill", "worker", *files]
    command += ["--portal", office.portal.address, "--database", postgresql, "--jobs", "1"]
    environment = {**os.environ, "NMO_AUTOFILL_FOLDER": str(office.folder), "PYTHONIOENCODING": "utf-8"}
    workers = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603 (our own command, no shell)
        for _ in range(2)
    ]
    told = [worker.communicate(timeout=SECONDS) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], told
    count = len(load([Path(file) for file in files], today=TODAY).people)
    assert [len(office.portal.witness(action, accepted=True)) for action in ("registration", "cycle")] == [count] * 2
    for shown, _ in told:
        assert all(Path(file).name in shown for file in files)


def test_a_worker_is_told_which_database_it_shares(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worker", str(PROFILES / "kim.yaml"), "--portal", "mock"]) == 2
    assert "--database" in capsys.readouterr().err
