from __future__ import annotations

import asyncio
import io
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright

from nmo_autofill.browser.candidates import System
from nmo_autofill.browser.provision import (
    QUIET_SWITCHES,
    Browser,
    State,
    administrator,
    diagnose,
    find_browser,
    install_steps,
    launch_options,
    provide_browser,
)
from nmo_autofill.errors import BrowserMissingError, BrowserUnusableError
from nmo_autofill.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

DEAD = "http://127.0.0.1:9"  # the discard port: nobody answers there


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH, with no browser in it; Playwright's downloads are empty and their server is dead."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for command in ("sh", "env", "touch", "uname"):
        (folder / command).symlink_to(f"/usr/bin/{command}")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", DEAD)
    monkeypatch.delenv("NMO_AUTOFILL_BROWSER", raising=False)
    return folder


@pytest.fixture
def download_server(monkeypatch: pytest.MonkeyPatch, bin_folder: Path) -> Iterator[None]:
    """A server that gives Playwright a headless shell: a script that knows its version."""
    assert bin_folder
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for folder in ("chrome-headless-shell-linux64", "chrome-headless-shell-linux-arm64"):
            entry = zipfile.ZipInfo(f"{folder}/chrome-headless-shell")
            entry.external_attr = 0o100755 << 16
            archive.writestr(entry, "#!/bin/sh\necho Headless Shell 159.0.1.2\n")

    class Download(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(packed.getvalue())))
            self.end_headers()
            self.wfile.write(packed.getvalue())

        def log_message(self, *_: object) -> None:
            """Keep the test's output quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Download) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", f"http://127.0.0.1:{server.server_port}")
        yield
        server.shutdown()
        thread.join(60)


def script(path: Path, body: str) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def apt_that_installs(bin_folder: Path, package: str) -> None:
    """Put an `apt-get` on PATH that writes down how it was called and brings `package` only."""
    browser = f"printf '#!/bin/sh\\necho Chromium 156.0.1.2\\n' >{bin_folder}/{package}"
    script(
        bin_folder / "apt-get",
        f'echo "$DEBIAN_FRONTEND $*" >>{bin_folder}/calls\n'
        f'case "$*" in *update) exit 0;; *" {package}") {browser}; /bin/chmod +x {bin_folder}/{package};;\n'
        '*) echo "E: Unable to locate package" >&2; exit 100;; esac',
    )


def calls(bin_folder: Path) -> list[str]:
    return (bin_folder / "calls").read_text().splitlines()


def root() -> System:
    return replace(System.here(), root=True)


# Finding


def test_a_real_browser_is_found_on_this_machine() -> None:
    browser = find_browser()
    assert browser.executable.is_file()
    assert browser.version.count(".") == 3


def test_no_browser_is_an_error_with_the_command(bin_folder: Path) -> None:
    assert not (bin_folder / "chromium").exists()
    with pytest.raises(BrowserMissingError) as missing:
        find_browser(system=replace(System.here(), distributions=("debian",), root=False))
    assert missing.value.facts == {"command": "sudo apt-get update && sudo apt-get install -y chromium"}


def test_a_named_browser_is_taken_before_a_better_one(bin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(bin_folder / "chromium-headless-shell", "echo 1.0.0.1")
    named = script(bin_folder / "mine", "echo 1.0.0.2")
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", str(named))
    assert find_browser() == Browser("NMO_AUTOFILL_BROWSER", named, "1.0.0.2")


def test_a_broken_browser_is_passed_over(bin_folder: Path) -> None:
    script(bin_folder / "chromium-headless-shell", "exit 127")
    chromium = script(bin_folder / "chromium", "echo Chromium 156.0.1.2")
    assert find_browser().executable == chromium


@pytest.mark.parametrize("find", [find_browser, lambda: provide_browser(print)])
def test_no_other_is_taken_for_a_named_browser(
    bin_folder: Path, monkeypatch: pytest.MonkeyPatch, find: type[object]
) -> None:
    script(bin_folder / "chromium-headless-shell", "echo 1.0.0.1")
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", "/nowhere/chrome")
    with pytest.raises(BrowserUnusableError) as unusable:
        find()
    assert unusable.value.facts == {"path": "/nowhere/chrome", "variable": "NMO_AUTOFILL_BROWSER"}


# Bringing one


def test_what_is_there_is_only_told(bin_folder: Path) -> None:
    chromium = script(bin_folder / "chromium", "echo Chromium 156.0.1.2")
    told: list[str] = []
    assert provide_browser(told.append, Texts("en")) == Browser("Chromium", chromium, "156.0.1.2")
    assert told == [f"Browser: Chromium 156.0.1.2 ({chromium})."]


@pytest.mark.usefixtures("download_server")
def test_playwright_s_own_download_comes_first(bin_folder: Path) -> None:
    apt_that_installs(bin_folder, "chromium")
    browser = provide_browser(lambda _: None, system=root())
    assert (browser.name, browser.version) == ("Chromium headless shell (Playwright)", "159.0.1.2")
    assert not (bin_folder / "calls").exists()


def test_debian_s_package_follows_a_failed_download(bin_folder: Path) -> None:
    apt_that_installs(bin_folder, "chromium-headless-shell")
    told: list[str] = []
    browser = provide_browser(told.append, Texts("en"), system=root())
    assert browser.executable == bin_folder / "chromium-headless-shell"
    assert calls(bin_folder) == [
        "noninteractive -o DPkg::Lock::Timeout=120 update",
        "noninteractive -o DPkg::Lock::Timeout=120 install --yes --no-install-recommends chromium-headless-shell",
    ]
    failed = next(line for line in told if "playwright install chromium --only-shell" in line)
    assert "code 1" in failed
    assert "Failed to" in failed, "what the download said is not swallowed"


def test_the_whole_chromium_follows_a_missing_shell(bin_folder: Path) -> None:
    apt_that_installs(bin_folder, "chromium")
    assert provide_browser(lambda _: None, system=root()).executable == bin_folder / "chromium"


def test_a_headed_browser_is_never_a_shell(bin_folder: Path) -> None:
    apt_that_installs(bin_folder, "chromium")
    script(bin_folder / "chromium-headless-shell", "echo 1.0.0.1")
    assert provide_browser(lambda _: None, headed=True, system=root()).executable == bin_folder / "chromium"


def test_when_nothing_helps_the_person_gets_the_command(bin_folder: Path) -> None:
    apt_that_installs(bin_folder, "nothing")
    told: list[str] = []
    with pytest.raises(BrowserMissingError) as missing:
        provide_browser(told.append, Texts("en"), system=replace(root(), distributions=("debian",)))
    assert missing.value.facts["command"] == "apt-get update && apt-get install -y chromium"
    assert sum("Unable to locate package" in line for line in told) >= 2


@pytest.mark.parametrize("headed", [False, True])
def test_without_an_administrator_only_the_download_is_tried(*, headed: bool) -> None:
    (step,) = install_steps(headed=headed, administrator=None)
    assert step.command[:5] == (sys.executable, "-m", "playwright", "install", "chromium")
    assert step.command[5] == ("--no-shell" if headed else "--only-shell")


# Who may install packages


def test_root_may_install_packages(bin_folder: Path) -> None:
    script(bin_folder / "apt-get", "exit 0")
    assert administrator(root()) == ()


def test_sudo_may_when_it_asks_nothing(bin_folder: Path) -> None:
    script(bin_folder / "apt-get", "exit 0")
    person = replace(System.here(), root=False)
    assert administrator(person) is None
    sudo = script(bin_folder / "sudo", 'test "$1" = -n')
    assert administrator(person) == (str(sudo), "-n")
    script(bin_folder / "sudo", "echo 'a password is required' >&2; exit 1")
    assert administrator(person) is None


def test_nobody_may_where_there_is_no_apt(bin_folder: Path) -> None:
    assert administrator(root()) is None
    script(bin_folder / "apt-get", "exit 0")
    assert administrator(replace(root(), platform="darwin")) is None


# Launching


@pytest.mark.parametrize(
    ("platform", "is_root", "sandbox", "switch"),
    [
        ("linux", True, False, True),
        ("linux", False, False, False),
        ("darwin", True, True, False),
        ("win32", False, True, False),
    ],
)
def test_the_sandbox_is_on_where_it_works(platform: str, *, is_root: bool, sandbox: bool, switch: bool) -> None:
    system = System(platform, Path("/home/u"), root=is_root)
    options = launch_options(Browser("Chromium", Path("/chrome"), "1"), system=system)
    assert options["chromium_sandbox"] == sandbox
    assert ("--no-sandbox" in options["args"]) == switch
    assert set(QUIET_SWITCHES) < set(options["args"])


def test_a_window_opens_only_when_it_is_asked_for() -> None:
    browser = Browser("Chromium", Path("/chrome"), "1")
    assert launch_options(browser)["headless"]
    assert not launch_options(browser, headed=True)["headless"]


def test_playwright_takes_the_options() -> None:
    async def title() -> str:
        async with async_playwright() as driver:
            browser = await driver.chromium.launch(**launch_options(find_browser()))
            page = await browser.new_page()
            await page.goto("data:text/html,<title>ready</title>")
            shown = await page.title()
            await browser.close()
            return shown

    with ThreadPoolExecutor(1) as thread:  # the plug-in's own loop may be running in this one
        assert thread.submit(asyncio.run, title()).result() == "ready"


# The report of the set-up


def test_the_report_of_a_sound_set_up(bin_folder: Path) -> None:
    script(bin_folder / "chromium", "echo Chromium 156.0.1.2")
    python, driver, windowless, windowed = diagnose(Texts("en"))
    assert (python.version, driver.state) == (".".join(map(str, sys.version_info[:3])), State.READY)
    assert windowless.version == windowed.version == "156.0.1.2"
    assert not windowless.command
    assert [part.browser for part in (python, driver, windowless, windowed)] == [False, False, True, True]


def test_the_report_names_what_is_broken_and_what_mends_it(bin_folder: Path) -> None:
    script(bin_folder / "chromium-headless-shell", "echo 'libnss3.so is missing' >&2; exit 127")
    findings = diagnose(Texts("en"), system=replace(System.here(), distributions=("debian",), root=False))[2:]
    broken, windowless, windowed = findings
    assert (broken.state, windowless.state, windowed.state) == (State.BROKEN, State.MISSING, State.MISSING)
    assert "libnss3.so is missing" in broken.detail
    assert str(bin_folder) in broken.detail
    assert windowless.command == windowed.command == "sudo apt-get update && sudo apt-get install -y chromium"
