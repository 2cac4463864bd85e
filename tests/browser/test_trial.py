from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.browser.candidates import Candidate, System
from nmo_autofill.browser.provision import find_browser
from nmo_autofill.browser.trial import launched_version, standing, trials, tried

if TYPE_CHECKING:
    from pathlib import Path


def script(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def downloaded(home: Path, revision: str, body: str, *, complete: bool = True) -> Path:
    folder = home / ".cache" / "ms-playwright" / f"chromium_headless_shell-{revision}"
    executable = script(folder / "chrome-headless-shell-linux64" / "chrome-headless-shell", body)
    if complete:
        (folder / "INSTALLATION_COMPLETE").touch()
    return executable


@pytest.fixture
def system(tmp_path: Path) -> System:
    """An empty Linux: nothing on PATH, nothing at home."""
    (tmp_path / "bin").mkdir()
    return System("linux", tmp_path / "home", {"PATH": str(tmp_path / "bin")})


def test_nothing_stands_on_an_empty_system(system: System) -> None:
    assert list(trials(system, headed=False)) == []


def test_a_broken_browser_is_passed_over_and_says_why(system: System, tmp_path: Path) -> None:
    broken = downloaded(system.home, "1200", "echo 'libnss3.so: cannot open shared object file' >&2; exit 127")
    sound = script(tmp_path / "bin" / "chromium", "echo Chromium 156.0.8078.79 built on Debian")
    first, second = trials(system, headed=False)
    assert (first.executable, first.runs, first.said) == (
        broken,
        False,
        "libnss3.so: cannot open shared object file",
    )
    assert (second.executable, second.runs, second.version) == (sound, True, "156.0.8078.79")


def test_a_browser_without_a_version_is_broken(system: System, tmp_path: Path) -> None:
    stub = script(tmp_path / "bin" / "chromium", "echo 'requires the chromium snap to be installed'")
    assert not tried("Chromium", stub, system).runs


def test_trials_end_with_the_first_that_runs(system: System, tmp_path: Path) -> None:
    downloaded(system.home, "1200", "echo 150.0.1.2")
    script(tmp_path / "bin" / "chromium", f"touch {tmp_path}/asked")
    assert [trial.version for trial in trials(system, headed=False)] == ["150.0.1.2"]
    assert not (tmp_path / "asked").exists()


def test_the_newest_download_goes_first(system: System) -> None:
    for revision in ("999", "1255", "1200"):
        downloaded(system.home, revision, f"echo {revision}.0.0.0")
    assert next(trials(system, headed=False)).version == "1255.0.0.0"


def test_an_interrupted_download_does_not_count(system: System) -> None:
    downloaded(system.home, "1255", "echo 159.0.0.0", complete=False)
    assert list(trials(system, headed=False)) == []


def test_a_browser_found_twice_is_tried_once(tmp_path: Path) -> None:
    script(tmp_path / "Google" / "Chrome" / "Application" / "chrome.exe", "exit 1")
    same_folder = {"PROGRAMFILES": str(tmp_path), "PROGRAMW6432": str(tmp_path)}
    assert len(list(trials(System("win32", tmp_path, same_folder), headed=True))) == 1


def test_a_folder_is_no_browser(system: System, tmp_path: Path) -> None:
    (tmp_path / "chrome").mkdir()
    assert standing(Candidate("Chrome", str(tmp_path / "chrome")), system) == []


def test_on_windows_a_browser_is_launched_in_earnest(tmp_path: Path) -> None:
    real = find_browser()
    windows = System("win32", tmp_path, {"LOCALAPPDATA": str(tmp_path)})
    assert tried("Edge", real.executable, windows).version == real.version
    broken = tried("Edge", script(tmp_path / "msedge.exe", "exit 1"), windows)
    assert not broken.runs
    assert "Error" in broken.said


def test_a_windows_browser_is_found_at_its_usual_place(tmp_path: Path) -> None:
    edge = tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.symlink_to(find_browser().executable)
    windows = System("win32", tmp_path, {"LOCALAPPDATA": str(tmp_path)})
    assert find_browser(system=windows).executable == edge


def test_the_version_is_the_browser_s_own() -> None:
    real = find_browser()
    printed = subprocess.run(  # noqa: S603 (this interpreter and a browser that was found)
        [sys.executable, "-m", "nmo_autofill.browser.trial", str(real.executable)],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    assert printed.stdout.strip() == real.version


def test_launched_version_in_a_thread_of_its_own() -> None:
    real = find_browser()
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(launched_version, str(real.executable)).result() == real.version
