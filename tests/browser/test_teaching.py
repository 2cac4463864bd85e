"""Teaching: the person of the test clicks, and the finder then finds what was clicked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.browser.survey import survey
from nmo_autofill.browser.teaching import Astray, Lesson, learn
from nmo_autofill.portal.model import Field, ValueKind
from nmo_autofill.portal.model import Page as KnownPage

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.browser.conftest import InPage

REGION = Field(labels=("Регион",), value=ValueKind.OPTION, evidence="test")
SURNAME = Field(labels=("Фамилия",), evidence="test")
KNOWN = KnownPage(title="форма", fields={"region": REGION, "surname": SURNAME})
_SECONDS = 60
NOTICED = """<script>window.noticed = [];
  for (const name of ['pointerdown', 'mousedown', 'click', 'focusin', 'keydown'])
    addEventListener(name, (event) => noticed.push(name));</script>"""
FORM = """<h1>Форма</h1><p><label>Фамилия <input name=surname></label></p>
  <p><label for=r>Край или область *</label> <select id=r name=area><option>Омская область</select></p>
  <p><select name=bare id=x17><option>Иное</select></p><p><select><option>Иное</select></p>"""


def taught(in_page: InPage, *presses: str) -> tuple[Lesson | None, list[Astray], list[str]]:
    """Click what the selectors name (or press Escape) while a field is learnt; tell what came of it."""

    async def visit(page: Page) -> tuple[Lesson | None, list[Astray], list[str]]:
        astray: list[Astray] = []
        learning = asyncio.ensure_future(learn(page, KNOWN, "region", astray.append))
        for number, press in enumerate(presses):
            while len(astray) < number:
                await page.evaluate("1")
            await page.evaluate("new Promise(requestAnimationFrame)")  # it listens by then: messages keep their order
            await (page.keyboard.press("Escape") if press == "Escape" else page.locator(press).click())
        async with asyncio.timeout(_SECONDS):
            lesson = await learning
        return lesson, astray, await page.evaluate("noticed")

    return in_page(visit, NOTICED + FORM)


@pytest.mark.parametrize("clicked", ["#r", "label[for=r]"])
def test_a_field_is_learnt_by_the_label_that_is_read_there(in_page: InPage, clicked: str) -> None:
    lesson, astray, noticed = taught(in_page, clicked)
    assert lesson == Lesson("region", ("Край или область", "Регион"))
    assert (astray, noticed) == ([], [])


def test_a_field_without_a_label_is_learnt_by_an_attribute(in_page: InPage) -> None:
    lesson, _, _ = taught(in_page, "[name=bare]")
    assert lesson == Lesson("region", selector='select[name="bare"]')


def test_what_is_no_field_or_like_others_is_told_and_another_click_awaited(in_page: InPage) -> None:
    lesson, astray, noticed = taught(in_page, "h1", "select >> nth=2", "Escape")
    assert lesson is None
    assert astray == [Astray.NO_FIELD, Astray.ALIKE]
    assert noticed == []


def test_what_was_learnt_is_found(in_page: InPage) -> None:
    async def visit(page: Page) -> tuple[int, ...]:
        field = REGION.model_copy(update={"selector": 'select[name="bare"]'})
        seen = await survey(page, {"region": field})
        return seen.claims["region"]

    assert in_page(visit, FORM) == (2,)
