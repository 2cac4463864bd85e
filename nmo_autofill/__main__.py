"""The command line as `python -m nmo_autofill`: on Windows the folder of commands is often not on PATH."""

from __future__ import annotations

import sys

from nmo_autofill.cli import main

if __name__ == "__main__":
    sys.exit(main())
