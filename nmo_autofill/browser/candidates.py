"""Where browsers may stand on a machine, and the command that brings one."""

from __future__ import annotations

import glob
import os
import platform
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXPLICIT = "NMO_AUTOFILL_BROWSER"
DOWNLOADS = "PLAYWRIGHT_BROWSERS_PATH"

_FOLDER = re.compile(r"\{([^}]+)\}")
_CACHES = {"linux": ".cache", "darwin": "Library/Caches", "win32": "AppData/Local"}


@dataclass(frozen=True)
class System:
    """What the places of browsers hang on.

    Attributes:
        platform: as `sys.platform` says: `linux`, `darwin`, `win32`.
        home: the person's own folder.
        environment: the environment variables; `NMO_AUTOFILL_BROWSER` names one browser and no other is taken.
        distributions: ID and ID_LIKE of /etc/os-release, the nearest first.
        root: whether the system's administrator works here (Linux, macOS).
    """

    platform: str
    home: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    distributions: tuple[str, ...] = ()
    root: bool = False

    @classmethod
    def here(cls) -> System:
        """Return the system this program runs on."""
        return cls(
            platform=sys.platform,
            home=Path.home(),
            environment=dict(os.environ),
            distributions=_distributions(),
            root=sys.platform != "win32" and os.geteuid() == 0,
        )

    @property
    def downloads(self) -> Path:
        """The folder of Playwright's own downloads."""
        named = self.environment.get(DOWNLOADS)
        if named == "0":
            return Path(playwright.__file__).parent / "driver" / "package" / ".local-browsers"
        if named:
            return Path(named)
        cache_variable = {"linux": "XDG_CACHE_HOME", "win32": "LOCALAPPDATA"}.get(self.platform, "")
        caches = self.environment.get(cache_variable) or self.home / _CACHES.get(self.platform, ".cache")
        return Path(caches) / "ms-playwright"


@dataclass(frozen=True)
class Candidate:
    """A browser by `name` and one `place`: a command on PATH, or a path that may hold `*`."""

    name: str
    place: str

    @property
    def is_pattern(self) -> bool:
        """Whether the place holds a `*`."""
        return "*" in self.place

    @property
    def is_command(self) -> bool:
        """Whether PATH is to be searched."""
        return "/" not in self.place and "\\" not in self.place


def candidates(system: System, *, headed: bool) -> Iterator[Candidate]:
    """Yield the browsers that may stand on `system`, the best first.

    With `NMO_AUTOFILL_BROWSER` set, that one only. A headed browser is never a headless shell.
    """
    if explicit := system.environment.get(EXPLICIT):
        yield Candidate(EXPLICIT, explicit)
        return
    for browser in _data()["browser"]:
        if headed and browser.get("windowless", False):
            continue
        for pattern in browser.get(system.platform, []):
            place = _filled(pattern, system)
            if place:
                yield Candidate(browser["name"], place)


def mending_command(system: System) -> str:
    """Return the exact command that brings a browser to `system`."""
    commands: dict[str, str] = _data()["mend"]
    known = (commands[name] for name in system.distributions if name in commands)
    command = next(known, commands["other"]).format(playwright=_shown(system, sys.executable, "-m", "playwright"))
    return command.replace("sudo ", "") if system.root else command


def _filled(pattern: str, system: System) -> str:
    """Return `pattern` with its folders put in; empty when the environment lacks one."""
    known = {**system.environment, "home": str(system.home), "playwright": str(system.downloads)}
    if not all(known.get(name) for name in _FOLDER.findall(pattern)):
        return ""
    literal = glob.escape if "*" in pattern else str
    return _FOLDER.sub(lambda found: literal(known[found[1]]), pattern)


def _shown(system: System, *command: str) -> str:
    return subprocess.list2cmdline(command) if system.platform == "win32" else shlex.join(command)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("nmo_autofill.browser") / "browsers.toml").read_text("utf-8"))


def _distributions() -> tuple[str, ...]:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ()
    return (release.get("ID", ""), *release.get("ID_LIKE", "").split())
