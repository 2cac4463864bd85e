"""The kit's own controls: lists, calendar, dialogs, masks, and the token of the previous person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Portal, Visitor


@pytest.fixture
def form(kit: Portal, meet: Callable[[Portal], Visitor]) -> Visitor:
    visitor = meet(kit)
    visitor.open("registration")
    return visitor


def test_list_wipes_what_was_not_chosen(form: Visitor) -> None:
    region = form.page.get_by_role("combobox", name="Регион")
    region.fill("Омская область")
    # The near-twin comes first.
    twins = ["Костромская область", "Омская область", "Томская область"]
    expect(form.page.get_by_role("option")).to_have_text(twins)
    region.blur()
    expect(region).to_have_value("")


def test_options_stand_outside_the_form(form: Visitor) -> None:
    region = form.page.get_by_role("combobox", name="Регион")
    region.fill("мурм")
    expect(form.page.get_by_role("option")).to_have_text(["Мурманская область"])
    assert form.page.locator("form [role=listbox]").count() == 0
    expect(region).to_have_attribute("aria-expanded", "true")
    expect(region).to_have_attribute("aria-controls", re.compile(r"kit-listbox-\d+"))
    region.fill("такого нет")
    expect(form.page.get_by_text("Ничего не найдено")).to_be_visible()


def test_list_works_by_keys(form: Visitor) -> None:
    region, keys = form.page.get_by_role("combobox", name="Регион"), form.page.keyboard
    region.focus()
    keys.press("ArrowDown")
    expect(form.page.get_by_role("option")).to_have_count(89)
    keys.press("ArrowUp")
    expect(region).to_have_attribute("aria-activedescendant", re.compile("kit-option"))
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(region).to_have_value("Амурская область")
    keys.press("ArrowDown")
    keys.press("Escape")
    expect(region).to_have_attribute("aria-expanded", "false")
    expect(region).to_have_value("Амурская область")


def test_calendar_covers_the_next_field_and_goes(form: Visitor) -> None:
    birth, calendar = form.field("Дата рождения"), form.page.get_by_role("dialog", name="Календарь")
    form.page.set_viewport_size({"width": 1280, "height": 1000})
    birth.fill("14.03.2004")
    expect(calendar).to_contain_text("Март 2004")
    covered = form.field("Номер телефона").bounding_box()
    over = calendar.bounding_box()
    assert covered
    assert over
    assert over["y"] < covered["y"] < over["y"] + over["height"]
    calendar.get_by_role("button", name="16 марта 2004").click()
    expect(birth).to_have_value("16.03.2004")
    expect(calendar).to_have_count(0)


def test_calendar_works_by_keys(form: Visitor) -> None:
    birth, keys = form.field("Дата рождения"), form.page.keyboard
    birth.fill("31.12.2003")
    keys.press("ArrowDown")
    expect(form.page.get_by_role("button", name="31 декабря 2003")).to_be_focused()
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"):
        keys.press(key)
    keys.press("Enter")
    expect(birth).to_have_value("01.01.2004")
    expect(birth).to_be_focused()
    form.page.get_by_role("button", name="Открыть календарь").click()
    form.page.get_by_role("button", name="Предыдущий год").click()
    form.page.get_by_role("button", name="Следующий месяц").click()
    expect(form.page.get_by_role("dialog", name="Календарь")).to_contain_text("Февраль 2003")
    birth.press("Escape")
    expect(form.page.get_by_role("dialog", name="Календарь")).to_have_count(0)


def test_half_a_date_goes_and_iso_becomes_another_day(form: Visitor) -> None:
    birth = form.field("Дата рождения")
    birth.fill("14.03")
    birth.blur()
    expect(birth).to_have_value("")
    birth.fill("2004-03-14")
    expect(birth).to_have_value("20.04.0314")


@pytest.mark.parametrize("typed", ["+79134012238", "89134012238", "79134012238", "9134012238", "+7 (913) 401-22-38"])
def test_phone_mask(form: Visitor, typed: str) -> None:
    form.fill("Номер телефона", typed)
    expect(form.field("Номер телефона")).to_have_value("+7(913)401-22-38")


def test_phone_mask_follows_single_keys(form: Visitor) -> None:
    form.field("Номер телефона").press_sequentially("+79134012238")
    expect(form.field("Номер телефона")).to_have_value("+7(913)401-22-38")


def test_submit_sleeps_until_all_is_filled(form: Visitor, woman: dict[str, str]) -> None:
    submit = form.page.get_by_role("button", name="Зарегистрироваться")
    expect(submit).to_be_disabled()
    form.fill_registration(woman | {"snils": "160-722-394 48"})
    expect(submit).to_be_enabled()
    submit.click()
    expect(form.page.get_by_role("alert")).to_be_visible()
    expect(submit).to_be_disabled()
    form.page.get_by_role("link", name="СНИЛС").click()
    expect(form.field("СНИЛС")).to_be_focused()
    form.fill("СНИЛС", woman["snils"])
    expect(submit).to_be_enabled()


def test_ids_change_from_page_to_page(form: Visitor) -> None:
    first = form.field("Фамилия").get_attribute("id")
    form.press("Перейти на экран входа в систему")
    form.press("Регистрация")
    expect(form.heading("Регистрация")).to_be_visible()
    assert form.field("Фамилия").get_attribute("id") != first


def test_dialog_holds_the_focus_and_gives_it_back(
    form: Visitor, kit: Portal, woman: dict[str, str], document: dict[str, str]
) -> None:
    form.sign_in(woman, kit.enrol(woman, "spo", document))
    form.heading("Мой профиль").wait_for()
    form.press("Добавить документ")
    dialog = form.page.get_by_role("dialog", name="Добавление информации о допуске")
    form.page.keyboard.press("Shift+Tab")
    assert dialog.evaluate("(box) => box.contains(document.activeElement)")
    form.page.keyboard.press("Tab")
    expect(dialog.get_by_role("button", name="Закрыть")).to_be_focused()
    form.press("Добавить организацию")
    note = form.page.get_by_role("dialog", name="Добавить организацию")
    expect(note).to_be_visible()
    note.get_by_role("button", name="Закрыть").click()
    expect(note).to_have_count(0)
    form.press("Отмена")
    expect(dialog).to_have_count(0)
    expect(form.page.get_by_role("button", name="Добавить документ")).to_be_focused()
    form.open("trajectory")
    form.press("Добавить пятилетний цикл")
    form.press("Отмена")
    expect(form.page.get_by_role("dialog")).to_have_count(0)


def test_hidden_steps_have_their_own_next(form: Visitor, kit: Portal, woman: dict[str, str]) -> None:
    form.sign_in(woman, kit.enrol(woman, "spo"))
    form.heading("Мой профиль").wait_for()
    form.open("admission")
    expect(form.page.locator("button", has_text="Далее")).to_have_count(3)
    expect(form.page.get_by_role("button", name="Далее")).to_have_count(1)
    form.press("Назад")
    expect(form.heading("Мой профиль")).to_be_visible()


def test_token_of_the_previous_person_leads_to_the_account(form: Visitor, kit: Portal, woman: dict[str, str]) -> None:
    form.sign_in(woman, kit.enrol(woman, "spo"))
    form.heading("Мой профиль").wait_for()
    assert "access_token" in form.page.evaluate("localStorage.rsmu_tokenData")
    form.open("registration")
    expect(form.heading("Мой профиль")).to_be_visible()
    form.press("Выйти")
    expect(form.heading("Вход в систему")).to_be_visible()
    form.open("registration")
    expect(form.heading("Регистрация")).to_be_visible()


def test_ended_session_leads_to_the_sign_in(form: Visitor, kit: Portal, woman: dict[str, str]) -> None:
    form.sign_in(woman, kit.enrol(woman, "spo"))
    form.heading("Мой профиль").wait_for()
    kit.stand.reset()
    form.press("Мой план")
    expect(form.heading("Вход в систему")).to_be_visible()


def test_lists_of_the_interface(kit: Portal) -> None:
    assert kit.get("api/lists/sex") == {"options": [{"name": name, "more": ""} for name in ("Мужской", "Женский")]}
    assert kit.get("api/lists/organisation?query=%D1%82%D0%B0%D1%80%D1%81%D0%BA%D0%B8%D0%B9")["options"] == [
        {"name": "Омский областной медицинский колледж, Тарский филиал", "more": "Омская область"}
    ]
    assert kit.send("api/lists/planets")[0] == 404
