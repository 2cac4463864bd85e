"""Files that commands write where they are told to."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nmo_autofill.errors import FileUnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def written(file: Path) -> Iterator[None]:
    """Write a file while the block runs. Raises FileUnwritableError when the system refuses."""
    try:
        yield
    except OSError as error:
        raise FileUnwritableError(path=str(file), what=error.strerror or "") from None


def write_private(file: Path, text: str) -> None:
    """Write a new file that its owner alone can read. Raises OSError, also when there is one of this name."""
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)


def require_writable(file: Path) -> None:
    """Raise FileUnwritableError now, and not when the work of hours is to be written."""
    with written(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("a").close()
