"""Whole forms: filled in order, read back, told field by field."""

# ruff: noqa: E501 (a page stands on one line)
from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.browser.controls import Patience
from nmo_autofill.browser.form_filler import fill_form, verify_form
from nmo_autofill.errors import BrowserError, HostRefusedError, PageSilentError
from nmo_autofill.outcome import FieldStatus, FormOutcome
from nmo_autofill.plan.entry import Entry
from nmo_autofill.portal.model import Field, ValueKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Frame, Page, Route

    from tests.browser.conftest import InPage

HASTE = Patience(field=0.7, options=1, settle=0.4, quiet=0.3)
FORM = """<form>
<p><label for=surname>Фамилия</label><input id=surname></p>
<p>СНИЛС<br><input id=snils></p>
<p><label>Регион <select id=region><option value=''>Выберите</option><option>Омская область</option></select></label></p>
<fieldset><legend>Пол</legend><label><input type=radio name=sex> Мужской</label><label><input type=radio name=sex> Женский</label></fieldset>
<p><label for=birth>Дата рождения</label><input id=birth></p>
<p><input type=checkbox id=consent><label for=consent>Я согласна на обработку</label></p>
</form>"""


def entry(key: str, label: str, value: str, kind: ValueKind = ValueKind.TEXT, *, required: bool = True) -> Entry:
    return Entry(key, Field(labels=(label,), value=kind, required=required, evidence="test"), value)


SURNAME = entry("surname", "Фамилия", "Ковалёва")
SNILS = entry("snils", "СНИЛС", "11223344595", ValueKind.DIGITS)
REGION = entry("region", "Регион", "Омская область", ValueKind.OPTION)
SEX = entry("sex", "Пол", "Женский", ValueKind.OPTION)
BIRTH = entry("birth", "Дата рождения", "05.03.2004", ValueKind.DATE)
CONSENT = entry("consent", "Я соглас", "yes", ValueKind.CHECKED)
ALL = (SURNAME, SNILS, REGION, SEX, BIRTH, CONSENT)


def anything(_: Frame) -> None:
    """Let the page be typed on."""


def filled(
    in_page: InPage, html: str, entries: Sequence[Entry], times: int = 1, patience: Patience = HASTE
) -> list[FormOutcome]:
    async def visit(page: Page) -> list[FormOutcome]:
        return [await fill_form(page, "form", entries, anything, patience) for _ in range(times)]

    return in_page(visit, html)


def statuses(outcome: FormOutcome) -> dict[str, str]:
    return {field.field: field.status.value for field in outcome.fields}


def test_a_form_is_filled_once(in_page: InPage) -> None:
    first, second = filled(in_page, FORM, ALL, times=2)
    assert first.page == "form"
    assert statuses(first) == dict.fromkeys(("surname", "snils", "region", "sex", "birth", "consent"), "filled")
    assert statuses(second) == dict.fromkeys(statuses(first), "unchanged")
    assert first.agrees
    assert second.agrees


def test_every_trouble_is_told_at_once(in_page: InPage) -> None:
    html = (
        FORM.replace("<input id=birth>", "<input id=birth disabled>")
        + "<label for=s2>СНИЛС</label><input id=s2><p>Курс <input></p>"
    )
    region = entry("region", "Регион", "Томская область", ValueKind.OPTION)
    number = entry("number", "Номер", "12")
    (outcome,) = filled(in_page, html, (SNILS, number, region, BIRTH, SURNAME))
    assert statuses(outcome) == {
        "snils": "ambiguous",
        "number": "not_found",
        "region": "refused",
        "birth": "refused",
        "surname": "filled",
    }
    told = {field.field: (field.reason, dict(field.facts)) for field in outcome.fields}
    missing = {"field": "number", "label": "Номер", "candidates": "Я согласна на обработку; Пол; Курс"}
    assert told["number"] == ("error.field_not_found", missing)
    assert told["region"][0] == "error.option_not_found"
    assert told["region"][1]["candidates"] == "Омская область; Выберите"
    assert told["birth"] == ("error.field_locked", {"field": "birth", "label": "Дата рождения"})
    assert told["surname"] == ("", {})
    assert not outcome.agrees


def test_a_page_that_asks_without_end_is_not_waited_for(in_page: InPage) -> None:
    async def visit(page: Page) -> tuple[FormOutcome, int]:
        asked = 0

        async def answer(route: Route) -> None:
            nonlocal asked
            asked += 1
            await asyncio.sleep(0.2)  # noqa: TID251 (the server holds the request, as those do that push news)
            await route.fulfill(body="", headers={"Access-Control-Allow-Origin": "*"})

        await page.route(SERVER, answer)
        await page.evaluate(f"void (async () => {{ while (!window.over) await fetch('{SERVER}'); }})()")
        outcome = await fill_form(page, "form", ALL, anything, replace(HASTE, options=60))
        await page.evaluate("window.over = true")
        await page.unroute_all(behavior="wait")
        return outcome, asked

    outcome, asked = in_page(visit, FORM)
    assert outcome.agrees
    assert asked < 60  # a fifth of what sixty seconds hold


SECRET = entry("password", "Пароль", "Кит-7!@#$%_^&")


@pytest.mark.parametrize("kind", ["text", "password"])
def test_nothing_of_a_text_is_told_that_did_not_stay(in_page: InPage, kind: str) -> None:
    html = f"<label>Пароль <input type={kind} onblur='this.value = this.value.slice(1)'></label>"
    (outcome,) = filled(in_page, html, (SECRET,))
    assert dict(outcome.fields[0].facts)["shown"] == "•••"


def test_nothing_of_a_page_is_told_that_nobody_let_be_read(in_page: InPage) -> None:
    async def visit(page: Page) -> FormOutcome:
        def guard(frame: Frame) -> None:
            if "second" in frame.url:
                raise HostRefusedError(host="second")

        async def first(route: Route) -> None:
            there = "<p><label>Сотрудник Иванова <input></label></p>"
            here = "<label>Имя <input onblur=\"location = 'http://127.0.0.1:9/second'\"></label>"
            body = there if "second" in route.request.url else here
            await route.fulfill(body=f"<meta charset=utf-8>{body}", content_type="text/html")

        await page.route("http://127.0.0.1:9/**", first)
        await page.goto("http://127.0.0.1:9/first")
        try:
            return await fill_form(
                page, "form", (entry("name", "Имя", "Анна"), entry("zone", "Зона", "Б")), guard, HASTE
            )
        finally:
            await page.unroute_all()

    with pytest.raises(HostRefusedError):
        in_page(visit)


def test_no_outcome_holds_a_value(in_page: InPage) -> None:
    html = FORM.replace("<input id=surname>", "<input id=surname disabled>").replace(
        "<input id=birth>", "<input id=birth onblur=\"this.value='01.01.2001'\">"
    )
    (outcome,) = filled(in_page, html, ALL)
    assert statuses(outcome)["surname"] == statuses(outcome)["birth"] == "refused"
    assert not any(one.value in repr(outcome) for one in (SURNAME, SNILS, BIRTH))


COVER = "<div style='position:fixed;inset:0;background:white'><p>Мы храним <b>файлы cookie</b></p><p>Ещё</p></div>"
OBSTACLES = {
    "disabled": (CONSENT, FORM.replace("id=consent>", "id=consent disabled>"), "error.field_locked", {}),
    "read only": (SNILS, FORM.replace("<input id=snils>", "<input id=snils readonly>"), "error.field_locked", {}),
    "covered box": (CONSENT, FORM + COVER, "error.field_covered", {"cover": "Мы храним файлы cookie"}),
    "covered radios": (SEX, FORM + COVER, "error.field_covered", {"cover": "Мы храним файлы cookie"}),
    "covered, without words": (
        SEX,
        FORM + COVER.replace("Мы храним <b>файлы cookie</b></p><p>Ещё", ""),
        "error.field_covered",
        {"cover": "…"},
    ),
    "covered, from a shadow root": (
        CONSENT,
        FORM + "<div id=host></div><script>host.attachShadow({mode: 'open'}).innerHTML = `" + COVER + "`</script>",
        "error.field_covered",
        {"cover": "Мы храним файлы cookie"},
    ),
    "emptied": (
        BIRTH,
        FORM.replace("<input id=birth>", "<input id=birth onblur=\"this.value=''\">"),
        "error.value_refused",
        {"shown": ""},
    ),
    "another day": (
        BIRTH,
        FORM.replace("<input id=birth>", "<input id=birth onblur=\"this.value='01.01.2001'\">"),
        "error.value_refused",
        {"shown": "••.••.••••"},
    ),
    "another day, later": (
        BIRTH,
        FORM + "<script>birth.onblur = () => setTimeout(() => { birth.value = '01.01.2001'; }, 100);</script>",
        "error.value_refused",
        {"shown": "••.••.••••"},
    ),
    "another option": (
        REGION,
        FORM.replace("<select id=region", "<select onblur='this.selectedIndex = 0' id=region"),
        "error.value_refused",
        {"shown": "Выберите"},
    ),
    "a box that stays empty": (
        CONSENT,
        FORM.replace("id=consent>", "id=consent onclick='return false'>"),
        "error.value_refused",
        {"shown": "☐"},
    ),
    "a file": (
        Entry("copy", Field(labels=("Копия",), selector="#copy", evidence="test"), "паспорт.pdf"),
        FORM + "<label>Копия <input type=file id=copy></label>",
        "error.file_field",
        {},
    ),
    "a file, by its label": (
        entry("copy", "Копия", "паспорт.pdf"),
        FORM + "<label>Копия паспорта <input type=file></label>",
        "error.field_not_found",
        {"candidates": "Копия паспорта; Дата рождения; Пол"},
    ),
    "emptied later": (
        BIRTH,
        FORM + "<script>birth.onblur = () => setTimeout(() => { birth.value = ''; }, 100);</script>",
        "error.value_lost",
        {},
    ),
}


@pytest.mark.parametrize(("one", "html", "code", "more"), OBSTACLES.values(), ids=OBSTACLES)
def test_what_keeps_a_field_from_taking_a_value_is_named(
    in_page: InPage, one: Entry, html: str, code: str, more: dict[str, str]
) -> None:
    (outcome,) = filled(in_page, html, (one,))
    (field,) = outcome.fields
    facts = {"field": one.key, "label": one.field.labels[0], **more}
    assert (field.reason, dict(field.facts)) == (code, facts)


def test_a_twin_that_comes_under_the_hands_is_told_by_its_label(in_page: InPage) -> None:
    twin = "f.insertAdjacentHTML('afterend', '<label for=g>СНИЛС (новый)</label><input id=g>')"
    html = f"<label for=f>СНИЛС (старый)</label><input id=f><script>f.onkeydown = () => {{ {twin}; f.onkeydown = null; }};</script>"
    (outcome,) = filled(in_page, html, (SNILS,))
    told = {"field": "snils", "label": "СНИЛС", "candidates": "СНИЛС (старый); СНИЛС (новый)"}
    assert (outcome.fields[0].reason, dict(outcome.fields[0].facts)) == ("error.field_ambiguous", told)


NEWS = "<div role=dialog aria-modal=true style='position:fixed;inset:0;background:white'><h2>Новости</h2><button>Понятно</button></div>"
OPENS = f"<script>surname.onblur = () => {{ surname.onblur = null; document.body.insertAdjacentHTML('beforeend', `{NEWS}`); }};</script>"
TOAST = "<script>surname.onblur = () => { document.body.insertAdjacentHTML('beforeend', `<div id=toast role=status style='position:fixed;inset:0;background:white'>Черновик сохранён</div>`); setTimeout(() => toast.remove(), 400); };</script>"


def test_a_dialog_that_opens_on_the_way_is_named_by_every_field_it_hides(in_page: InPage) -> None:
    (outcome,) = filled(in_page, FORM + OPENS, ALL)
    assert not outcome.agrees
    assert {field.reason for field in outcome.fields} == {"error.field_covered"}
    assert {dict(field.facts)["cover"] for field in outcome.fields} == {"Новости"}


def test_a_dialog_that_holds_the_field_does_not_cover_it(in_page: InPage) -> None:
    refusing = FORM.replace("<input id=birth>", "<input id=birth onblur=\"this.value='01.01.2001'\">")
    html = NEWS.replace("<button>", f"{refusing}<button>") + "<p>Номер <input></p>"
    number = entry("number", "Номер", "12")
    (outcome,) = filled(in_page, html, (BIRTH, number))
    assert [field.reason for field in outcome.fields] == ["error.value_refused", "error.field_covered"]


OPEN_CALENDAR = """<div id=cal style='position:absolute;left:0;top:60px;width:90%;height:400px;background:#ddd'><button>5</button></div>
<script>document.addEventListener('mousedown', (event) => { if (!event.target.closest('#cal')) cal.remove(); });</script>"""


def test_a_calendar_that_stands_open_over_the_form_is_closed(in_page: InPage) -> None:
    (outcome,) = filled(in_page, FORM + OPEN_CALENDAR, ALL)
    assert outcome.agrees


def test_a_window_with_fields_over_the_form_is_left_open(in_page: InPage) -> None:
    note = OPEN_CALENDAR.replace("<button>5</button>", "<p>Отзыв</p><textarea>Начато</textarea>")
    (outcome,) = filled(in_page, FORM + note, (SEX,))
    assert dict(outcome.fields[0].facts)["cover"] == "Отзыв"


BEGUN = {
    "a frame": "<iframe srcdoc='<input value=1>' style='width:200px;height:90px'></iframe>",
    "a modal dialog in a box": "<div role=dialog aria-modal=true style='position:fixed;inset:99px 9px'>Отзыв?</div>",
}


@pytest.mark.parametrize("inner", BEGUN.values(), ids=BEGUN.keys())
def test_what_may_have_been_begun_over_the_form_is_left_open(in_page: InPage, inner: str) -> None:
    sex = replace(SEX, field=SEX.field.model_copy(update={"selector": "[name=sex]"}))

    async def visit(page: Page) -> tuple[FormOutcome, int]:
        outcome = await fill_form(page, "form", (sex,), anything, HASTE)
        return outcome, await page.locator("#cal").count()

    form = FORM.replace("> Мужской", "> Мужской", 1).replace("<input type=radio name=sex> Мужской", "Мужской")
    outcome, there = in_page(visit, form + OPEN_CALENDAR.replace("<button>5</button>", inner))
    assert not outcome.agrees
    assert there == 1


SERVER = "http://127.0.0.1:9/towns"
TOWNS = f"""<p><label>Край <select id=land><option>Выберите<option>Омский<option>Томский</select></label></p>
<p><label>Город <select id=town><option value=old>Северск<option value=other>Иной</select></label></p>
<script>land.onchange = async () => {{
  await new Promise((done) => {{ setTimeout(done, window.pause ?? 0); }});
  await fetch('{SERVER}');
  town.innerHTML = '<option>Выберите<option value=new>Северск<option>Томск';
}};</script>"""


@pytest.mark.parametrize("pause", [0, 150])
def test_a_list_that_depends_on_another_is_read_back_once_its_options_have_come(in_page: InPage, pause: int) -> None:
    """The old options have one of the same name; the server takes longer than the page has to be quiet."""

    async def visit(page: Page) -> tuple[FormOutcome, str]:
        async def answer(route: Route) -> None:
            await asyncio.sleep(0.8)  # noqa: TID251 (the server is to be slow)
            await route.fulfill(body="", headers={"Access-Control-Allow-Origin": "*"})

        await page.route(SERVER, answer)
        await page.evaluate("(pause) => { window.pause = pause; }", pause)
        land = entry("land", "Край", "Томский", ValueKind.OPTION)
        town = entry("town", "Город", "Северск", ValueKind.OPTION)
        outcome = await fill_form(page, "form", (land, town), anything, HASTE)
        await page.unroute_all()
        return outcome, await page.evaluate("town.value")

    outcome, held = in_page(visit, TOWNS)
    assert outcome.agrees
    assert held == "new"


@pytest.mark.parametrize("event", ["onfocus", "oninput", "onblur"])
def test_a_page_that_goes_round_in_a_loop_is_given_up(in_page: InPage, event: str) -> None:
    html = FORM + f"<script>birth.{event} = () => {{ for (;;); }};</script>"
    with pytest.raises(PageSilentError):
        filled(in_page, html, ALL, patience=replace(HASTE, silence=1))


def test_a_page_that_is_busy_for_a_while_is_waited_for(in_page: InPage) -> None:
    busy = "const end = Date.now() + 900; while (Date.now() < end);"
    html = FORM + f"<script>birth.onblur = () => {{ {busy} }};</script>"
    assert filled(in_page, html, ALL, patience=replace(HASTE, field=5, silence=5))[0].agrees


def test_a_toast_that_goes_by_itself_is_waited_for(in_page: InPage) -> None:
    assert filled(in_page, FORM + TOAST, ALL)[0].agrees


def test_a_form_in_a_dialog_of_its_own_scroll_is_filled(in_page: InPage) -> None:
    """The page under it has fields of the same names, and its fields lie below what is in sight."""
    box = "position:fixed;left:10px;top:10px;width:260px;height:120px;overflow:auto;background:white"
    dialog = (
        f"<div role=dialog aria-modal=true id=top style='{box}'><div style='height:300px'>Правила</div>{FORM}</div>"
    )

    async def visit(page: Page) -> tuple[FormOutcome, list[str]]:
        await page.set_viewport_size({"width": 320, "height": 200})
        outcome = await fill_form(page, "form", ALL, anything, HASTE)
        typed = await page.evaluate("[...document.querySelectorAll('[id$=surname]')].map((one) => one.value)")
        await page.set_viewport_size({"width": 1280, "height": 720})
        return outcome, typed

    outcome, typed = in_page(visit, FORM.replace("id=", "id=under-").replace("for=", "for=under-") + dialog)
    assert outcome.agrees
    assert typed == ["", "Ковалёва"]


def test_a_field_with_a_mark_of_its_own_over_it_is_not_covered(in_page: InPage) -> None:
    mark = "<p style='position:relative'><input id=birth readonly style='width:200px'><i style='position:absolute;left:90px'>▼</i></p>"
    (outcome,) = filled(in_page, FORM.replace("<input id=birth>", mark), (BIRTH,))
    assert outcome.fields[0].reason == "error.field_locked"


@pytest.mark.parametrize("box", ["disabled", "onfocus='send.focus()'"])
def test_a_box_that_takes_no_focus_presses_nothing_else(in_page: InPage, box: str) -> None:
    html = f"<label>Фамилия <input></label><label><input type=checkbox {box}> Я согласна</label><button id=send onclick='window.sent = 1'>Отправить</button>"

    async def visit(page: Page) -> bool:
        await fill_form(page, "form", (SURNAME, CONSENT), anything, HASTE)
        return bool(await page.evaluate("window.sent"))

    assert not in_page(visit, html)


def test_an_optional_field_that_is_not_there_is_left_out(in_page: InPage) -> None:
    optional = entry("type", "Тип документа", "Диплом", ValueKind.OPTION, required=False)
    (outcome,) = filled(in_page, FORM, (optional, SURNAME))
    assert statuses(outcome) == {"surname": "filled"}
    assert outcome.agrees


def test_an_optional_field_that_is_there_is_filled(in_page: InPage) -> None:
    optional = entry("surname", "Фамилия", "Ковалёва", required=False)
    assert statuses(filled(in_page, FORM, (optional,))[0]) == {"surname": "filled"}


ONCE = "<script>let done = false; region.onchange = () => { if (!done) { done = true; surname.value = ''; snils.value = '1'; } };</script>"
ALWAYS = "<script>birth.onblur = () => { surname.value = 'Другая'; };</script>"
LATER = "<script>birth.onblur = () => setTimeout(() => { surname.value = 'Другая'; }, 150);</script>"


def test_a_field_that_another_reset_is_filled_again(in_page: InPage) -> None:
    (outcome,) = filled(in_page, FORM + ONCE, ALL)
    assert outcome.agrees
    assert statuses(outcome)["surname"] == "filled"


def test_fields_that_reset_each_other_end_as_a_mismatch(in_page: InPage) -> None:
    script = "surname.onblur = () => { snils.value = ''; }; snils.onblur = () => { surname.value = ''; };"
    (outcome,) = filled(in_page, f"{FORM}<script>{script}</script>", (SURNAME, SNILS))
    assert statuses(outcome) == {"surname": "filled", "snils": "mismatch"}
    assert outcome.fields[1].reason == "error.value_lost"
    assert dict(outcome.fields[1].facts) == {"field": "snils", "label": "СНИЛС"}
    assert not outcome.agrees


@pytest.mark.parametrize("reset", [ALWAYS, LATER])
def test_what_another_field_changed_last_is_never_told_as_filled(in_page: InPage, reset: str) -> None:
    async def visit(page: Page) -> tuple[FormOutcome, str]:
        outcome = await fill_form(page, "form", ALL, anything, HASTE)
        return outcome, await page.locator("#surname").input_value()

    outcome, shown = in_page(visit, FORM + reset)
    assert (shown == SURNAME.value) is outcome.agrees


def test_reading_back_types_nothing(in_page: InPage) -> None:
    async def visit(page: Page) -> tuple[FormOutcome, FormOutcome, str]:
        before = await verify_form(page, "form", ALL, anything, HASTE)
        await fill_form(page, "form", ALL, anything, HASTE)
        await page.locator("#surname").fill("Другая")
        return (
            before,
            await verify_form(page, "form", ALL, anything, HASTE),
            await page.locator("#surname").input_value(),
        )

    before, after, shown = in_page(visit, FORM)
    assert set(statuses(before).values()) == {FieldStatus.MISMATCH}
    assert statuses(after) == dict.fromkeys(statuses(after), "unchanged") | {"surname": "mismatch"}
    assert shown == "Другая"


def test_the_guard_is_asked_around_each_field_and_stops_the_filling(in_page: InPage) -> None:
    asked: list[str] = []

    def guard(frame: Frame) -> None:
        asked.append(frame.url)
        if len(asked) > 4:
            raise HostRefusedError(host="example.org")

    async def visit(page: Page) -> list[str]:
        with pytest.raises(HostRefusedError):
            await fill_form(page, "form", ALL, guard, HASTE)
        return [await page.locator(place).input_value() for place in ("#surname", "#snils", "#region")]

    assert in_page(visit, FORM) == [SURNAME.value, SNILS.value, ""]
    assert len(asked) == 5


@pytest.mark.parametrize(
    "reset", ["", "<script>let once; snils.onblur = () => { if (!once) once = surname.value = '1'; };</script>"]
)
def test_the_guard_is_asked_after_the_last_field_and_around_reading(in_page: InPage, reset: str) -> None:
    """One that says no only later still stops the outcome: a page may go elsewhere on a focus."""
    asked: list[str] = []

    async def visit(last: int, page: Page) -> None:
        def guard(frame: Frame) -> None:
            asked.append(frame.url)
            if len(asked) == last:
                raise HostRefusedError(host="example.org")

        asked.clear()
        await fill_form(page, "form", (SURNAME, SNILS), guard, HASTE)

    in_page(partial(visit, 0), FORM + reset)
    for last in range(1, len(asked) + 1):
        with pytest.raises(HostRefusedError):
            in_page(partial(visit, last), FORM + reset)
    assert len(asked) == (6 if not reset else 11)


def test_a_closed_page_is_a_failure_of_the_browser(in_page: InPage) -> None:
    async def visit(page: Page) -> None:
        await page.close()
        await fill_form(page, "form", ALL, anything, HASTE)

    with pytest.raises(BrowserError) as caught:
        in_page(visit, FORM)
    assert caught.value.facts == {"kind": "TargetClosedError"}


def test_an_entry_of_another_form_s_field_is_not_typed_into_a_longer_label(in_page: InPage) -> None:
    html = "<label for=a>Дата выдачи диплома</label><input id=a>"
    issue = entry("issue", "Дата выдачи", "01.07.2024", ValueKind.DATE)
    diploma = entry("diploma", "Дата выдачи диплома", "30.06.2024", ValueKind.DATE)
    assert statuses(filled(in_page, html, (issue, diploma))[0]) == {"issue": "not_found", "diploma": "filled"}


def shown(in_page: InPage, html: str, entries: Sequence[Entry], script: str) -> tuple[FormOutcome, str]:
    """Fill the form, wait for what it does later, and tell the outcome with what a person then sees."""

    async def visit(page: Page) -> tuple[FormOutcome, str]:
        outcome = await fill_form(page, "form", entries, anything, HASTE)
        await page.wait_for_function("performance.now() - (window.late ?? 0) > 400")
        seen: str = await page.evaluate(script)
        return outcome, seen

    return in_page(visit, html)


FLIPPING = (
    "<label for=surname>Фамилия</label><input id=surname>"
    "<script>surname.onblur = () => { window.late = performance.now(); setTimeout(() => { surname.value = 'Другая'; }, 60); };</script>"
)
SEXES = "<fieldset><legend>Пол</legend><label><input type=radio name=sex id=m> Мужской</label><label><input type=radio name=sex id=w> Женский</label></fieldset>"
TURNING = f"{SEXES}<script>w.onclick = () => {{ window.late = performance.now(); setTimeout(() => {{ m.checked = true; }}, 150); }};</script>"


def test_what_is_reset_a_moment_after_the_last_field_is_a_mismatch(in_page: InPage) -> None:
    outcome, seen = shown(in_page, FLIPPING, (SURNAME,), "surname.value")
    assert (seen, statuses(outcome)) == ("Другая", {"surname": "mismatch"})


def test_a_radio_that_turns_back_is_a_mismatch(in_page: InPage) -> None:
    outcome, seen = shown(in_page, TURNING, (SEX,), "String(m.checked)")
    assert (seen, statuses(outcome)) == ("true", {"sex": "mismatch"})


def test_a_reset_that_happens_once_is_mended(in_page: InPage) -> None:
    once = FLIPPING.replace("onblur", "onchange").replace("window.late =", "surname.onchange = null; window.late =")
    outcome, seen = shown(in_page, once, (SURNAME,), "surname.value")
    assert (seen, outcome.agrees) == (SURNAME.value, True)


def test_a_page_that_never_rests_is_read_back_all_the_same(in_page: InPage) -> None:
    clock = "<input id=clock><script>let ticks = 0; setInterval(() => { clock.value = ++ticks; }, 30);</script>"
    assert filled(in_page, FORM + clock, (SURNAME,))[0].agrees


def test_an_option_with_a_code_is_read_back_as_it_was_chosen(in_page: InPage) -> None:
    html = FORM.replace("<option>Омская область", "<option>Омская область (55)")
    first, second = filled(in_page, html, (REGION,), times=2)
    assert first.agrees
    assert second.agrees


LOCKED_LIST = FORM.replace("<select id=region>", "<select id=region disabled>")
ENABLING = {
    "when a text is left": "surname.onblur = () => { region.disabled = false; };",
    "a moment later": "surname.onblur = () => setTimeout(() => { region.disabled = false; }, 100);",
}


@pytest.mark.parametrize("script", ENABLING.values(), ids=ENABLING)
def test_what_another_field_enables_is_waited_for(in_page: InPage, script: str) -> None:
    (outcome,) = filled(in_page, f"{LOCKED_LIST}<script>{script}</script>", (SURNAME, REGION, SNILS))
    assert set(statuses(outcome).values()) == {"filled"}


def test_fields_that_change_places_as_they_are_left_are_filled_rightly(in_page: InPage) -> None:
    html = (
        "<p id=first><label for=a>Фамилия</label><input id=a></p><p id=second><label for=b>Имя</label><input id=b></p>"
        "<script>a.onblur = () => { a.onblur = null; const [one, other] = document.querySelectorAll('label');"
        " [one.textContent, other.textContent] = ['Имя', 'Фамилия']; };</script>"
    )
    name = entry("name", "Имя", "Анна")
    outcome, seen = shown(in_page, html, (SURNAME, name), "`${a.value} ${b.value}`")
    assert (outcome.agrees, seen) == (True, "Анна Ковалёва")


def test_a_window_that_opens_as_a_field_takes_the_focus_gets_nothing(in_page: InPage) -> None:
    html = (
        "<label>СНИЛС <input id=snils></label><dialog id=news>Новости <input id=code></dialog>"
        "<script>snils.onfocus = () => { snils.onfocus = null; news.showModal(); code.focus(); };</script>"
    )
    outcome, seen = shown(in_page, html, (SNILS,), "code.value")
    assert (outcome.fields[0].reason, seen) == ("error.field_covered", "")


def test_a_field_that_goes_before_its_keys_are_pressed_keeps_nobody_waiting(in_page: InPage) -> None:
    html = "<label>СНИЛС <input id=f></label><script>f.onkeydown = (event) => { if (event.key === 'a') f.remove(); };</script>"

    async def visit(page: Page) -> dict[str, str]:
        async with asyncio.timeout(20):
            return statuses(await fill_form(page, "form", [SNILS], anything, HASTE))

    assert in_page(visit, html) == {"snils": "refused"}


def test_to_break_off_is_heeded_in_a_date_whose_field_has_gone(in_page: InPage) -> None:
    html = "<label>Дата рождения <input id=f></label><script>f.onkeydown = (event) => { if (event.key === 'a') f.remove(); };</script>"

    async def visit(page: Page) -> None:
        async with asyncio.timeout(2):
            await fill_form(page, "form", [BIRTH], anything)

    with pytest.raises(TimeoutError):
        in_page(visit, html)


NOBODY_S = entry("patronymic", "Отчество", "")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<label for=p>Отчество</label><input id=p>", {"patronymic": "unchanged"}),
        ("<label for=p>Отчество</label><input id=p value='Петровна'>", {"patronymic": "filled"}),
        ("<label for=p>Отчество</label><input id=p value='Петровна' readonly>", {"patronymic": "refused"}),
        (
            "<label for=p>Отчество</label><input id=p value='Петровна' oninput=\"value = 'Петровна'\">",
            {"patronymic": "refused"},
        ),
        ("<p>Без отчества</p>", {}),
    ],
)
def test_what_a_person_does_not_have_is_read_back_as_empty(
    in_page: InPage, html: str, expected: dict[str, str]
) -> None:
    # A field of which nothing is wanted is waited for as long as a page may `settle`: on a busy machine, longer.
    assert statuses(filled(in_page, html, (NOBODY_S,), patience=replace(HASTE, settle=4))[0]) == expected
