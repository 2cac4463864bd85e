"""The kit skin's single page and its JSON interface.

A refusal answers 422 with `{"globalErrors": [{"code", "field", "message"}]}`, a missing or ended session 401 with
`{"error", "error_description"}`: the shapes seen in clients of the real portal (portal-facts, section 8).
"""

from __future__ import annotations

from dataclasses import asdict
from functools import wraps
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mock_portal.actions.account import PURPOSES, change_password, choose_purpose, closed, sign_in
from mock_portal.actions.admission import add_document, confirmation_label
from mock_portal.actions.cycle import add_cycle, dates
from mock_portal.actions.registration import register
from mock_portal.faults import changing, delay
from mock_portal.lists import options, regions_of_organisations, texts
from mock_portal.pages.page import render
from mock_portal.stand import stand_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from mock_portal.model import Account
    from mock_portal.stand import Stand, Verdict

    Action = Callable[[Stand, Account, dict[str, str]], Verdict]
    Answer = Callable[[Request], Awaitable[Response]]

BEARER = "Bearer "


def routes() -> list[Route]:
    """Return the routes below `/api/`."""
    return [
        _post("registration", "registration", _registration),
        _post("sign-in", "sign_in", _sign_in),
        _post("purpose", "purpose", _by_owner(choose_purpose)),
        _post("documents", "admission", _by_owner(add_document)),
        _post("cycles", "cycle", _by_owner(add_cycle)),
        _post("password", "password", _by_owner(change_password)),
        Route("/api/sign-out", _sign_out, methods=["POST"]),
        Route("/api/account", _account),
        Route("/api/lists/{name}", _options),
    ]


async def shell(request: Request) -> Response:
    """Show the single page."""
    return render(request, "kit/shell.html", purposes=PURPOSES)


async def _registration(request: Request) -> Response:
    return _told(register(stand_of(request), await _values(request), str(request.base_url)))


async def _sign_in(request: Request) -> Response:
    stand, values = stand_of(request), await _values(request)
    verdict = sign_in(stand, values)
    if not verdict.accepted or verdict.account is None:
        return _told(verdict)
    token = stand.open_session(verdict.account, values.get("cabinet", ""))
    return JSONResponse({"access_token": token, "refresh_token": token, "purpose": verdict.account.purpose})


async def _sign_out(request: Request) -> Response:
    stand_of(request).store.end_session(_token(request))
    return JSONResponse({})


async def _account(request: Request) -> Response:
    stand = stand_of(request)
    account, cabinet = stand.looking(_token(request))
    if account is None:
        return _no_session()
    if closed(account, cabinet):
        return _refused({"cabinet": "cabinet_closed"}, 403)
    person = {key: value for key, value in asdict(account).items() if key not in {"password", "link"}}
    return JSONResponse(
        {
            "person": person | {"full_name": account.full_name, "level": account.level},
            "confirm_final": texts("labels")[confirmation_label(account)],
            "documents": [
                asdict(document) | {"title": document.title, "cycle": dates(document)}
                for document in stand.store.documents(account)
            ],
            "cycles": [asdict(cycle) for cycle in stand.store.cycles(account)],
        }
    )


async def _options(request: Request) -> Response:
    """Answer the options whose text holds the query; an organisation's option also shows its region."""
    stand, name = stand_of(request), request.path_params["name"]
    account, _ = stand.store.session(_token(request)) or (None, "")
    query = request.query_params.get("query", "").strip().casefold()
    try:
        found = [option for option in options(name, account.level if account else None) if query in option.casefold()]
    except KeyError:
        return JSONResponse({"error": "not_found", "error_description": "Нет такого списка"}, 404)
    if slow := stand.faults.parameters("slow_options"):
        await delay(request, slow["ms"])
    more = regions_of_organisations() if name == "organisation" else {}
    return JSONResponse({"options": [{"name": option, "more": more.get(option, "")} for option in found]})


def _post(path: str, action: str, answer: Answer) -> Route:
    return Route(f"/api/{path}", changing(action, answer), methods=["POST"])


def _by_owner(action: Action) -> Answer:
    """Let only the owner of a session do this."""

    @wraps(action)
    async def guarded(request: Request) -> Response:
        account, cabinet = stand_of(request).store.session(_token(request)) or (None, "")
        if account is None or closed(account, cabinet):
            return _no_session()
        return _told(action(stand_of(request), account, await _values(request)))

    return guarded


async def _values(request: Request) -> dict[str, str]:
    sent: dict[str, Any] = await request.json()
    return {key: value for key, value in sent.items() if isinstance(value, str)}


def _token(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix(BEARER)


def _told(verdict: Verdict) -> Response:
    return JSONResponse({}) if verdict.accepted else _refused(verdict.errors)


def _refused(errors: dict[str, str], status: int = 422) -> Response:
    refusals = texts("refusals")
    told = [{"code": code, "field": field, "message": refusals[code]} for field, code in errors.items()]
    return JSONResponse({"globalErrors": told}, status)


def _no_session() -> Response:
    return JSONResponse({"error": "unauthorized", "error_description": texts("refusals")["session"]}, 401)
