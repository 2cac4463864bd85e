"""A page: its template, its form as it came, and who is looking at it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from jinja2 import Environment, PackageLoader
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from mock_portal import rules, snils
from mock_portal.actions.account import closed
from mock_portal.lists import options, texts
from mock_portal.stand import stand_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from mock_portal.model import Account
    from mock_portal.stand import Stand

    AccountPage = Callable[[Request, Account], Awaitable[Response]]
    Page = Callable[[Request], Awaitable[Response]]

COOKIE = "portal_session"
HOMES = {
    "native": {"front": "/", "login": "/login", "registration": "/registration"},
    "kit": {"front": "/#/", "login": "/#/login", "registration": "/#/registration"},
}

_environment = Environment(loader=PackageLoader("mock_portal"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
_environment.globals |= {"options": options, "limits": rules.LONGEST}
_environment.filters |= {"refusal": texts("refusals").__getitem__, "snils": snils.written}
_templates = Jinja2Templates(env=_environment)


def render(request: Request, template: str, status: int = 200, **context: Any) -> Response:  # noqa: ANN401 (a template takes anything)
    """Return the page of a template; `values` and `errors` are there even where no form was sent."""
    stand = stand_of(request)
    facts = {
        "stand": stand,
        "home": HOMES[stand.skin],
        "faults": stand.faults.active,
        "labels": _labels(stand),
        "account": context.get("account") or guest(request)[0],
        "values": {},
        "errors": {},
    }
    return _templates.TemplateResponse(request, template, facts | context, status_code=status)


def _labels(stand: Stand) -> dict[str, str]:
    other = stand.faults.parameters("new_label")
    return texts("labels") | ({other["field"]: other["label"]} if other else {})


async def form(request: Request) -> dict[str, str]:
    """Return a sent form exactly as it came; of a doubled name the first value counts."""
    pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True)
    return dict(reversed(pairs))


def guest(request: Request) -> tuple[Account | None, str]:
    """Return who is signed in (or None), and the cabinet that was chosen at the sign-in."""
    found = stand_of(request).store.session(request.cookies.get(COOKIE, ""))
    return found or (None, "")


def enter(stand: Stand, account: Account, cabinet: str) -> Response:
    """Open a session and go to the account."""
    answer = RedirectResponse("/account/profile", 303)
    answer.set_cookie(COOKIE, stand.open_session(account, cabinet), httponly=True, samesite="lax")
    return answer


def for_account(page: AccountPage) -> Page:
    """Show an account's page only to its owner, in the right cabinet, after the first entry's question."""

    @wraps(page)
    async def guarded(request: Request) -> Response:
        account, cabinet = (
            stand_of(request).looking(request.cookies.get(COOKIE, "")) if request.method == "GET" else guest(request)
        )
        if account is None:
            return RedirectResponse("/login", 303)
        if not account.purpose:
            return RedirectResponse("/purpose", 303)
        if closed(account, cabinet):
            return render(request, "native/closed.html", 403, account=account)
        return await page(request, account)

    return guarded


def for_specialist(page: AccountPage) -> Page:
    """Show a page only to those who use the portal as specialists."""

    @wraps(page)
    async def guarded(request: Request, account: Account) -> Response:
        if account.level is None:
            return render(request, "native/no_level.html", 403, account=account)
        return await page(request, account)

    return for_account(guarded)
