"""Forms put together at random: each field is filled or refused, and no other field in its place.

The short form is run with all tests; the long one, of two thousand forms, by `make forms`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from nmo_autofill.browser.controls import Patience
from nmo_autofill.browser.form_filler import fill_form
from nmo_autofill.outcome import FieldStatus
from nmo_autofill.plan.entry import Entry
from nmo_autofill.portal.model import Field
from tests.browser.forms import ASKED, CONTROLS, FORM, FORMS, STATE, Piece, kind_of, places, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

    from nmo_autofill.outcome import FormOutcome
    from tests.browser.conftest import InPage

HASTE = Patience(field=0.4, options=0.5, settle=0.15, quiet=0.1)
CALM = Patience(field=3, options=1, settle=0.3, quiet=0.1)
WELL = {FieldStatus.FILLED, FieldStatus.UNCHANGED}


def tried(
    in_page: InPage, form: Sequence[Piece], asked: set[str], patience: Patience
) -> tuple[FormOutcome, dict[str, str]]:
    """Fill the form's labels and those that it may lack; return what is told and what the page holds."""
    body = "".join(piece.html(f"f{at}", value_of(piece.label)) for at, piece in enumerate(form))
    labels = [*dict.fromkeys([*(piece.label for piece in form), *asked])]
    fields = {label: Field(labels=(label,), value=kind_of(form, label), evidence="test") for label in labels}
    entries = [Entry(label, field, value_of(label)) for label, field in fields.items()]

    async def visit(page: Page) -> tuple[FormOutcome, dict[str, str]]:
        outcome = await fill_form(page, "form", entries, lambda _: None, patience)
        return outcome, await page.evaluate(STATE)

    return in_page(visit, f"<form>{body}</form>")


def check(in_page: InPage, form: Sequence[Piece], asked: set[str], patience: Patience = HASTE) -> int:
    """Fail on a wrong field; return how many fields were filled."""
    outcome, held = tried(in_page, form, asked, patience)
    told = {field.field: field.status in WELL for field in outcome.fields}
    labels = [piece.label for piece in form]
    for at, piece in enumerate(form):
        alone = labels.count(piece.label) == 1
        assert held.pop(f"f{at}") in ({"", value_of(piece.label)} if alone else {""}), (piece, outcome)
    assert not any(held.values()), (held, outcome)
    for label, well in told.items():
        assert not well or labels.count(label) == 1, (label, outcome)
    return sum(told.values())


@settings(FORMS, max_examples=25)
@given(form=FORM, asked=ASKED)
def test_no_wrong_field_is_filled(in_page: InPage, form: list[Piece], asked: set[str]) -> None:
    check(in_page, form, asked)


@pytest.mark.long
@pytest.mark.timeout(7200)
@settings(FORMS, max_examples=2000)
@given(form=FORM, asked=ASKED)
def test_no_wrong_field_is_filled_in_two_thousand_forms(in_page: InPage, form: list[Piece], asked: set[str]) -> None:
    check(in_page, form, asked)


@pytest.mark.parametrize(("control", "place"), [(control, place) for control in CONTROLS for place in places(control)])
def test_a_field_alone_is_filled_wherever_its_label_stands(in_page: InPage, control: str, place: str) -> None:
    form = [Piece("Имя", "label for", "input", "{}", ""), Piece("Фамилия", place, control, "{} *", "")]
    assert check(in_page, form, set(), CALM) == len(form)
