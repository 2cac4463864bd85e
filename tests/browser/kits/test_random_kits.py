"""A control of a real kit among fields with labels that collide: filled or refused, and no other field in its place.

The short form is run with all tests; the long one, of nine hundred forms, by `make forms`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmo_autofill.browser.controls import Patience
from nmo_autofill.browser.form_filler import fill_form
from nmo_autofill.plan.entry import Entry
from nmo_autofill.portal.model import Field
from tests.browser.forms import (
    ASKED,
    FORMS,
    HINTS,
    MARKS,
    NOISE,
    PLACES,
    STATE,
    WORDS,
    Piece,
    bearers,
    kind_of,
    pieces,
    places,
    value_of,
)
from tests.browser.kits.cells import REGIONS, SEXES, VALUES, WELL
from tests.browser.kits.table import works
from tests.browser.kits.workshop import controls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

    from nmo_autofill.outcome import FormOutcome
    from tests.browser.kits.conftest import OnKitPage
    from tests.browser.kits.workshop import Control

HASTE = Patience(field=0.6, options=2, settle=0.4, quiet=0.15)
KITS = [*dict.fromkeys(control.page for control in controls())]
_FORMS_A_KIT = 60
_OWN = "as the kit puts it"


@dataclass(frozen=True)
class KitForm:
    """A form with one control of a kit: its label and where that stands, and the fields before and after it."""

    control: Control
    label: str
    place: str
    mark: str
    noise: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The plain fields."""
        return self.before + self.after

    @property
    def alone(self) -> bool:
        """Whether no plain field that could take the same kind of value bears the same label."""
        lists = () if self.control.kind in {"option", "sex"} else ("select", "radios")
        bearing = [piece for piece in self.pieces if piece.label == self.label and piece.place not in HINTS]
        return self.control.kind == "checked" or all(piece.control in lists for piece in bearing)

    @property
    def fragment(self) -> str:
        """What the page is told of the form, in its address."""
        parts = [piece.html(f"f{at}", value_of(piece.label)) for at, piece in enumerate(self.pieces)]
        slot, text = "<span id=place style='display:inline-block;width:300px'></span>", self.mark.format(self.label)
        place = PLACES.get(self.place, "<div>{control}</div>").format(id="", text=text, control=slot)
        form = "".join((*parts[: len(self.before)], place, self.noise, *parts[len(self.before) :]))
        options = SEXES if self.control.kind == "sex" else REGIONS
        own = self.label if self.place == _OWN else ""
        return urlencode({"control": self.control.name, "options": "|".join(options), "label": own, "form": form})


@st.composite
def kit_forms(draw: st.DrawFn, among: Sequence[Control]) -> KitForm:
    """Draw a form with one of these controls."""
    control = draw(st.sampled_from(among))
    standing = [_OWN, *(place for place in places("radios") if place != "shadow root")]  # where a kit is not put
    standing = [_OWN] if control.kind == "checked" else standing
    neighbours = st.lists(pieces(), max_size=3).map(tuple)
    label, place, mark, noise = (draw(st.sampled_from(what)) for what in (WORDS, standing, MARKS, NOISE))
    return KitForm(control, label, place, mark, noise, draw(neighbours), draw(neighbours))


def check(on_kit_page: OnKitPage, form: KitForm, asked: set[str]) -> bool:
    """Fail on a wrong field; tell whether the control of the kit was filled."""
    labels = [form.label, *(piece.label for piece in form.pieces)]
    values = VALUES[form.control.kind]
    every = dict.fromkeys([*labels, *asked])
    fields = {label: Field(labels=(label,), value=kind_of(form.pieces, label), evidence="test") for label in every}
    fields[form.label] = fields[form.label].model_copy(update={"value": values.kind})
    wanted = {label: values.wanted if label == form.label else value_of(label) for label in fields}
    entries = [Entry(label, field, wanted[label]) for label, field in fields.items()]

    async def visit(page: Page) -> tuple[str, FormOutcome, str, dict[str, str]]:
        before = (await page.evaluate("state()"))["model"]
        outcome = await fill_form(page, "form", entries, lambda _: None, HASTE)
        held = await page.evaluate(STATE)
        return before, outcome, (await page.evaluate("state()"))["model"], held

    before, outcome, model, held = on_kit_page(form.control.page, form.fragment, visit)
    told = {field.field: field.status in WELL for field in outcome.fields}
    for at, piece in enumerate(form.pieces):
        alone = piece.label != form.label and bearers(form.pieces, piece.label) == [at]
        may_hold = {"", value_of(piece.label)} if alone else {""}
        assert held[f"f{at}"] in may_hold, (piece, outcome)
    assert not held.get("box")
    assert not held.get("hidden")
    assert not any(text for one, text in held.items() if one.startswith("other-")), (held, outcome)
    assert model in ({before, "", values.model} if form.alone else {before}), (model, outcome)
    for label, well in told.items():
        alone = form.alone if label == form.label else len(bearers(form.pieces, label)) == 1
        assert not well or alone, (label, outcome)
    assert not told.get(form.label) or model == values.model, (model, outcome)
    return told.get(form.label, False)


@settings(FORMS, max_examples=12)
@given(form=kit_forms(controls()), asked=ASKED)
def test_no_wrong_field_is_filled_beside_a_control_of_a_kit(
    on_kit_page: OnKitPage, form: KitForm, asked: set[str]
) -> None:
    check(on_kit_page, form, asked)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kit", KITS)
def test_no_wrong_field_is_filled_in_many_forms_of_a_kit(on_kit_page: OnKitPage, kit: str) -> None:
    lone, filled = 0, 0

    @settings(FORMS, max_examples=_FORMS_A_KIT)
    @given(form=kit_forms([control for control in controls() if control.page == kit]), asked=ASKED)
    def many(form: KitForm, asked: set[str]) -> None:
        nonlocal lone, filled
        well = check(on_kit_page, form, asked)
        lone, filled = lone + (form.alone and works(form.control)), filled + well

    many()
    print(f"{kit}: {filled} of {lone} controls that can be were filled, of labels that stood there once")  # noqa: T201 (shown by -rP)
    assert filled >= lone / 2
