"""Forms in frames: read as a part of the page, filled in their own frame, and never looked for behind what hides them."""

# ruff: noqa: E501 (a page stands on one line)
from __future__ import annotations

import asyncio
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from nmo_autofill.browser.controls import Patience
from nmo_autofill.browser.drift import drift_of
from nmo_autofill.browser.finder import ask_now, field_locator
from nmo_autofill.browser.form_filler import fill_form, verify_form
from nmo_autofill.browser.frame import form_frames
from nmo_autofill.browser.session import Visit
from nmo_autofill.browser.survey import survey
from nmo_autofill.browser.teaching import Lesson, learn
from nmo_autofill.errors import FieldNotFoundError, HostRefusedError
from nmo_autofill.outcome import Drift, DriftKind, FormOutcome
from nmo_autofill.plan.entry import Entry
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.portal.model import Field, ValueKind
from nmo_autofill.portal.model import Page as KnownPage

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page, Route

    from tests.browser.conftest import InPage

HASTE = Patience(field=1.5, options=1, settle=0.4, quiet=0.1)
SURNAME = Entry("surname", Field(labels=("Фамилия",), evidence="test"), "Плантова")
BIRTH = Entry("birth", Field(labels=("Дата рождения",), value=ValueKind.DATE, evidence="test"), "05.03.2004")
REGION = Entry("region", Field(labels=("Регион",), value=ValueKind.OPTION, evidence="test"), "Омская область")
SEX = Entry("sex", Field(labels=("Пол",), value=ValueKind.OPTION, evidence="test"), "Женский")
ALL = (SURNAME, BIRTH, REGION, SEX)
KNOWN = KnownPage(title="форма", fields={entry.key: entry.field for entry in ALL})
PORTAL = load_map("mock").model_copy(update={"answer_seconds": 2})

FORM = """<h1>Регистрация</h1><form><p><label>Фамилия <input name=surname></label></p><p>Дата рождения<br><input name=birth placeholder='дд.мм.гггг'></p>
  <p id=r>Регион</p><div role=combobox tabindex=0 aria-labelledby=r aria-controls=l style='width:200px;height:30px;border:1px solid' onclick='l.hidden=!l.hidden'></div>
  <div role=listbox id=l hidden style='position:absolute;background:#fff'><div role=option onclick='document.querySelector("[role=combobox]").textContent=textContent;l.hidden=true'>Омская область</div><div role=option>Томская область</div></div>
  <fieldset><legend>Пол</legend><label><input type=radio name=sex value=m> Мужской</label><label><input type=radio name=sex value=f> Женский</label></fieldset></form>"""
SHOWN = "() => [document.forms[0].surname.value, document.forms[0].birth.value, document.querySelector('[role=combobox]').textContent, document.forms[0].sex.value]"
FILLED = ["Плантова", "05.03.2004", "Омская область", "f"]
DECOY = "<p><label>Фамилия <input id=decoy></label> — поиск врача</p>"


def framed(html: str, attributes: str = "style='width:600px;height:420px'") -> str:
    return f'<iframe srcdoc="{escape(html)}" {attributes}></iframe>'


PLACES = {
    "frame": framed(FORM),
    "far below": f"<div style='height:3000px'></div>{framed(FORM)}",
    "scrolled within": framed(f"<div style='height:900px'></div>{FORM}"),
    "frame in a frame": framed(f"<p>Кабинет</p>{framed(FORM)}", "style='width:800px;height:600px'"),
    "shadow root": f"<div id=host></div><script>host.attachShadow({{mode: 'open'}}).innerHTML = {framed(FORM)!r}</script>",
    "dialog": f"<div role=dialog aria-modal=true style='position:fixed;inset:20px;background:#fff'>{framed(FORM)}</div>",
    "late": f"<iframe id=late style='width:600px;height:420px'></iframe><script>setTimeout(() => {{ late.srcdoc = {FORM!r} }}, 500)</script>",
    "beside others": f"{framed('<p>Новости</p>')}{framed(FORM)}{framed('<label>E-mail <input></label>')}",
}


def anything(_: Frame) -> None:
    """Let the frame be typed on."""


@pytest.mark.parametrize("place", PLACES)
def test_a_form_in_a_frame_is_filled_and_nothing_beside_it(in_page: InPage, place: str) -> None:
    async def visit(page: Page) -> None:
        outcome = await fill_form(page, "form", ALL, anything, HASTE)
        again = await verify_form(page, "form", ALL, anything, HASTE)
        (frame,) = await form_frames(page, KNOWN.fields, KNOWN.required)
        assert [field.status.value for field in outcome.fields] == ["filled"] * 4
        assert again.agrees
        assert frame != page.main_frame
        assert await frame.evaluate(SHOWN) == FILLED
        assert await page.locator("#decoy").input_value() == ""

    in_page(visit, DECOY + PLACES[place])


HIDDEN = {
    "hidden": framed(FORM, "hidden"),
    "unseen": framed(FORM, "style='visibility:hidden'"),
    "moved away": framed(FORM, "style='position:absolute;left:-9999px;width:600px;height:420px'"),
    "of another origin": f'<iframe src="data:text/html;charset=utf-8,{quote(FORM)}" style="width:600px;height:420px"></iframe>',
}


@pytest.mark.parametrize("place", HIDDEN)
def test_a_form_that_a_person_cannot_fill_there_is_not_found(in_page: InPage, place: str) -> None:
    async def visit(page: Page) -> list[str]:
        outcome = await fill_form(page, "form", ALL, anything, HASTE)
        assert [await frame.evaluate(SHOWN) for frame in page.frames[1:]] == [["", "", "", ""]]
        return [field.status.value for field in outcome.fields]

    assert in_page(visit, HIDDEN[place]) == ["not_found"] * 4


def test_a_dialog_over_the_frame_of_a_form_is_named(in_page: InPage) -> None:
    news = "<div role=dialog aria-modal=true style='position:fixed;inset:0;background:#fff'>Новости портала{}</div>"

    async def visit(page: Page) -> tuple[list[tuple[str, str | None]], tuple[Drift, ...]]:
        outcome = await fill_form(page, "form", ALL, anything, HASTE)
        told = [(field.reason, dict(field.facts).get("cover")) for field in outcome.fields]
        return told, (await drift_of(page, KNOWN, 1))[1]

    covered = [("error.field_covered", "Новости портала")] * 4, (Drift(DriftKind.COVERED, "", "Новости портала"),)
    assert in_page(visit, framed(FORM) + news.format("")) == covered
    assert in_page(visit, framed("<p>Карта</p>") + news.format(framed(FORM)))[1] == ()


def values(outcome: FormOutcome) -> dict[str, str]:
    return {field.field: field.status.value for field in outcome.fields}


TWINS = {
    "in the page": framed(FORM) + FORM,
    "in two frames": framed(FORM) + framed(FORM),
}


@pytest.mark.parametrize("place", TWINS)
def test_a_form_that_stands_there_twice_is_refused(in_page: InPage, place: str) -> None:
    async def visit(page: Page) -> tuple[dict[str, str], set[DriftKind]]:
        told = values(await fill_form(page, "form", ALL, anything, HASTE))
        assert not (await verify_form(page, "form", ALL, anything, HASTE)).agrees
        _, drifts = await drift_of(page, KNOWN, 1)
        assert {tuple(await frame.evaluate(SHOWN)) for frame in page.frames if await frame.locator("form").count()} == {
            ("",) * 4
        }
        return told, {drift.kind for drift in drifts}

    told, kinds = in_page(visit, TWINS[place])
    assert told == dict.fromkeys(told, "ambiguous")
    assert DriftKind.SEVERAL in kinds


def test_a_stranger_s_field_of_the_same_name_is_not_filled(in_page: InPage) -> None:
    """Two fields could be meant, in the page and in a frame, where all others of the form may be missing."""

    async def visit(page: Page) -> tuple[dict[str, str], list[str]]:
        told = values(await fill_form(page, "form", entries, anything, HASTE))
        return told, [
            await page.locator("#decoy").input_value(),
            *await page.frames[1].locator("input").evaluate_all("(all) => all.map((one) => one.value)"),
        ]

    optional = [
        Entry(key, Field(labels=(label,), required=False, evidence="test"), label)
        for key, label in (("name", "Имя"), ("patronymic", "Отчество"))
    ]
    entries = [SURNAME, *optional]
    form = "<label>Фамилия <input></label><p><label>Имя <input></label><p><label>Отчество <input></label>"
    assert in_page(visit, DECOY + framed(form)) == (
        dict.fromkeys(("surname", "name", "patronymic"), "filled"),
        ["", "Плантова", "Имя", "Отчество"],
    )
    entries = [SURNAME]
    assert in_page(visit, DECOY + framed(form)) == ({"surname": "ambiguous"}, ["", "", "", ""])
    entries = [*optional]
    assert in_page(visit, DECOY + framed(form)) == (
        dict.fromkeys(("name", "patronymic"), "filled"),
        ["", "", "Имя", "Отчество"],
    )


def test_a_frame_whose_server_does_not_answer_keeps_nobody_waiting(in_page: InPage) -> None:
    async def visit(page: Page) -> bool:
        await page.route("http://localhost:9/hang", lambda _: None)
        await page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<iframe src=http://localhost:9/hang></iframe>')"
        )
        async with asyncio.timeout(20):
            filled = (await fill_form(page, "form", ALL, anything, HASTE)).agrees
            return filled and (await drift_of(page, KNOWN, 1))[1] == ()

    assert in_page(visit, FORM)


def test_a_frame_that_is_built_anew_again_and_again_does_no_harm(in_page: InPage) -> None:
    frame = "<iframe srcdoc=&lt;input&gt;></iframe>"
    again = f"<div id=place></div><script>setInterval(() => {{ place.innerHTML = `{frame}` }}, 80)</script>"

    async def visit(page: Page) -> bool:
        return (await fill_form(page, "form", ALL, anything, HASTE)).agrees

    assert in_page(visit, FORM + again)


def test_a_dialog_that_comes_over_the_frame_while_it_is_filled_gets_nothing(in_page: InPage) -> None:
    news = (
        "<div role=dialog aria-modal=true style='position:fixed;inset:0;background:#fff'>Новости <input id=news></div>"
    )
    opening = f"<script>addEventListener('message', () => {{ document.body.insertAdjacentHTML('beforeend', {news!r}); news.focus() }})</script>"
    snils = Entry("snils", Field(labels=("СНИЛС",), value=ValueKind.DIGITS, evidence="test"), "11223344595")
    form = "<label>Фамилия <input onchange='parent.postMessage(1)'></label><p><label>СНИЛС <input></label>"

    async def visit(page: Page) -> tuple[list[str], str]:
        outcome = await fill_form(page, "form", [SURNAME, snils], anything, HASTE)
        return [field.reason for field in outcome.fields], await page.locator("#news").input_value()

    assert in_page(visit, framed(form) + opening) == (["error.field_covered"] * 2, "")


def test_a_window_around_the_frame_hides_what_was_found_in_it(in_page: InPage) -> None:
    """Nothing in the frame itself is changed by the window."""

    async def visit(page: Page) -> list[object]:
        surname = field_locator(page.frames[-1], SURNAME.field)
        told = [await ask_now(surname, "shows")]
        await page.evaluate("news.showModal()")
        told += [await ask_now(surname, "shows"), await surname.count()]
        await page.evaluate("news.close()")
        return [*told, await ask_now(surname, "shows"), await surname.count()]

    html = framed("<label>Фамилия <input value=Ковалёва></label>") + "<dialog id=news>Новости</dialog>"
    assert in_page(visit, html) == ["Ковалёва", None, 0, "Ковалёва", 1]


def test_a_frame_without_scripts_keeps_nobody_waiting(in_page: InPage) -> None:
    async def visit(page: Page) -> dict[str, str]:
        async with asyncio.timeout(20):
            return values(await fill_form(page, "form", [SURNAME], anything, HASTE))

    html = framed(
        "<label>Фамилия <input></label>", "sandbox='allow-same-origin allow-forms' style='width:600px;height:400px'"
    )
    assert in_page(visit, html) == {"surname": "not_found"}


def test_what_a_scrolled_frame_has_wound_away_is_found(in_page: InPage) -> None:
    button = "<h1>Регистрация</h1><button>Зарегистрироваться</button><div style='height:3000px'></div>"
    hidden = "<button style='position:absolute;top:-300px'>Зарегистрироваться</button>"

    async def visit(page: Page) -> str:
        for frame in page.frames:
            await frame.evaluate("scrollTo(0, 800)")
        return await (await Visit(page, PORTAL).button("registration", "submit")).inner_html()

    for html in (framed(button), framed(framed(button) + "<div style='height:3000px'></div>"), framed(hidden + button)):
        assert in_page(visit, html + "<div style='height:3000px'></div>") == "Зарегистрироваться"


def test_fields_outside_the_form_s_frame_are_told_as_missing(in_page: InPage) -> None:
    """A form that is spread over frames is refused: which fields belong together, nobody can tell."""

    async def visit(page: Page) -> dict[str, str]:
        return values(await fill_form(page, "form", ALL, anything, HASTE))

    rest = FORM.replace("<label>Фамилия <input name=surname></label>", "")
    told = in_page(visit, f"<label>Фамилия <input></label>{framed(rest)}")
    assert told == {"surname": "filled", "birth": "not_found", "region": "not_found", "sex": "not_found"}


def test_what_is_otherwise_in_a_frame_is_told(in_page: InPage) -> None:
    async def visit(page: Page) -> tuple[Drift, ...]:
        return (await drift_of(page, KNOWN, 2))[1]

    assert in_page(visit, DECOY + framed(FORM)) == ()
    later = f"<div id=place></div><script>setTimeout(() => {{ place.innerHTML = {framed(FORM)!r} }}, 500)</script>"
    assert in_page(visit, DECOY + later) == ()
    (drift,) = in_page(visit, DECOY + framed(FORM.replace("Дата рождения", "Родился")))
    assert (drift.kind, drift.field, drift.near) == (DriftKind.MISSING, "birth", ("Родился",))


def test_the_guard_asks_for_the_frame_and_for_all_around_it(in_page: InPage) -> None:
    """A frame can go elsewhere while the page stays where it is."""

    async def visit(page: Page) -> None:
        async def answer(route: Route) -> None:
            await route.fulfill(
                body="<iframe srcdoc='<p>здесь</p>'></iframe><iframe></iframe>", content_type="text/html"
            )

        await page.route("http://localhost:9/**", answer)
        await page.goto("http://localhost:9/")
        own, written, blank = page.frames
        for frame in (own, written, blank):
            Visit(page, PORTAL).guard(frame)
        await blank.goto("data:text/html,<p>чужое</p>")
        with pytest.raises(HostRefusedError):
            Visit(page, PORTAL).guard(blank)
        await page.goto("about:blank")
        with pytest.raises(HostRefusedError):
            Visit(page, PORTAL).guard(page.main_frame)

    in_page(visit)


def test_a_button_in_a_frame_is_found_and_takes_the_click(in_page: InPage) -> None:
    button = "<h1>Регистрация</h1><button onclick='parent.pressed = true'>Зарегистрироваться</button>"

    async def visit(page: Page) -> bool:
        await (await Visit(page, PORTAL).button("registration", "submit")).click(timeout=2000)
        return bool(await page.evaluate("window.pressed"))

    assert in_page(visit, f"<div style='height:2000px'></div>{framed(button)}")
    strange = framed(button.replace("<h1>Регистрация</h1>", ""))
    assert not in_page(visit, "<h1>Регистрация</h1><button>Зарегистрироваться</button>" + strange)
    with pytest.raises(FieldNotFoundError):
        in_page(visit, "<h1>Регистрация</h1>" + strange)


def test_texts_in_frames_are_read_as_the_page_s(in_page: InPage) -> None:
    async def visit(page: Page) -> tuple[str, set[str]]:
        seen = Visit(page, PORTAL)
        return await seen.expect("profile"), await seen.snils_shown()

    html = "<h1>Мой профиль</h1><p>СНИЛС: 112-233-445 95</p>"
    assert in_page(visit, framed(html)) == ("profile", {"11223344595"})


def test_a_field_in_a_frame_is_learnt_from_a_click(in_page: InPage) -> None:
    async def visit(page: Page) -> tuple[Lesson | None, str]:
        known = KNOWN.model_copy(update={"fields": {"birth": BIRTH.field}})
        learning = asyncio.ensure_future(learn(page, known, "birth", lambda _: None))
        await page.evaluate("new Promise(requestAnimationFrame)")  # it listens by then: messages keep their order
        await page.frames[-1].locator("[name=birth]").click()
        async with asyncio.timeout(20):
            lesson = await learning
        assert lesson
        (frame,) = await form_frames(page, lesson.taught(known).fields, ())
        assert (await survey(frame, lesson.taught(known).fields)).claims["birth"] == (1,)
        return lesson, await page.frames[-1].evaluate("document.activeElement.localName")

    html = DECOY + framed("<p>Кабинет</p>") + framed(FORM.replace("Дата рождения", "Родился"))
    assert in_page(visit, html) == (Lesson("birth", ("Родился", "Дата рождения")), "body")
