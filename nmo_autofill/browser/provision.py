"""The browser the tool works with: found, brought when there is none, reported on."""

from __future__ import annotations

import platform
import shutil
import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from typing import TYPE_CHECKING, TypedDict

from nmo_autofill.browser.candidates import EXPLICIT, System, mending_command
from nmo_autofill.browser.command import run_command
from nmo_autofill.browser.trial import last_lines, trials
from nmo_autofill.errors import BrowserMissingError, BrowserUnusableError
from nmo_autofill.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

# A hundred megabytes over a school's line.
INSTALL_SECONDS = 900

# Playwright sets most of these by itself; the promise that the browser calls nobody does not hang on its defaults.
# QUIC would go past a proxy.
QUIET_SWITCHES = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
)

# What a whole Chromium asks all the same (its network log, Chromium 156 on Debian, 22.11.2026): the list of Google
# accounts and the updates of its components. The names do not resolve in our browser; a page's CAPTCHA still may.
SILENCED_HOSTS = ("accounts.google.com", "update.googleapis.com")


@dataclass(frozen=True)
class Browser:
    """A browser that was tried and runs."""

    name: str
    executable: Path
    version: str


class LaunchOptions(TypedDict):
    """Arguments of Playwright's `chromium.launch`."""

    executable_path: str
    headless: bool
    args: list[str]
    chromium_sandbox: bool
    handle_sigint: bool
    handle_sigterm: bool
    handle_sighup: bool


class State(StrEnum):
    """How a part of the set-up stands."""

    READY = "ready"
    BROKEN = "broken"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """One line of the set-up's report.

    Attributes:
        what: the part, for people.
        detail: where it stands; of a broken one, what it said.
        command: mends what is missing.
        browser: whether the part is a browser.
    """

    what: str
    state: State
    version: str = ""
    detail: str = ""
    command: str = ""
    browser: bool = False


@dataclass(frozen=True)
class Step:
    """A command that may bring a browser, announced by the sentence of `key`; it installs `package`."""

    key: str
    package: str
    command: tuple[str, ...]


def find_browser(*, headed: bool = False, system: System | None = None) -> Browser:
    """Return the best browser that stands on `system` (this one by default) and runs.

    `NMO_AUTOFILL_BROWSER` names one, and no other is taken for it. Without a window a headless shell goes first: it
    costs a third of the whole browser. Raises BrowserUnusableError when the named one does not run,
    BrowserMissingError when none does.
    """
    system = system or System.here()
    for trial in trials(system, headed=headed):
        if trial.runs:
            return Browser(trial.name, trial.executable, trial.version)
    if explicit := system.environment.get(EXPLICIT):
        raise BrowserUnusableError(path=explicit, variable=EXPLICIT)
    raise BrowserMissingError(command=mending_command(system))


def provide_browser(
    tell: Callable[[str], None], texts: Texts | None = None, *, headed: bool = False, system: System | None = None
) -> Browser:
    """Return a browser that runs, and bring one when there is none.

    Tries Playwright's own download, then Debian's packages where they can be installed without a question. `tell`
    gets each sentence as it becomes true, with what a failed command printed. Raises as `find_browser` does.
    """
    system, texts = system or System.here(), texts or Texts()
    browser = _found(system, headed=headed)
    if not browser:
        tell(texts("provision.none"))
        browser = _brought(tell, texts, system, headed=headed)
    tell(texts("provision.found", name=browser.name, version=browser.version, path=browser.executable))
    return browser


def install_steps(*, headed: bool, administrator: Sequence[str] | None) -> tuple[Step, ...]:
    """Return the commands that may bring a browser, in the order they are tried.

    `administrator` is what an administrator's `apt-get` begins with; None where it is of no use.
    A failed step stops nothing: a third party's broken package list must not.
    """
    driver = (sys.executable, "-m", "playwright")
    kind = "--no-shell" if headed else "--only-shell"
    download = Step("provision.download", "chromium", (*driver, "install", "chromium", kind))
    if administrator is None:
        return (download,)
    apt = (*administrator, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120")
    install = (*apt, "install", "--yes", "--no-install-recommends")
    return (
        download,
        Step("provision.package_lists", "", (*apt, "update")),
        *(
            Step("provision.package", package, (*install, package))
            for package in ("chromium-headless-shell", "chromium")
            if not (headed and package.endswith("shell"))
        ),
        # Ubuntu has no such packages; there Playwright's download may lack nothing but libraries.
        Step("provision.libraries", "chromium", (*driver, "install-deps", "chromium")),
    )


def administrator(system: System) -> tuple[str, ...] | None:
    """Return what an `apt-get` command begins with, or None where it cannot be run without a question."""
    path = system.environment.get("PATH")
    if system.platform != "linux" or not shutil.which("apt-get", path=path):
        return None
    if system.root:
        return ()
    sudo = shutil.which("sudo", path=path)
    if sudo and run_command((sudo, "-n", "true"), seconds=10)[0] == 0:
        return (sudo, "-n")
    return None


def launch_options(browser: Browser, *, headed: bool = False, system: System | None = None) -> LaunchOptions:
    """Return the arguments of Playwright's `chromium.launch` for `browser`.

    Playwright switches Chromium's sandbox off unless told otherwise. A portal's page gets it wherever it works
    without preparations: on Linux it needs user namespaces, which root and many containers do not have.
    Signals stay the command line's business, so that an interrupted run can still be written down.
    """
    system = system or System.here()
    silence = "--host-resolver-rules=" + ",".join(f"MAP {host} ~NOTFOUND" for host in SILENCED_HOSTS)
    root = ("--no-sandbox",) if system.platform == "linux" and system.root else ()
    return LaunchOptions(
        executable_path=str(browser.executable),
        headless=not headed,
        args=[*QUIET_SWITCHES, silence, *root],
        chromium_sandbox=system.platform != "linux",
        handle_sigint=False,
        handle_sigterm=False,
        handle_sighup=False,
    )


def diagnose(texts: Texts | None = None, *, system: System | None = None) -> tuple[Finding, ...]:
    """Return how Python, Playwright and the browsers stand, with the command that mends what does not."""
    system, texts = system or System.here(), texts or Texts()
    return (
        Finding(texts("provision.python"), State.READY, platform.python_version(), sys.executable),
        Finding(texts("provision.driver"), State.READY, version("playwright")),
        *_browser_findings(texts("provision.windowless"), system, headed=False),
        *_browser_findings(texts("provision.windowed"), system, headed=True),
    )


def _found(system: System, *, headed: bool) -> Browser | None:
    try:
        return find_browser(headed=headed, system=system)
    except BrowserMissingError:
        return None


def _brought(tell: Callable[[str], None], texts: Texts, system: System, *, headed: bool) -> Browser:
    for step in install_steps(headed=headed, administrator=administrator(system)):
        tell(texts(step.key, package=step.package, minutes=INSTALL_SECONDS // 60))
        code, output = run_command(step.command, seconds=INSTALL_SECONDS)
        if code != 0:
            tell(texts("provision.failed", command=" ".join(step.command), code=code, output=last_lines(output)))
        if browser := _found(system, headed=headed):
            return browser
    raise BrowserMissingError(command=mending_command(system))


def _browser_findings(what: str, system: System, *, headed: bool) -> Iterator[Finding]:
    missing = True
    for trial in trials(system, headed=headed):
        place = f"{trial.name}: {trial.executable}"
        missing = not trial.runs
        if trial.runs:
            yield Finding(what, State.READY, trial.version, place, browser=True)
        else:
            yield Finding(what, State.BROKEN, detail=f"{place}\n{trial.said}".strip(), browser=True)
    if missing:
        yield Finding(what, State.MISSING, command=mending_command(system), browser=True)
