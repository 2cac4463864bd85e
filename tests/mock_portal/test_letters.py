"""Letters: one or two, «Входящие» or «Спам», and the link's single day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from mock_portal.stand import Stand
from mock_portal.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Portal, Put, Visitor


def test_every_third_letter_is_spam(put: Put, woman: dict[str, str], man: dict[str, str]) -> None:
    portal = put("native")
    portal.enrol(woman)
    portal.enrol(man)
    folders = [letter["folder"] for person in (woman, man) for letter in portal.letters(person["email"])]
    assert folders == ["inbox", "inbox", "spam", "inbox"]


@pytest.mark.parametrize(("spam", "folder"), [("never", "inbox"), ("always", "spam")])
def test_spam_by_setting(put: Put, woman: dict[str, str], spam: str, folder: str) -> None:
    portal = put("kit", spam=spam)
    portal.enrol(woman)
    assert {letter["folder"] for letter in portal.letters(woman["email"])} == {folder}


def test_letters_have_their_shape_and_come_oldest_first(native: Portal, woman: dict[str, str]) -> None:
    native.enrol(woman)
    first, second = native.letters(woman["email"].upper())
    assert set(first) == {"id", "folder", "to", "from", "subject", "text", "received"}
    assert first["to"] == woman["email"]
    assert "/confirmation/" in first["text"]
    assert "Пароль" not in first["text"]
    assert "Логин: 160-722-394 47" in second["text"]
    assert datetime.fromisoformat(first["received"]) <= datetime.fromisoformat(second["received"])
    assert native.letters("nobody@example.org") == []


def test_person_finds_a_letter_in_spam(put: Put, meet: Callable[[Portal], Visitor], woman: dict[str, str]) -> None:
    portal = put("native", spam="always", letters="direct")
    portal.enrol(woman)
    visitor = meet(portal)
    visitor.page.goto(portal.url + "_mock/mail")
    visitor.page.get_by_label("Адрес электронной почты").fill(woman["email"])
    visitor.press("Показать письма")
    spam = visitor.page.get_by_role("region", name="Спам")
    spam.get_by_text("Логин и пароль для входа на Портал").click()
    expect(spam.get_by_text("Логин: 160-722-394 47")).to_be_visible()
    expect(visitor.page.get_by_role("region", name="Входящие")).to_contain_text("Писем нет.")
    assert woman["email"] not in visitor.page.url


def test_link_is_good_for_one_day_and_once(native: Portal, woman: dict[str, str]) -> None:
    stand, path = native.stand, "confirmation/"
    assert native.send_form("registration", woman)[0] == 200
    link = native.letters(woman["email"])[0]["text"].split(path)[1].split()[0]
    assert native.send(path + "guess")[0] == 410
    now = stand.now
    try:
        stand.now = lambda: now() + timedelta(days=1, seconds=1)
        assert native.send(path + link)[0] == 410
    finally:
        stand.now = now
    assert native.send(path + link)[0] == 200
    assert native.send(path + link)[0] == 410
    errors = [seen["errors"].get("link") for seen in native.witness("confirmation")]
    assert errors == ["link_unknown", "link_expired", None, "link_used"]


def test_unconfirmed_person_cannot_sign_in(native: Portal, woman: dict[str, str]) -> None:
    native.send_form("registration", woman)
    assert native.send_form("login", {"snils": woman["snils"], "password": "guess"})[0] == 422
    assert native.witness("sign_in")[0]["errors"] == {"password": "credentials"}


def test_clock_knows_its_zone() -> None:
    store = Store()
    assert Stand("native", store).now().tzinfo is not None
    store.close()
