"""Faults: each misbehaves as it says, and only while it is on."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from mock_portal.faults import KNOWN, Faults, UnknownFaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Portal, Put, Visitor


def test_faults_are_switched_and_told(native: Portal) -> None:
    status, told = native.post("_mock/faults", {"faults": {"error_500": {"action": "registration"}}})
    assert (status, told["faults"]) == (200, {"error_500": {"action": "registration", "times": 1}})
    assert set(told["known"]) == set(KNOWN)
    assert native.post("_mock/faults", {"faults": {"gremlins": {}}})[0] == 400
    assert native.post("_mock/faults", {"faults": {"error_500": {"speed": 1}}})[0] == 400
    assert native.post("_mock/faults", {"faults": {}})[1]["faults"] == {}


def test_unknown_faults_are_refused() -> None:
    with pytest.raises(UnknownFaultError, match="slow_options"):
        Faults({"gremlins": {}})


def test_error_500_changes_nothing_and_passes(put: Put, portal: Portal, woman: dict[str, str]) -> None:
    portal = put(portal.skin, faults={"error_500": {"action": "registration", "times": 2}})
    path, send = ("api/registration", portal.post) if portal.skin == "kit" else ("registration", portal.send_form)
    if portal.skin == "native":
        assert [send(path, woman)[0] for _ in range(2)] == [500, 500]
    else:
        assert [portal.send(path, b"{}")[0] for _ in range(2)] == [500, 500]
    assert portal.witness() == []
    assert portal.get("_mock/faults")["served"] == {"error_500": 2}
    assert send(path, woman)[0] == 200


def test_lost_answer_takes_effect(put: Put, visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    put(portal.skin, faults={"lost_answer": {"action": "registration"}})
    visitor.open("registration")
    visitor.fill_registration(woman)
    with visitor.page.expect_event("requestfailed"):
        visitor.press("Зарегистрироваться")
    if portal.skin == "kit":
        expect(visitor.page.get_by_role("status")).to_contain_text("Не удалось отправить данные. Попробуйте позже.")
    assert portal.witness("registration")[0]["accepted"]
    assert portal.get("_mock/state")["counts"]["accounts"] == 1


def test_late_answer_comes(put: Put, visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    put(portal.skin, faults={"late_answer": {"action": "registration", "ms": 300, "times": 1}})
    visitor.open("registration")
    visitor.fill_registration(woman)
    visitor.press("Зарегистрироваться")
    expect(visitor.heading("Подтверждение регистрации")).to_be_visible()
    assert portal.get("_mock/faults")["served"] == {"late_answer": 1}


def test_late_effect_comes_though_nobody_waits(put: Put, woman: dict[str, str]) -> None:
    portal = put("native", faults={"late_effect": {"action": "registration", "ms": 700}})
    with pytest.raises(TimeoutError):
        urlopen(f"{portal.url}registration", urlencode(woman).encode(), timeout=0.3)  # noqa: S310 (our own portal)
    assert portal.witness("registration") == []
    end = time.monotonic() + 20
    while not portal.witness("registration") and time.monotonic() < end:
        time.sleep(0.05)  # noqa: TID251 (nobody tells when it comes)
    assert [seen["accepted"] for seen in portal.witness("registration")] == [True]


def test_slow_options(put: Put, meet: Callable[[Portal], Visitor]) -> None:
    visitor = meet(put("kit", faults={"slow_options": {"ms": 400}}))
    visitor.open("registration")
    field = visitor.page.get_by_role("combobox", name="Регион")
    field.click()
    expect(visitor.page.get_by_text("Загрузка…")).to_be_visible()
    expect(visitor.page.get_by_role("option")).to_have_count(89)
    field.fill("мурманская")
    # The options of the previous query stay until the answer is there.
    expect(visitor.page.get_by_role("option", name="Алтайский край")).to_be_visible()
    expect(visitor.page.get_by_role("option")).to_have_text(["Мурманская область"])


def test_mask_eats_digits(put: Put, meet: Callable[[Portal], Visitor]) -> None:
    visitor = meet(put("kit", faults={"mask_eats_digits": {}}))
    visitor.open("registration")
    visitor.fill("Номер телефона", "+79134012238")
    expect(visitor.field("Номер телефона")).to_have_value("+7(791)340-12-23")


def test_resets_field_once(put: Put, visitor: Visitor, portal: Portal) -> None:
    put(portal.skin, faults={"resets_field": {"when": "region", "clears": "citizenship"}})
    visitor.open("registration")
    visitor.choose("Гражданство", "Россия")
    visitor.choose("Регион постоянного проживания", "Омская область")
    expect(visitor.field("Гражданство")).to_have_value("")
    visitor.choose("Гражданство", "Россия")
    visitor.choose("Регион постоянного проживания", "Томская область")
    expect(visitor.field("Гражданство")).to_have_value("Россия")


def test_resets_field_unticks(put: Put, meet: Callable[[Portal], Visitor]) -> None:
    visitor = meet(put("native", faults={"resets_field": {"when": "sex", "clears": "consent"}}))
    visitor.open("registration")
    visitor.tick("Я даю согласие")
    visitor.page.get_by_role("radio", name="Мужской").check()
    expect(visitor.page.get_by_label("Я даю согласие")).not_to_be_checked()


def test_captcha_needs_a_tick_in_its_frame(put: Put, visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    put(portal.skin, faults={"captcha": {}})
    visitor.open("registration")
    visitor.fill_registration(woman)
    submit = visitor.page.get_by_role("button", name="Зарегистрироваться")
    if portal.skin == "native":
        submit.click()
        expect(visitor.page.get_by_role("alert")).to_contain_text("Подтвердите, что вы не робот")
    else:
        expect(submit).to_be_disabled()
    robot = visitor.page.frame_locator("iframe").get_by_label("Я не робот")
    with visitor.page.expect_response(re.compile("captcha/ticket")):
        robot.check()
    if portal.skin == "native":
        expect(visitor.page.locator("input[name=captcha]")).not_to_have_value("")
    submit.click()
    expect(visitor.heading("Подтверждение регистрации")).to_be_visible()
    assert "captcha" not in portal.witness("registration")[-1]["values"]


def test_no_letters(put: Put, portal: Portal, woman: dict[str, str]) -> None:
    put(portal.skin, faults={"no_letters": {}})
    portal.send_form("registration", woman) if portal.skin == "native" else portal.post("api/registration", woman)
    assert portal.get("_mock/state")["counts"]["accounts"] == 1
    assert portal.letters(woman["email"]) == []


def test_expired_link(put: Put, woman: dict[str, str]) -> None:
    portal = put("native", faults={"expired_link": {}})
    portal.send_form("registration", woman)
    link = re.search(r"confirmation/\S+", portal.letters(woman["email"])[0]["text"])
    assert link
    assert portal.send(link[0])[0] == 410


def test_twin_label(put: Put, visitor: Visitor, portal: Portal) -> None:
    put(portal.skin, faults={"twin_label": {"field": "surname"}})
    visitor.open("registration")
    expect(visitor.field("Фамилия")).to_have_count(2)


def test_new_label(put: Put, visitor: Visitor, portal: Portal) -> None:
    put(portal.skin, faults={"new_label": {"field": "region", "label": "Край или область"}})
    visitor.open("registration")
    expect(visitor.field("Край или область")).to_have_count(1)
    expect(visitor.field("Регион постоянного проживания")).to_have_count(0)


def test_new_field(put: Put, visitor: Visitor, portal: Portal) -> None:
    put(portal.skin, faults={"new_field": {"label": "Место работы"}})
    visitor.open("registration")
    expect(visitor.field("Место работы")).to_have_count(1)


def test_session_lost(put: Put, visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    put(portal.skin, faults={"session_lost": {"look": 2}})
    visitor.sign_in(woman, portal.enrol(woman, purpose="spo"))
    expect(visitor.heading("Мой профиль")).to_be_visible()
    visitor.open("trajectory")
    expect(visitor.heading("Вход в систему")).to_be_visible()


def test_banner(put: Put, visitor: Visitor, portal: Portal) -> None:
    put(portal.skin, faults={"banner": {"ms": 200}})
    visitor.open("registration")
    expect(visitor.page.get_by_text("Портал использует файлы cookie")).to_be_visible()
    visitor.press("Хорошо")
    expect(visitor.page.get_by_text("Портал использует файлы cookie")).to_have_count(0)


def test_notice(put: Put, visitor: Visitor, portal: Portal) -> None:
    put(portal.skin, faults={"notice": {"ms": 200}})
    visitor.open("registration")
    expect(visitor.page.get_by_role("dialog", name="Новости портала")).to_be_visible()
    visitor.press("Понятно")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)


def test_framed(put: Put, visitor: Visitor, portal: Portal) -> None:
    put(portal.skin, faults={"framed": {}})
    visitor.page.goto(portal.url + ("registration" if portal.skin == "native" else "#/registration"))
    framed = visitor.page.frame_locator("iframe")
    expect(framed.get_by_role("heading", name="Регистрация")).to_be_visible()
    expect(framed.locator("iframe")).to_have_count(0)


def test_rebuilt(put: Put, visitor: Visitor, portal: Portal) -> None:
    put(portal.skin, faults={"rebuilt": {}})
    visitor.open("registration")
    expect(visitor.page.get_by_role("row").first).to_contain_text("Номер телефона:")
    expect(visitor.page.get_by_label("Фамилия")).to_have_count(0)
    expect(visitor.page.locator("form").locator("#surname, [id^=kit-], .field, .field__label")).to_have_count(0)


def test_rebuilt_admission(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    visitor.sign_in(woman, portal.enrol(woman, "spo"))
    visitor.heading("Мой профиль").wait_for()
    portal.post("_mock/faults", {"faults": {"rebuilt": {}}})
    visitor.open("admission")
    visitor.page.reload()
    visitor.press("Добавить документ")
    expect(visitor.page.locator("form").get_by_role("row").first).to_contain_text("Дата выдачи:")
    expect(visitor.page.get_by_label("Серия")).to_have_count(0)
    expect(visitor.page.locator("form").locator("#series, [id^=kit-], .field, .field__label")).to_have_count(0)
