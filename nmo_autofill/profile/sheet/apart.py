"""The reader of workbooks in a process of its own: a damaged or hostile file can end that one only.

A few spoilt bytes in an .xls made the reading library ask for so much memory that the process was aborted (fuzzing with
python-calamine 0.9.1, 2026-11-24); nothing in Python can catch that.
"""

from __future__ import annotations

import subprocess
import sys

from nmo_autofill.profile.sheet import child, wire, xls
from nmo_autofill.profile.sheet.workbook import Refused, Why, Workbook

# 10,000 people take half a second; whatever takes a minute is no list.
SECONDS = 60
_ZIP = b"PK\x03\x04"
# Not `-m`: what finds a module to be run takes a tenth of the time. Nothing is tidied up: it ends with the process.
_PROGRAM = f"import gc, os; gc.disable(); from {child.__name__} import main; main(); os._exit(0)"


def is_workbook(content: bytes) -> bool:
    """Tell whether the bytes begin as a workbook does; anything else is text."""
    return content.startswith((xls.MAGIC, _ZIP))


def read(content: bytes) -> Workbook:
    """Return what a workbook holds. Raises Refused."""
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            (sys.executable, "-P", "-c", _PROGRAM), input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(Why.ENDLESS, seconds=str(SECONDS)) from None
    if done.returncode:
        raise Refused(Why.DAMAGED)
    return wire.decoded(done.stdout)
