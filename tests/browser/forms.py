"""Forms put together at random: labels that collide, and all the ways to put one beside its control."""

# ruff: noqa: E501 (a piece of a page stands on one line)
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from nmo_autofill.portal.model import ValueKind

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMS = settings(deadline=None, suppress_health_check=list(HealthCheck))

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
STATE = """() => Object.fromEntries([...document.querySelectorAll('[id]')].filter((one) => !/^(DATALIST|OPTION)$/.test(one.tagName)).map((one) => {
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
