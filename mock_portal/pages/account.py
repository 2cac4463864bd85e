"""The account: the first entry's question, «Мой профиль», «Мой план»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from mock_portal.actions.account import PURPOSES, choose_purpose
from mock_portal.pages.page import for_account, form, guest, render
from mock_portal.stand import stand_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from mock_portal.model import Account


async def purpose(request: Request) -> Response:
    """Ask what the person will use the portal for, once."""
    account, _ = guest(request)
    if account is None:
        return RedirectResponse("/login", 303)
    if request.method == "GET":
        if account.purpose:
            return RedirectResponse("/account/profile", 303)
        return render(request, "native/purpose.html", purposes=PURPOSES)
    verdict = choose_purpose(stand_of(request), account, await form(request))
    if verdict.accepted and verdict.account:
        return RedirectResponse("/account/admission" if verdict.account.level else "/account/profile", 303)
    return render(request, "native/purpose.html", 422, purposes=PURPOSES, errors=verdict.errors)


@for_account
async def profile(request: Request, account: Account) -> Response:
    """Show the person's data, documents and cycles."""
    store = stand_of(request).store
    documents = {document.id: document for document in store.documents(account)}
    added = request.query_params.get("added", "")
    return render(
        request, "native/profile.html", account=account, documents=documents, cycles=store.cycles(account), added=added
    )


@for_account
async def plan(request: Request, account: Account) -> Response:
    """Show «Мой план»."""
    return render(request, "native/plan.html", account=account, cycles=stand_of(request).store.cycles(account))
