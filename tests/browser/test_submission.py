"""The portal's answer to a press."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, StreamingResponse
from starlette.routing import Route

from mock_portal.server import running
from nmo_autofill.browser import submission
from nmo_autofill.browser.operator import Part
from nmo_autofill.browser.session import Visit
from nmo_autofill.browser.submission import LOST, Answer, hand_over, submit
from nmo_autofill.errors import (
    FieldCoveredError,
    FieldLockedError,
    FieldNotFoundError,
    HostRefusedError,
    PageUnexpectedError,
    SkippedError,
)
from nmo_autofill.portal.atlas import at_address, load_map
from nmo_autofill.portal.model import ValueKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence

    from playwright.async_api import Page
    from starlette.requests import Request

    from tests.browser.conftest import InPage

    class Press(Protocol):
        def __call__(self, script: str, html: str = ...) -> Answer: ...


BUTTON = "<button onclick='press()'>Добавить</button><div id=said></div>"
SAY = "const say = (html) => { said.innerHTML = html };"
SUCCESS = "say('<p>Документ добавлен.</p>')"


@pytest.fixture
def press(in_page: InPage) -> Iterator[Press]:
    """Press «Добавить» on a page of loopback whose `press` is the given script, and give the answer."""
    shown = ""

    def front(_request: Request) -> HTMLResponse:
        return HTMLResponse(shown)

    def answer(request: Request) -> HTMLResponse:
        return HTMLResponse("", int(request.path_params["status"]))

    async def slow(_request: Request) -> HTMLResponse:
        await asyncio.sleep(1.5)  # noqa: TID251 (the portal is to be slow)
        return HTMLResponse("")

    async def answered() -> AsyncIterator[str]:
        yield "<!doctype html>"
        await asyncio.sleep(0.5)  # noqa: TID251 (the portal is to be slow)
        yield "<p>Документ добавлен.</p>"

    def in_parts(_request: Request) -> StreamingResponse:
        return StreamingResponse(answered(), media_type="text/html")

    routes = [
        Route("/", front),
        Route("/in-parts", in_parts, methods=["POST"]),
        Route("/answer/{status}", answer, methods=["POST"]),
        Route("/slow", slow, methods=["POST"]),
    ]
    with running(Starlette(routes=routes)) as address:
        portal = at_address(load_map("mock"), address).model_copy(update={"answer_seconds": 2})

        async def visit(page: Page) -> Answer:
            await page.goto(address)
            opened = Visit(page, portal)
            return await submit(opened, "admission", opened.texts("admission", "success"))

        def run(script: str, html: str = BUTTON) -> Answer:
            nonlocal shown
            shown = (
                f"<!doctype html><meta charset=utf-8>{html}<script>{SAY} async function press() {{ {script} }}</script>"
            )
            return in_page(visit)

        yield run


def test_the_success_text_confirms(press: Press) -> None:
    assert press(SUCCESS) == Answer(confirmed=True)


def test_an_answer_that_comes_in_parts_is_waited_for(press: Press) -> None:
    """For a moment the new document has nothing in it, not even its root."""
    form = BUTTON + "<form method=post action=/in-parts></form>"
    assert press("document.forms[0].submit()", form) == Answer(confirmed=True)


FRAME = "<iframe id=frame srcdoc='<p>Ждите</p>' {}></iframe>"
SAY_THERE = "const inner = (html) => { frame.contentDocument.body.innerHTML = html };"


def test_a_frame_may_confirm(press: Press) -> None:
    assert press(SAY_THERE + "inner('<p>Документ добавлен.</p>')", BUTTON + FRAME.format("")) == Answer(confirmed=True)


@pytest.mark.parametrize("hidden", ["", "hidden", "style='position:absolute;left:-9999px'"])
def test_a_stranger_s_frame_refuses_nothing(press: Press, hidden: str) -> None:
    """A chat that greets is no answer to the press."""
    said = SAY_THERE + f"inner('<p role=alert>готово</p>'); setTimeout(() => {{ {SUCCESS} }}, 700)"
    assert press(said, BUTTON + FRAME.format(hidden)) == Answer(confirmed=True)


FORM = "".join(
    f"<p><label>{field.labels[0]} <input type={'checkbox' if field.value is ValueKind.CHECKED else 'text'}></label>"
    for field in load_map("mock").page("admission").fields.values()
)


def in_frame(html: str) -> str:
    return f"<iframe style='width:600px;height:600px' srcdoc=\"{FORM}{html}\"></iframe>"


def test_the_frame_of_the_form_is_pressed_and_answers(press: Press) -> None:
    for said, answer in (
        ("<p role=alert>Такой документ есть</p>", Answer(confirmed=False, words="Такой документ есть")),
        ("<p>Документ добавлен.</p>", Answer(confirmed=True)),
    ):
        button = f"<button onclick='said.innerHTML = `{said}`'>Добавить</button><div id=said></div>"
        assert press("", in_frame(button)) == answer
    taken_away = in_frame("<button onclick='parent.press()'>Добавить</button>") + "<p id=said>"
    assert press("document.querySelector('iframe').remove(); " + SUCCESS, taken_away) == Answer(confirmed=True)


@pytest.mark.parametrize("html", [FORM + FRAME.format("").replace("Ждите", BUTTON), BUTTON + in_frame("")])
def test_a_stranger_s_button_is_not_pressed(press: Press, html: str) -> None:
    with pytest.raises(FieldNotFoundError):
        press(SUCCESS, html.replace("onclick='press()'", "onclick=press()"))


def test_a_dialog_over_the_frame_does_not_hide_its_answer(press: Press) -> None:
    said = SAY_THERE + "inner('<p>Документ добавлен.</p>'); say('<div role=dialog aria-modal=true>Новости</div>')"
    assert press(said, BUTTON + FRAME.format("")) == Answer(confirmed=True)


def test_a_confirmation_may_be_an_alert(press: Press) -> None:
    assert press("say('<p role=alert>Документ добавлен.</p>')") == Answer(confirmed=True)


def test_a_refusal_is_told_in_its_words(press: Press) -> None:
    script = "await fetch('/answer/422', {method: 'POST'}); say('<p role=alert>Такой документ добавлен ранее</p>')"
    assert press(script) == Answer(confirmed=False, words="Такой документ добавлен ранее")


def test_an_alert_while_the_request_is_under_way_is_no_answer(press: Press) -> None:
    sent = "const sent = fetch('/answer/200', {method: 'POST'}); say('<p role=alert>Отправляем…</p>'); await sent;"
    assert press(sent + SUCCESS) == Answer(confirmed=True)


@pytest.mark.parametrize("script", ["", "await fetch('/answer/500', {method: 'POST'})"])
def test_silence_is_unknown(press: Press, script: str) -> None:
    assert press(script) == LOST


def test_a_servers_fault_is_unknown_whatever_the_page_says(press: Press) -> None:
    script = "await fetch('/answer/500', {method: 'POST'}); say('<p role=alert>Попробуйте позже</p>')"
    assert press(script) == Answer(confirmed=False, words="Попробуйте позже", lost=True)


def test_other_hosts_do_not_decide(press: Press) -> None:
    script = (
        "fetch('http://127.0.0.2:9/metrics', {method: 'POST'}).catch(() => say('<p role=alert>Проверьте поля</p>'))"
    )
    assert press(script) == Answer(confirmed=False, words="Проверьте поля")


def test_a_page_that_goes_away_after_the_press_is_unknown(press: Press) -> None:
    assert press("window.close(); await new Promise(() => {})") == LOST


def test_a_success_text_that_stands_there_before_the_press_proves_nothing(press: Press) -> None:
    with pytest.raises(PageUnexpectedError):
        press(SUCCESS, f"<p>Документ добавлен.</p>{BUTTON}")


def test_help_that_speaks_of_success_is_no_success(press: Press) -> None:
    assert press("", f"<p>После того как документ добавлен, ждите.</p>{BUTTON}") == LOST


def test_a_button_that_takes_no_click_was_not_pressed(press: Press) -> None:
    with pytest.raises(FieldLockedError):
        press(SUCCESS, "<button disabled>Добавить</button><div id=said></div>")


def test_what_covers_the_button_is_named_and_nothing_pressed(press: Press) -> None:
    with pytest.raises(FieldCoveredError) as caught:
        press(SUCCESS, f"{BUTTON}<div style='position:fixed;inset:0'>Опрос о качестве</div>")
    assert caught.value.facts == {"field": "submit", "label": "Добавить", "cover": "Опрос о качестве"}


BLOCKING = "const sent = new XMLHttpRequest(); sent.open('POST', '/slow', false); sent.send();"


@pytest.mark.parametrize(("then", "expected"), [("", LOST), (SUCCESS, Answer(confirmed=True))])
def test_a_press_that_keeps_the_page_busy_was_made(
    press: Press, monkeypatch: pytest.MonkeyPatch, then: str, expected: Answer
) -> None:
    monkeypatch.setattr(submission, "_CLICK_SECONDS", 0.5)
    assert press(BLOCKING + then) == expected


@dataclass
class Watcher:
    """The person at a host that is not loopback, who presses."""

    page: Page
    presses: bool = True
    decision: bool | None = None
    hears: bool = False

    async def choose(self, page: str, label: str, wanted: str, options: Sequence[str]) -> int | None:
        raise AssertionError(page, label, wanted, options)

    async def hand_over(self, part: Part, page: str, button: str, goes_on: Awaitable[object]) -> bool:
        assert (part, page) == (Part.PRESS, "добавление информации о допуске")
        if self.presses:
            await self.page.get_by_role("button", name=button).click()
        if self.decision is None:
            await goes_on
        if self.decision is False:
            raise SkippedError
        return self.decision is None


KNOWN = "Пользователь с таким СНИЛС уже зарегистрирован"


@pytest.mark.parametrize(
    ("script", "html", "expected"),
    [
        (SUCCESS, BUTTON, Answer(confirmed=True)),
        (f"say('<p role=alert>{KNOWN}</p>')", BUTTON, Answer(confirmed=False, words=KNOWN)),
        # Other refusals are the person's to mend, and help that speaks of it is no refusal.
        (
            f"say('<p role=alert>Проверьте почту</p>'); setTimeout(() => {{ {SUCCESS} }}, 500)",
            BUTTON,
            Answer(confirmed=True),
        ),
        (f"setTimeout(() => {{ {SUCCESS} }}, 500)", f"<p>{KNOWN}? Войдите.</p>{BUTTON}", Answer(confirmed=True)),
    ],
)
def test_a_watched_press_is_answered_by_success_or_by_an_account_that_is_there(
    in_page: InPage, script: str, html: str, expected: Answer
) -> None:
    assert handed_over(in_page, script, html) == expected


@pytest.mark.parametrize("decision", [True, False])
def test_a_person_who_leaves_the_page_after_all_may_have_pressed(in_page: InPage, decision: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    assert handed_over(in_page, "fetch('/', {method: 'POST'})", decision=decision) == LOST


def test_a_person_who_says_that_it_is_done_is_believed_to_have_pressed(in_page: InPage) -> None:
    assert handed_over(in_page, presses=False, decision=True) == LOST


def test_what_a_person_leaves_was_not_pressed(in_page: InPage) -> None:
    with pytest.raises(SkippedError):
        handed_over(in_page, presses=False, decision=False)


def test_the_tool_presses_nowhere_else(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission, "is_test_host", lambda _: False)
    with pytest.raises(HostRefusedError):
        press(SUCCESS)


def handed_over(
    in_page: InPage, script: str = "", html: str = BUTTON, *, presses: bool = True, decision: bool | None = None
) -> Answer:
    """Hand a page of loopback over to a person who says that it is done (True), leaves it (False) or waits (None)."""
    shown = f"<!doctype html><meta charset=utf-8>{html}<script>{SAY} function press() {{ {script} }}</script>"
    with running(Starlette(routes=[Route("/", lambda _: HTMLResponse(shown))])) as address:

        async def visit(page: Page) -> Answer:
            await page.goto(address)
            opened = Visit(page, at_address(load_map("mock"), address))
            success = opened.texts("admission", "success")
            return await hand_over(opened, "admission", success, Part.PRESS, Watcher(page, presses, decision))

        return in_page(visit)
