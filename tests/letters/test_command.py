"""A program that knows login and password."""

from __future__ import annotations

import asyncio
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.errors import LetterCommandError, NmoAutofillError, Remedy
from nmo_autofill.letters.command import CommandCredentials
from nmo_autofill.letters.letter import Credentials
from nmo_autofill.letters.post import Brought
from nmo_autofill.letters.program import Program, parse_program
from tests.letters.conftest import KIM, LOGIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import InThread

    Ask = Callable[..., Brought]

SECRET = "aB3xY7q"  # noqa: S105 (a made-up one)
TELL = f'import json; print(json.dumps({{"login": "904-000-444 32", "password": "{SECRET}", "url": "x"}}))'


@pytest.fixture
def ask(in_thread: InThread) -> Ask:
    def call(code: str, seconds: float = 20) -> Brought:
        program = Program([sys.executable, "-X", "utf8", "-c", code], "helper", seconds)
        return in_thread(lambda: asyncio.run(CommandCredentials(program).look(KIM, LOGIN)))

    return call


def test_login_and_password_are_told(ask: Ask) -> None:
    assert ask(TELL) == Brought(1, None, Credentials(LOGIN, SECRET))


def test_the_address_comes_by_standard_input_only(ask: Ask) -> None:
    code = f"import sys; assert input() == {KIM!r} and len(sys.argv) == 1; assert not sys.stdin.read(); {TELL}"
    assert ask(code).credentials
    assert KIM not in str(Program(["helper"], "helper"))


def test_a_program_need_not_read(ask: Ask) -> None:
    assert ask(f"import sys; sys.stdin.close(); {TELL}").credentials


def test_nothing_is_there_yet(ask: Ask) -> None:
    assert ask("print('{}')") == Brought(0)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (f"import sys; print('{SECRET}', file=sys.stderr); sys.exit(3)", "exit code 3"),
        (f"print('{SECRET}')", "JSON?"),
        ("", "JSON?"),
        (f"print('[\"{SECRET}\"]')", "JSON: {…}?"),
        ("print('[' * 100_000)", "JSON?"),
        (f'print(\'{{"password": "{SECRET}"}}\')', "JSON: login?"),
        (f'print(\'{{"login": "{LOGIN}"}}\')', "JSON: password?"),
        (f'print(\'{{"login": "{LOGIN}", "password": ""}}\')', "JSON: password?"),
        (f'print(\'{{"login": "{LOGIN}", "password": 1234}}\')', "JSON: password?"),
        (f'print(\'{{"login": "{LOGIN}", "password": "a\\\\nb"}}\')', "JSON: password?"),
        (f'print(\'{{"login": "90400044433", "password": "{SECRET}"}}\')', "JSON: login ≠ СНИЛС"),
        ("import sys; sys.stdout.buffer.write(b'\\xff')", "UnicodeDecodeError"),
    ],
)
def test_every_other_answer_is_an_error_that_does_not_repeat_it(code: str, what: str, ask: Ask) -> None:
    with pytest.raises(LetterCommandError) as raised:
        ask(code)
    assert raised.value.facts == {"program": "helper", "what": what}
    assert raised.value.remedy is Remedy.ASK
    assert raised.value.__suppress_context__


def test_a_program_that_takes_too_long_is_ended(ask: Ask) -> None:
    with pytest.raises(LetterCommandError) as raised:
        ask("import time; time.sleep(60)", seconds=0.5)
    assert raised.value.facts["what"] == "> 0.5 s"


def test_a_program_that_is_gone(in_thread: InThread) -> None:
    program = CommandCredentials(Program(["/nonexistent/helper"], "helper"))
    with pytest.raises(LetterCommandError) as raised:
        in_thread(lambda: asyncio.run(program.look(KIM, LOGIN)))
    assert raised.value.facts["what"] == "FileNotFoundError"


def test_a_line_is_split_as_a_shell_would() -> None:
    program = parse_program(f"{shlex.quote(sys.executable)} -c 'print(1)'")
    assert program == Program([sys.executable, "-c", "print(1)"], sys.executable)
    assert program.answer("") == "1\n"
    assert "print" not in repr(program)


@pytest.mark.parametrize("line", ["", "  ", "'"])
def test_a_line_without_a_program(line: str) -> None:
    assert parse_program(line) is None


def test_the_errors_are_ours() -> None:
    assert issubclass(LetterCommandError, NmoAutofillError)
