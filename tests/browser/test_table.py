"""Lists that the portal shows as tables: one that cannot be read as a whole is not an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.browser.session import Visit
from nmo_autofill.browser.table import read_table
from nmo_autofill.errors import PageUnexpectedError
from nmo_autofill.portal.atlas import load_map

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.browser.conftest import InPage

    Rows = tuple[dict[str, str], ...]

HEAD = "<tr><th>Специальность<th>Начало<th>Окончание"
ROW = "<tr><td>Фармация<td>02.07.2025<td>01.07.2030"
FOUND = {"specialty": "Фармация", "start": "02.07.2025", "end": "01.07.2030"}


def read(in_page: InPage, html: str) -> Rows:
    async def look(page: Page) -> Rows:
        return await read_table(Visit(page, load_map("mock")), "profile", "cycles")

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
