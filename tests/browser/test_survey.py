from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.browser.drift import drift
from nmo_autofill.browser.survey import Survey, survey
from nmo_autofill.outcome import Drift, DriftKind
from nmo_autofill.portal.model import Field, Page, ValueKind

if TYPE_CHECKING:
    from playwright.async_api import Page as BrowserPage

    from tests.browser.conftest import InPage

KNOWN = Page(
    title="форма",
    fields={
        "surname": Field(labels=("Фамилия",), evidence="test"),
        "number": Field(labels=("Номер",), required=False, evidence="test"),
        "sex": Field(
            labels=("Пол",), value=ValueKind.OPTION, options={"f": "Женский", "m": "Мужской"}, evidence="test"
        ),
        "consent": Field(labels=("Согласие на обработку",), value=ValueKind.CHECKED, evidence="test"),
    },
)
SURNAME = "<p>Фамилия <input value='Плантова'></p>"
SEX = "<label for=s>Пол *</label><select id=s><option>Женский<option>Мужской</select>"
CONSENT = "<label><input type=checkbox required> Согласие на обработку данных</label>"


def surveyed(in_page: InPage, html: str) -> Survey:
    async def visit(page: BrowserPage) -> Survey:
        return await survey(page, KNOWN.fields)

    return in_page(visit, html)


def test_every_control_is_told_as_a_person_sees_it_and_no_value(in_page: InPage) -> None:
    html = (
        SURNAME
        + SEX
        + CONSENT
        + "<input type=hidden name=x><p style='display:none'>Имя <input></p><p><input readonly></p>"
    )
    seen = surveyed(in_page, html)
    assert [(one.labels[:1], one.nature, one.required, one.locked) for one in seen.controls] == [
        (("Фамилия",), "text", False, False),
        (("Пол *",), "select", True, False),
        (("Согласие на обработку данных",), "box", True, False),
        ((), "text", False, True),
    ]
    assert seen.controls[1].options == ("Женский", "Мужской")
    assert dict(seen.claims) == {"surname": (0,), "number": (), "sex": (1,), "consent": (2,)}
    assert "Плантова" not in repr(seen)
    assert drift(KNOWN, seen) == ()


def test_a_control_is_locked_by_an_element_of_its_own_and_by_no_other(in_page: InPage) -> None:
    own = "<x-field readonly><label>Имя <input></label></x-field>"
    radio = "<label><input type=radio name=a>1</label>"
    radios = f"<x-group role=radiogroup readonly>{radio}{radio}</x-group>"
    others = f"<x-form readonly disabled>{SURNAME}{SEX}</x-form>"
    assert [one.locked for one in surveyed(in_page, own + radios + others).controls] == [True, True, False, False]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            SEX + CONSENT + "<p>Фамилия и имя <input></p>",
            Drift(DriftKind.MISSING, "surname", "Фамилия", ("Фамилия и имя",), (2,)),
        ),
        (
            SURNAME + SEX + CONSENT + SURNAME,
            Drift(DriftKind.SEVERAL, "surname", "Фамилия", ("Фамилия", "Фамилия"), (0, 3)),
        ),
        (SURNAME + SEX + CONSENT + "<p>ИНН * <input></p>", Drift(DriftKind.NEW, "", "ИНН", places=(3,))),
        (
            SURNAME + SEX.replace("Женский", "Женщина") + CONSENT,
            Drift(DriftKind.OPTION, "sex", "Женский", ("Женщина", "Мужской"), (1,)),
        ),
    ],
    ids=["renamed", "twin", "new", "option"],
)
def test_what_is_otherwise_than_the_map_says_is_told(in_page: InPage, html: str, expected: Drift) -> None:
    assert drift(KNOWN, surveyed(in_page, html)) == (expected,)


def test_what_a_modal_dialog_hides_is_not_there(in_page: InPage) -> None:
    dialog = f"<div role=dialog aria-modal=true style='position:fixed;inset:0;background:#fff'>{SEX}</div>"
    seen = surveyed(in_page, SURNAME + CONSENT + dialog)
    assert [one.nature for one in seen.controls] == ["select"]


NOTICE = (
    "<div role=dialog aria-modal=true aria-labelledby=n style='position:fixed;inset:0;background:#fff'>"
    "<h2 id=n>Новости</h2>{}</div>"
)


@pytest.mark.parametrize("more", ["", "<label>Почта для новостей <input required></label>"])
def test_a_dialog_over_the_form_is_the_only_difference_told(in_page: InPage, more: str) -> None:
    seen = surveyed(in_page, SURNAME + SEX + CONSENT + NOTICE.format(more))
    assert drift(KNOWN, seen) == (Drift(DriftKind.COVERED, "", "Новости"),)


def test_a_dialog_that_is_the_form_covers_nothing(in_page: InPage) -> None:
    seen = surveyed(in_page, "<p>Номер <input></p>" + NOTICE.format(SURNAME + SEX + CONSENT))
    assert drift(KNOWN, seen) == ()
