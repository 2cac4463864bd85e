"""«Формирование траектории» and «Добавить пятилетний цикл»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from mock_portal.actions.cycle import add_cycle, dates
from mock_portal.pages.page import for_specialist, form, render
from mock_portal.stand import stand_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from mock_portal.model import Account


@for_specialist
async def trajectory(request: Request, account: Account) -> Response:
    """Show the cycles and the way to a new one."""
    store = stand_of(request).store
    return render(request, "native/trajectory.html", account=account, cycles=store.cycles(account))


@for_specialist
async def cycle(request: Request, account: Account) -> Response:
    """Show the choice of the document with the dates it gives, or create its cycle."""
    stand = stand_of(request)
    choices = {document.title: dates(document) for document in stand.store.documents(account)}
    if request.method == "GET":
        return render(request, "native/cycle.html", account=account, choices=choices)
    values = await form(request)
    verdict = add_cycle(stand, account, values)
    if verdict.accepted:
        return RedirectResponse("/account/profile?added=cycle", 303)
    return render(
        request, "native/cycle.html", 422, account=account, choices=choices, values=values, errors=verdict.errors
    )
