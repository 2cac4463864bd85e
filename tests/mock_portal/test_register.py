"""People of the Federal register: their documents are there at the first entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from mock_portal.app import create_app

if TYPE_CHECKING:
    from .conftest import Portal, Visitor

PAPER = {
    "type": "Свидетельство об аккредитации", "specialty": "Сестринское дело",
    "organisation": "Омский областной медицинский колледж", "series": "7725", "number": "012345678",
    "exam_date": "01.07.2025", "issue_date": "02.07.2025",
}  # fmt: skip


def test_documents_are_taken_over_at_the_first_entry(visitor: Visitor, portal: Portal, woman: dict[str, str]) -> None:
    given = {"snils": woman["snils"], "level": "spo", "documents": [PAPER]}
    assert portal.post("_mock/register", given) == (200, {"people": 1})
    visitor.sign_in(woman, portal.enrol(woman))
    visitor.page.get_by_label("со средним профессиональным").check()
    visitor.press("Продолжить")
    row = visitor.page.get_by_role("row", name="012345678")
    expect(row).to_contain_text("Федеральный регистр")
    expect(row).to_contain_text("7725")
    visitor.press("Далее")
    expect(visitor.heading("Формирование траектории")).to_be_visible()
    assert portal.witness("admission") == []


def test_documents_of_the_other_level_stay_away(portal: Portal, woman: dict[str, str]) -> None:
    portal.post("_mock/register", [{"snils": woman["snils"], "level": "vo", "documents": [PAPER]}])
    portal.enrol(woman, "spo")
    assert portal.get("_mock/state")["documents"] == []


def test_register_replaces_and_refuses_what_is_not_whole(native: Portal, woman: dict[str, str]) -> None:
    for number in ("1", "2"):
        native.post(
            "_mock/register", {"snils": woman["snils"], "level": "spo", "documents": [PAPER | {"number": number}]}
        )
    native.enrol(woman, "spo")
    assert [held["number"] for held in native.get("_mock/state")["documents"]] == ["2"]
    assert native.post("_mock/register", {"snils": "1"})[0] == 400


def test_register_can_be_given_at_the_start(woman: dict[str, str]) -> None:
    app = create_app("native", register=[{"snils": woman["snils"], "level": "spo", "documents": [PAPER]}])
    assert app.state.stand.store.count("register") == 1
    app.state.stand.store.close()


def test_unknown_skin_is_refused() -> None:
    with pytest.raises(ValueError, match="angular"):
        create_app("angular")  # type: ignore[arg-type]  # (the wrong skin is the point)
