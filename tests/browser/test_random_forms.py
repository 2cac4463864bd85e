"""Forms put together at random: each field is filled or refused, and no other field in its place.

The short form is run with all tests; the long one, of two thousand forms, by `make forms`.
"""

# ruff: noqa: E501 (a piece of a page stands on one line)
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nmo_autofill.browser.controls import Patience
from nmo_autofill.browser.form_filler import fill_form
from nmo_autofill.outcome import FieldStatus
from nmo_autofill.plan.entry import Entry
from nmo_autofill.portal.model import Field, ValueKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

    from nmo_autofill.outcome import FormOutcome
    from tests.browser.conftest import InPage

HASTE = Patience(field=0.4, options=0.5, settle=0.15, quiet=0.1)
CALM = Patience(field=3, options=1, settle=0.3, quiet=0.1)
FORMS = settings(deadline=None, suppress_health_check=list(HealthCheck))
WELL = {FieldStatus.FILLED, FieldStatus.UNCHANGED}

# Labels that collide by words, and what kind of control can bear each.
WORDS = (
    "Фамилия", "Имя", "Отчество", "Номер", "Номер телефона", "Серия", "Серия и номер документа", "Дата выдачи",
    "Дата выдачи паспорта", "Регион", "Регион постоянного проживания", "Телефон", "Организация",
)  # fmt: skip
CONTROLS = {
    "input": "<input id={id} {more}>",
    "textarea": "<textarea id={id} {more}></textarea>",
    "select": "<select id={id} {more}><option value=''>Выберите</option><option>иное</option><option>{value}</option></select>",
    "combobox": "<input id={id} role=combobox list=l{id} {more}><datalist id=l{id}><option value='иное'><option value='{value}'></datalist>",
    "radios": "<span id={id} class=radios><label><input type=radio name={id}> иное</label> <label><input type=radio name={id}> {value}</label></span>",
}
PLACES = {
    "label for": "<p><label for={id}>{text}</label> {control}</p>",
    "label for, apart": "<div><label for={id}>{text}</label></div><hr><div>{control}</div>",
    "label around": "<p><label>{text} {control}</label></p>",
    "text before": "<p>{text} {control}</p>",
    "text before, in pieces": "<p><b>{text}</b><i>:</i> {control}</p>",
    "text above": "<div><div>{text}</div><div>{control}</div></div>",
    "text above, break": "<p>{text}<br>{control}</p>",
    "cell left": "<table><tr><td>{text}</td><td>{control}</td></tr></table>",
    "header above": "<table><tr><th>{text}</th></tr><tr><td>{control}</td></tr></table>",
    "dt and dd": "<dl><dt>{text}</dt><dd>{control}</dd></dl>",
    "aria-label": "<p><!--aria-->{control}</p>",
    "labelledby": "<p><span id=t{id}>{text}</span></p><p><!--labelledby-->{control}</p>",
    "fieldset": "<fieldset><legend>{text}</legend>{control}</fieldset>",
}
MARKS = ("{}", "{} *", "{}:", "<span>{}</span><span>*</span>", "{}<sup>*</sup>")
NOISE = (
    "", "<h2>Сведения</h2>", "<p>Заполните поля без ошибок</p>", "<button type=button>Номер</button>", "<hr>",
    "<div style='display:none'><label>Фамилия <input id=hidden></label></div>", "<a href='#'>Имя</a>",
    "<div style='position:fixed;right:0;bottom:0'>Серия сохранена</div>", "<p>Номер указан в документе</p>",
    "<p><input type=checkbox id=box> Телефон подтверждён</p>", "<small>Если есть</small>",
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One field of a form: its label, how the label is put, the control, and what stands around it."""

    label: str
    place: str
    control: str
    mark: str
    noise: str

    def html(self, name: str, value: str) -> str:
        """Return the field with this id, in which `value` can stand."""
        more = {"aria-label": f"aria-label='{self.label}'", "labelledby": f"aria-labelledby=t{name}"}.get(
            self.place, ""
        )
        control = CONTROLS[self.control].format(id=name, value=value, more=more)
        return PLACES[self.place].format(id=name, text=self.mark.format(self.label), control=control) + self.noise


def places(control: str) -> list[str]:
    """Return where the label of a control can stand: radios bear none of their own."""
    own = {"label for", "label for, apart", "label around", "aria-label", "labelledby"}
    return [place for place in PLACES if control != "radios" or place not in own]


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    """Draw one field."""
    label, control = draw(st.sampled_from(WORDS)), draw(st.sampled_from([*CONTROLS]))
    place, mark = draw(st.sampled_from(places(control))), draw(st.sampled_from(MARKS))
    return Piece(label, place, control, mark, draw(st.sampled_from(NOISE)))


FORM = st.lists(pieces(), min_size=1, max_size=6)
ASKED = st.sets(st.sampled_from(WORDS), max_size=2)
_STATE = """() => Object.fromEntries([...document.querySelectorAll('[id]')].filter((one) => !/^(DATALIST|OPTION)$/.test(one.tagName)).map((one) => {
  const radio = one.matches('.radios') ? [...one.querySelectorAll('input')].find((each) => each.checked) : null;
  const text = one.matches('select') ? (one.value ? one.selectedOptions[0].text : '') : one.type === 'checkbox' ? (one.checked ? 'yes' : '') : one.value ?? '';
  return [one.id, radio ? radio.parentElement.textContent.trim() : text];
}))"""


def value_of(label: str) -> str:
    """Return a value of a label's own."""
    return f"слово {WORDS.index(label)}"


def kind_of(form: Sequence[Piece], label: str) -> ValueKind:
    """Return the kind by which a portal map would know the field."""
    listed = {piece.control for piece in form if piece.label == label} - {"input", "textarea"}
    return ValueKind.OPTION if listed else ValueKind.TEXT


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
        return outcome, await page.evaluate(_STATE)

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
