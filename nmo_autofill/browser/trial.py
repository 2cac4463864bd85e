"""Trials of the browsers that stand on a machine: a broken one is passed over.

`python -m nmo_autofill.browser.trial EXECUTABLE` launches one by Playwright and prints its version.
"""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from nmo_autofill.browser.candidates import candidates
from nmo_autofill.browser.command import run_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmo_autofill.browser.candidates import Candidate, System

SECONDS = 60  # a cold browser on a slow disk

_VERSION = re.compile(r"\d+(?:\.\d+){2,3}")
_SAID_LINES = 15


@dataclass(frozen=True)
class Trial:
    """A browser that stands at `executable`: its `version`, or nothing and what it `said` instead."""

    name: str
    executable: Path
    version: str
    said: str = ""

    @property
    def runs(self) -> bool:
        """Whether the browser can be used."""
        return bool(self.version)


def trials(system: System, *, headed: bool) -> Iterator[Trial]:
    """Yield the browsers that stand on `system`, each tried, the best first, to the first one that runs."""
    seen: set[Path] = set()
    for candidate in candidates(system, headed=headed):
        for executable in standing(candidate, system):
            if executable in seen:
                continue
            seen.add(executable)
            trial = tried(candidate.name, executable, system)
            yield trial
            if trial.runs:
                return


def tried(name: str, executable: Path, system: System) -> Trial:
    """Return the trial of one browser.

    It is asked for its version, which fails when a library is missing. On Windows that question opens a window
    instead of an answer, so there the browser is launched for a moment.
    """
    asked = (str(executable), "--version")
    launched = (sys.executable, "-m", "nmo_autofill.browser.trial", str(executable))
    code, output = run_command(launched if system.platform == "win32" else asked, seconds=SECONDS)
    version = _VERSION.search(output) if code == 0 else None
    return Trial(name, executable, version[0]) if version else Trial(name, executable, "", last_lines(output))


def standing(candidate: Candidate, system: System) -> list[Path]:
    """Return the files at the candidate's place; of several the one with the highest number first."""
    if candidate.is_command:
        found = shutil.which(candidate.place, path=system.environment.get("PATH"))
        return [Path(found)] if found else []
    place = Path(candidate.place)
    found_at = Path(place.anchor).glob(str(place.relative_to(place.anchor))) if candidate.is_pattern else [place]
    paths = [path for path in found_at if path.is_file() and _complete(path, system.downloads)]
    return sorted(paths, key=lambda path: [int(number) for number in re.findall(r"\d+", str(path))], reverse=True)


def launched_version(executable: str) -> str:
    """Launch `executable` without a window and return its version; raises Playwright's Error when it does not run."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, headless=True)
        version = browser.version
        browser.close()
    return version


def last_lines(output: str) -> str:
    """Return the end of what a command printed, short enough to be read."""
    return "\n".join(output.strip().splitlines()[-_SAID_LINES:])


def _complete(path: Path, downloads: Path) -> bool:
    """Whether `path` is not part of an interrupted Playwright download, which leaves no such mark."""
    if not path.is_relative_to(downloads):
        return True
    return (downloads / path.relative_to(downloads).parts[0] / "INSTALLATION_COMPLETE").is_file()


if __name__ == "__main__":
    sys.stdout.write(launched_version(sys.argv[1]) + "\n")
