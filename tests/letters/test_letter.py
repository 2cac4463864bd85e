"""What letters bring."""

from __future__ import annotations

import pytest

from nmo_autofill.letters.letter import Credentials, Letter, find_credentials, find_link
from nmo_autofill.portal.atlas import at_address, load_map

NMFO = load_map("nmfo")
STAND_IN = at_address(load_map("mock"), "http://127.0.0.1:8000/")
LOGIN = "90400044432"


def letter(text: str) -> Letter:
    return Letter("kim@example.org", text)


def test_login_and_password() -> None:
    found = find_credentials([letter("Ваш логин: 904-000-444 32\nПароль: aB3 - x:Y\n\nПриветствуем")], LOGIN, NMFO)
    assert found == Credentials(LOGIN, "aB3 - x:Y")


@pytest.mark.parametrize(
    "text",
    ["", "Логин: 904-000-444 32", "Пароль: secret", "Логин: 904-000-444 33\nПароль: secret", "Логин:\nПароль:\n"],
)
def test_letters_without_both_or_for_somebody_else_bring_nothing(text: str) -> None:
    assert find_credentials([letter(text)], LOGIN, NMFO) is None


def test_the_newest_password_counts() -> None:
    letters = [letter(f"Логин: 90400044432\nПароль: {password}") for password in ("first", "second")]
    assert find_credentials(letters, LOGIN, NMFO) == Credentials(LOGIN, "second")


def test_neither_login_nor_password_is_shown_by_repr() -> None:
    assert repr(Credentials(LOGIN, "secret")) == "Credentials()"
    assert repr(letter("secret")) == "Letter()"


def test_a_link_to_the_portal_is_found_without_the_full_stop() -> None:
    text = "Подтвердите адрес по ссылке https://nmfo-spo.edu.rosminzdrav.ru/#/confirm/abc. Спасибо."
    assert find_link([letter(text)], NMFO) == "https://nmfo-spo.edu.rosminzdrav.ru/#/confirm/abc"


@pytest.mark.parametrize(
    "address",
    [
        "http://nmfo-spo.edu.rosminzdrav.ru/confirm",
        "https://edu-rosminzdrav.ru/confirm",
        "https://nmfo-spo.edu.rosminzdrav.ru.example.org/confirm",
        "http://127.0.0.1:8000/confirm",
    ],
)
def test_a_link_elsewhere_is_not_followed(address: str) -> None:
    assert find_link([letter(f"Подтвердите адрес: {address}")], NMFO) is None


def test_the_stand_in_portals_links_lead_to_loopback_only() -> None:
    text = "Подтверждение: http://127.0.0.1:8000/confirm/1 https://example.org/confirm/2"
    assert find_link([letter(text)], STAND_IN) == "http://127.0.0.1:8000/confirm/1"
    assert find_link([letter("Подтверждение: https://example.org/confirm/2")], STAND_IN) is None


def test_a_later_letter_without_confirmation_does_not_hide_the_link() -> None:
    letters = [letter("Подтвердите адрес: http://127.0.0.1:8000/confirm/1"), letter("Портал: http://127.0.0.1:8000/")]
    assert find_link(letters, STAND_IN) == "http://127.0.0.1:8000/confirm/1"


def test_a_password_stands_behind_a_label_that_begins_a_line() -> None:
    text = "Логин и пароль — ниже.\nЛогин: 904-000-444 32\n  Пароль: Qwe123"
    assert find_credentials([letter(text)], LOGIN, NMFO) == Credentials(LOGIN, "Qwe123")
