"""«Настройки»: the change of the password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from mock_portal.actions.account import change_password
from mock_portal.pages.page import for_account, form, render
from mock_portal.stand import stand_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from mock_portal.model import Account


@for_account
async def settings(request: Request, account: Account) -> Response:
    """Show the settings, or change the password."""
    if request.method == "GET":
        changed = "changed" in request.query_params
        return render(request, "native/settings.html", account=account, changed=changed)
    verdict = change_password(stand_of(request), account, await form(request))
    if verdict.accepted:
        return RedirectResponse("/account/settings?changed=1", 303)
    return render(request, "native/settings.html", 422, account=account, changed=False, errors=verdict.errors)
