"""Lists that the portal shows as tables: one that cannot be read as a whole is not an empty one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from mock_portal.server import running
from nmo_autofill.browser.session import Visit
from nmo_autofill.browser.table import read_table
from nmo_autofill.errors import PageUnexpectedError
from nmo_autofill.portal.atlas import load_map

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from playwright.async_api import Page
    from starlette.requests import Request

    from tests.browser.conftest import InPage

    Rows = tuple[dict[str, str], ...]
    ByRoute = Callable[[Callable[[], Awaitable[Response]]], Rows]

PORTAL = load_map("mock").model_copy(update={"answer_seconds": 4})
HEAD = "<tr><th>Специальность<th>Начало<th>Окончание"
ROW = "<tr><td>Фармация<td>02.07.2025<td>01.07.2030"
FOUND = {"specialty": "Фармация", "start": "02.07.2025", "end": "01.07.2030"}


def read(in_page: InPage, html: str) -> Rows:
    async def look(page: Page) -> Rows:
        return await read_table(Visit(page, PORTAL), "profile", "cycles")

    return in_page(look, html)


def test_rows_by_field(in_page: InPage) -> None:
    assert read(in_page, f"<table>{HEAD}{ROW}</table><table><tr><th>Имя<tr><td>Ким</table>") == (FOUND,)


def test_an_empty_list_says_so(in_page: InPage) -> None:
    assert read(in_page, "<h3>Пятилетние циклы</h3><p>Пятилетних циклов нет.</p>") == ()


def test_words_of_emptiness_are_not_believed_before_the_data_came(in_page: InPage) -> None:
    late = f"setTimeout(() => {{ place.innerHTML = `<table>{HEAD}{ROW}</table>` }}, 300)"
    assert read(in_page, f"<div id=place>Пятилетних циклов нет.</div><script>{late}</script>") == (FOUND,)


@pytest.mark.parametrize(
    "html",
    [
        f"<table>{HEAD}</table>",
        f"<table>{HEAD}{ROW}<td>Удалить</table>",
        f"<table>{HEAD}<tr><td colspan=3>Загрузка…</table>",
        f"<table>{HEAD}{ROW}</table><button>Показать ещё</button>",
        f"<table>{HEAD}{ROW}</table><table>{HEAD}{ROW}</table>",
        "<table><tr><th>Профессия<tr><td>Фармация</table>",
        "<p>Если пятилетних циклов нет, добавьте документ</p><div role=grid>Фармация</div>",
    ],
)
def test_a_list_that_cannot_be_read_as_a_whole_is_told(in_page: InPage, html: str) -> None:
    with pytest.raises(PageUnexpectedError):
        read(in_page, html)


APP = """<!doctype html><meta charset=utf-8><a href='#/profile'>Мой профиль</a><main id=place></main><script>
addEventListener("hashchange", async () => {
    place.innerHTML = "<h1>Мой профиль</h1><p>Пятилетних циклов нет.</p>";
    const answer = await fetch("/cycles").catch(() => null);
    if (answer?.ok) place.innerHTML = "<h1>Мой профиль</h1>" + await answer.text();
});
</script>"""


@pytest.fixture
def by_route(in_page: InPage) -> Iterator[ByRoute]:
    """Open «Мой профиль» of a single page, whose rows come by a request of their own, and read them."""
    answers: list[Callable[[], Awaitable[Response]]] = []

    async def front(_request: Request) -> HTMLResponse:
        return HTMLResponse(APP)

    async def cycles(_request: Request) -> Response:
        return await answers[-1]()

    with running(Starlette(routes=[Route("/", front), Route("/cycles", cycles)])) as address:

        async def look(page: Page) -> Rows:
            opened = Visit(page, PORTAL)
            await opened.open(address)
            await page.wait_for_load_state("networkidle")
            await opened.go("menu", "profile", "profile")
            return await read_table(opened, "profile", "cycles")

        def read_by_route(answer: Callable[[], Awaitable[Response]]) -> Rows:
            answers.append(answer)
            return in_page(look)

        yield read_by_route


def test_words_of_emptiness_are_not_believed_while_the_data_are_asked_for(by_route: ByRoute) -> None:
    async def late() -> Response:
        await asyncio.sleep(2)  # noqa: TID251 (the portal is to be slow)
        return HTMLResponse(f"<table>{HEAD}{ROW}</table>")

    assert by_route(late) == (FOUND,)


@pytest.mark.parametrize("status", [401, 500])
def test_words_of_emptiness_are_not_believed_when_the_data_did_not_come(by_route: ByRoute, status: int) -> None:
    async def failing() -> Response:
        return Response(status_code=status)

    with pytest.raises(PageUnexpectedError):
        by_route(failing)


def test_words_of_emptiness_are_believed_once_the_data_came(by_route: ByRoute) -> None:
    async def empty() -> Response:
        return HTMLResponse("<p>Пятилетних циклов нет.</p>")

    assert by_route(empty) == ()


def test_rows_that_go_on_coming_are_read_to_the_last(in_page: InPage) -> None:
    more = f"setTimeout(() => {{ document.querySelector('tbody').innerHTML += '{ROW}' }}, 300)"
    assert read(in_page, f"<table>{HEAD}{ROW}</table><script>{more}</script>") == (FOUND, FOUND)


def test_a_list_that_does_not_come_to_rest_is_not_read(in_page: InPage) -> None:
    restless = "setInterval(() => { document.querySelector('td').textContent += 'я' }, 100)"
    with pytest.raises(PageUnexpectedError):
        read(in_page, f"<table>{HEAD}{ROW}</table><script>{restless}</script>")
