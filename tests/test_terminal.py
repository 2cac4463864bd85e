from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.outcome import Outcome, RunOutcome, StepOutcome
from nmo_autofill.source import Source
from nmo_autofill.terminal import Terminal
from nmo_autofill.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = "очень длинная команда " * 10
DONE = RunOutcome(Source("group.yaml", 7), (StepOutcome("registration", Outcome.DONE),))


@pytest.fixture
def in_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")


def test_piped_messages_keep_their_lines(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(Texts())
    terminal.tell(LONG)
    terminal.show("[bold] не разметка")
    assert capsys.readouterr() == ("[bold] не разметка\n", LONG + "\n")


@pytest.mark.usefixtures("in_terminal")
def test_messages_are_wrapped_for_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal(Texts()).tell(LONG)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) > 2
    assert max(map(len, lines)) <= 80


def test_piped_progress_is_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    with Terminal(Texts()).progress(2) as tell:
        tell(DONE)
        tell(DONE)
    assert capsys.readouterr() == ("", "1/2 group.yaml:7: сделано\n2/2 group.yaml:7: сделано\n")


@pytest.mark.usefixtures("in_terminal")
def test_progress_of_several_in_a_terminal_is_a_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with Terminal(Texts()).progress(2) as tell:
        tell(DONE)
        tell(DONE)
    shown = capsys.readouterr()
    assert not shown.out
    assert "Выпускники" in shown.err
    assert "2/2" in shown.err
    assert "group.yaml" not in shown.err


@pytest.mark.usefixtures("in_terminal")
def test_whoever_needs_attention_is_told_above_the_bar(capsys: pytest.CaptureFixture[str]) -> None:
    stopped = RunOutcome(Source("group.yaml", 9), (StepOutcome("visit", Outcome.STOPPED, "step.interrupted"),))
    with Terminal(Texts()).progress(3) as tell:
        tell(DONE)
        tell(stopped)
        tell(DONE)
    shown = capsys.readouterr().err
    assert "2/3 group.yaml:9: остановлено" in shown
    assert "group.yaml:7" not in shown
    assert "3/3" in shown


@pytest.mark.usefixtures("in_terminal")
def test_progress_of_one_in_a_terminal_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with Terminal(Texts()).progress(1) as tell:
        tell(DONE)
    assert capsys.readouterr().err == "1/1 group.yaml:7: сделано\n"


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed at the questions, and what was asked."""
    asked: list[str] = []
    typed: Iterator[str] = iter(["", "one", "two", "same", "same"])

    def answer(question: str) -> str:
        asked.append(question)
        return next(typed)

    monkeypatch.setattr("nmo_autofill.terminal.getpass", answer)
    return asked


def test_a_password_is_asked_until_it_is_typed_twice(keyboard: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert Terminal(Texts()).ask_password("904") == "same"
    assert [question for question in keyboard if "904" in question] == ["Новый пароль для входа 904: "] * 3
    assert capsys.readouterr().err.count("не совпали") == 2


def test_two_people_at_once_are_asked_for_their_passwords_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    both = Barrier(2)

    def answer(question: str) -> str:
        asked.append(question)
        with suppress(BrokenBarrierError):  # somebody else is asked at the same time, unless nobody comes
            both.wait(timeout=0.5)
            asked.append("at once")
        return "same"

    monkeypatch.setattr("nmo_autofill.terminal.getpass", answer)
    terminal = Terminal(Texts())
    with ThreadPoolExecutor(2) as threads:
        assert [*threads.map(terminal.ask_password, ["904", "905"])] == ["same", "same"]
    first, again, second, once_more = asked
    assert {first, second} == {f"Новый пароль для входа {login}: " for login in ("904", "905")}
    assert again == once_more == "Ещё раз: "


@pytest.mark.usefixtures("in_terminal", "keyboard")
def test_the_bar_goes_on_after_a_password(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(Texts())
    with terminal.progress(2) as tell:
        tell(DONE)
        assert terminal.ask_password("904") == "same"
        tell(DONE)
    assert "2/2" in capsys.readouterr().err


def test_a_pipe_of_another_encoding_becomes_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe, encoding="cp1251"))
    Terminal(Texts()).show_raw("☑ ё \udcff")
    sys.stdout.flush()
    assert pipe.getvalue() == "☑ ё \\udcff\n".encode()


class Screen(io.TextIOWrapper):
    """A terminal of another encoding."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_keeps_its_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Screen(screen, encoding="cp866"))
    Terminal(Texts()).show_raw("ё ☑")
    sys.stdout.flush()
    assert screen.getvalue().decode("cp866") == "ё \\u2611\n"
