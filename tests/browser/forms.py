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

# Labels that collide by words; those of boxes are others, because a box is never taken for what is typed.
WORDS = (
    "Фамилия", "Имя", "Отчество", "Номер", "Номер телефона", "Серия", "Серия и номер документа", "Дата выдачи",
    "Дата выдачи паспорта", "Регион", "Регион постоянного проживания", "Телефон", "Организация",
)  # fmt: skip
CONSENTS = ("Согласие на обработку", "Согласие на рассылку", "Номер телефона подтверждён")
CONTROLS = {
    "input": "<input id={id} {more}>",
    "textarea": "<textarea id={id} {more}></textarea>",
    "select": "<select id={id} {more}><option value=''>Выберите</option><option>иное</option><option>{value}</option></select>",
    "combobox": "<input id={id} role=combobox list=l{id} {more}><datalist id=l{id}><option value='иное'><option value='{value}'></datalist>",
    "radios": "<span id={id} class=radios><label><input type=radio name={id}> иное</label> <label><input type=radio name={id}> {value}</label></span>",
    "box": "<input type=checkbox id={id} {more}>",
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
    "text before, in a fieldset of more": "<fieldset><legend>Сведения</legend><p><input id=other-{id}></p><p>{text} {control}</p></fieldset>",
    "header of two rows": "<table><tr><th rowspan=2>№</th><th colspan=2>Документ</th></tr><tr><th>Иное</th><th>{text}</th></tr><tr><td>1</td><td><input id=other-{id}></td><td>{control}</td></tr></table>",
    "header after a wide one": "<table><tr><th colspan=2>Кто</th><th>{text}</th></tr><tr><td>1</td><td><input id=other-{id}></td><td>{control}</td></tr></table>",
    "cell left, of two rows": "<table><tr><td rowspan=2>Документ</td><td>{text}</td><td>{control}</td></tr><tr><td>Иное</td><td><input id=other-{id}></td></tr></table>",
    "shadow root": "<div><template shadowrootmode=open><p>{text} {control}</p></template></div>",
    "dialog": "<dialog open style='position:static'><p>{text} {control}</p></dialog>",
    "placeholder": "<p>{control}</p>",
    "title": "<p>{control}</p>",
    "text after": "<p>{control} {text}</p>",
}
# Where the label of a kind of control cannot stand, or is not read.
_OWN = {"label for", "label for, apart", "label around", "aria-label", "labelledby", "placeholder", "title"}
HINTS = {"placeholder", "title"}
_OF_BOXES = {"label for", "label around", "aria-label", "labelledby", "cell left", "text after"}
_NOT = {"select": {"placeholder", "text after"}, "radios": {*_OWN, "text after"}, "box": {*PLACES} - _OF_BOXES}
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
        attributes = {
            "aria-label": f"aria-label='{self.label}'",
            "labelledby": f"aria-labelledby=t{name}",
            "placeholder": f"placeholder='{self.label}'",
            "title": f"title='{self.label}'",
        }
        more = attributes.get(self.place, "")
        control = CONTROLS[self.control].format(id=name, value=value, more=more)
        return PLACES[self.place].format(id=name, text=self.mark.format(self.label), control=control) + self.noise


def places(control: str) -> list[str]:
    """Return where the label of a control can stand."""
    return [place for place in PLACES if place not in _NOT.get(control, {"text after"})]


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    """Draw one field."""
    control = draw(st.sampled_from([*CONTROLS]))
    label = draw(st.sampled_from(CONSENTS if control == "box" else WORDS))
    place, mark = draw(st.sampled_from(places(control))), draw(st.sampled_from(MARKS))
    return Piece(label, place, control, mark, draw(st.sampled_from(NOISE)))


FORM = st.lists(pieces(), min_size=1, max_size=6)
ASKED = st.sets(st.sampled_from([*WORDS, *CONSENTS]), max_size=2)
STATE = """() => {
  const within = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
  return Object.fromEntries(within(document).filter((one) => one.id && !/^(DATALIST|OPTION)$/.test(one.tagName)).map((one) => {
    const radio = one.matches('.radios') ? [...one.querySelectorAll('input')].find((each) => each.checked) : null;
    const text = one.matches('select') ? (one.value ? one.selectedOptions[0].text : '') : one.type === 'checkbox' ? (one.checked ? 'yes' : '') : one.value ?? '';
    return [one.id, radio ? radio.parentElement.textContent.trim() : text];
  }));
}"""


def bearers(form: Sequence[Piece], label: str) -> list[int]:
    """Return the places of the fields that a person takes for this label: a hint is the last resort."""
    bearing = [at for at, piece in enumerate(form) if piece.label == label]
    return [at for at in bearing if form[at].place not in HINTS] or bearing


def value_of(label: str) -> str:
    """Return a value of a label's own."""
    return "yes" if label in CONSENTS else f"слово {WORDS.index(label)}"


def kind_of(form: Sequence[Piece], label: str) -> ValueKind:
    """Return the kind by which a portal map would know the field."""
    listed = {piece.control for piece in form if piece.label == label} - {"input", "textarea"}
    return ValueKind.CHECKED if label in CONSENTS else ValueKind.OPTION if listed else ValueKind.TEXT
