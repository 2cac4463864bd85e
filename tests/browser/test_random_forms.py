"""Forms put together at random: each field is filled or refused, and no other field in its place.

The short ones are run with all tests; the long ones, of two thousand forms and five hundred pages with frames, by
`make forms`.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmo_autofill.browser.controls import Patience
from nmo_autofill.browser.form_filler import fill_form
from nmo_autofill.outcome import FieldStatus
from nmo_autofill.plan.entry import Entry
from nmo_autofill.portal.model import Field
from tests.browser.forms import (
    ASKED,
    CONSENTS,
    CONTROLS,
    FORM,
    FORMS,
    STATE,
    Piece,
    bearers,
    kind_of,
    pieces,
    places,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

    from nmo_autofill.outcome import FormOutcome
    from tests.browser.conftest import InPage

HASTE = Patience(field=0.4, options=0.5, settle=0.15, quiet=0.1)
CALM = Patience(field=3, options=1, settle=0.3, quiet=0.1)
# The page's own form, and one or two in its frames; any of them can be empty.
FRAMED = st.lists(st.lists(pieces(), max_size=4), min_size=2, max_size=3)
WELL = {FieldStatus.FILLED, FieldStatus.UNCHANGED}


def tried(
    in_page: InPage, forms: Sequence[Sequence[Piece]], asked: set[str], patience: Patience
) -> tuple[FormOutcome, list[dict[str, str]]]:
    """Fill the labels of a page's form, of those in its frames, and some that it may lack.

    Return what is told, and what the page and each frame hold.
    """
    bodies = ["".join(piece.html(f"f{at}", value_of(piece.label)) for at, piece in enumerate(form)) for form in forms]
    frames = [f'<iframe srcdoc="{escape(body)}" style="width:600px;height:400px"></iframe>' for body in bodies[1:]]
    every = [piece for form in forms for piece in form]
    labels = [*dict.fromkeys([*(piece.label for piece in every), *asked])]
    fields = {label: Field(labels=(label,), value=kind_of(every, label), evidence="test") for label in labels}
    entries = [Entry(label, field, value_of(label)) for label, field in fields.items()]

    async def visit(page: Page) -> tuple[FormOutcome, list[dict[str, str]]]:
        outcome = await fill_form(page, "form", entries, lambda _: None, patience)
        return outcome, [await frame.evaluate(STATE) for frame in page.frames]

    return in_page(visit, f"<form>{bodies[0]}</form>{''.join(frames)}")


def check(in_page: InPage, form: Sequence[Piece], asked: set[str], patience: Patience = HASTE) -> tuple[int, int]:
    """Fail on a wrong field; return how many fields were filled, and how many labels stood there once."""
    outcome, (held,) = tried(in_page, [form], asked, patience)
    return judged(form, held, outcome), sum(bearers(form, piece.label) == [at] for at, piece in enumerate(form))


def judged(form: Sequence[Piece], held: dict[str, str], outcome: FormOutcome) -> int:
    """Fail on a wrong field of the only form that was touched; return how many fields were filled."""
    told = {field.field: field.status in WELL for field in outcome.fields}
    for at, piece in enumerate(form):
        alone = bearers(form, piece.label) == [at]
        assert held.pop(f"f{at}") in ({"", value_of(piece.label)} if alone else {""}), (piece, outcome)
    assert not any(held.values()), (held, outcome)
    for label, well in told.items():
        assert not well or len(bearers(form, label)) == 1, (label, outcome)
    return sum(told.values())


def check_frames(in_page: InPage, forms: Sequence[Sequence[Piece]], asked: set[str]) -> None:
    """Fail on a wrong field, and on two forms that were touched."""
    outcome, states = tried(in_page, forms, asked, HASTE)
    touched = [at for at, state in enumerate(states) if any(state.values())]
    assert len(touched) <= 1, (states, outcome)
    at = touched[0] if touched else 0
    judged(forms[at], states[at], outcome)


@settings(FORMS, max_examples=25)
@given(form=FORM, asked=ASKED)
def test_no_wrong_field_is_filled(in_page: InPage, form: list[Piece], asked: set[str]) -> None:
    check(in_page, form, asked)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_no_wrong_field_is_filled_in_two_thousand_forms(in_page: InPage) -> None:
    filled, lone = 0, 0

    @settings(FORMS, max_examples=2000)
    @given(form=FORM, asked=ASKED)
    def many(form: list[Piece], asked: set[str]) -> None:
        nonlocal filled, lone
        well, once = check(in_page, form, asked)
        filled, lone = filled + well, lone + once

    many()
    print(f"{filled} of {lone} fields were filled whose label stood there once")  # noqa: T201 (shown by -rP)
    assert filled >= lone / 2  # who refuses everything fills no wrong field either


@settings(FORMS, max_examples=15)
@given(forms=FRAMED, asked=ASKED)
def test_no_wrong_frame_is_filled(in_page: InPage, forms: list[list[Piece]], asked: set[str]) -> None:
    check_frames(in_page, forms, asked)


@pytest.mark.long
@pytest.mark.timeout(7200)
@settings(FORMS, max_examples=500)
@given(forms=FRAMED, asked=ASKED)
def test_no_wrong_frame_is_filled_in_five_hundred_pages(
    in_page: InPage, forms: list[list[Piece]], asked: set[str]
) -> None:
    check_frames(in_page, forms, asked)


@pytest.mark.parametrize(("control", "place"), [(control, place) for control in CONTROLS for place in places(control)])
def test_a_field_alone_is_filled_wherever_its_label_stands(in_page: InPage, control: str, place: str) -> None:
    label = CONSENTS[0] if control == "box" else "Фамилия"
    form = [Piece("Имя", "label for", "input", "{}", ""), Piece(label, place, control, "{} *", "")]
    assert check(in_page, form, set(), CALM) == (len(form), len(form))
