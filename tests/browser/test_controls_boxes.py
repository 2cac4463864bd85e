"""Boxes and radio groups, clicked where a person would click."""

# ruff: noqa: E501 (a page stands on one line)
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.errors import OptionAmbiguousError, OptionNotFoundError, ValueRefusedError
from nmo_autofill.portal.model import ValueKind

if TYPE_CHECKING:
    from tests.browser.conftest import Drive

LINK = "<a href='#gone' onclick=\"window.events = 'gone'\">{}</a>"
KIT = """<style>.hidden{opacity:0;position:absolute;width:1px;height:1px}.box{display:inline-block;width:18px;height:18px;border:1px solid}</style>"""
BOXES = {
    "native": "<input type=checkbox id=f><label for=f>Поле</label>",
    "native, text only": "<input type=checkbox id=f> Поле",
    "hidden input": KIT + "<input type=checkbox class=hidden id=f><label for=f><span class=box></span> Поле</label>",
    "undisplayed input": "<input type=checkbox style='display:none' id=f><label for=f>Поле</label>",
    "link in the label": KIT
    + f"<input type=checkbox class=hidden id=f><label for=f><span class=box></span> Поле {LINK.format('с длинным соглашением ' * 6)}</label>",
    "label that begins with a link": KIT
    + f"<label><input type=checkbox class=hidden>{LINK.format('Поле')} конец</label>",
    "covered by its own picture": "<label style='position:relative;display:block'><input type=checkbox><span style='position:absolute;left:0;top:0;width:30px;height:30px;background:#ccc'></span> <span style='margin-left:20px'>Поле</span></label>",
    "below the fold": "<div style='height:3000px'></div><label><input type=checkbox> Поле</label>",
    "role": "<div role=checkbox aria-checked=false tabindex=0 aria-label='Поле' style='width:20px;height:20px;border:1px solid' onclick=\"this.setAttribute('aria-checked', this.getAttribute('aria-checked') !== 'true')\"></div>",
    "switch, late": "<p id=t>Поле</p><button role=switch aria-checked=false aria-labelledby=t onclick=\"setTimeout(() => this.setAttribute('aria-checked', 'true'), 200)\">вкл</button>",
}


@pytest.mark.parametrize("html", BOXES.values(), ids=BOXES.keys())
def test_a_box_is_ticked_once(drive: Drive, html: str) -> None:
    driven = drive(html, ValueKind.CHECKED, "yes")
    assert (driven.changed, driven.shown, driven.again) == (True, "yes", False)
    assert driven.events != "gone"


def test_a_ticked_box_is_left_alone_or_cleared(drive: Drive) -> None:
    html = "<label><input type=checkbox checked> Поле</label>"
    assert not drive(html, ValueKind.CHECKED, "yes").changed
    assert drive(html, ValueKind.CHECKED, "").shown == ""


REFUSED = {
    "disabled": "<label><input type=checkbox disabled> Поле</label>",
    "stubborn": "<label><input type=checkbox onclick='return false'> Поле</label>",
    "nothing but a link": KIT + f"<label><input type=checkbox class=hidden>{LINK.format('Поле')}</label>",
}


@pytest.mark.parametrize("html", REFUSED.values(), ids=REFUSED.keys())
def test_a_box_that_cannot_be_ticked_is_refused(drive: Drive, html: str) -> None:
    with pytest.raises(ValueRefusedError):
        drive(html, ValueKind.CHECKED, "yes")


ROLE_RADIO = "<div role=radio aria-checked=false tabindex=0 onclick=\"for (const one of this.parentElement.children) one.setAttribute('aria-checked', one === this)\">{}</div>"
GROUPS = {
    "fieldset": "<fieldset><legend>Поле</legend><label><input type=radio name=s> Мужской</label><label><input type=radio name=s> Женский</label></fieldset>",
    "labels for": "<div>Поле <input type=radio name=s id=m><label for=m>Мужской</label><input type=radio name=s id=w><label for=w>Женский</label></div>",
    "text behind": "<div>Поле: <input type=radio name=s> Мужской <input type=radio name=s> Женский</div>",
    "nameless": "<div role=radiogroup aria-label='Поле'><label><input type=radio> Мужской</label><label><input type=radio> Женский</label></div>",
    "hidden inputs": KIT
    + "<div>Поле</div><div><label><input class=hidden type=radio name=s>Мужской</label><label><input class=hidden type=radio name=s>Женский</label></div>",
    "roles": f"<div role=radiogroup aria-label='Поле'>{ROLE_RADIO.format('Мужской')}{ROLE_RADIO.format('Женский')}</div>",
    "aria-labels": "<div>Поле <input type=radio name=s aria-label='Мужской'><input type=radio name=s aria-label='Женский'></div>",
}


@pytest.mark.parametrize("html", GROUPS.values(), ids=GROUPS.keys())
def test_a_radio_is_chosen_once(drive: Drive, html: str) -> None:
    driven = drive(html, ValueKind.OPTION, "женский")
    assert (driven.changed, driven.shown, driven.again) == (True, "Женский", False)


LATE_RADIO = """<script>setTimeout(() => { document.querySelector('fieldset').insertAdjacentHTML('beforeend',
"<label><input type=radio name=s> Женский</label>"); }, 300)</script>"""
OLD_RADIOS = """<script>setTimeout(() => { document.querySelectorAll('label').forEach((one, at) => {
one.lastChild.nodeValue = ['Мужской', 'Женский'][at]; }); }, 300)</script>"""


def test_a_radio_that_comes_late_is_awaited(drive: Drive) -> None:
    assert drive(group("Мужской") + LATE_RADIO, ValueKind.OPTION, "женский").shown == "Женский"


def test_a_part_of_an_option_is_not_taken_of_radios_that_change(drive: Drive) -> None:
    html = group("Мужской (м)", "Женский (ж)") + OLD_RADIOS
    assert drive(html, ValueKind.OPTION, "Женский").shown == "Женский"


def group(*options: str, attributes: str = "") -> str:
    return f"<fieldset><legend>Поле</legend>{''.join(f'<label><input type=radio name=s {attributes}> {one}</label>' for one in options)}</fieldset>"


@pytest.mark.parametrize(
    ("html", "error"),
    [
        (group("Мужской", "Женский"), OptionNotFoundError),
        (group("Иной", "Иной"), OptionAmbiguousError),
        (group("Иной", "Мужской", attributes="disabled"), ValueRefusedError),
        (group("Иной", "Мужской", attributes="onclick='return false'"), ValueRefusedError),
    ],
)
def test_a_radio_that_cannot_be_chosen_is_an_error(drive: Drive, html: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        drive(html, ValueKind.OPTION, "Иной")
