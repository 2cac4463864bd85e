"""Which page a press has led to, when the page before it looks like the one that is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.browser.session import Visit
from nmo_autofill.errors import FieldAmbiguousError, FieldNotFoundError, PageUnexpectedError, SessionLostError
from nmo_autofill.portal.atlas import load_map

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.browser.conftest import InPage

PORTAL = load_map("mock").model_copy(update={"answer_seconds": 2})
FRONT = """<div id=place><h1>Портал НМФО</h1><a href="#x" onclick="{then}">Личный кабинет</a>
    <h2>Вход в систему</h2></div>"""
SHOWN_LATER = "setTimeout(() => {{ place.innerHTML = '<h1>{heading}</h1>' }}, {after})"


def reached(in_page: InPage, html: str) -> str:
    async def go(page: Page) -> str:
        return await Visit(page, PORTAL).go("front", "personal_account", "cabinets", "sign_in", "menu")

    return in_page(go, html)


def test_a_heading_that_stood_there_before_the_press_is_no_sign_of_the_next_page(in_page: InPage) -> None:
    # Seen on the stand-in portal (2026-11-25): its front page has a card «Вход в систему».
    then = SHOWN_LATER.format(heading="Личный кабинет", after=200)
    assert reached(in_page, FRONT.format(then=then)) == "cabinets"


def test_a_page_that_is_replaced_at_once_is_not_taken_for_none(in_page: InPage) -> None:
    then = "place.innerHTML = ''; " + SHOWN_LATER.format(heading="Вход в систему", after=300)
    assert reached(in_page, FRONT.format(then=then)) == "sign_in"


def test_a_press_that_changes_nothing_leads_to_what_is_shown(in_page: InPage) -> None:
    assert reached(in_page, FRONT.format(then="")) == "sign_in"


def test_another_page_is_told(in_page: InPage) -> None:
    with pytest.raises(PageUnexpectedError):
        reached(in_page, FRONT.format(then="place.innerHTML = '<h1>Технические работы</h1>'"))


def test_a_missing_button_and_twins_are_told_with_what_stands_there(in_page: InPage) -> None:
    with pytest.raises(FieldNotFoundError) as missing:
        reached(in_page, "<h1>Портал НМФО</h1><button>Кабинет</button><a href='#help'>Помощь</a>")
    assert missing.value.facts["candidates"] == "Кабинет; Помощь"
    with pytest.raises(FieldAmbiguousError) as several:
        reached(in_page, "<h1>Портал НМФО</h1><button>Личный кабинет</button><button>Личный  кабинет</button>")
    assert several.value.facts["candidates"] == "Личный кабинет; Личный кабинет"


ACCOUNT = """<div id=place><h1>Мой план</h1><a href="#x" onclick="{then}">Мой профиль</a>{card}</div>"""
CARD = "<h2>Вход в систему</h2>"


def profile_reached(in_page: InPage, html: str) -> str:
    async def go(page: Page) -> str:
        return await Visit(page, PORTAL).go("menu", "profile", "profile")

    return in_page(go, html)


def test_the_sign_in_page_in_place_of_the_account_is_a_lost_session(in_page: InPage) -> None:
    then = SHOWN_LATER.format(heading="Вход в систему", after=200)
    with pytest.raises(SessionLostError):
        profile_reached(in_page, ACCOUNT.format(then=then, card=""))


def test_a_sign_in_that_stood_there_before_the_press_is_no_lost_session(in_page: InPage) -> None:
    then = SHOWN_LATER.format(heading="Мой профиль", after=1400)
    assert profile_reached(in_page, ACCOUNT.format(then=then, card=CARD)) == "profile"


def test_a_button_that_went_with_the_session_is_a_lost_session(in_page: InPage) -> None:
    with pytest.raises(SessionLostError):
        profile_reached(in_page, CARD)


def test_a_guests_page_needs_no_session(in_page: InPage) -> None:
    with pytest.raises(FieldNotFoundError):
        reached(in_page, CARD)
