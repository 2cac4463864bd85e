from __future__ import annotations

import shlex
import sys

import pytest

from nmo_autofill.errors import PasswordMissingError, UsageError
from nmo_autofill.runs.passwords import AskedOnce, AskedPasswords, CommandPasswords, password_source

PLANTED = "Planted-Password-1"
LOGIN = "90400044432"


def nobody(login: str) -> str:
    raise AssertionError(login)


def command(code: str) -> str:
    return f"command:{shlex.join([sys.executable, '-c', code])}"


def refused(code: str, seconds: float = 60) -> PasswordMissingError:
    source = CommandPasswords([sys.executable, "-c", code], "vault", seconds)
    with pytest.raises(PasswordMissingError) as raised:
        source.password(LOGIN)
    error = raised.value
    assert error.facts["program"] == "vault"
    # What the program printed may be the password, and what it got is the login.
    chain = f"{error} {error.__cause__}"
    assert PLANTED not in chain
    assert LOGIN not in chain
    assert error.__suppress_context__ or error.__context__ is None
    return error


def test_a_program_gets_the_login_and_gives_the_password() -> None:
    source = password_source(command("print(input()[::-1], 'é')"), nobody)
    assert source.password(LOGIN) == "23444000409 é"


def test_the_login_is_no_argument() -> None:
    source = password_source(command("import sys; print(len(sys.argv))"), nobody)
    assert source.password(LOGIN) == "1"


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (f"print('{PLANTED}'); raise SystemExit(3)", "exit code 3"),
        ("", "lines: 0"),
        ("print()", "lines: 1"),
        (f"print('{PLANTED}'); print('more')", "lines: 2"),
        ("import sys; sys.stdout.buffer.write(bytes([255, 10]))", "UnicodeDecodeError"),
    ],
)
def test_a_program_that_gives_none_is_told_without_its_output(code: str, what: str) -> None:
    assert refused(code).facts["what"] == what


def test_a_program_that_hangs_is_ended() -> None:
    hangs = f"print('{PLANTED}', flush=True); import threading; threading.Event().wait()"
    assert refused(hangs, seconds=0.5).facts["what"] == "> 0.5 s"


def test_a_program_that_went_away_is_told() -> None:
    with pytest.raises(PasswordMissingError) as raised:
        CommandPasswords(["/no/such/program"], "program").password(LOGIN)
    assert raised.value.facts["what"] == "FileNotFoundError"


def test_the_person_is_asked_for_each_login() -> None:
    source = password_source("ask", lambda login: f"new-{login}")
    assert isinstance(source, AskedPasswords)
    assert source.password(LOGIN) == f"new-{LOGIN}"


def test_a_source_is_asked_once_for_each_login_and_shown_nowhere() -> None:
    asked: list[str] = []

    def ask(login: str) -> str:
        asked.append(login)
        return f"{PLANTED}-{login}"

    source = AskedOnce(AskedPasswords(ask))
    assert [source.password(login) for login in ("1", "2", "1")] == [f"{PLANTED}-{login}" for login in ("1", "2", "1")]
    assert asked == ["1", "2"]
    assert PLANTED not in repr(source)


def closed(login: str) -> str:
    raise EOFError(login)


def test_a_closed_keyboard_gives_no_password() -> None:
    with pytest.raises(PasswordMissingError) as raised:
        password_source("ask", closed).password(LOGIN)
    assert LOGIN not in str(raised.value)


@pytest.mark.parametrize("source", ["", "asks", "command", "command:", "command:  ", "command:vault 'unpaired"])
def test_another_source_is_wrong_use(source: str) -> None:
    with pytest.raises(UsageError) as raised:
        password_source(source, nobody)
    assert "ask | command:PROGRAM" in raised.value.facts["what"]


def test_a_program_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(PasswordMissingError) as raised:
        password_source("command:no-such-program --secret x", nobody)
    assert raised.value.facts == {"program": "no-such-program", "what": "not found"}


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.usefixtures("windows")
def test_on_windows_backslashes_stand_in_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nmo_autofill.runs.passwords.shutil.which", {r"C:\Program Files\vault.exe": "there"}.get)
    source = password_source(r'command: "C:\Program Files\vault.exe" get', nobody)
    assert source == CommandPasswords(r'"C:\Program Files\vault.exe" get', r"C:\Program Files\vault.exe")
