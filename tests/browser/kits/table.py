"""The table of the kits, `docs/kits.md`: what works with which control."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.kits.cells import CELLS, Verdict
from tests.browser.kits.workshop import controls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.browser.kits.workshop import Control

FILE = Path(__file__).parents[3] / "docs" / "kits.md"
_HEAD = """# Kits of form controls

Made by `make kits`, which tries every control in its released version, in a browser; `tests/browser/kits` holds this
table against what the tests see. Each cell is judged by the kit's own model of its value, never by what the tool reads.

`yes`: the page holds what it should, or the tool refused for the right reason what cannot be filled.
`refused`: the tool refused what a person could have filled; the field is told, and the form not submitted.
`–`: does not apply. A wrong value fails the tests.

| cell | what is done |
|---|---|
| fill | an empty control, and the plain field after it |
| same | the same value once more: nothing changes |
| another | another value after the first |
| read back | a value that stands there: agrees with itself and with no other |
| unknown | an option that the list has not |
| equal | an option that the list has twice |
| disabled, read only | the control takes no input |
| slow | the options come 0.8 s late |
| stale | for half a second the list shows the options of the previous query |
| narrow | a window 320 pixels wide |
| framed | the form in a frame within a page of the same origin |

"""


def line(control: Control, verdicts: Mapping[str, Verdict]) -> str:
    """Return the control's line of the table."""
    cells = [verdicts.get(cell, Verdict.NONE) for cell in CELLS]
    return f"{_start(control)} {' | '.join(cells)} |"


def table(lines: Mapping[Control, str]) -> str:
    """Return the whole document; a control that was not tried keeps its line."""
    cells = [cell.replace("_", " ") for cell in CELLS]
    heading = f"| kit | version | control | {' | '.join(cells)} |\n|{'---|' * (len(CELLS) + 3)}\n"
    rows = {**committed(), **lines}
    return _HEAD + heading + "".join(f"{rows[control]}\n" for control in controls() if control in rows)


def committed() -> dict[Control, str]:
    """Return the lines of the document as it is."""
    document = FILE.read_text("utf-8") if FILE.exists() else ""
    rows = [text for text in document.splitlines() if text.startswith("|")]
    return {control: row for control in controls() for row in rows if row.startswith(_start(control))}


def works(control: Control) -> bool:
    """Tell whether the document says that an empty control is filled."""
    cells = [cell.strip() for cell in committed()[control].removeprefix(_start(control)).split("|")]
    return dict(zip(CELLS, cells, strict=False))["fill"] == Verdict.RIGHT


def _start(control: Control) -> str:
    return f"| {control.kit} | {control.version} | {control.name} |"
