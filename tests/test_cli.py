from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from mock_portal.app import create_app
from mock_portal.server import running
from nmo_autofill import cli, entering
from nmo_autofill.profile.loading import load
from nmo_autofill.runs.journal import Journal, Subject
from nmo_autofill.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from nmo_autofill.profile.people import Loaded
    from tests.conftest import InThread

ROOT = Path(__file__).parent.parent
PROFILES = ROOT / "profiles"
KIM, VOROBYOV = str(PROFILES / "kim.yaml"), str(PROFILES / "vorobyov.yaml")
PLANTED = "Зюзюкина 904-000-444-32 тайна"


class Told(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.out)
        return document


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NMO_AUTOFILL_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path / "data"


@pytest.fixture
def call(folder: Path, capsys: pytest.CaptureFixture[str], in_thread: InThread) -> Callable[..., Told]:  # noqa: ARG001 (sets the environment)
    def called(*arguments: str) -> Told:
        code = in_thread(lambda: cli.main([*arguments]))
        return Told(code, *capsys.readouterr())

    return called


@pytest.fixture
def bad(tmp_path: Path) -> str:
    """A profile with a wrong СНИЛС."""
    file = tmp_path / "bad.yaml"
    right = Path(VOROBYOV).read_text("utf-8")
    wrong = re.sub(
        r"((?:snils|СНИЛС): .*)\d$",
        lambda found: f"{found[1]}{(int(found[0][-1]) + 1) % 10}",
        right,
        flags=re.MULTILINE,
    )
    file.write_text(wrong, encoding="utf-8")
    return str(file)


def test_a_good_profile_is_well(call: Callable[..., Told]) -> None:
    assert call("check", KIM) == (0, "Проверен 1 человек. Без замечаний: 1.\n", "")


def test_what_is_wrong_is_told_and_needs_attention(call: Callable[..., Told], bad: str) -> None:
    told = call("check", KIM, bad, "missing.yaml")
    assert told.code == 1
    assert "[snils.checksum]" in told.out
    assert "missing.yaml: ошибка [file.missing]" in told.out
    assert told.out.endswith("Проверено 2 человека. Без замечаний: 1, с ошибками: 1. Не прочитано: 1.\n")


def test_check_speaks_json(call: Callable[..., Told], bad: str) -> None:
    told = call("check", KIM, bad, "missing.yaml", "--format", "json")
    assert told.code == 1
    assert not told.err
    document = told.document
    assert document["version"] == 1
    assert [person["verdict"] for person in document["people"]] == ["valid", "error"]
    assert document["people"][0]["source"] == {"file": KIM, "line": 2, "sheet": None, "row": None}
    assert document["people"][0]["profile"]["snils"] == "904-000-444 32"
    keys = {"severity", "code", "field", "message", "hint", "file", "line", "column", "sheet", "cell", "row"}
    assert [diagnostic["field"] for diagnostic in document["diagnostics"]] == ["snils", ""]
    assert all(set(diagnostic) == keys for diagnostic in document["diagnostics"])
    assert document["left_out"] == [{"file": "missing.yaml", "sheet": None, "row": None, "why": "file.missing"}]


def test_a_plan_shows_what_would_be_typed_and_says_who_is_left_out(call: Callable[..., Told], bad: str) -> None:
    told = call("plan", KIM, bad)
    assert told.code == 1
    assert "Виолетта" in told.out
    assert f"{bad}:2: план не показан" in told.err
    assert "[snils.checksum]" in told.err


def test_a_plan_without_errors_is_well(call: Callable[..., Told]) -> None:
    told = call("plan", KIM, "--portal", "nmfo")
    assert told.code == 0
    assert not told.err
    assert max(map(len, told.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("portal", "said"),
    [
        ("http://example.com/", "По адресу http://example.com/"),
        ("file://127.0.0.1/x", "По адресу file://"),
        ("http://[::1", "По адресу http://[::1"),
        ("http://127.0.0.1:99999/", "По адресу http://127.0.0.1:99999/"),
        ("nowhere", "«nowhere» неизвестен. Годится имя карты портала (mock, nmfo)"),
        ("missing.yaml", "«missing.yaml» неизвестен"),
    ],
)
@pytest.mark.parametrize("command", ["plan", "run"])
def test_a_portal_that_may_not_be_reached_is_wrong_use(
    call: Callable[..., Told], command: str, portal: str, said: str
) -> None:
    told = call(command, KIM, "--portal", portal)
    assert told.code == 2
    assert said in told.err
    assert not told.out


def test_a_bad_map_is_wrong_use(call: Callable[..., Told], tmp_path: Path) -> None:
    portal = tmp_path / "map.yaml"
    portal.write_text("extends: nmfo\nnothing: known\n", encoding="utf-8")
    told = call("plan", KIM, "--portal", str(portal))
    assert told.code == 2
    assert "составлено неверно: nothing" in told.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--new-password-from", "nothing"), "--new-password-from ask | command:PROGRAM"),
        (("--new-password-from", "command:no-such-program"), "no-such-program (not found)"),
        (("--letters", "nothing"), "--letters"),
        (("--browser", "ws://browsers.example.org/"), "wss://"),
        (("--report", str(ROOT)), "Не получается записать файл"),
        (("--report", f"{KIM}/report.html"), "Не получается записать файл"),
    ],
)
def test_what_cannot_be_done_is_told_before_anybody_is_run(
    call: Callable[..., Told], folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    told = call("run", KIM, "--portal", "mock", *arguments)
    assert told.code == 2
    assert said in told.err
    assert not folder.exists()


def test_a_run_of_nobody_needs_attention_and_no_browser(
    call: Callable[..., Told], monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", "/no/browser")
    told = call("run", bad, "missing.yaml", "--portal", "http://127.0.0.1:9/", "--format", "json")
    assert told.code == 1
    (person,) = told.document["people"]
    assert person["outcome"] == "stopped"
    assert [step["reason"] for step in person["steps"]] == ["step.profile_invalid"]
    assert "[file.missing]" in told.err
    assert call("run", "missing.yaml", "--portal", "http://127.0.0.1:9/").out == ""


def test_without_a_browser_everybody_is_told_as_stopped(
    call: Callable[..., Told], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", "/no/browser")
    report = tmp_path / "report.html"
    told = call("run", KIM, VOROBYOV, "--portal", "http://127.0.0.1:9/", "--report", str(report))
    assert told.code == 1
    assert report.read_text("utf-8").count("✗ остановлено") == 2
    assert told.out.count("✗ остановлено") == 2
    assert "/no/browser" in told.out


def test_a_run_speaks_json_writes_a_report_and_changes_the_password(
    call: Callable[..., Told], folder: Path, tmp_path: Path
) -> None:
    report = tmp_path / "reports" / "report.html"
    program = f"{sys.executable} -c 'print(\"New-Password-\" + input()[:2])'"
    told = call(
        *("run", KIM, "--portal", "mock", "--skin", "kit", "--until", "admitted", "--format", "json"),
        *("--report", str(report), "--new-password-from", f"command:{program}"),
    )
    document = told.document
    assert told.code == 0, told.out
    assert document["version"] == 1
    assert document["run"]
    assert document["portal"] == "учебный портал"
    assert [person["outcome"] for person in document["people"]] == ["done"]
    assert document["people"][0]["follow_up"]
    steps = document["people"][0]["steps"]
    assert [step["step"] for step in steps] == ["registration", "sign_in", "admission", "password"]
    assert {"step", "outcome", "reason", "fields"} <= set(steps[0])
    assert {"field": "surname", "status": "filled"} in steps[0]["fields"]
    assert told.err.splitlines() == [f"1/1 {KIM}:2: сделано", f"Отчёт: {report}"]
    assert "✓ сделано" in report.read_text("utf-8")
    stored = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert b"New-Password" not in stored + told.out.encode() + report.read_bytes()

    # The debt of the one without a certificate was written down for the next command.
    told = call("followups", "--format", "json")
    assert told.code == 0
    (owed,) = told.document["people"]
    assert owed["source"] == {"file": KIM, "line": 2, "sheet": None, "row": None}
    assert owed["portal"] == "mock"
    assert owed["support"] == "support@example.org"
    assert "Ким Виолетта" in owed["request"]


def test_a_fault_of_ours_with_one_person_loses_nobodys_outcome(
    call: Callable[..., Told], folder: Path, tmp_path: Path
) -> None:
    # A map that forgets a page is an oversight that no error of ours foresees.
    known = yaml.safe_load((files("nmo_autofill.portal") / "maps" / "nmfo.yaml").read_text("utf-8"))
    del known["pages"]["registered"]
    with running(create_app("native")) as address:
        known |= {"name": "forgetful", "hosts": [], "entry": {"spo": address, "vo": address}}
        (tmp_path / "map.yaml").write_text(yaml.safe_dump(known, allow_unicode=True), encoding="utf-8")
        report = tmp_path / "report.html"
        told = call("run", KIM, VOROBYOV, "--portal", str(tmp_path / "map.yaml"), "--report", str(report))
    assert told.code == 3
    assert told.out.count("✗ ") == 2
    assert report.read_text("utf-8").count("kim.yaml") >= 1
    assert told.err.count("Это ошибка программы") == 2
    logs = "".join(file.read_text("utf-8") for file in folder.rglob("*.log"))
    assert "KeyError" in logs
    assert "904" not in logs


def test_follow_ups_of_a_profile_that_is_gone_need_attention(call: Callable[..., Told], folder: Path) -> None:
    assert call("followups") == (0, "Никто не ждёт настоящих серии и номера.\n", "")
    with Journal(folder) as journal:
        journal.owe(Subject("nmfo", journal.digest("90400044432"), Source("/gone.yaml", 2)))
    told = call("followups")
    assert told.code == 1
    assert told.out.startswith("/gone.yaml:2 — nmfo, нули внесены")
    assert call("followups", "--format", "json").document["people"][0]["request"] is None


def test_a_damaged_journal_is_told_and_no_fault(call: Callable[..., Told], folder: Path) -> None:
    folder.mkdir()
    (folder / "journal.sqlite").write_bytes(b"not a database, and long enough to be read as one" * 100)
    told = call("followups")
    assert told.code == 1
    assert str(folder / "journal.sqlite") in told.err
    assert "SQLITE_NOTADB" in told.err


def test_the_schema_is_json(call: Callable[..., Told]) -> None:
    told = call("schema")
    assert told.code == 0
    assert "snils" in json.dumps(told.document)


def test_doctor_tells_the_browser(call: Callable[..., Told]) -> None:
    told = call("doctor", "--install")
    assert told.code == 0
    assert "✓ Python: есть" in told.out
    assert "Браузер: " in told.err


def test_doctor_tells_what_mends_a_missing_browser(call: Callable[..., Told], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", "/no/browser")
    told = call("doctor")
    assert told.code == 1
    assert "✗" in told.out
    assert "Исправить: " in told.out
    assert call("doctor", "--install").code == 1


def test_a_port_that_is_taken_is_told(call: Callable[..., Told], taken_port: int) -> None:
    told = call("mock", "--port", str(taken_port))
    assert told.code == 2
    assert f"Порт {taken_port} занят" in told.err


@pytest.fixture
def taken_port() -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-m", "mock_portal", "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield int(process.stdout.readline().rpartition(":")[2].strip("/\n"))
        process.terminate()


def only_kim(today: date) -> Loaded:
    return load([KIM], today=today)


def test_the_demonstration_runs_both_skins_and_leaves_the_journal_alone(
    call: Callable[..., Told], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entering, "sample_people", only_kim)  # all of them take minutes
    told = call("demo", "--report", str(tmp_path / "report.html"))
    assert told.code == 0
    assert told.out.count("✓ сделано") == 2
    assert told.out.count("расхождений нет") == 2
    assert f"Отчёт: {tmp_path / 'report.html'}" in told.err
    assert not folder.exists()


@pytest.fixture
def failing_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that runs when it is tried, and fails when it is driven."""
    browser = shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\ncase "$*" in *--remote-debugging*) exit 1;; esac\nexec {browser} "$@"\n')
    script.chmod(0o700)
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", str(script))


@pytest.mark.usefixtures("failing_browser")
def test_a_demonstration_that_went_wrong_names_what_differs(
    call: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entering, "sample_people", only_kim)
    told = call("demo", "--report", str(tmp_path / "report.html"))
    assert told.code == 1
    assert told.out.count("✗ остановлено") == 2
    assert told.out.count("kim.yaml:2: Запись о допуске: внесено не один раз") == 2
    assert "учебный портал (kit)" in (tmp_path / "report.html").read_text("utf-8")


def test_a_demonstration_without_a_browser_says_so(
    call: Callable[..., Told], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", "/no/browser")
    told = call("demo", "--report", str(tmp_path / "report.html"))
    assert told.code == 1
    assert "/no/browser" in told.err


@pytest.fixture
def failing() -> Iterator[Callable[[BaseException], None]]:
    """Add a command that fails in an unexpected way."""
    before = [*cli.app.registered_commands]

    def add(error: BaseException) -> None:
        def fails() -> None:
            try:
                {}[PLANTED]  # type: ignore[index]
            except KeyError as cause:
                raise error from cause

        cli.app.command("fails")(fails)

    yield add
    cli.app.registered_commands[:] = before


def test_an_unexpected_error_is_one_line_and_a_log_without_personal_data(
    call: Callable[..., Told], folder: Path, failing: Callable[[BaseException], None]
) -> None:
    failing(RuntimeError(PLANTED))
    told = call("fails")
    assert told.code == 3
    (log,) = folder.iterdir()
    assert str(log) in told.err
    assert "Traceback" not in told.err
    written = log.read_text("utf-8")
    assert "builtins.KeyError" in written
    assert "builtins.RuntimeError" in written
    assert "fails" in written
    for word in PLANTED.split():
        assert word not in written + told.err + told.out + log.name


@pytest.mark.parametrize(("error", "line"), [(KeyboardInterrupt(), ""), (EOFError(), "\n")])
def test_an_interrupted_command_ends_with_130(
    call: Callable[..., Told], failing: Callable[[BaseException], None], error: BaseException, line: str
) -> None:
    failing(error)
    assert call("fails") == (130, "", f"{line}Прервано.\n")


class Started(NamedTuple):
    process: subprocess.Popen[str]
    mark: str

    def interrupt(self, *, whole_group: bool) -> tuple[str, str]:
        """Send what Ctrl-C sends; a terminal sends it to the whole group."""
        (os.killpg if whole_group else os.kill)(self.process.pid, signal.SIGINT)
        return self.process.communicate(timeout=30)

    def left_behind(self) -> list[str]:
        """Return what still runs with our data folder in its environment."""
        left = []
        for status in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if self.mark.encode() in (status / "environ").read_bytes():
                    left.append((status / "cmdline").read_text())
        return left


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    running: list[subprocess.Popen[str]] = []

    def started(*arguments: str) -> Started:
        mark = str(tmp_path / "interrupted")
        process = subprocess.Popen(  # noqa: S603 (our own module, no shell)
            [sys.executable, "-m", "nmo_autofill", *arguments],
            env={**os.environ, "NMO_AUTOFILL_FOLDER": mark},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        running.append(process)
        return Started(process, mark)

    yield started
    for process in running:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what it started holds its pipes
        process.communicate(timeout=60)


@pytest.mark.parametrize("whole_group", [False, True])
def test_an_interrupted_run_tells_everybodys_outcome_and_leaves_nothing_behind(
    start: Callable[..., Started], *, whole_group: bool
) -> None:
    started = start("run", KIM, VOROBYOV, str(PROFILES / "yolkina.yaml"), "--portal", "mock", "--format", "json")
    assert started.process.stderr
    assert started.process.stderr.readline().startswith("1/3 ")
    out, err = started.interrupt(whole_group=whole_group)
    assert started.process.returncode == 130
    people = json.loads(out)["people"]
    assert [person["outcome"] for person in people] == ["done", "stopped", "stopped"]
    assert people[1]["steps"][-1]["reason"] == "step.interrupted"
    assert err.endswith("Прервано.\n")
    assert "Traceback" not in err
    assert started.left_behind() == []


@pytest.mark.parametrize("whole_group", [False, True])
def test_ctrl_c_ends_the_stand_in_portal(start: Callable[..., Started], *, whole_group: bool) -> None:
    started = start("mock", "--port", "0", "--lang", "en")
    assert started.process.stdout
    assert started.process.stdout.readline().startswith("Stand-in portal: http://127.0.0.1:")
    assert started.interrupt(whole_group=whole_group) == ("", "Interrupted.\n")
    assert started.process.returncode == 130
    assert started.left_behind() == []
