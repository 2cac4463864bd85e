"""The log of our own faults, without personal data."""

from __future__ import annotations

import platform
import traceback
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def write_fault(error: BaseException, folder: Path) -> Path:
    """Write where the error arose into a new file in `folder`, and return its path.

    Of each error only its kind and the places in the code: its message can hold what was typed.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = datetime.now(UTC)
    log = folder / f"fault-{now:%Y-%m-%d-%H%M%S}.log"
    head = f"nmo-autofill {version('nmo-autofill')}, Python {platform.python_version()}, {platform.system()}, {now} UTC"
    log.touch(mode=0o600)
    log.write_text("\n".join([head, *_lines(error)]) + "\n", encoding="utf-8")
    return log


def _lines(error: BaseException) -> Iterator[str]:
    if error.__cause__ or error.__context__:
        yield from _lines(error.__cause__ or error.__context__ or error)
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"    {frame.filename}:{frame.lineno} {frame.name}"
