"""The workshop of kits: released versions from the npm registry, and pages built of them outside the repository."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nmo_autofill.browser.command import run_command
from tests.packages import provide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE = Path(__file__).parent
SOURCES = HERE / "pages"
_PINS = HERE / "kits.toml"
_PICTURES = ("svg", "png", "gif")
_FONTS = ("woff2", "woff", "ttf", "eot")
_PAGE = """<!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{name}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="{name}.css">
<body></body><script src="{name}.js"></script></html>"""


@dataclass(frozen=True)
class Control:
    """One control of a kit: its name in the kit's own words, the kind of its value, and which cells apply.

    `silent`: the page does not say that it is read-only.
    """

    kit: str
    page: str
    version: str
    name: str
    kind: str
    more: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    silent: bool = False

    def __str__(self) -> str:
        return f"{self.kit}: {self.name}"


def controls() -> list[Control]:
    """Return all controls of all kits, in the order of the data file."""
    return [
        Control(kit["name"], kit["page"], next(iter(kit["packages"].values()), "–"), **_tuples(control))
        for kit in _data()["kit"]
        for control in kit["controls"]
    ]


def built_pages() -> Path:
    """Return the folder with the built pages; brings and builds what is missing, once for all processes."""
    with _alone():
        return _built(_installed())


def _installed() -> Path:
    """Return the folder in which the pinned packages are installed."""
    pins = dict(sorted(_pins().items()))
    folder = _cache() / f"packages-{_digest(json.dumps(pins))}"
    if (folder / "complete").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": pins}), "utf-8")
    quietly = (
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        "--fetch-retries=1",
        "--prefix",
        str(folder),
    )
    code, said = run_command((provide("npm", "npm"), "install", *quietly), seconds=400)
    assert code == 0, f"The kits could not be brought from the npm registry, and without them nothing is shown:\n{said}"
    (folder / "complete").touch()
    return folder


def _built(packages: Path) -> Path:
    """Return the folder with the pages, built from the sources as they are now."""
    sources = [Path(__file__), _PINS, *sorted(SOURCES.glob("*.js"))]
    seal = _digest(packages.name + "".join(source.read_text("utf-8") for source in sources))
    folder = _cache() / f"pages-{seal}"
    if (folder / "complete").exists():
        return folder
    names = sorted({control.page for control in controls()})
    code, said = run_command(_build(packages, folder, names), seconds=200)
    assert code == 0, f"The pages of the kits could not be built:\n{said}"
    for name in names:
        (folder / f"{name}.html").write_text(_PAGE.format(name=name), "utf-8")
        (folder / f"{name}.css").touch()
    (folder / "complete").touch()
    return folder


def _build(packages: Path, folder: Path, names: list[str]) -> list[str]:
    loaders = [f"--loader:.{kind}=dataurl" for kind in _PICTURES] + [f"--loader:.{kind}=empty" for kind in _FONTS]
    theme = packages / "node_modules" / "@angular" / "material" / "prebuilt-themes" / "azure-blue.css"
    manner = ["--bundle", "--format=iife", "--charset=utf8", "--log-level=error", f"--alias:material-theme={theme}"]
    entries = [str(SOURCES / f"{name}.js") for name in names]
    environment = ["env", f"NODE_PATH={packages / 'node_modules'}"]
    program = str(packages / "node_modules" / ".bin" / "esbuild")
    return [*environment, program, *entries, *manner, *loaders, f"--outdir={folder}"]


def _pins() -> dict[str, str]:
    kits = [kit["packages"] for kit in _data()["kit"]]
    return {name: version for pins in [_data()["tools"], *kits] for name, version in pins.items()}


def _data() -> dict[str, Any]:
    return tomllib.loads(_PINS.read_text("utf-8"))


def _tuples(control: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in control.items()}


def _cache() -> Path:
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nmo-autofill-kits"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other processes of the tests out: each would bring the same packages."""
    with (_cache() / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield
