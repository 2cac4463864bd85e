"""Lists that the portal shows as tables."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from nmo_autofill.browser.failures import mapped
from nmo_autofill.browser.session import union
from nmo_autofill.errors import PageUnexpectedError
from nmo_autofill.folding import fold, pattern, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.browser.session import Visit
    from nmo_autofill.portal.model import Table

_READ_TABLES = """() => [...document.querySelectorAll('table')].filter((table) => table.checkVisibility()).map(
    (table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())))"""
_TABLE_SECONDS = 5


async def read_table(visit: Visit, page: str, key: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the list, by field key; none when the portal says in words that the list is empty.

    Raises PageUnexpectedError when the list cannot be read as a whole: neither the table nor such words are there,
    the table has no rows or rows of another shape, or there is more than it shows. A list that cannot be read is not
    an empty list.
    """
    rows = await _look(visit, page, key)
    if not rows:
        # «Документов нет» may stand there for the moment until the data come.
        await _quiet(visit)
        rows = await _look(visit, page, key)
    return rows


async def _look(visit: Visit, page: str, key: str) -> tuple[dict[str, str], ...]:
    table = visit.portal.page(page).tables[key]
    unreadable = PageUnexpectedError(page=visit.portal.page(page).title)
    empty = union([visit.page.get_by_text(sentence(words)) for words in table.empty]).filter(visible=True)
    with mapped():
        try:
            await (
                visit.page.locator("table")
                .filter(visible=True)
                .or_(empty)
                .first.wait_for(timeout=_TABLE_SECONDS * 1000)
            )
        except PlaywrightTimeoutError:
            raise unreadable from None
        shown = await visit.page.evaluate(_READ_TABLES)
        fitting = [rows for rows in shown if rows and _columns(rows[0], table).keys() == table.columns.keys()]
        if table.more and await union([visit.page.get_by_text(pattern(words)) for words in table.more]).count():
            raise unreadable
        if not fitting and await empty.count():
            return ()
    if len(fitting) != 1 or len({len(row) for row in fitting[0]}) != 1 or len(fitting[0]) == 1:
        raise unreadable
    return _rows(fitting[0], table)


async def _quiet(visit: Visit) -> None:
    """Wait until the page has asked for nothing for a while; a page that never rests is looked at as it is."""
    with suppress(PlaywrightTimeoutError):
        await visit.page.wait_for_load_state("networkidle", timeout=_TABLE_SECONDS * 1000)


def _rows(rows: Sequence[Sequence[str]], table: Table) -> tuple[dict[str, str], ...]:
    columns = _columns(rows[0], table)
    return tuple({key: row[place] for key, place in columns.items()} for row in rows[1:])


def _columns(headings: Sequence[str], table: Table) -> dict[str, int]:
    folded = [fold(heading) for heading in headings]
    found = {
        key: [folded.index(fold(name)) for name in names if fold(name) in folded]
        for key, names in table.columns.items()
    }
    return {key: places[0] for key, places in found.items() if places}
