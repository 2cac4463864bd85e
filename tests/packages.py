"""Real servers for the tests: they are installed where they are missing and an administrator need not be asked."""

from __future__ import annotations

import os
import shutil

from nmo_autofill.browser.candidates import System
from nmo_autofill.browser.command import run_command
from nmo_autofill.browser.provision import administrator

INSTALL = ("apt-get", "-o", "DPkg::Lock::Timeout=120", "install", "-y", "--no-install-recommends")


def provide(program: str, package: str, *folders: str) -> str:
    """Return the program's path, looked for on PATH and in the folders; the Debian package has it."""
    path = ":".join((os.environ["PATH"], *folders))
    found = shutil.which(program, path=path)
    if not found:
        head = administrator(System.here())
        said = ""
        if head is not None:
            quietly = (*head, "env", "DEBIAN_FRONTEND=noninteractive")
            run_command((*quietly, "apt-get", "update"), seconds=300)
            said = run_command((*quietly, *INSTALL, package), seconds=600)[1]
        found = shutil.which(program, path=path)
        assert found, f"{said}\nThe tests need {package}: sudo {' '.join(INSTALL)} {package}"
    return found
