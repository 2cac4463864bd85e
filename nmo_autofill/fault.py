"""The log of our own faults, without personal data."""

from __future__ import annotations

import platform
import secrets
import tempfile
import traceback
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from nmo_autofill.outfile import write_private

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_fault(error: BaseException, folder: Path) -> Path:
    """Write where the error arose into a new file in `folder`, or among the temporary files, and return its path.

    Of each error only its kind and the places in the code: its message can hold what was typed, and the paths of the
    code the name of the person at the computer.
    """
    now = datetime.now(UTC)
    head = f"nmo-autofill {version('nmo-autofill')}, Python {platform.python_version()}, {platform.system()}, {now} UTC"
    text = "\n".join([head, *_lines(error)]) + "\n"
    name = f"fault-{now:%Y-%m-%d-%H%M%S}-{secrets.token_hex(2)}.log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _written(folder / name, text)
    except OSError:
        return _written(Path(tempfile.gettempdir()) / f"nmo-autofill-{name}", text)


def _written(log: Path, text: str) -> Path:
    write_private(log, text)
    return log


def _lines(error: BaseException) -> Iterator[str]:
    earlier = error.__cause__ or error.__context__
    if earlier:
        yield from _lines(earlier)
    for one in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _lines(one)
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"    {frame.f_globals.get('__name__')}:{line} {frame.f_code.co_name}"
