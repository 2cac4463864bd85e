"""The reader of workbooks in a process of its own: a damaged or hostile file can end that one only.

A few spoilt bytes in an .xls made the reading library ask for so much memory that the process was aborted (fuzzing with
python-calamine 0.9.1, 2026-11-24); nothing in Python can catch that.
"""

from __future__ import annotations

import os
import subprocess
import sys

from nmo_autofill.profile.sheet import child, wire, xls
from nmo_autofill.profile.sheet.workbook import Refused, Why, Workbook

# 10,000 people take half a second; whatever takes a minute is no list.
SECONDS = 60
_ZIP = b"PK\x03\x04"
# Not `-m`: what finds a module to be run takes a tenth of the time. Nothing is tidied up: it ends with the process.
_PROGRAM = f"import gc, os, sys; gc.disable(); sys.path[:] = %r; from {child.__name__} import main; main(); os._exit(0)"
# Whatever `site` would do is known here already, and the environment has no say.
_ALONE = ("-I", "-S")
# glibc asks the system for memory in large pieces, and gives none back: that takes a tenth of the process's time away.
_LARGE = str(1 << 26)
_MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "MALLOC_TOP_PAD_": _LARGE,
    "MALLOC_MMAP_THRESHOLD_": _LARGE,
    "MALLOC_TRIM_THRESHOLD_": _LARGE,
}


def is_workbook(content: bytes) -> bool:
    """Tell whether the bytes begin as a workbook does; anything else is text."""
    return content.startswith((xls.MAGIC, _ZIP))


def read(content: bytes) -> Workbook:
    """Return what a workbook holds. Raises Refused."""
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            (sys.executable, *_ALONE, "-c", _PROGRAM % [folder for folder in sys.path if folder]),
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=os.environ | _MEMORY,
        )
    except subprocess.TimeoutExpired:
        raise Refused(Why.ENDLESS, seconds=str(SECONDS)) from None
    if done.returncode:
        raise Refused(Why.DAMAGED)
    return wire.decoded(done.stdout)
