"""What the portal says no to, and how it shows that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from mock_portal.actions.account import choose_purpose
from mock_portal.actions.admission import add_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Portal, Visitor


def test_refused_registration_keeps_what_was_typed(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    visitor.open("registration")
    visitor.fill_registration(woman | {"snils": "160-722-394 48"})
    visitor.press("Зарегистрироваться")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Контрольное число СНИЛС не совпадает")
    refused = visitor.field("СНИЛС")
    expect(refused).to_have_accessible_description("Контрольное число СНИЛС не совпадает: проверьте цифры")
    expect(refused).to_have_attribute("aria-invalid", "true")
    expect(visitor.field("Фамилия")).to_have_value(woman["surname"])
    expect(visitor.field("Регион постоянного проживания")).to_have_value("Омская область")
    (seen,) = portal.witness()
    assert (seen["accepted"], seen["errors"]) == (False, {"snils": "snils_checksum"})
    assert seen["values"] == woman | {"snils": "160-722-394 48"}
    assert portal.get("_mock/state")["counts"]["accounts"] == 0
    visitor.fill("СНИЛС", woman["snils"])
    visitor.press("Зарегистрироваться")
    expect(visitor.page.get_by_text("Регистрация прошла успешно.")).to_be_visible()


def test_same_snils_or_email_is_refused(
    visitor: Visitor, portal: Portal, woman: dict[str, str], man: dict[str, str]
) -> None:
    portal.enrol(woman)
    visitor.open("registration")
    visitor.fill_registration(man | {"snils": woman["snils"], "email": woman["email"].upper()})
    visitor.press("Зарегистрироваться")
    alert = visitor.page.get_by_role("alert")
    expect(alert).to_contain_text("Пользователь с таким СНИЛС уже зарегистрирован")
    expect(alert).to_contain_text("Этот адрес электронной почты уже используется")
    assert portal.witness("registration")[-1]["errors"] == {"snils": "snils_taken", "email": "email_taken"}
    assert portal.get("_mock/state")["counts"]["accounts"] == 1


def test_wrong_password_and_wrong_cabinet(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    password = portal.enrol(woman, "spo")
    visitor.sign_in(woman, password + "x")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Неверный СНИЛС или пароль")
    visitor.sign_in(woman, password, "vo")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Пароль принят, но этот кабинет вам недоступен")
    visitor.sign_in(woman, password, "spo")
    expect(visitor.heading("Мой профиль")).to_be_visible()
    errors = [seen["errors"] for seen in portal.witness("sign_in")]
    assert errors == [{"password": "credentials"}, {"cabinet": "cabinet_closed"}, {}]


def test_choosing_the_other_level_closes_the_cabinet(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    visitor.sign_in(woman, portal.enrol(woman), "vo")
    visitor.page.get_by_label("со средним профессиональным").check()
    visitor.press("Продолжить")
    expect(visitor.page.get_by_text("Пароль принят, но этот кабинет вам недоступен").first).to_be_visible()


def test_same_document_twice_is_refused(
    visitor: Visitor, portal: Portal, woman: dict[str, str], document: dict[str, str]
) -> None:
    visitor.sign_in(woman, portal.enrol(woman, "spo", document))
    visitor.heading("Мой профиль").wait_for()
    visitor.press("Добавить документ")
    visitor.fill_document(document)
    visitor.press("Добавить")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Такой документ уже внесён")
    assert portal.witness("admission")[-1]["errors"] == {"number": "document_twice"}
    assert portal.get("_mock/state")["counts"]["documents"] == 1


def test_second_cycle_of_a_document_is_refused(
    visitor: Visitor, portal: Portal, woman: dict[str, str], document: dict[str, str]
) -> None:
    visitor.sign_in(woman, portal.enrol(woman, "spo", document))
    visitor.heading("Мой профиль").wait_for()
    for _ in range(2):
        visitor.open("trajectory")
        visitor.press("Добавить пятилетний цикл")
        visitor.choose("Документ", "Свидетельство об аккредитации, Сестринское дело, 0000 000000000 от 02.07.2025")
        visitor.press("Создать цикл")
        said = visitor.page.get_by_text("Пятилетний цикл создан.").or_(visitor.page.get_by_role("alert"))
        expect(said).to_be_visible()
    expect(visitor.page.get_by_role("alert")).to_contain_text("на основании этого документа уже создан")
    assert [seen["errors"] for seen in portal.witness("cycle")] == [{}, {"document": "cycle_twice"}]


def test_wrong_current_password_is_refused(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    visitor.sign_in(woman, portal.enrol(woman, "spo"))
    visitor.heading("Мой профиль").wait_for()
    visitor.open("settings")
    visitor.fill("Текущий пароль", "guess12345")
    visitor.fill("Новый пароль", "Novyj-2026-parol")
    visitor.fill("Новый пароль еще раз", "Novyj-2026-parol")
    visitor.press("Изменить")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Текущий пароль указан неверно")


def test_other_purposes_have_no_admission(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    visitor.sign_in(woman, portal.enrol(woman))
    visitor.page.get_by_label("Я собираюсь использовать Портал с другими целями").check()
    visitor.press("Продолжить")
    expect(visitor.heading("Мой профиль")).to_be_visible()
    expect(visitor.page.get_by_text("Добавить документ")).to_have_count(0)


def test_nobody_is_asked_to_sign_in_first(visitor: Visitor, portal: Portal) -> None:
    for place in ("profile", "admission", "settings"):
        visitor.open(place)
        expect(visitor.heading("Вход в систему")).to_be_visible()
    assert portal.witness() == []


@pytest.mark.parametrize("path", ["purpose", "account/admission/document", "account/cycle", "account/settings"])
def test_native_forms_need_a_session(native: Portal, path: str) -> None:
    status, page = native.send_form(path, {"purpose": "spo"})
    assert (status, "Вход в систему" in page) == (200, True)
    assert native.witness() == []


@pytest.mark.parametrize("path", ["purpose", "documents", "cycles", "password"])
def test_kit_requests_need_a_session(kit: Portal, path: str) -> None:
    assert kit.post(f"api/{path}", {"purpose": "spo"}) == (
        401,
        {"error": "unauthorized", "error_description": "Войдите в систему"},
    )
    assert kit.witness() == []


def test_purpose_is_asked_and_answered_once(
    native: Portal, meet: Callable[[Portal], Visitor], woman: dict[str, str]
) -> None:
    visitor = meet(native)
    visitor.sign_in(woman, native.enrol(woman))
    visitor.press("Продолжить")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Поле обязательно для заполнения")
    visitor.page.get_by_label("с другими целями").check()
    visitor.press("Продолжить")
    visitor.page.goto(native.url + "purpose")
    expect(visitor.heading("Мой профиль")).to_be_visible()
    visitor.open("admission")
    expect(visitor.heading("Раздел недоступен")).to_be_visible()


def test_agreement_is_read_without_ticking_the_box(visitor: Visitor, portal: Portal) -> None:
    visitor.open("registration")
    link = visitor.page.get_by_role("link", name="Ознакомиться с пользовательским соглашением")
    if portal.skin == "native":
        with visitor.page.context.expect_page() as opened:
            link.click()
        expect(opened.value.get_by_role("heading", name="Пользовательское соглашение")).to_be_visible()
    else:
        link.click()
        expect(visitor.page.get_by_role("dialog", name="Пользовательское соглашение")).to_be_visible()
        visitor.page.keyboard.press("Escape")
        expect(link).to_be_focused()
    expect(visitor.page.get_by_label("Я прочитал и согласен")).not_to_be_checked()


def test_unknown_document_makes_no_cycle(
    native: Portal, meet: Callable[[Portal], Visitor], woman: dict[str, str], document: dict[str, str]
) -> None:
    visitor = meet(native)
    visitor.sign_in(woman, native.enrol(woman, "spo", document))
    visitor.heading("Мой профиль").wait_for()
    visitor.page.goto(native.url + "account/cycle")
    visitor.press("Создать цикл")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Поле обязательно для заполнения")
    assert native.get("_mock/state")["counts"]["cycles"] == 0


def test_second_purpose_and_document_without_a_level_are_refused(
    native: Portal, woman: dict[str, str], document: dict[str, str]
) -> None:
    native.enrol(woman, "other")
    account = native.stand.store.account_of(snils="16072239447")
    assert account
    assert choose_purpose(native.stand, account, {"purpose": "spo"}).errors == {"purpose": "purpose_chosen"}
    assert choose_purpose(native.stand, account, {"purpose": "king"}).errors == {"purpose": "unknown_option"}
    assert add_document(native.stand, account, document).errors == {"form": "level_needed"}
    assert native.get("_mock/state")["accounts"][0]["purpose"] == "other"
