from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from nmo_autofill.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
STAFF = (ROOT / "docs" / "staff.ru.md").read_text("utf-8")
REQUIREMENTS = (ROOT / "requirements.txt").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def blocks(kind: str, text: str = README) -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for its_kind, block in found if its_kind == kind]


EXAMPLES = [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines() if line[:2] == "$ "]
TOLD = [line for block in blocks("sh") for line in block.splitlines()]
COMMANDS = sorted(
    {
        *re.findall(
            r"nmo-autofill (?:--lang en )?([a-z]+)", "\n".join([*EXAMPLES, *TOLD, *re.findall("`([^`]+)`", STAFF)])
        )
    }
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_run(
    example: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_FOLDER", str(tmp_path / "data"))
    for folder in ("profiles", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(example)
    assert program == "nmo-autofill"
    with ThreadPoolExecutor(1) as thread:  # the plug-in's own loop may be running in this one
        code = thread.submit(main, arguments).result()
    shown = capsys.readouterr()
    assert code == 0, shown.err
    assert shown.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_is_named_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert command in capsys.readouterr().out


def test_every_command_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    listed = re.findall(r"^[│ ]+([a-z]+) {2,}\S", capsys.readouterr().out, re.MULTILINE)
    assert set(listed) == set(COMMANDS)


def test_every_option_of_a_run_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert {option for option in options if f"`{option}" not in README} == set()


def test_the_pins_name_the_extras_that_packages_ask_for() -> None:
    # pip 23.2 takes the newest release for `coverage[toml]` when only `coverage` is pinned, and then refuses it.
    lines = re.findall(r"^[\w.-]+(?:\[.*?\])?==[^ ;\\]+", REQUIREMENTS, re.MULTILINE)
    pinned = {requirement.name: requirement.extras for requirement in map(Requirement, lines)}
    asked = [Requirement(line) for package in distributions() for line in package.requires or ()]
    lacking = {
        str(requirement)
        for requirement in asked
        if requirement.name in pinned
        and (requirement.marker is None or requirement.marker.evaluate({"extra": ""}))
        and not requirement.extras <= pinned[requirement.name]
    }
    assert lacking == set()


def test_the_set_up_is_two_commands_that_exist() -> None:
    set_up = blocks("sh")[0].splitlines()
    assert set_up == ["make demo", "make test"]
    rules = (ROOT / "Makefile").read_text("utf-8")
    for line in set_up:
        assert re.search(rf"^{line.removeprefix('make ')}:", rules, re.MULTILINE)


def test_python_m_is_the_command_line_too() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "nmo_autofill", "--help"], capture_output=True, check=True, timeout=60
    )
    assert b"doctor" in shown.stdout
    assert import_module("nmo_autofill.__main__").main is main


def test_linked_pages_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_files_in_the_code_map_exist() -> None:
    code_map = next(block for block in blocks("") if block.startswith("nmo_autofill/"))
    inside = [f"nmo_autofill/{name}" for name in re.findall(r"^  ([\w./]+)", code_map, re.MULTILINE)]
    top = re.findall(r"^([\w./]+)", code_map, re.MULTILINE)
    order = re.findall(r"`([\w/]+\.(?:py|yaml))`", README.partition("A good order")[2].partition("###")[0])
    assert [name for name in (*inside, *top) if not (ROOT / name).exists()] == []
    assert [name for name in order if not (ROOT / "nmo_autofill" / name).exists()] == []


def test_every_part_of_the_package_is_in_the_code_map() -> None:
    parts = {path.name for path in (ROOT / "nmo_autofill").iterdir() if path.name[0] not in "_."} - {"locale"}
    assert {part for part in parts if not re.search(rf"^  {re.escape(part)}\b", README, re.MULTILINE)} == set()


def test_every_dependency_is_pinned() -> None:
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    names = [re.split(r"[>=<\[ ]", requirement)[0].lower() for requirement in wanted]
    assert [
        name for name in names if not re.search(rf"^{re.escape(name)}(?:\[.*?\])?==", REQUIREMENTS, re.MULTILINE)
    ] == []


def test_every_pin_has_a_hash_and_no_address() -> None:
    pins = re.split(r"^(?=\S)", REQUIREMENTS, flags=re.MULTILINE)[1:]
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert not re.search(r"://|--(?:index|extra-index|find-links)", REQUIREMENTS)
