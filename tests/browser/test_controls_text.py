"""Text, masks and dates: what was typed is what is shown, or it is refused."""

# ruff: noqa: E501 (a page stands on one line)
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.errors import BrowserError, FieldAmbiguousError, ValueRefusedError
from nmo_autofill.portal.model import ValueKind

if TYPE_CHECKING:
    from tests.browser.conftest import Drive

FIELD = "<label for=f>Поле</label><input id=f {}>"
# Counts what a person's typing causes, and what a script's would not: trusted events only.
WATCH = """<script>window.events = [];
for (const name of ['keydown', 'input', 'change', 'blur'])
  f.addEventListener(name, (event) => events.push(event.isTrusted ? name : 'script'));
</script>"""


@pytest.mark.parametrize(
    "html",
    [
        FIELD.format(""),
        "<label>Поле <textarea></textarea></label>",
        "<p id=t>Поле</p><div contenteditable aria-labelledby=t></div>",
    ],
)
def test_text_is_typed_once(drive: Drive, html: str) -> None:
    driven = drive(html, ValueKind.TEXT, "Алёна-Мария О'Нил")
    assert (driven.changed, driven.shown, driven.again) == (True, "Алёна-Мария О'Нил", False)


def test_text_replaces_what_was_there(drive: Drive) -> None:
    assert drive(FIELD.format("value='старое'"), ValueKind.TEXT, "новое").shown == "новое"


def test_a_person_s_events_only(drive: Drive) -> None:
    events = drive(FIELD.format("") + WATCH, ValueKind.TEXT, "новое").events
    assert {"input", "change", "blur"} <= set(events)
    assert "script" not in events


def test_text_equal_to_the_shown_is_left_alone(drive: Drive) -> None:
    driven = drive(FIELD.format("value='то же'") + WATCH, ValueKind.TEXT, "то же")
    assert not driven.changed
    assert driven.events == []


def test_a_field_that_only_takes_keys_gets_keys(drive: Drive) -> None:
    only_keys = """<script>let keys = '';
    f.addEventListener('keydown', (event) => { if (event.key.length === 1) keys += event.key; else keys = ''; });
    f.addEventListener('input', () => { f.value = keys; });</script>"""
    assert drive(FIELD.format("") + only_keys, ValueKind.TEXT, "keys").shown == "keys"


@pytest.mark.parametrize(
    "attributes",
    [
        "disabled",
        "readonly",
        "maxlength=3",
        'oninput="this.value = this.value.toUpperCase()"',
        "onblur=\"this.value = ''\"",
    ],
)
def test_text_that_does_not_stay_is_refused(drive: Drive, attributes: str) -> None:
    with pytest.raises(ValueRefusedError) as caught:
        drive(FIELD.format(attributes), ValueKind.TEXT, "длинное слово")
    assert "длинное" not in repr(caught.value)


def mask(pattern: str, script: str) -> str:
    return f"""{FIELD.format("")}<script>const pattern = {pattern!r};
    const digits = (text) => text.replace(/[^0-9]/g, '');
    const wear = (all) => {{ let at = 0; let out = '';
      for (const sign of pattern) {{ if (sign === '0') {{ if (at >= all.length) break; out += all[at++]; }} else if (at < all.length || out === '') out += sign; }}
      return out; }};
    {script}</script>"""


PLAIN_SNILS = mask("000-000-000 00", "f.oninput = () => { f.value = wear(digits(f.value)); };")
GAPS_SNILS = mask(
    "000-000-000 00",
    """// every place is shown; keys fill the next gap, only Backspace and Delete clear
    const gaps = () => { const text = wear(got); f.value = text + pattern.slice(text.length).replaceAll('0', '_'); };
    let got = ''; f.onfocus = gaps;
    f.onkeydown = (event) => { if (event.key === 'Tab' || event.ctrlKey) return; event.preventDefault();
      if (/^[0-9]$/.test(event.key)) got = (got + event.key).slice(0, 11);
      else if (/Backspace|Delete/.test(event.key)) got = f.selectionEnd - f.selectionStart > 1 ? '' : got.slice(0, -1);
      gaps(); };""",
)
LATE_SNILS = mask("000-000-000 00", "f.oninput = () => setTimeout(() => { f.value = wear(digits(f.value)); }, 15);")
OVERWRITE_SNILS = mask(
    "000-000-000 00",
    """f.onbeforeinput = (event) => { if (event.inputType.startsWith('delete')) { event.preventDefault(); } };
    f.oninput = () => { f.value = wear(digits(f.value)); };""",
)


@pytest.mark.parametrize("html", [FIELD.format(""), PLAIN_SNILS, GAPS_SNILS, LATE_SNILS, OVERWRITE_SNILS])
def test_digits_survive_a_mask(drive: Drive, html: str) -> None:
    driven = drive(html, ValueKind.DIGITS, "11223344595")
    assert driven.shown in {"112-233-445 95", "11223344595"}
    assert (driven.changed, driven.again) == (True, False)


def test_a_mask_is_emptied_before_typing(drive: Drive) -> None:
    html = PLAIN_SNILS.replace("id=f", "id=f value='123-123-123 12'")
    assert drive(html, ValueKind.DIGITS, "00100199801").shown == "001-001-998 01"


NATIONAL = mask("+7 (000) 000-00-00", "f.oninput = () => { f.value = wear(digits(f.value.replace('+7 (', ''))); };")
EATS_FIRST = mask(
    "+7(000)000-00-00",
    "f.oninput = () => { const all = digits(f.value); f.value = wear(all.startsWith('7') && f.value.startsWith('+7(') ? all.slice(1) : all); };",
)
WANTS_EIGHT = mask(
    "8 000 000-00-00",
    "f.oninput = () => { f.value = wear(digits(f.value).replace(/^8/, '')); if (digits(f.value)[0] !== '8') f.value = ''; };",
)
PREFIXED = (
    FIELD.format("value='+7'")
    + """<script>
f.onkeydown = (event) => { if (/^[0-9+]$/.test(event.key) && f.selectionStart < 2) event.preventDefault(); };
f.oninput = () => { if (!f.value.startsWith('+7')) f.value = '+7'; };</script>"""
)


@pytest.mark.parametrize("html", [FIELD.format("type=tel"), NATIONAL, EATS_FIRST, WANTS_EIGHT, PREFIXED])
def test_a_phone_survives_a_mask(drive: Drive, html: str) -> None:
    driven = drive(html, ValueKind.PHONE, "+79134012238")
    assert "9134012238" in "".join(filter(str.isdigit, driven.shown))
    assert (driven.changed, driven.again) == (True, False)


def test_a_foreign_phone_is_typed_in_full_or_refused(drive: Drive) -> None:
    assert drive(FIELD.format(""), ValueKind.PHONE, "+375291234567").shown == "375291234567"
    with pytest.raises(ValueRefusedError):
        drive(NATIONAL, ValueKind.PHONE, "+375291234567")


@pytest.mark.parametrize("attributes", ["disabled", "readonly", "maxlength=4"])
def test_digits_that_do_not_stay_are_refused(drive: Drive, attributes: str) -> None:
    with pytest.raises(ValueRefusedError):
        drive(FIELD.format(attributes), ValueKind.DIGITS, "11223344595")


DATE = mask("00.00.0000", "f.oninput = () => { f.value = wear(digits(f.value)); };")
STRICT_DATE = (
    FIELD.format("")
    + "<script>f.oninput = () => { f.value = f.value.replace(/[^0-9]/g, ''); }; f.onblur = () => { f.value = f.value.replace(/^(..)(..)(....)$/, '$1.$2.$3'); };</script>"
)


@pytest.mark.parametrize("html", [FIELD.format(""), DATE, STRICT_DATE, FIELD.format("type=date")])
def test_a_day_is_typed(drive: Drive, html: str) -> None:
    driven = drive(html, ValueKind.DATE, "05.03.2004")
    assert (driven.changed, driven.shown, driven.again) == (True, "05.03.2004", False)


def test_a_native_date_replaces_another_day(drive: Drive) -> None:
    html = FIELD.format("type=date value=1999-12-31") + WATCH
    driven = drive(html, ValueKind.DATE, "14.03.2004")
    assert driven.shown == "14.03.2004"
    assert "script" not in driven.events


@pytest.mark.parametrize(
    "attributes", ["type=date readonly", "type=date disabled", "readonly", "type=date onchange=\"this.value=''\""]
)
def test_a_day_that_does_not_stay_is_refused(drive: Drive, attributes: str) -> None:
    with pytest.raises(ValueRefusedError):
        drive(FIELD.format(attributes), ValueKind.DATE, "05.03.2004")


def test_a_text_is_no_day(drive: Drive) -> None:
    with pytest.raises(ValueRefusedError):
        drive(FIELD.format("type=date"), ValueKind.DATE, "скоро")


# A calendar that opens with the field, stays after it is left, covers what is below, and closes by a click beside it.
STUBBORN = """<style>#cal{{position:absolute;left:0;top:60px;width:300px;height:200px;background:#ddd}}</style>
<label for=f>Поле</label><input id=f><br><br><br><label for=n>Следующее</label><input id=n onclick="window.events = 'reached'">
<script>
f.onfocus = () => {{ if (!document.getElementById('cal')) document.body.insertAdjacentHTML('beforeend', '<div id=cal><button>5</button></div>'); }};
{}
</script>"""
BY_CLICK = "document.addEventListener('mousedown', (event) => { if (!event.target.closest('#cal, #f')) document.getElementById('cal')?.remove(); });"
BY_ESCAPE = "document.addEventListener('keydown', (event) => { if (event.key === 'Escape') document.getElementById('cal')?.remove(); });"


@pytest.mark.parametrize("closing", [BY_CLICK, BY_ESCAPE])
def test_a_calendar_is_closed_again(drive: Drive, closing: str) -> None:
    driven = drive(STUBBORN.format(closing), ValueKind.DATE, "05.03.2004", "document.getElementById('cal') === null")
    assert driven.shown == "05.03.2004"
    assert driven.events is True


def test_nothing_that_listens_is_clicked_to_close_a_calendar(drive: Drive) -> None:
    logo = """<div id=logo style='position:absolute;left:0;top:0;width:95vw;height:55px;background:#eee'>Портал</div><br><br>
    <script>window.hits = 0; logo.addEventListener('click', () => { window.hits += 1; });</script>"""
    driven = drive(logo + STUBBORN.format(BY_CLICK), ValueKind.DATE, "05.03.2004", f"[{CALENDAR_GONE}, window.hits]")
    assert driven.events == [True, 0]


def test_a_calendar_s_backdrop_is_clicked_away(drive: Drive) -> None:
    html = """<label for=f>Поле</label><input id=f><script>
    f.onclick = () => { document.body.insertAdjacentHTML('beforeend',
      "<div id=o style='position:fixed;inset:0'></div><div id=c style='position:fixed;left:0;top:90px;width:200px;height:100px;background:#ddd'>1</div>");
      o.onclick = () => { o.remove(); c.remove(); }; };</script>"""
    assert drive(html, ValueKind.DATE, "05.03.2004", "document.querySelectorAll('#o, #c').length").events == 0


DIALOG = """<div role=dialog aria-modal=true id=d style='position:fixed;left:40px;top:20px;width:500px;height:300px;background:#eee'>
<h2>Окно</h2>{}</div>
<script>document.addEventListener('keydown', (event) => {{ if (event.key === 'Escape') d.remove(); }});</script>"""
CALENDAR_GONE = "document.getElementById('cal') === null"
DIALOG_THERE = "document.getElementById('d') !== null"


def test_a_dialog_is_not_shut_with_its_calendar(drive: Drive) -> None:
    html = DIALOG.format(STUBBORN.format(BY_CLICK))
    assert drive(html, ValueKind.DATE, "05.03.2004", f"{DIALOG_THERE} && {CALENDAR_GONE}").events is True


SHUTTING = """<{0} id=d style='position:fixed;inset:0;width:100%;height:100%'><div style='padding:20px'>{1}</div></{2}>
<script>d.showModal?.(); d.onclick = (event) => {{ if (event.target === d) d.remove(); }};</script>"""


@pytest.mark.parametrize("tags", [("dialog", "dialog"), ("div role=dialog aria-modal=true", "div")])
def test_a_dialog_that_a_click_on_itself_shuts_is_not_shut_with_its_calendar(
    drive: Drive, tags: tuple[str, str]
) -> None:
    html = SHUTTING.format(tags[0], STUBBORN.format(BY_CLICK), tags[1])
    assert drive(html, ValueKind.DATE, "05.03.2004", DIALOG_THERE).events is True


def test_a_dialog_is_not_shut_even_when_the_calendar_stays(drive: Drive) -> None:
    html = DIALOG.format(STUBBORN.format(""))
    assert drive(html, ValueKind.DATE, "05.03.2004", f"{DIALOG_THERE} && !({CALENDAR_GONE})").events is True


@pytest.mark.parametrize(
    ("script", "error"),
    [
        (
            "f.onkeydown = () => { f.insertAdjacentHTML('afterend', '<label for=g>Поле</label><input id=g>'); };",
            FieldAmbiguousError,
        ),
        ("f.onkeydown = () => { f.remove(); };", ValueRefusedError),
        (
            "f.oninput = () => { location.href = 'about:blank#gone'; document.body.remove(); };",
            (BrowserError, ValueRefusedError),
        ),
    ],
)
def test_what_happens_under_the_hands_is_an_error_of_ours(drive: Drive, script: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        drive(FIELD.format("") + f"<script>{script}</script>", ValueKind.DIGITS, "11223344595")
