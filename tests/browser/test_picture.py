"""Pictures of pages: whoever the page is about, they look the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.browser.picture import Picture, take_picture

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.browser.conftest import InPage

HEADER = "<div style='width: 300px; overflow: hidden; white-space: nowrap'>{surname} {name}, СНИЛС {snils}</div>"
FORM = """<h1>Форма</h1><p><label>Фамилия <input value='{surname}'></label></p>
  <p><label>Имя <textarea style='width: 200px'>{name}</textarea></label></p>
  <p id=region>Регион</p><div role=combobox aria-labelledby=region style='width: 200px'>
    <span style='color: red'>{name}</span></div>
  <p><label>Город <select style='width: 200px'><option>{name}</select></label></p>
  <p><label>Подпись <input placeholder='{surname}'></label></p>"""
DIALOG = "<div role=dialog aria-modal=true style='position: fixed; inset: 60px; background: #fff'>{form}</div>"
PEOPLE = (
    {"surname": "Плантова", "name": "Анна", "snils": "112-233-445 95"},
    {"surname": "Ким", "name": "Еликонида", "snils": "087-654-303 00"},
)
FRAMES = [(100, 120, 200, 30)]


def drawn(in_page: InPage, html: str, person: dict[str, str]) -> Picture:
    async def visit(page: Page) -> Picture | None:
        return await take_picture(page, FRAMES, [person[key] for key in person if key != "town"])

    picture = in_page(visit, html.format(**person))
    assert picture is not None
    return picture


@pytest.mark.parametrize(
    "html", [HEADER + FORM, HEADER + DIALOG.replace("{form}", HEADER + FORM)], ids=["page", "dialog"]
)
def test_nobody_is_told_apart_by_a_picture(in_page: InPage, html: str) -> None:
    one, other = (drawn(in_page, html, person) for person in PEOPLE)
    assert one == other
    assert one != drawn(in_page, html.replace("Фамилия", "Прозвище"), PEOPLE[0])


CHOSEN = """<p id=n>Город</p><div style='width: 200px; border: 1px solid; position: relative'><span>{town}</span>
  <input role=combobox aria-labelledby=n style='position: absolute; inset: 0; width: 190px; border: 0'>
  </div><p>Ниже</p>"""


def test_a_choice_that_stands_beside_its_input_is_not_told(in_page: InPage) -> None:
    """Ant Design and Vuetify put it there."""
    one, other = (drawn(in_page, CHOSEN, {"town": town}) for town in ("Омск", "Петропавловск"))
    assert one == other


def test_a_page_without_controls_has_no_picture(in_page: InPage) -> None:
    async def visit(page: Page) -> Picture | None:
        return await take_picture(page, [], [])

    assert in_page(visit, "<p>Ничего</p>") is None
