"""Nothing waits for a time: the linter forbids `sleep`, and this what it cannot see."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
PAUSE = "wait_for_" + "timeout"  # Playwright's


def test_nothing_pauses_the_page() -> None:
    sources = [
        path
        for folder in ("nmo_autofill", "mock_portal", "benchmarks", "tests")
        for path in (ROOT / folder).rglob("*.py")
    ]
    assert sources
    assert [path.name for path in sources if PAUSE in path.read_text("utf-8")] == []
