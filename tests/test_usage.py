from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.cli import main
from nmo_autofill.usage import take_language

if TYPE_CHECKING:
    from nmo_autofill.texts import Language

COMMANDS = ("check", "plan", "run", "followups", "mock", "schema", "doctor", "demo")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("ru", [])),
        (["check", "x"], ("ru", ["check", "x"])),
        (["--lang", "en", "check", "x"], ("en", ["check", "x"])),
        (["check", "x", "--lang", "en"], ("en", ["check", "x"])),
        (["check", "--lang=en", "x"], ("en", ["check", "x"])),
        (["--lang", "en", "--lang", "ru"], ("ru", [])),
        (["--lang", "fr", "check"], ("ru", ["--lang", "fr"])),
        (["check", "--lang"], ("ru", ["--lang", ""])),
        (["--lang=", "en"], ("ru", ["--lang", ""])),
    ],
)
def test_the_language_may_stand_anywhere(arguments: list[str], expected: tuple[Language, list[str]]) -> None:
    assert take_language(arguments) == expected


@pytest.mark.parametrize("command", [(), *((command,) for command in COMMANDS)])
def test_help_is_russian_and_fits_a_terminal(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main([*command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Показать эту подсказку." in shown
    assert shown.startswith("Вызов: nmo-autofill")
    assert not re.search(r"Usage|Show this|default|required|<bool>|\b(?:cli|mock|demo)\.\w", shown)
    assert max(map(len, shown.splitlines())) <= 80


def test_help_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--help", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Usage: nmo-autofill run PATH… [OPTIONS]")
    assert "(required)" in shown
    assert "(default: native)" in shown
    assert not re.search(r"[а-яё]", re.sub("«.*?»|Госуслуги|СНИЛС|НМФО", "", shown), re.IGNORECASE)


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    shown = capsys.readouterr()
    assert shown.out.count("Команды") == 1
    assert not shown.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "Не указано обязательное: ПУТЬ…"),
        (["run", "x"], "Не указано обязательное: --portal ПОРТАЛ"),
        (["check", "x", "--nope"], "Нет такого параметра: --nope."),
        (["check", "x", "--forma"], "Нет такого параметра: --forma. Похожие: --format"),
        (["chek"], "Нет такой команды: chek. Похожие: check"),
        (["xyz"], "Нет такой команды: xyz."),
        (["--nope"], "Нет такого параметра: --nope."),
        (["run", "x", "--portal", "mock", "--skin", "z"], "Такое значение не годится. Нужно так: --skin native|kit"),
        (["mock", "--port", "99999"], "Такое значение не годится. Нужно так: --port 0–65535"),
        (["mock", "--port"], "Параметр --port записан неверно"),
        (["run", "x", "--headed=yes"], "Параметр --headed записан неверно"),
        (["schema", "x"], "В команде есть лишние слова."),
        (["--lang", "fr", "check", "x"], "Такое значение не годится. Нужно так: --lang ru|en"),
    ],
)
def test_wrong_use_is_told_in_russian(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert not shown.out
    assert shown.err.startswith(said)


def test_wrong_use_names_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang=en", "check"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "Missing: PATH…",
        "Usage: nmo-autofill check PATH… [OPTIONS]",
        "Help: nmo-autofill check --help",
    ]
