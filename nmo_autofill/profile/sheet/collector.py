"""Python's collector of garbage, told to wait."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def waiting() -> Iterator[None]:
    """Do without the collector: it looks again and again at the many objects of a list, all of which are needed."""
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_enabled:
            # What was made meanwhile counts as old, without a look at all of it now: the two only move it there.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
