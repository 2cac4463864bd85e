"""Every page of both skins, looked at by axe-core."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from mock_portal.actions.registration import register

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, ViewportSize

    from .conftest import Portal, Visitor

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
PUBLIC = ("front", "cabinets", "login_spo", "gosuslugi", "recovery", "registration", "registered", "missing")
OWN = ("profile", "plan", "trajectory", "admission", "settings")
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, as `rule: element`."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate("() => axe.run().then((told) => told.violations)")
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def fits_a_phone(page: Page) -> bool:
    """Return whether nothing has to be scrolled sideways on a narrow screen."""
    page.set_viewport_size(NARROW)
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("place", PUBLIC)
def test_public_pages(visitor: Visitor, place: str) -> None:
    visitor.open(place)
    assert violations(visitor.page) == []
    assert fits_a_phone(visitor.page)


def test_own_pages(visitor: Visitor, portal: Portal, woman: dict[str, str], document: dict[str, str]) -> None:
    visitor.sign_in(woman, portal.enrol(woman, "spo", document))
    visitor.heading("Мой профиль").wait_for()
    for place in OWN:
        visitor.page.set_viewport_size(WIDE)
        visitor.open(place)
        assert violations(visitor.page) == [], place
        assert fits_a_phone(visitor.page), place


def test_first_entry_and_empty_wizard(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    visitor.sign_in(woman, portal.enrol(woman))
    visitor.heading("Добро пожаловать").wait_for()
    assert violations(visitor.page) == []
    visitor.page.get_by_label("со средним профессиональным").check()
    visitor.press("Продолжить")
    visitor.press("Далее")
    visitor.page.get_by_role("alert").wait_for()
    assert violations(visitor.page) == []


def test_forms_with_refusals(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    visitor.open("registration")
    if portal.skin == "kit":
        visitor.fill_registration(woman | {"snils": "160-722-394 48"})
    visitor.press("Зарегистрироваться")
    visitor.page.get_by_role("alert").wait_for()
    assert violations(visitor.page) == []


def test_document_and_cycle_forms(
    visitor: Visitor, portal: Portal, woman: dict[str, str], document: dict[str, str]
) -> None:
    visitor.sign_in(woman, portal.enrol(woman, "spo", document))
    visitor.heading("Мой профиль").wait_for()
    visitor.press("Добавить документ")
    visitor.heading("Добавление информации").wait_for()
    assert violations(visitor.page) == []
    visitor.open("trajectory")
    visitor.press("Добавить пятилетний цикл")
    visitor.heading("Добавить пятилетний цикл").wait_for()
    assert violations(visitor.page) == []


def test_confirmed_address(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    account = register(portal.stand, woman, portal.url).account
    assert account
    visitor.page.goto(f"{portal.url}confirmation/{account.link}")
    visitor.page.get_by_text("Адрес электронной почты подтверждён").wait_for()
    assert violations(visitor.page) == []
    assert fits_a_phone(visitor.page)


@pytest.mark.parametrize("path", ["_mock/mail", "confirmation/none", "captcha"])
def test_pages_of_the_stand(visitor: Visitor, portal: Portal, path: str) -> None:
    visitor.page.goto(portal.url + path)
    assert violations(visitor.page) == []


def test_letters(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    portal.enrol(woman)
    visitor.page.goto(portal.url + "_mock/mail")
    visitor.page.get_by_label("Адрес электронной почты").fill(woman["email"])
    visitor.press("Показать письма")
    visitor.page.locator("summary").first.click()
    assert violations(visitor.page) == []


@pytest.mark.parametrize("path", ["agreement", "account/admission/organisation", "account/cycle"])
def test_more_native_pages(native: Portal, meet: Callable[[Portal], Visitor], woman: dict[str, str], path: str) -> None:
    visitor = meet(native)
    visitor.sign_in(woman, native.enrol(woman, "spo"))
    visitor.heading("Мой профиль").wait_for()
    visitor.page.goto(native.url + path)
    assert violations(visitor.page) == []


def test_closed_cabinet(native: Portal, meet: Callable[[Portal], Visitor], woman: dict[str, str]) -> None:
    visitor = meet(native)
    visitor.sign_in(woman, native.enrol(woman), "vo")
    visitor.heading("Добро пожаловать").wait_for()
    visitor.page.get_by_label("со средним профессиональным").check()
    visitor.press("Продолжить")
    visitor.heading("Кабинет недоступен").wait_for()
    assert violations(visitor.page) == []
    assert fits_a_phone(visitor.page)


@pytest.mark.parametrize("place", ["trajectory", "admission"])
def test_pages_without_a_level(
    native: Portal, meet: Callable[[Portal], Visitor], woman: dict[str, str], place: str
) -> None:
    visitor = meet(native)
    visitor.sign_in(woman, native.enrol(woman, "other"))
    visitor.heading("Мой профиль").wait_for()
    visitor.open(place)
    visitor.heading("Раздел недоступен").wait_for()
    assert violations(visitor.page) == []
    assert fits_a_phone(visitor.page)


def test_pages_of_the_kit_without_a_level(
    kit: Portal, meet: Callable[[Portal], Visitor], woman: dict[str, str]
) -> None:
    visitor = meet(kit)
    visitor.sign_in(woman, kit.enrol(woman, "other"))
    visitor.heading("Мой профиль").wait_for()
    for place in OWN:
        visitor.open(place)
        assert violations(visitor.page) == [], place


def test_unknown_organisation_of_the_kit(kit: Portal, meet: Callable[[Portal], Visitor], woman: dict[str, str]) -> None:
    visitor = meet(kit)
    visitor.sign_in(woman, kit.enrol(woman, "spo"))
    visitor.heading("Мой профиль").wait_for()
    visitor.press("Добавить документ")
    visitor.page.get_by_role("link", name="Добавить организацию").click()
    visitor.page.get_by_role("dialog", name="Добавить организацию").wait_for()
    assert violations(visitor.page) == []
    assert fits_a_phone(visitor.page)


def test_overlays_of_the_kit(kit: Portal, meet: Callable[[Portal], Visitor]) -> None:
    visitor = meet(kit)
    page = visitor.page
    visitor.open("registration")
    page.get_by_role("combobox", name="Регион").click()
    page.get_by_role("option").first.wait_for()
    assert violations(page) == []
    visitor.field("Дата рождения").focus()
    page.get_by_role("dialog", name="Календарь").wait_for()
    assert violations(page) == []
    page.get_by_role("link", name="Ознакомиться").click()
    page.get_by_role("dialog", name="Пользовательское соглашение").wait_for()
    assert violations(page) == []
