"""The public site: front page, choice of the cabinet, sign-in and what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from mock_portal.actions.account import sign_in
from mock_portal.lists import LEVELS
from mock_portal.pages.page import COOKIE, enter, form, render
from mock_portal.stand import stand_of

if TYPE_CHECKING:
    from starlette.requests import Request


async def front(request: Request) -> Response:
    """Show the front page of the public site."""
    return render(request, "native/front.html")


async def cabinets(request: Request) -> Response:
    """Show the choice of the cabinet."""
    return render(request, "native/cabinets.html")


async def login(request: Request) -> Response:
    """Show «Вход в систему», or take a login and a password."""
    if request.method == "GET":
        return render(request, "native/login.html", cabinet=_cabinet(request.query_params.get("cabinet", "")))
    values = await form(request)
    verdict = sign_in(stand_of(request), values)
    if verdict.accepted and verdict.account:
        return enter(stand_of(request), verdict.account, values.get("cabinet", ""))
    shown = {"snils": values.get("snils", "")}
    cabinet = _cabinet(values.get("cabinet", ""))
    return render(request, "native/login.html", 422, cabinet=cabinet, values=shown, errors=verdict.errors)


async def logout(request: Request) -> Response:
    """End the session."""
    stand_of(request).store.end_session(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


async def gosuslugi(request: Request) -> Response:
    """Tell that the stand has no Госуслуги."""
    return render(request, "native/gosuslugi.html")


async def forgotten(request: Request) -> Response:
    """Tell what to do about a forgotten password."""
    return render(request, "native/forgotten.html")


async def agreement(request: Request) -> Response:
    """Show the user agreement."""
    return render(request, "native/agreement.html")


def _cabinet(asked: str) -> str:
    return asked if asked in LEVELS else ""
