"""Lists that the portal shows as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.browser.failures import mapped
from nmo_autofill.browser.session import union
from nmo_autofill.errors import PageUnexpectedError
from nmo_autofill.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.browser.session import Visit
    from nmo_autofill.portal.model import Table

_READ_TABLES = """() => [...document.querySelectorAll('table')].filter((table) => table.checkVisibility()).map(
    (table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())))"""


async def read_table(visit: Visit, page: str, key: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the list, by field key; none when the portal says in words that the list is empty.

    Raises PageUnexpectedError when neither the table nor such words are there: a list that cannot be read is not
    an empty list.
    """
    table = visit.portal.page(page).tables[key]
    either = visit.page.locator("table").filter(visible=True)
    empty = union([visit.text(words) for words in table.empty])
    with mapped():
        await either.or_(empty).first.wait_for()
        shown = await visit.page.evaluate(_READ_TABLES)
        fitting = [rows for rows in shown if rows and _columns(rows[0], table).keys() == table.columns.keys()]
        if len(fitting) == 1:
            return _rows(fitting[0], table)
        if not fitting and await empty.count():
            return ()
    raise PageUnexpectedError(page=visit.portal.page(page).title)


def _rows(rows: Sequence[Sequence[str]], table: Table) -> tuple[dict[str, str], ...]:
    columns = _columns(rows[0], table)
    return tuple({key: row[place] for key, place in columns.items()} for row in rows[1:] if len(row) == len(rows[0]))


def _columns(headings: Sequence[str], table: Table) -> dict[str, int]:
    folded = [fold(heading) for heading in headings]
    found = {
        key: [folded.index(fold(name)) for name in names if fold(name) in folded]
        for key, names in table.columns.items()
    }
    return {key: places[0] for key, places in found.items() if places}
