from __future__ import annotations

import os
import platform
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nmo_autofill.browser.candidates import Candidate, System, candidates, mending_command

WINDOWS = System(
    "win32",
    Path("C:/Users/u"),
    {
        "LOCALAPPDATA": "C:/Users/u/AppData/Local",
        "PROGRAMFILES": "C:/Program Files",
        "PROGRAMFILES(X86)": "C:/Program Files (x86)",
    },
)
MAC = System("darwin", Path("/Users/u"))
LINUX = System("linux", Path("/home/u"))


def names(system: System, *, headed: bool) -> list[str]:
    return list(dict.fromkeys(candidate.name for candidate in candidates(system, headed=headed)))


def places(system: System, name: str) -> list[str]:
    return [candidate.place for candidate in candidates(system, headed=False) if candidate.name == name]


@pytest.mark.parametrize("system", [LINUX, MAC])
def test_headless_shells_go_first_without_a_window(system: System) -> None:
    assert names(system, headed=False) == [
        "Chromium headless shell (Playwright)",
        "Chromium headless shell",
        "Chromium (Playwright)",
        "Google Chrome",
        "Microsoft Edge",
        "Chromium",
    ]


@pytest.mark.parametrize("system", [LINUX, MAC, WINDOWS])
def test_with_a_window_no_headless_shell_is_taken(system: System) -> None:
    assert names(system, headed=True) == ["Chromium (Playwright)", "Google Chrome", "Microsoft Edge", "Chromium"]


def test_windows_places_come_from_the_environment_and_drop_out_without_it() -> None:
    assert places(WINDOWS, "Microsoft Edge") == [
        "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
        "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
        "C:/Users/u/AppData/Local/Microsoft/Edge/Application/msedge.exe",
    ]
    assert places(replace(WINDOWS, environment={}), "Microsoft Edge") == []


def test_mac_places_are_the_system_s_and_the_person_s_own() -> None:
    assert places(MAC, "Google Chrome") == [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Users/u/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ]


def test_linux_browsers_are_commands_on_path() -> None:
    assert places(LINUX, "Chromium") == ["chromium", "chromium-browser"]
    assert Candidate("Chromium", "chromium").is_command
    assert not Candidate("Chromium", "/usr/bin/chromium").is_command
    assert not Candidate("Chromium", r"C:\chrome.exe").is_command


def test_a_named_browser_is_the_only_candidate() -> None:
    named = replace(LINUX, environment={"NMO_AUTOFILL_BROWSER": "/opt/mine/chrome"})
    assert [candidate.place for candidate in candidates(named, headed=True)] == ["/opt/mine/chrome"]


@pytest.mark.parametrize(
    ("system", "folder"),
    [
        (LINUX, "/home/u/.cache/ms-playwright"),
        (replace(LINUX, environment={"XDG_CACHE_HOME": "/cache"}), "/cache/ms-playwright"),
        (MAC, "/Users/u/Library/Caches/ms-playwright"),
        (WINDOWS, "C:/Users/u/AppData/Local/ms-playwright"),
        (replace(WINDOWS, environment={}), "C:/Users/u/AppData/Local/ms-playwright"),
        (replace(LINUX, environment={"PLAYWRIGHT_BROWSERS_PATH": "/browsers"}), "/browsers"),
    ],
)
def test_folder_of_playwright_s_downloads(system: System, folder: str) -> None:
    assert system.downloads == Path(folder)


def test_playwright_s_downloads_inside_its_package() -> None:
    inside = replace(LINUX, environment={"PLAYWRIGHT_BROWSERS_PATH": "0"})
    assert inside.downloads.parts[-4:] == ("playwright", "driver", "package", ".local-browsers")


def test_a_home_with_brackets_is_no_pattern() -> None:
    odd = replace(LINUX, home=Path("/home/[u]"))
    assert places(odd, "Chromium (Playwright)") == ["/home/[[]u]/.cache/ms-playwright/chromium-*/*/chrome"]


@pytest.mark.parametrize(
    ("distributions", "root", "command"),
    [
        (("debian",), False, "sudo apt-get update && sudo apt-get install -y chromium"),
        (("debian",), True, "apt-get update && apt-get install -y chromium"),
        (("linuxmint", "ubuntu", "debian"), False, f"{sys.executable} -m playwright install --with-deps chromium"),
        (("astra", "debian"), False, "sudo apt-get update && sudo apt-get install -y chromium"),
        (("rocky", "rhel", "centos", "fedora"), False, "sudo dnf install -y chromium"),
        ((), False, f"{sys.executable} -m playwright install chromium"),
    ],
)
def test_the_mending_command_suits_the_distribution(
    distributions: tuple[str, ...], command: str, *, root: bool
) -> None:
    assert mending_command(replace(LINUX, distributions=distributions, root=root)) == command


def test_the_mending_command_is_quoted_as_windows_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", r"C:\Program Files\Python\python.exe")
    assert mending_command(WINDOWS) == r'"C:\Program Files\Python\python.exe" -m playwright install chromium'


def test_this_system_is_known() -> None:
    here = System.here()
    assert here.platform == sys.platform
    assert here.environment["PATH"] == os.environ["PATH"]
    assert here.root == (os.geteuid() == 0)
    assert names(here, headed=True) or "NMO_AUTOFILL_BROWSER" in here.environment


def test_a_system_without_a_distribution_is_known_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> dict[str, str]:
        raise OSError

    monkeypatch.setattr(platform, "freedesktop_os_release", missing)
    assert System.here().distributions == ()
