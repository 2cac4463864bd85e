"""What surveying and reading back a form cost: round trips, counted as `benchmarks/filling.py` counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.filling import FORM, by_labels, messages, survey_and_read_back

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.browser.conftest import InPage


def test_a_survey_and_reading_back_take_two_round_trips(in_page: InPage) -> None:
    async def visit(page: Page) -> list[str]:
        await page.goto(FORM)
        await by_labels(page)
        with messages() as sent:
            await survey_and_read_back(page)
        return sent

    assert len(in_page(visit)) <= 2
