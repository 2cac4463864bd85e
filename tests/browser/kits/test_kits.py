"""Controls of real kits: what is told is what the kit itself holds, and the committed table tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.kits.cells import Verdict
from tests.browser.kits.table import FILE, committed, line, table
from tests.browser.kits.workshop import controls

if TYPE_CHECKING:
    from tests.browser.kits.conftest import TryRow
    from tests.browser.kits.workshop import Control


@pytest.mark.parametrize("control", controls(), ids=str)
def test_a_control_of_a_kit(
    control: Control, try_row: TryRow, lines: dict[Control, str], request: pytest.FixtureRequest
) -> None:
    seen = try_row(control)
    told = "\n".join(f"{cell}: {verdict} {what}" for cell, (verdict, what) in seen.items())
    lines[control] = line(control, {cell: verdict for cell, (verdict, _) in seen.items()})
    assert Verdict.WRONG not in {verdict for verdict, _ in seen.values()}, told
    if not request.config.getoption("--write-kits"):
        assert lines[control] in FILE.read_text("utf-8").splitlines(), told


def test_the_table_tells_of_every_control_and_of_no_other() -> None:
    assert list(committed()) == controls()
    assert table({}) == FILE.read_text("utf-8")
