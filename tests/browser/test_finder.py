"""Fields found by what a person reads, wherever a page puts it."""

# ruff: noqa: E501 (a page stands on one line)
from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.async_api import Error as PlaywrightError

from nmo_autofill.browser.finder import ask, button_locator, field_locator, locate, tell
from nmo_autofill.errors import FieldAmbiguousError, FieldNotFoundError
from nmo_autofill.folding import LOOK_ALIKES, fold
from nmo_autofill.portal.model import Button, Field, ValueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.async_api import Page

    from tests.browser.conftest import InPage

QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def field(*labels: str, kind: ValueKind = ValueKind.TEXT, selector: str | None = None) -> Field:
    return Field(labels=labels, value=kind, selector=selector, evidence="test")


def found(in_page: InPage, html: str, wanted: Field, others: Sequence[str] = ()) -> list[str]:
    """Return the ids of the controls that the engine finds, without waiting."""

    async def visit(page: Page) -> list[str]:
        ids: list[str] = await field_locator(page, wanted, others).evaluate_all("(all) => all.map((one) => one.id)")
        return ids

    return in_page(visit, html)


FLOAT = "<style>.f{position:relative;padding-top:20px}.f span{position:absolute;top:0;left:0}</style>"
SURNAME = {
    "label for": "<label for=ok>Фамилия</label><input id=ok>",
    "label around": "<label>Фамилия <input id=ok></label>",
    "label around, error behind": "<label>Фамилия <input id=ok><span>Заполните поле</span></label>",
    "label with a hint on its own line": "<label for=ok><div>Фамилия *</div><div>как в паспорте</div></label><input id=ok>",
    "label of a text beside the label": "<label for=ok>Фамилия</label> <b>Имя</b> <input id=ok>",
    "labelledby": "<span id=t>Фамилия</span><p>прочее</p><input id=ok aria-labelledby=t>",
    "labelledby of hidden text": "<span id=t hidden>Фамилия</span><input id=ok aria-labelledby=t>",
    "aria-label": "<input id=ok aria-label='Фамилия'>",
    "text before": "Фамилия <input id=ok>",
    "text before in pieces": "Фа<b>мил</b>ия<i>:</i> <input id=ok>",
    "mark of its own before": "<span>Фамилия</span><span>*</span><input id=ok>",
    "text above": "<div>Фамилия</div><div><input id=ok></div>",
    "text above after a break": "Фамилия<br><input id=ok>",
    "text above, longer than the field": "<div><b>Фами</b><b style='padding-left:300px'>лия</b><sup>*</sup><br><input id=ok size=9></div>",
    "caption in a row": "<div class=row><div class=caption>Фамилия</div><div><div><input id=ok></div></div></div>",
    "caption with a help button": "<div><span>Фамилия</span> <button>Что это?</button><br><input id=ok></div>",
    "heading of one field": "<div><h4>Фамилия</h4><input id=ok></div>",
    "legend of one field": "<fieldset><legend>Фамилия</legend><input id=ok></fieldset>",
    "broken for": "<label for=nobody>Фамилия</label><input id=ok>",
    "empty label": "<label for=ok>*</label><div>Фамилия</div><div><input id=ok></div>",
    "cell left": "<table><tr><td>Фамилия</td><td><input id=ok></td></tr></table>",
    "cell left, mark between": "<table><tr><td>Фамилия</td><td>*</td><td><input id=ok></td></tr></table>",
    "cell left, deep": "<table><tr><th>Фамилия:</th><td><div><span><input id=ok></span></div></td></tr></table>",
    "text inside the cell": "<table><tr><td>1</td><td>Фамилия<br><input id=ok></td></tr></table>",
    "column header": "<table><tr><th>№</th><th>Фамилия</th><th>Курс</th></tr><tr><td>1</td><td><input id=ok></td><td><input></td></tr></table>",
    "column header spanning": "<table><tr><th colspan=2>Кто</th><th>Фамилия</th></tr><tr><td>1</td><td>2</td><td><input id=ok></td></tr></table>",
    "column header beside one of two rows": "<table><tr><th rowspan=2>Документ</th><th colspan=2>Паспорт</th></tr><tr><th>Курс</th><th>Фамилия</th></tr><tr><td>1</td><td><input></td><td><input id=ok></td></tr></table>",
    "column header that goes on below": "<table><tr><th rowspan=0>Документ</th><th>Паспорт</th><th>Курс</th></tr><tr><th>Фамилия</th><th>Группа</th></tr><tr><td><input id=ok></td><td><input></td></tr></table>",
    "column header, a hidden row above": "<table><tr><th>Имя</th><th>Фамилия</th></tr><tr style='display:none'><td rowspan=2>1</td><td>2</td></tr><tr><td><input></td><td><input id=ok></td></tr></table>",
    "column header, a hidden one before": "<table><tr><th hidden>№</th><th>Имя</th><th>Фамилия</th></tr><tr><td><input></td><td><input id=ok></td></tr></table>",
    "column header, a hidden cell before": "<table><tr><th>Имя</th><th>Фамилия</th></tr><tr><td hidden>№</td><td><input></td><td><input id=ok></td></tr></table>",
    "column header of the head": "<table><thead><tr><th rowspan=9>Курс</th><th>Фамилия</th></tr></thead><tr><td><input></td><td><input id=ok></td></tr></table>",
    "cell left, of two rows": "<table><tr><td rowspan=2>Паспорт</td><td>Курс</td><td><input></td></tr><tr><td>Фамилия</td><td><input id=ok></td></tr></table>",
    "column header, cells of two rows before": "<table><tr><th>№</th><th>Курс</th><th>Фамилия</th></tr><tr><td rowspan=2>1</td><td><input></td><td></td></tr><tr><td><input></td><td><input id=ok></td></tr></table>",
    "row of captions above": "<table><tr><td>Фамилия</td><td>Курс</td></tr><tr><td><input id=ok></td><td><input></td></tr></table>",
    "dt and dd": "<dl><dt>Курс</dt><dd><input></dd><dt>Фамилия</dt><dd><input id=ok></dd></dl>",
    "cell left, another field's hint above": "<table><tr><td>Курс</td><td><input><p>Если есть</p></td></tr><tr><td>Фамилия</td><td><input id=ok></td></tr></table>",
    "placeholder": "<input id=ok placeholder='Фамилия'>",
    "title": "<input id=ok title='Фамилия'>",
    "look-alikes": "<label for=ok>Фaмилия</label><input id=ok>",
    "capitals and spaces": "<label for=ok> ФАМИЛИЯ\u00a0: </label><input id=ok>",
    "soft hyphen": "<label for=ok>Фами\u00adлия</label><input id=ok>",
    "remark": "<label for=ok>Фамилия (как в дипломе)</label><input id=ok>",
    "slot": "<x-field><span slot=name>Фамилия</span><input id=ok></x-field>",
    "floating": FLOAT + "<div class=f><input id=ok><span>Фамилия</span></div>",
}
NEIGHBOURS = (
    "<form><p><label for=n1>Имя</label><input id=n1></p>{}<p><label for=n2>Отчество</label><input id=n2></p></form>"
)


@pytest.mark.parametrize("html", SURNAME.values(), ids=SURNAME.keys())
def test_a_field_is_found_by_its_text(in_page: InPage, html: str) -> None:
    assert found(in_page, NEIGHBOURS.format(f"<div>{html}</div>"), field("Фамилия")) == ["ok"]


def test_a_cell_beside_two_rows_names_both(in_page: InPage) -> None:
    html = "<table><tr><td rowspan=2>Фамилия</td><td><input id=a></td></tr><tr><td><input id=b></td></tr></table>"
    assert found(in_page, html, field("Фамилия")) == ["a", "b"]


def test_a_field_below_two_headers_bears_neither_alone(in_page: InPage) -> None:
    html = "<table><tr><th>Фамилия</th><th>Имя</th></tr><tr><td colspan=2><input id=a></td></tr></table>"
    assert found(in_page, html, field("Фамилия")) == []


NOT_SURNAME = {
    "another field's label": "<label for=n1>Фамилия</label><input id=n1> <input id=n2>",
    "another field's text": "Фамилия <input id=n1> <input id=n2 placeholder='Имя'>",
}


@pytest.mark.parametrize("html", NOT_SURNAME.values(), ids=NOT_SURNAME.keys())
def test_the_text_of_a_neighbour_is_never_taken(in_page: InPage, html: str) -> None:
    assert found(in_page, html, field("Фамилия")) == ["n1"]


def test_a_twin_is_seen_whose_mark_stands_beyond_the_field(in_page: InPage) -> None:
    html = (
        "<p>Дата выдачи паспорта<sup>*</sup><br><input id=a size=9></p>"
        "<p><label for=b>Дата выдачи паспорта</label> <input id=b></p>"
    )
    assert found(in_page, html, field("Дата выдачи паспорта")) == ["a", "b"]


def test_a_twin_below_its_header_is_seen_for_all_the_hint_above_it(in_page: InPage) -> None:
    html = "<p><label for=a>Имя</label><input id=a></p><small>Если есть</small><table><tr><th>Имя</th></tr><tr><td><input id=b></td></tr></table>"
    assert found(in_page, html, field("Имя")) == ["a", "b"]


NOBODY = {
    "heading of a form": "<form><h2>Номер</h2><input id=a><input id=b></form>",
    "longer label": "<label for=a>Номер телефона</label><input id=a>",
    "joined label": "<label for=a>Номер, серия</label><input id=a>",
    "within a label": "<label for=a>Серия и номер документа</label><input id=a>",
    "split label": "<label for=a><b>Номер</b> телефона</label><input id=a>",
    "hidden": "<div style='display:none'><label for=a>Номер</label><input id=a></div>",
    "invisible": "<div style='visibility:hidden'><label for=a>Номер</label><input id=a></div>",
    "transparent": "<div style='opacity:0'><label for=a>Номер</label><input id=a></div>",
    "folded away": "<div style='height:0;overflow:hidden'><label for=a>Номер</label><input id=a></div>",
    "shifted away": "<div style='position:absolute;left:-9999px'><label for=a>Номер</label><input id=a></div>",
    "next slide": "<div style='overflow:hidden;width:300px;position:relative'><div style='position:absolute;left:400px'><label for=a>Номер</label><input id=a></div><br><br></div>",
    "a box": "<label><input type=checkbox id=a> Номер</label>",
    "a button": "<label for=a>Номер</label><input type=submit id=a value='Номер'>",
    "option of a list": "<select id=a><option>Номер</option></select>",
}


@pytest.mark.parametrize("html", NOBODY.values(), ids=NOBODY.keys())
def test_what_is_no_label_finds_nothing(in_page: InPage, html: str) -> None:
    assert found(in_page, html, field("Номер")) == []


COLLIDING = """
<p><label for=phone>Номер телефона</label><input id=phone></p>
<p><label for=both>Серия и номер документа</label><input id=both></p>
<p><label for=number>Номер</label><input id=number></p>"""


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("Номер",), ["number"]),
        (("Номер телефона",), ["phone"]),
        (("Серия и номер",), []),
        (("Номер документа",), []),
        (("Мобильный телефон", "Номер телефона"), ["phone"]),
        (("Серия и номер", "Номер"), ["number"]),
    ],
)
def test_labels_that_collide_by_substring(in_page: InPage, labels: tuple[str, ...], expected: list[str]) -> None:
    assert found(in_page, COLLIDING, field(*labels)) == expected


def test_a_control_that_bears_another_field_s_label_is_not_taken_for_less_than_exact(in_page: InPage) -> None:
    html = "<label for=a>Ваша дата выдачи</label><input id=a>"
    assert found(in_page, html, field("Дата выдачи")) == ["a"]
    assert found(in_page, html, field("Дата выдачи"), ["Ваша дата выдачи"]) == []


def test_an_exact_match_of_any_label_beats_a_prefix_of_the_first(in_page: InPage) -> None:
    html = "<label for=a>Адрес почты родителя</label><input id=a><label for=b>E-mail</label><input id=b>"
    assert found(in_page, html, field("Адрес почты", "E-mail")) == ["b"]


def labelled(**labels: str) -> str:
    return "".join(f"<p><label for={key}>{label}</label> <input id={key}></p>" for key, label in labels.items())


DOUBTFUL = {
    "two alternatives, both exact": (labelled(a="Телефон", b="Мобильный телефон"), ["a", "b"]),
    "a prefix and words within": (labelled(a="Мобильный телефон работодателя", b="Ваш мобильный телефон"), ["a", "b"]),
    "two longer labels": (labelled(a="Мобильный телефон мамы", b="Мобильный телефон папы"), ["a", "b"]),
    "a lone longer label": (labelled(a="Мобильный телефон работодателя"), []),
    "a lone longer label, words before": (labelled(a="Ваш мобильный телефон для рекламы"), []),
    "a lone longer placeholder": ("<input id=a placeholder='Мобильный телефон работодателя'>", []),
    "words before": (labelled(a="Ваш мобильный телефон"), ["a"]),
    "a remark": (labelled(a="Мобильный телефон (личный) *:", b="Ваш мобильный телефон"), ["a"]),
}


@pytest.mark.parametrize(("html", "expected"), DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_another_s_field_is_never_taken_for_a_better_fit(in_page: InPage, html: str, expected: list[str]) -> None:
    assert found(in_page, html, field("Мобильный телефон", "Телефон")) == expected


def test_a_longer_label_of_a_list_is_another_s(in_page: InPage) -> None:
    html = "<label for=a>Регион проживания родителей</label><select id=a></select>"
    assert found(in_page, html, field("Регион проживания", kind=ValueKind.OPTION)) == []


def test_two_consents_are_a_question(in_page: InPage) -> None:
    html = """<p><label><input type=checkbox id=a> Согласие на обработку персональных данных в рекламных целях</label></p>
    <p><label><input type=checkbox id=b> Я даю согласие на обработку моих персональных данных.</label></p>"""
    consent = field("Согласие на обработку персональных данных", "согласие на обработку", kind=ValueKind.CHECKED)
    assert found(in_page, html, consent) == ["a", "b"]


def test_a_placeholder_is_the_last_resort(in_page: InPage) -> None:
    html = "<input id=a placeholder='Номер'><label for=b>Номер</label><input id=b>"
    assert found(in_page, html, field("Номер")) == ["b"]


def test_two_fields_with_a_hint_are_a_question_for_all_the_text_above_one(in_page: InPage) -> None:
    html = "<p>Заполните без ошибок</p><p><input id=a placeholder='Имя'></p><hr><p><input id=b placeholder='Имя'></p>"
    assert sorted(found(in_page, html, field("Имя"))) == ["a", "b"]


BOXES = {
    "label for, text behind": "<input type=checkbox id=ok><label for=ok>Я предупреждена, что изменения <a href='#x'>возможны</a></label>",
    "label around": "<label><input type=checkbox id=ok> Я предупреждена, что изменения</label>",
    "text behind": "<input type=checkbox id=ok> Я предупреждён, что изменения<br>",
    "text behind in a block": "<div><span><input type=checkbox id=ok></span><div>Я предупреждена, что</div></div>",
    "text before": "<table><tr><td>Я предупреждена</td><td><input type=checkbox id=ok></td></tr></table>",
    "hidden input": "<input type=checkbox id=ok style='opacity:0;position:absolute'><label for=ok>Я предупреждена, что</label>",
    "role": "<div role=checkbox id=ok aria-label='Я предупреждена, что' tabindex=0 style='width:9px;height:9px'></div>",
    "switch": "<span id=t>Я предупреждена</span><button role=switch id=ok aria-labelledby=t>вкл</button>",
}


@pytest.mark.parametrize("html", BOXES.values(), ids=BOXES.keys())
def test_a_box_is_found_by_the_stem_of_its_text(in_page: InPage, html: str) -> None:
    around = (
        "<div><label><input type=checkbox> Я подтверждаю</label></div><div>{}</div><input placeholder='Я предупрежден'>"
    )
    assert found(in_page, around.format(html), field("Я предупрежден", kind=ValueKind.CHECKED)) == ["ok"]


RADIOS = "<label><input type=radio name=s id=ok> Мужской</label><label><input type=radio name=s> Женский</label>"
GROUPS = {
    "legend": f"<fieldset><legend>Пол</legend>{RADIOS}</fieldset>",
    "caption below the legend of more": f"<fieldset><legend>Паспорт</legend><p>Серия <input></p><p>Пол: {RADIOS}</p></fieldset>",
    "group with caption below the legend of more": f"<fieldset><legend>Паспорт</legend><p>Серия <input></p><p>Пол:</p><div role=radiogroup>{RADIOS}</div></fieldset>",
    "legend of radios with a text of their own": f"<fieldset><legend>Пол</legend>{RADIOS} <label>иное: <input></label></fieldset>",
    "legend of radios with more, a hint below": f"<fieldset><legend>Пол</legend><p>Выберите один</p>{RADIOS} <label>иное: <input></label></fieldset>",
    "group with more, named from afar": f"<div id=t>Пол</div><div>Выберите</div><div role=radiogroup aria-labelledby=t>{RADIOS} <label>иное: <input></label></div>",
    "text before": f"<div>Пол: {RADIOS}</div>",
    "caption above": f"<div><div>Пол</div><div>{RADIOS}</div></div>",
    "heading": f"<div><h3>Пол</h3>{RADIOS}</div>",
    "group by role": f"<div role=radiogroup aria-label='Пол'>{RADIOS}</div>",
    "group with caption outside": f"<div>Пол</div><div role=radiogroup>{RADIOS}</div>",
    "cell left": f"<table><tr><td>Пол</td><td>{RADIOS}</td></tr></table>",
    "labels before radios": "<div>Пол <label for=ok>Мужской</label><input type=radio name=s id=ok><label for=w>Женский</label><input type=radio name=s id=w></div>",
    "roles": "<span id=t>Пол</span><div role=radiogroup aria-labelledby=t><div role=radio id=ok>Мужской</div><div role=radio>Женский</div></div>",
}


@pytest.mark.parametrize("html", GROUPS.values(), ids=GROUPS.keys())
def test_a_radio_group_is_found_by_the_text_of_the_group(in_page: InPage, html: str) -> None:
    around = (
        f"<form><p><label for=a>Имя</label><input id=a></p>{html}<p><label for=b>Полис</label><input id=b></p></form>"
    )
    assert found(in_page, around, field("Пол", kind=ValueKind.OPTION)) == ["ok"]
    assert found(in_page, around, field("Мужской", kind=ValueKind.OPTION)) == []


def test_a_text_before_a_group_with_a_name_of_its_own_is_another_s(in_page: InPage) -> None:
    html = f"<p>Пол</p><fieldset><legend>Есть дети</legend>{RADIOS} <label>Сколько: <input></label></fieldset>"
    assert found(in_page, html, field("Пол", kind=ValueKind.OPTION)) == []
    assert found(in_page, html, field("Есть дети", kind=ValueKind.OPTION)) == ["ok"]


FAR = "<div style='height:900px'>Правила</div>"
WOUND = {
    "box that scrolls": f"<div class=wound style='height:100px;overflow:auto'>{{}}{FAR}</div>",
    "within a box that cuts off": f"<div style='height:100px;overflow:hidden'><div class=wound style='height:100px;overflow:auto'>{{}}{FAR}</div></div>",
    "fixed over the page": f"<div class=wound style='position:fixed;inset:0;overflow-y:auto'>{{}}{FAR}</div>",
    "in a box in a box": f"<div class=wound style='height:200px;overflow:auto'><div class=wound style='height:100px;overflow:auto'>{{}}{FAR}</div>{FAR}</div>",
}
WIND = "<script>document.querySelectorAll('.wound').forEach((one) => { one.scrollTop = 600; });</script>"


@pytest.mark.parametrize("html", WOUND.values(), ids=WOUND)
def test_what_was_scrolled_away_is_found(in_page: InPage, html: str) -> None:
    """Below the form the fields above it are out of sight, and above the page where a box of its own scrolls."""
    for wind in ("", WIND):
        assert found(in_page, html.format("<label for=ok>Серия</label><input id=ok>") + wind, field("Серия")) == ["ok"]


@pytest.mark.parametrize("style", ["position:absolute;left:-999px", "position:relative;top:-999px"])
def test_what_no_scrolling_brings_back_is_not_found(in_page: InPage, style: str) -> None:
    html = f"<div style='position:relative;height:100px;overflow:auto'><input id=off aria-label=Серия style='{style}'>{FAR}</div>"
    assert found(in_page, html, field("Серия")) == []


def test_another_document_in_the_same_page_is_asked_anew(in_page: InPage) -> None:
    async def visit(page: Page) -> list[str]:
        serial = field_locator(page, field("Серия"))
        told = [await ask(serial, "shows")]
        await page.goto("data:text/html;charset=utf-8,<label>Серия <input value=2></label>")
        told.append(await ask(serial, "shows"))
        await page.close()
        with pytest.raises(PlaywrightError):
            await ask(serial, "shows")
        return told

    assert in_page(visit, "<label>Серия <input value=1></label>") == ["1", "2"]


_PAIR = "<label id=a for=one>Серия</label><input id=one value=1><label id=b for=two>Номер</label><input id=two value=2>"
_HOSTS = "<x-field id=x><input value=1></x-field><x-field id=y><input value=2></x-field>"
CHANGES = {
    "labels change places": (_PAIR, "[a.textContent, b.textContent] = ['Номер', 'Серия']"),
    "labels are tied anew": (
        _PAIR,
        "const [first, second] = [one, two]; second.id = ''; first.id = 'two'; second.id = 'one'",
    ),
    "a label is tied to the other": (
        _PAIR,
        "[a.htmlFor, b.htmlFor] = ['two', 'one']",
    ),
    "a caption of each is shown in turn": (
        "<p><b>Серия</b><b hidden>Номер</b> <input value=1></p><p><b>Номер</b><b hidden>Серия</b> <input value=2></p>",
        "document.querySelectorAll('b').forEach((one) => { one.hidden = !one.hidden; })",
    ),
    "hints change places": (
        "<input id=one placeholder=Серия value=1><input id=two placeholder=Номер value=2>",
        "[one.placeholder, two.placeholder] = ['Номер', 'Серия']",
    ),
    "another takes its place": (
        "<label>Серия <input id=one value=1></label>",
        "one.outerHTML = '<input value=2>'",
    ),
    "another is shown instead": (
        "<p id=a><label>Серия <input value=1></label></p><p id=b hidden><label>Серия <input value=2></label></p>",
        "[a.hidden, b.hidden] = [true, false]",
    ),
    "a dialog opens over it": (
        "<label>Серия <input value=1></label><dialog id=d><label>Серия <input value=2></label></dialog>",
        "d.showModal()",
    ),
    "captions in shadow roots beside them change places": (
        "<p><x-text id=x></x-text> <input value=1></p><p><x-text id=y></x-text> <input value=2></p><script>for (const [host, text] of [[x, 'Серия'], [y, 'Номер']]) host.attachShadow({ mode: 'open' }).innerHTML = text;</script>",
        "[x.shadowRoot.textContent, y.shadowRoot.textContent] = ['Номер', 'Серия']",
    ),
    "captions in shadow roots change places": (
        _HOSTS
        + "<script>for (const [host, text] of [[x, 'Серия'], [y, 'Номер']]) host.attachShadow({ mode: 'open' }).innerHTML = `<label>${text} <slot></slot></label>`;</script>",
        "for (const [host, text] of [[x, 'Номер'], [y, 'Серия']]) host.shadowRoot.querySelector('label').firstChild.data = text",
    ),
    "captions come to have shadow roots": (
        "<p><span id=x>Серия</span> <input value=1></p><p><span id=y>Номер</span> <input value=2></p>",
        "for (const [host, text] of [[x, 'Номер'], [y, 'Серия']]) host.attachShadow({ mode: 'open' }).innerHTML = text",
    ),
    "a style alone hides it and shows another": (
        "<style>#b, #t:checked ~ #a { display: none } #t:checked ~ #b { display: block }</style><input type=checkbox id=t><p id=a><label>Серия <input value=1></label></p><p id=b><label>Серия <input value=2></label></p>",
        "t.checked = true",
    ),
}


@pytest.mark.parametrize(("html", "change"), CHANGES.values(), ids=CHANGES)
def test_what_was_found_is_looked_for_anew_when_the_page_changes(in_page: InPage, html: str, change: str) -> None:
    """One locator is asked again and again while its control is driven, in both worlds of the browser."""

    async def visit(page: Page) -> list[str | None]:
        serial = field_locator(page, field("Серия"), ["Номер"])
        before = [await ask(serial, "shows"), await serial.get_attribute("value")]
        await page.evaluate(change)
        return [*before, await ask(serial, "shows"), await serial.get_attribute("value")]

    assert in_page(visit, html) == ["1", "1", "2", "2"]


def test_a_frame_is_a_scope_of_its_own(in_page: InPage) -> None:
    """A frame's field is found in the frame, and never taken for the page's."""
    inner = "<label for=in>Серия</label><input id=in>"

    async def visit(page: Page) -> tuple[str, int, list[str | None]]:
        serial = field("Серия")
        outer = field_locator(page, serial)
        frames = [field_locator(page.frame_locator("iframe"), serial), field_locator(page.frames[-1], serial)]
        for at, found in enumerate(frames):
            await found.fill(f"{at}")
        return await outer.input_value(), await outer.count(), [await found.get_attribute("id") for found in frames]

    html = f'<label for=out>Серия</label><input id=out><iframe srcdoc="{inner}"></iframe>'
    assert in_page(visit, html) == ("", 1, ["in", "in"])


LISTS = {
    "select": "<label for=ok>Регион</label><select id=ok><option>Омская область</option></select>",
    "combobox": "<label for=ok>Регион</label><input role=combobox id=ok>",
    "select-only": "<span id=t>Регион</span><div role=combobox aria-labelledby='t ok' id=ok>Выберите значение</div>",
    "button": "<div>Регион</div><button aria-haspopup=listbox id=ok>Выберите значение</button>",
    "wrapped input": "<label for=ok>Регион</label><div role=combobox><input id=ok></div>",
    "label of the wrapper": "<div role=combobox aria-label='Регион'><input id=ok></div>",
}


BARE = "<input role=combobox id=ok style='border:0;width:60px'>"
DRAWN = {
    "placeholder over the input": "<p>Регион <span style='display:inline-block;position:relative;border:1px solid'><i style='position:absolute'>Выберите</i><input role=combobox id=ok></span></p>",
    "chosen beside a bare input": f"<p>Регион</p><div style='border:1px solid'><span>Омская область</span> {BARE}</div>",
    "named by the chosen option": "<p>Регион <span role=combobox tabindex=0 id=ok aria-labelledby=o style='border:1px solid'>Омская область</span></p><ul role=listbox style='position:absolute'><li><div role=option id=o>Омская область</div></ul>",
    "high box with the role": f"<p>Регион <span role=combobox style='display:inline-flex;height:60px;align-items:end;vertical-align:top'>{BARE}</span></p>",
}


@pytest.mark.parametrize("html", DRAWN.values(), ids=DRAWN)
def test_what_a_list_shows_as_its_value_is_not_its_name(in_page: InPage, html: str) -> None:
    assert found(in_page, html, field("Регион", kind=ValueKind.OPTION)) == ["ok"]
    for shown in ("Выберите", "Омская область"):
        assert found(in_page, html, field(shown, kind=ValueKind.OPTION)) == []


def test_what_a_field_opened_does_not_name_it(in_page: InPage) -> None:
    calendar = "<div role=dialog style='position:absolute;width:120px;background:#eee;transform:translateY(-100px)'><p>Март</p><p>14</p></div>"
    html = f"<div>Дата рождения</div><hr><div><input id=ok>{calendar}</div>"
    assert found(in_page, html, field("Дата рождения", kind=ValueKind.DATE)) == ["ok"]
    assert found(in_page, html, field("14", kind=ValueKind.DATE)) == []


@pytest.mark.parametrize("html", LISTS.values(), ids=LISTS.keys())
def test_a_list_is_found(in_page: InPage, html: str) -> None:
    assert found(in_page, html, field("Регион", kind=ValueKind.OPTION)) == ["ok"]


def dialog(inner: str, *, attributes: str = "role=dialog aria-modal=true", place: str = "left:50px;top:20px") -> str:
    return f"<div {attributes} style='position:fixed;{place};width:300px;height:200px;background:#eee'>{inner}</div>"


def number(identity: str) -> str:
    return f"<label for={identity}>Номер</label><input id={identity}>"


STACKS = {
    "modal over the page": (number("under") + dialog(number("ok")), ["ok"]),
    "modal without the field": (number("under") + dialog("<p>Сообщение</p>"), []),
    "banner beside the page": (number("ok") + dialog("<p>Мы храним куки</p>", attributes="role=dialog"), ["ok"]),
    "dialog on dialog": (dialog(number("under")) + dialog(number("ok"), place="left:70px;top:40px"), ["ok"]),
    "raised by z-index": (dialog(number("ok"), place="left:50px;top:20px;z-index:9") + dialog(number("under")), ["ok"]),
    "dialog in dialog": (dialog(number("under") + dialog(number("ok"))), ["ok"]),
    "closed dialog": (number("ok") + f"<dialog>{number('closed')}</dialog>", ["ok"]),
    "dialog element shown as modal": (
        number("under") + f"<dialog id=d>{number('ok')}</dialog><script>d.showModal()</script>",
        ["ok"],
    ),
    "dialog that is not modal": (number("page") + f"<dialog open>{number('chat')}</dialog>", ["page", "chat"]),
    "support chat beside the page": (
        number("ok")
        + dialog("<label for=chat>Номер (вашего обращения)</label><input id=chat>", attributes="role=dialog"),
        ["ok"],
    ),
    "chat over a modal dialog": (
        number("under") + dialog(number("ok")) + dialog(number("chat"), attributes="role=dialog"),
        ["chat", "ok"],
    ),
    "part of a modal dialog": (dialog(dialog(number("ok"), attributes="role=dialog")), ["ok"]),
}


@pytest.mark.parametrize(("html", "expected"), STACKS.values(), ids=STACKS.keys())
def test_a_modal_dialog_hides_the_page_and_no_other_does(in_page: InPage, html: str, expected: list[str]) -> None:
    assert found(in_page, html, field("Номер")) == expected


def test_open_shadow_roots_are_searched(in_page: InPage) -> None:
    async def visit(page: Page) -> str | None:
        await page.evaluate("""() => {
          const host = document.body.appendChild(document.createElement('x-outer')).attachShadow({ mode: 'open' });
          const inner = host.appendChild(document.createElement('x-inner')).attachShadow({ mode: 'open' });
          inner.innerHTML = '<label for=ok>Номер</label><input id=ok>';
        }""")
        return await (await locate(page, "number", field("Номер"))).get_attribute("id")

    assert in_page(visit, "<p>Страница</p>") == "ok"


def test_a_label_outside_names_the_input_inside_a_shadow_root(in_page: InPage) -> None:
    async def visit(page: Page) -> str | None:
        await page.evaluate(
            "document.querySelector('x-field').attachShadow({mode: 'open'}).innerHTML = '<input id=ok>'"
        )
        return await (await locate(page, "number", field("Номер"))).get_attribute("id")

    assert in_page(visit, "<label for=host>Номер</label><x-field id=host></x-field>") == "ok"


def test_a_scope_narrows_the_search(in_page: InPage) -> None:
    async def visit(page: Page) -> str | None:
        return await (await locate(page.locator("section.second"), "number", field("Номер"))).get_attribute("id")

    html = f"<section>{number('a')}</section><section class=second>{number('b')}</section>"
    assert in_page(visit, html) == "b"


def test_the_explicit_alternative_goes_first(in_page: InPage) -> None:
    async def visit(page: Page) -> list[str | None]:
        wanted = [field("Номер", selector="#b"), field("Номер", selector="#nobody")]
        return [await (await locate(page, "number", one)).get_attribute("id") for one in wanted]

    assert in_page(visit, number("a") + "<input id=b>") == ["b", "a"]


def test_nothing_found_in_time_is_an_error_with_the_field(in_page: InPage) -> None:
    async def visit(page: Page) -> None:
        await locate(page, "number", field("Номер"), limit=0.2)

    with pytest.raises(FieldNotFoundError) as caught:
        in_page(visit, "<p>Пусто</p>")
    assert caught.value.facts == {"field": "number", "label": "Номер", "candidates": "–"}


def test_a_tie_is_an_error_that_lists_the_candidates(in_page: InPage) -> None:
    async def visit(page: Page) -> None:
        await locate(page, "number", field("Номер"))

    with pytest.raises(FieldAmbiguousError) as caught:
        in_page(visit, "<label for=a>Номер (старый)</label><input id=a><label for=b>Номер (новый)</label><input id=b>")
    assert caught.value.facts == {
        "field": "number",
        "label": "Номер",
        "candidates": "Номер (старый); Номер (новый)",
    }


def test_a_field_that_comes_late_is_waited_for(in_page: InPage) -> None:
    async def visit(page: Page) -> str | None:
        await page.evaluate(
            "setTimeout(() => { document.body.innerHTML = '<label for=a>Номер</label><input id=a>' }, 300)"
        )
        return await (await locate(page, "number", field("Номер"))).get_attribute("id")

    assert in_page(visit, "<p>Загрузка</p>") == "a"


def pressed(in_page: InPage, html: str, *labels: str) -> list[str]:
    async def visit(page: Page) -> list[str]:
        button = Button(labels=labels, evidence="test")
        ids: list[str] = await button_locator(page, button).evaluate_all("(all) => all.map((one) => one.id)")
        return ids

    return in_page(visit, html)


BUTTONS = {
    "button": "<button id=ok>Далее</button>",
    "link": "<a id=ok href='#n'>Далее</a>",
    "role": "<div role=button id=ok>Далее</div>",
    "submit": "<input type=submit id=ok value='Далее'>",
    "picture": "<button id=ok aria-label='Далее'><svg width=9 height=9></svg></button>",
    "arrow": "<button id=ok>Далее →</button>",
    "link around a button": "<a href='#n'><button id=ok>Далее</button></a>",
    "hidden step": "<section hidden><button>Далее</button></section><section><button id=ok>Далее</button></section>",
    "dialog": "<button>Далее</button>" + dialog("<button id=ok>Далее</button>"),
}


@pytest.mark.parametrize("html", BUTTONS.values(), ids=BUTTONS.keys())
def test_a_button_is_found_by_its_text(in_page: InPage, html: str) -> None:
    assert pressed(in_page, html, "Далее") == ["ok"]


def test_a_one_word_button_is_never_a_longer_one(in_page: InPage) -> None:
    html = "<button id=a>Добавить организацию</button><button id=b>Добавить документ</button>"
    assert pressed(in_page, html, "Добавить") == []
    assert pressed(in_page, html + "<button id=c>Добавить</button>", "Добавить") == ["c"]
    assert pressed(in_page, html, "Добавить документ") == ["b"]


LETTERS = st.sampled_from(
    "".join(LOOK_ALIKES) + "".join(LOOK_ALIKES.values()) + "ЁёЙйИіß–—-‑:* \u00a0\u00ad\u200b\t\nё№½ﬁ7Σς"
)
KNOWN = st.characters(max_codepoint=0x2FFF, exclude_categories=("Cs", "Cn", "Co")).filter(
    lambda letter: letter not in "\0\r" and unicodedata.category(letter) != "Cn"
)


@pytest.fixture(scope="module")
def folded(in_page: InPage) -> Callable[[list[str]], list[str]]:
    """Fold many texts by the script in the page."""

    def fold_all(texts: list[str]) -> list[str]:
        async def visit(page: Page) -> list[str]:
            script = f"(root, texts) => texts.map((text) => ({tell('fold')})(text))"
            told: list[str] = await page.locator("html").evaluate(script, texts)
            return told

        return in_page(visit)

    return fold_all


@QUICK
@given(st.lists(st.text(st.one_of(LETTERS, KNOWN), max_size=30), max_size=200))
def test_the_page_folds_as_python_does(folded: Callable[[list[str]], list[str]], texts: list[str]) -> None:
    assert folded(texts) == [fold(text) for text in texts]


# Ways to name one field, as pages do; {label} and {id} are put in. Every one stands in a block of its own.
PLACES = (
    "<p><label for={id}>{label}</label> <input id={id}></p>",
    "<div><label>{label} <input id={id}></label></div>",
    "<div>{label}: <input id={id}></div>",
    "<div>{label}</div><div><input id={id}></div>",
    "<div><span>{label}</span><span>*</span><br><span><input id={id}></span></div>",
    "<table><tr><td>{label}</td><td><input id={id}></td></tr></table>",
    "<table><tr><th>{label}</th></tr><tr><td><input id={id}></td></tr></table>",
    "<dl><dt>{label}<dd><input id={id}></dl>",
    "<fieldset><legend>{label}</legend><input id={id}></fieldset>",
    "<div><input id={id} aria-label='{label}'></div>",
    "<div><input id={id} placeholder='{label}'></div>",
    "<div class=f><input id={id}><span>{label}</span></div>",
    "<section style='display:none'><label for=h{id}>{label}</label><input id=h{id}></section>",
    "<p>{label}</p>",
)
NOISE = ("", "<p>Заполните все поля</p>", "<h3>Раздел</h3>", "<hr>", "<button>Помощь</button>", "<span>*</span>")
LABELS = ("Номер", "Номер телефона", "Серия и номер документа", "Серия", "Дата выдачи", "Дата выдачи диплома", "Имя")


@st.composite
def forms(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Draw a form, and the input that each label names there."""
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=1, unique=True))
    parts = []
    for number, label in enumerate(labels):
        place = draw(st.sampled_from(PLACES))
        parts += [draw(st.sampled_from(NOISE)), place.format(id=f"i{number}", label=label)]
    return FLOAT + "<form>" + "".join(parts) + "</form>", {label: f"i{number}" for number, label in enumerate(labels)}


@QUICK
@given(forms())
def test_a_wrong_field_is_never_found(in_page: InPage, drawn: tuple[str, dict[str, str]]) -> None:
    html, ids = drawn

    async def visit(page: Page) -> dict[str, list[str]]:
        return {
            label: await field_locator(page, field(label), set(LABELS) - {label}).evaluate_all(
                "(all) => all.map((one) => one.id)"
            )
            for label in LABELS
        }

    for label, found_ids in in_page(visit, html).items():
        assert set(found_ids) <= {ids.get(label)}
