"""«Регистрация», «Подтверждение регистрации», and the «Я не робот» frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, RedirectResponse, Response

from mock_portal.actions.registration import confirm, register
from mock_portal.pages.page import form, render
from mock_portal.stand import stand_of

if TYPE_CHECKING:
    from starlette.requests import Request


async def registration(request: Request) -> Response:
    """Show the registration form, or take one."""
    if request.method == "GET":
        return render(request, "native/registration.html")
    values = await form(request)
    verdict = register(stand_of(request), values, str(request.base_url))
    if verdict.accepted:
        return RedirectResponse("/registration/done", 303)
    return render(request, "native/registration.html", 422, values=values, errors=verdict.errors)


async def registered(request: Request) -> Response:
    """Tell that the registration went well, and where the letter may lie."""
    return render(request, "native/registered.html")


async def confirmation(request: Request) -> Response:
    """Confirm the address by the link of the first letter."""
    verdict = confirm(stand_of(request), request.path_params["link"], str(request.base_url))
    error = verdict.errors.get("link")
    return render(request, "mock/confirmation.html", 410 if error else 200, error=error)


async def captcha(request: Request) -> Response:
    """Show the frame with the box «Я не робот»."""
    return render(request, "mock/captcha.html")


async def captcha_ticket(request: Request) -> Response:
    """Give a ticket for a ticked box."""
    return JSONResponse({"ticket": stand_of(request).ticket()})
