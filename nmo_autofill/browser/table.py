"""Lists that the portal shows as tables."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from nmo_autofill.browser.failures import mapped
from nmo_autofill.browser.frame import everywhere
from nmo_autofill.browser.session import REST, union
from nmo_autofill.errors import PageUnexpectedError
from nmo_autofill.folding import fold, pattern, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Locator

    from nmo_autofill.browser.session import Visit
    from nmo_autofill.portal.model import Table

    Rows = tuple[dict[str, str], ...]

_READ_TABLES = """(tables) => tables.filter((table) => table.checkVisibility()).map(
    (table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())))"""
# The page's next change, at the latest after so many milliseconds.
_CHANGE = """(limit) => new Promise((done) => {
    const observer = new MutationObserver(() => finish());
    const finish = () => { observer.disconnect(); clearTimeout(timer); requestAnimationFrame(() => done()); };
    const timer = setTimeout(finish, limit);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})"""


async def read_table(visit: Visit, page: str, key: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the list, by field key; none when the portal says in words that the list is empty.

    It is read once it has come to rest: «Документов нет» may stand there until the data come.
    Raises PageUnexpectedError when the list cannot be read as a whole: neither the table nor such words are there,
    the table has no rows or rows of another shape, there is more than it shows, it does not come to rest, or it is
    empty because the portal failed to give the data. A list that cannot be read is not an empty list.
    """
    table = visit.portal.page(page).tables[key]
    with mapped():
        rows = await _rested(visit, table)
    if rows is None or (not rows and visit.traffic.failed):
        raise PageUnexpectedError(page=visit.portal.page(page).title)
    return rows


async def _rested(visit: Visit, table: Table) -> Rows | None:
    """Return what the list shows, once it has not changed and the page has asked for nothing for a while."""
    now = asyncio.get_running_loop().time
    end = now() + visit.portal.answer_seconds
    try:
        there = everywhere(visit.page).locator("table").filter(visible=True).or_(_empty(visit, table))
        await there.first.wait_for(timeout=visit.portal.answer_seconds * 1000)
    except PlaywrightTimeoutError:
        return None
    shown, since = await _look(visit, table), now()
    while min(now() - since, visit.traffic.rest()) < REST:
        if now() > end:
            return None
        await visit.page.evaluate(_CHANGE, REST * 1000)
        again = await _look(visit, table)
        if again != shown:
            shown, since = again, now()
    return shown


async def _look(visit: Visit, table: Table) -> Rows | None:
    """Return what the list shows now, or None when it cannot be read as a whole."""
    shown = await everywhere(visit.page).locator("table").evaluate_all(_READ_TABLES)
    fitting = [rows for rows in shown if rows and _columns(rows[0], table).keys() == table.columns.keys()]
    if table.more and await union([everywhere(visit.page).get_by_text(pattern(words)) for words in table.more]).count():
        return None
    if not fitting and await _empty(visit, table).count():
        return ()
    if len(fitting) != 1 or len({len(row) for row in fitting[0]}) != 1 or len(fitting[0]) == 1:
        return None
    return _rows(fitting[0], table)


def _empty(visit: Visit, table: Table) -> Locator:
    return union([everywhere(visit.page).get_by_text(sentence(words)) for words in table.empty]).filter(visible=True)


def _rows(rows: Sequence[Sequence[str]], table: Table) -> Rows:
    columns = _columns(rows[0], table)
    return tuple({key: row[place] for key, place in columns.items()} for row in rows[1:])


def _columns(headings: Sequence[str], table: Table) -> dict[str, int]:
    folded = [fold(heading) for heading in headings]
    found = {
        key: [folded.index(fold(name)) for name in names if fold(name) in folded]
        for key, names in table.columns.items()
    }
    return {key: places[0] for key, places in found.items() if places}
