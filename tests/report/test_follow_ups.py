from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.report.follow_ups import Debt, follow_up_document, render_follow_ups, request
from nmo_autofill.source import Source
from nmo_autofill.texts import Texts

if TYPE_CHECKING:
    from nmo_autofill.profile.model import Profile


def debt(profile: Profile | None, support: str = "support@example.org") -> Debt:
    return Debt(Source("/kim.yaml", 2), "mock", "2026-11-22T12:00:00+00:00", support, profile)


def test_a_request_names_the_person_and_leaves_lines_for_the_numbers(kim: Profile) -> None:
    text = request(kim)
    assert "ФИО: Ким Виолетта\nСНИЛС: 904-000-444 32\n" in text
    assert text.count("________") == 3
    assert "0000" not in text


def test_a_request_has_the_numbers_once_the_profile_has_them(vorobyov: Profile) -> None:
    admission = vorobyov.admission
    text = request(vorobyov)
    assert f"Серия: {admission.series}\nНомер: {admission.number}\n" in text
    assert f"Дата выдачи: {admission.issue_date:%d.%m.%Y}\n" in text
    assert f"{vorobyov.surname} {vorobyov.name} {vorobyov.patronymic}\n" in text


@pytest.mark.parametrize("who", ["kim", "vorobyov"])
def test_a_request_says_nothing_that_only_a_man_or_a_woman_may_say(who: str, request: pytest.FixtureRequest) -> None:
    sentences = globals()["request"](request.getfixturevalue(who)).partition("ФИО")[0]
    assert not re.search(r"\bя\b|(?:сделал|внёс|внес|получил|указал|ошибся|ошиблась)а?\b", sentences, re.IGNORECASE)


def test_the_document_has_the_promised_keys(kim: Profile) -> None:
    document = follow_up_document([debt(kim), debt(None, support="")])
    there, gone = document["people"]
    assert document["version"] == 1
    assert there["source"] == {"file": "/kim.yaml", "line": 2, "sheet": None, "row": None}
    assert there["request"].startswith("Здравствуйте!")
    assert gone == there | {"support": None, "request": None}


def test_people_read_whom_to_write_to(kim: Profile) -> None:
    heading, text = render_follow_ups([debt(kim)], Texts())
    assert heading == "/kim.yaml:2 — mock, нули внесены 22.11.2026"
    assert text.startswith("Кому: support@example.org\n\nЗдравствуйте!")


def test_an_unknown_address_is_said_to_be_unknown(kim: Profile) -> None:
    _, text = render_follow_ups([debt(kim, support="")], Texts())
    assert "укажите в карте портала" in text


def test_a_profile_that_is_gone_is_told() -> None:
    _, text = render_follow_ups([debt(None)], Texts())
    assert text.startswith("Профиля на этом месте больше нет")


def test_the_request_is_russian_in_every_language(kim: Profile) -> None:
    _, text = render_follow_ups([debt(kim)], Texts("en"))
    assert text.startswith("To: support@example.org\n\nЗдравствуйте!")
    assert list(render_follow_ups([], Texts("en"))) == ["Nobody waits for real series and number."]


def test_a_debt_does_not_show_its_profile(kim: Profile) -> None:
    assert "Ким" not in repr(debt(kim))
