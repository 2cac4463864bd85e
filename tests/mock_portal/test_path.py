"""The whole way of a person, from the front page to the password change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Portal, Put, Visitor


TITLE = "Свидетельство об аккредитации, Сестринское дело, 0000 000000000 от 02.07.2025"
NEW_PASSWORD = "Novyj-2026-parol"  # noqa: S105 (made up)


def test_person_goes_the_whole_way(
    visitor: Visitor, portal: Portal, woman: dict[str, str], document: dict[str, str], digits: Callable[..., str]
) -> None:
    find_registration(visitor)
    register(visitor, woman)
    follow_link(visitor, woman)
    password = portal.password(woman["email"])
    enter(visitor, woman, password)
    add_document(visitor, document)
    add_cycle(visitor)
    change_password(visitor, password)
    visitor.press("Выйти")
    visitor.sign_in(woman, NEW_PASSWORD)
    expect(visitor.heading("Мой профиль")).to_be_visible()
    expect(visitor.page.get_by_text("160-722-394 47")).to_be_visible()

    seen = portal.witness()
    actions = ["registration", "confirmation", "sign_in", "purpose", "admission", "cycle", "password", "sign_in"]
    assert [entry["action"] for entry in seen] == actions
    assert all(entry["accepted"] and entry["snils"] == digits(woman) for entry in seen)
    assert seen[0]["values"] == woman
    assert seen[4]["values"] == document
    assert seen[5]["values"] == {"document": TITLE}


def find_registration(visitor: Visitor) -> None:
    visitor.open("front")
    visitor.page.get_by_role("main").get_by_role("link", name="Личный кабинет").click()
    visitor.page.get_by_role("link", name="Среднее профессиональное образование").click()
    expect(visitor.heading("Вход в систему")).to_be_visible()
    expect(visitor.field("СНИЛС")).to_have_attribute("placeholder", "123-123-123 45")
    for name in ("Забыли пароль?", "Вход через госуслуги"):
        expect(visitor.page.get_by_role("link", name=name)).to_be_visible()
    visitor.press("Регистрация")
    expect(visitor.heading("Регистрация")).to_be_visible()


def register(visitor: Visitor, person: dict[str, str]) -> None:
    visitor.fill_registration(person)
    visitor.press("Зарегистрироваться")
    expect(visitor.heading("Подтверждение регистрации")).to_be_visible()
    expect(visitor.page.get_by_text("Регистрация прошла успешно.")).to_be_visible()
    expect(visitor.page.get_by_text("папку «Спам»")).to_be_visible()


def follow_link(visitor: Visitor, person: dict[str, str]) -> None:
    visitor.page.goto(visitor.portal.url + "_mock/mail")
    visitor.page.get_by_label("Адрес электронной почты").fill(person["email"])
    visitor.press("Показать письма")
    visitor.page.get_by_text("Подтверждение регистрации на Портале").click()
    visitor.page.get_by_role("link", name="confirmation").click()
    expect(visitor.page.get_by_text("Адрес электронной почты подтверждён.")).to_be_visible()


def enter(visitor: Visitor, person: dict[str, str], password: str) -> None:
    visitor.sign_in(person, password)
    wish = "Я собираюсь использовать Портал как специалист со средним профессиональным образованием"
    visitor.page.get_by_label(wish).check()
    visitor.press("Продолжить")


def add_document(visitor: Visitor, document: dict[str, str]) -> None:
    page = visitor.page
    expect(visitor.heading("Сформируйте запись о допуске к профессиональной деятельности")).to_be_visible()
    visitor.press("Далее")
    expect(page.get_by_role("alert")).to_contain_text("Не найдено ни одного документа")
    visitor.press("Добавить документ")
    expect(visitor.heading("Добавление информации о допуске к профессиональной деятельности")).to_be_visible()
    expect(page.get_by_text("Организации нет в списке?")).to_be_visible()
    visitor.fill_document(document)
    visitor.press("Добавить")
    expect(page.get_by_text("Документ добавлен.")).to_be_visible()
    expect(page.get_by_role("row", name="Сестринское дело")).to_contain_text("Внесено вручную")


def add_cycle(visitor: Visitor) -> None:
    visitor.press("Далее")
    expect(visitor.heading("Формирование траектории")).to_be_visible()
    visitor.press("Добавить пятилетний цикл")
    visitor.choose("Документ", TITLE)
    expect(visitor.page.get_by_text("02.07.2030")).to_be_visible()
    visitor.press("Создать цикл")
    expect(visitor.page.get_by_text("Пятилетний цикл создан.")).to_be_visible()
    expect(visitor.page.get_by_role("table", name="Пятилетние циклы")).to_contain_text("02.07.2030")


def change_password(visitor: Visitor, password: str) -> None:
    visitor.press("Настройки")
    visitor.fill("Текущий пароль", password)
    visitor.fill("Новый пароль", NEW_PASSWORD)
    visitor.fill("Новый пароль еще раз", NEW_PASSWORD)
    visitor.press("Изменить")
    expect(visitor.page.get_by_text("Пароль изменен.")).to_be_visible()


def test_man_without_patronymic_gets_one_letter_and_his_own_wording(
    put: Put, meet: Callable[[Portal], Visitor], man: dict[str, str], document: dict[str, str], portal: Portal
) -> None:
    portal = put(portal.skin, letters="direct")
    visitor = meet(portal)
    visitor.open("registration")
    visitor.fill_registration(man)
    visitor.press("Зарегистрироваться")
    expect(visitor.heading("Подтверждение регистрации")).to_be_visible()
    (letter,) = portal.letters(man["email"])
    assert "Логин: 204-518-736 45" in letter["text"]
    visitor.sign_in(man, portal.password(man["email"]), "vo")
    visitor.page.get_by_label("Я собираюсь использовать Портал как специалист с высшим образованием").check()
    visitor.press("Продолжить")
    visitor.press("Добавить документ")
    document |= {"specialty": "Анестезиология-реаниматология"}
    visitor.fill_document(document, man=True)
    visitor.press("Добавить")
    expect(visitor.page.get_by_text("Документ добавлен.")).to_be_visible()
    assert portal.witness("registration")[0]["values"] == man
    assert portal.witness("admission")[0]["values"] == document
