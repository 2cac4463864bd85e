"""The witness: exact strings, in order, and never a password."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Portal, Visitor


def send_registration(portal: Portal, values: dict[str, str]) -> int:
    if portal.skin == "kit":
        return portal.post("api/registration", values)[0]
    return portal.send_form("registration", values)[0]


def test_witness_tells_the_exact_strings(portal: Portal, woman: dict[str, str]) -> None:
    odd = woman | {"surname": " Ёлкина ", "email": "A+b%20&c@example.org", "phone": "8\u00a0913 4012238"}
    assert send_registration(portal, odd) == 200
    (seen,) = portal.witness()
    assert seen["values"] == odd
    assert seen["n"] == 1
    assert seen["snils"] == "16072239447"


def test_witness_keeps_no_unknown_field_and_no_password(
    portal: Portal, meet: Callable[[Portal], Visitor], woman: dict[str, str]
) -> None:
    password = portal.enrol(woman, "spo")
    visitor = meet(portal)
    visitor.sign_in(woman, "guess-777-word")
    visitor.page.get_by_role("alert").wait_for()
    visitor.sign_in(woman, password)
    visitor.heading("Мой профиль").wait_for()
    visitor.open("settings")
    visitor.fill("Текущий пароль", password)
    visitor.fill("Новый пароль", "Planted-999-word")
    visitor.fill("Новый пароль еще раз", "Planted-999-word")
    visitor.press("Изменить")
    visitor.page.get_by_text("Пароль изменен.").wait_for()
    send_registration(portal, woman | {"password": "Planted-999-word", "twin": "Planted-999-word"})
    told = json.dumps([portal.witness(), portal.get("_mock/state")], ensure_ascii=False)
    for secret in (password, "guess-777-word", "Planted-999-word"):
        assert secret not in told
    assert portal.witness("password")[0]["values"] == {}
    assert set(portal.witness("sign_in")[0]["values"]) == {"snils", "cabinet"}


def test_state_and_reset(portal: Portal, woman: dict[str, str], document: dict[str, str]) -> None:
    portal.enrol(woman, "spo", document)
    state = portal.get("_mock/state")
    assert state["counts"] == {"accounts": 1, "documents": 1, "cycles": 0, "letters": 2}
    (account,), (held,) = state["accounts"], state["documents"]
    assert (account["snils"], account["surname"], account["purpose"]) == ("16072239447", "Берёзкина-Ольха", "spo")
    assert held["type"] == document["document_type"]
    assert {key: held[key] for key in ("series", "number", "issue_date")} == {
        key: document[key] for key in ("series", "number", "issue_date")
    }
    assert (held["source"], held["snils"]) == ("Внесено вручную", "16072239447")
    assert portal.post("_mock/reset", {}) == (200, {"reset": True})
    assert portal.get("_mock/state")["counts"] == {"accounts": 0, "documents": 0, "cycles": 0, "letters": 0}
    assert portal.witness() == []
