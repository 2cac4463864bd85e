"""The admission wizard, and the form behind its «Добавить документ»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from mock_portal.actions.admission import add_document, confirmation_label
from mock_portal.pages.page import for_specialist, form, render
from mock_portal.stand import stand_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from mock_portal.model import Account


@for_specialist
async def wizard(request: Request, account: Account) -> Response:
    """Show the documents found; «Далее» without any says what is missing."""
    documents = stand_of(request).store.documents(account)
    going_on = "next" in request.query_params
    if going_on and documents:
        return RedirectResponse("/account/trajectory", 303)
    missing = "no_documents" if going_on else None
    added = request.query_params.get("added", "")
    status = 422 if missing else 200
    return render(
        request, "native/wizard.html", status, account=account, documents=documents, missing=missing, added=added
    )


@for_specialist
async def document(request: Request, account: Account) -> Response:
    """Show the form of a document, or take one."""
    second = confirmation_label(account)
    if request.method == "GET":
        return render(request, "native/document.html", account=account, second=second)
    values = await form(request)
    verdict = add_document(stand_of(request), account, values)
    if verdict.accepted:
        return RedirectResponse("/account/admission?added=document", 303)
    return render(
        request, "native/document.html", 422, account=account, second=second, values=values, errors=verdict.errors
    )


@for_specialist
async def organisation(request: Request, account: Account) -> Response:
    """Tell that the form behind «Добавить организацию» is unknown."""
    return render(request, "native/organisation.html", account=account)
