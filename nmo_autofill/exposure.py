"""Places where data can be seen by others: folders that others may read, and Git working trees."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path


def is_open_to_others(folder: Path) -> bool:
    """Tell whether others on this computer may look into a folder; on Windows its rights are not told by a mode."""
    return sys.platform != "win32" and bool(stat.S_IMODE(folder.stat().st_mode) & 0o077)


def working_tree(file: Path) -> Path | None:
    """Return the Git working tree in which a file or folder lies, or None."""
    place = Path(os.path.abspath(file))  # noqa: PTH100 (links stay named as staff name them)
    return next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), None)
