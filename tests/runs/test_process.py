"""A run as a process: what it opens, where it connects, what it prints, and how it goes on with other code."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

import nmo_autofill
from nmo_autofill.outcome import Outcome
from nmo_autofill.runs.journal import Journal
from tests.processes import below
from tests.runs.conftest import PROFILES
from tests.runs.test_oversight import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mock_portal.stand import Skin
    from tests.runs.conftest import Office

SECONDS = 120
LISTENS = "0A"
TABLES = [(Path(f"/proc/net/{table}"), table) for table in ("tcp", "tcp6", "udp", "udp6")]


def start(office: Office, *options: str, folder: Path | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "nmo_autofill", "run", str(PROFILES / "kim.yaml"), "--portal"]
    return subprocess.Popen(  # noqa: S603 (our own command, no shell)
        [*command, office.portal.address, *options],
        env={**os.environ, "NMO_AUTOFILL_FOLDER": str(office.folder)},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def sockets(process: int) -> set[str]:
    """Return the numbers (inodes) of a process's sockets."""
    found = set()
    with suppress(OSError):  # it ended meanwhile
        for link in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):
                found.add(str(link.readlink()).removeprefix("socket:[").removesuffix("]"))
    return found


def connections(inodes: set[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield of these sockets the table, the other side's address, and whether it listens."""
    for file, table in TABLES:
        for line in file.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes:
                yield table, _address(fields[2].partition(":")[0]), fields[3] == LISTENS and table.startswith("tcp")


def _address(written: str) -> str:
    words = [bytes.fromhex(written[place : place + 8])[::-1] for place in range(0, len(written), 8)]
    return str(ip_address(b"".join(words)))


def test_a_run_opens_no_port_and_connects_with_this_computer_only(office_at: Callable[[Skin], Office]) -> None:
    office = office_at("kit")
    process = start(office)
    listening, others, looks = set(), set(), 0
    while process.poll() is None:
        family = {process.pid: "nmo-autofill", **below(process.pid)}
        for pid, name in family.items():
            for table, other, listens in connections(sockets(pid)):
                if listens:
                    listening.add((name, table))
                if not ip_address(other).is_loopback and not ip_address(other).is_unspecified:
                    others.add((name, table, other))
        looks += len(family) > 1
        time.sleep(0.02)  # noqa: TID251 (another process writes what is looked for)
    shown, told = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, told
    assert looks > 20  # of it at work, with its browser
    assert listening == set()
    assert others == set()
    # And nothing but the progress is told: libraries keep their logs to themselves.
    assert told.splitlines() == [f"1/1 {PROFILES / 'kim.yaml'}:2: сделано"]
    assert "сделано" in shown


def test_who_waits_goes_on_after_the_code_was_changed(office_at: Callable[[Skin], Office], tmp_path: Path) -> None:
    office = office_at("native")
    office.portal.stand.faults.replace({"no_letters": {}})
    process = start(office, "--wait", "5")
    with Journal(office.folder) as journal:
        until(lambda: [one for one in journal.standings() if one.step.outcome is Outcome.WAITING_LETTER])
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=SECONDS)
        office.portal.stand.reset()  # the registration is lost with it: only one that goes on does not ask for it again
        changed = tmp_path / "changed"
        shutil.copytree(Path(nmo_autofill.__file__).parent, changed / "nmo_autofill")
        code = changed / "nmo_autofill" / "runs" / "engine.py"
        before = "    _at_work[-1].news.set()\n"
        assert before in code.read_text("utf-8")
        mark = f"    __import__('pathlib').Path({str(tmp_path / 'mark')!r}).touch()\n"
        code.write_text(code.read_text("utf-8").replace(before, before + mark), "utf-8")
        start(office, folder=changed).communicate(timeout=SECONDS)
        assert (tmp_path / "mark").exists()
        with journal.database.connect() as database:
            runs = database.execute(text("SELECT workflow_uuid, status FROM workflow_status")).all()
    assert [(name.rpartition("/")[2], status) for name, status in runs] == [("1", "SUCCESS")]
    assert office.portal.witness("registration") == []
