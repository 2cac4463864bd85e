"""The portal as an ASGI application."""

from __future__ import annotations

from contextlib import asynccontextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from mock_portal import api, witness
from mock_portal.faults import Faults, changing
from mock_portal.pages import account, admission, cycle, front, letters, registration, settings
from mock_portal.pages.framed import Framed
from mock_portal.pages.page import render
from mock_portal.smtp import PostedStore
from mock_portal.stand import LetterMode, Skin, Spam, Stand, seed
from mock_portal.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from mock_portal.faults import Endpoint, Parameters

LARGEST_BODY = 1_000_000  # bytes


def create_app(  # noqa: PLR0913 (one keyword for each option of the command)
    skin: Skin = "native",
    *,
    database: str | Path = ":memory:",
    letters: LetterMode = "confirm",
    spam: Spam = "third",
    register: Iterable[Mapping[str, Any]] = (),
    faults: Mapping[str, Parameters] | None = None,
    captcha: bool = False,
    smtp: str = "",
) -> Starlette:
    """Return the portal in one skin; its `Stand` is `app.state.stand`.

    Args:
        skin: `native` (server-rendered) or `kit` (single page).
        database: an SQLite file, or `:memory:`.
        letters: `confirm` (link first, then login and password) or `direct` (one letter).
        spam: which letters land in «Спам»: every `third`, `never` or `always`.
        register: people of the Federal register, see `mock_portal.stand.seed`.
        faults: parameters by the fault's name, see `data/faults.json`. Raises UnknownFaultError.
        captcha: whether the registration asks for «Я не робот» (the fault `captcha`).
        smtp: `HOST:PORT` of a mail server on loopback that gets each letter too. Raises SmtpRefusedError.
    """
    if skin not in get_args(Skin):
        raise ValueError(skin)
    wanted = dict(faults or {}) | ({"captcha": {}} if captcha else {})
    store = PostedStore(database, smtp) if smtp else Store(database)
    stand = Stand(skin, store, letters=letters, spam=spam, faults=Faults(wanted))
    for person in register:
        seed(stand.store, person)
    app = Starlette(
        routes=[*(_native() if skin == "native" else _kit()), *_shared()],
        exception_handlers={404: _missing},
        middleware=[Middleware(Framed)],
        lifespan=_lifespan,
        max_body_size=LARGEST_BODY,
    )
    app.state.stand = stand
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    yield
    app.state.stand.store.close()


async def _missing(request: Request, _: Exception) -> Response:
    return render(request, "mock/missing.html", 404)


def _native() -> list[Route]:
    return [
        Route("/", front.front),
        Route("/cabinets", front.cabinets),
        _form("/login", "sign_in", front.login),
        Route("/logout", front.logout, methods=["POST"]),
        Route("/gosuslugi", front.gosuslugi),
        Route("/password-recovery", front.forgotten),
        Route("/agreement", front.agreement),
        _form("/registration", "registration", registration.registration),
        Route("/registration/done", registration.registered),
        _form("/purpose", "purpose", account.purpose),
        Route("/account/profile", account.profile),
        Route("/account/my-plan", account.plan),
        Route("/account/trajectory", cycle.trajectory),
        Route("/account/admission", admission.wizard),
        _form("/account/admission/document", "admission", admission.document),
        Route("/account/admission/organisation", admission.organisation),
        _form("/account/cycle", "cycle", cycle.cycle),
        _form("/account/settings", "password", settings.settings),
    ]


def _kit() -> list[Route]:
    return [Route("/", api.shell), *api.routes()]


def _shared() -> list[Route | Mount]:
    return [
        Route("/confirmation/{link}", changing("confirmation", registration.confirmation)),
        Route("/captcha", registration.captcha),
        Route("/captcha/ticket", registration.captcha_ticket, methods=["POST"]),
        Route("/_mock/mail", letters.mailbox, methods=["GET", "POST"]),
        Route("/_mock/mail.json", letters.mailbox_json, methods=["POST"]),
        Route("/_mock/witness", witness.witness),
        Route("/_mock/state", witness.state),
        Route("/_mock/register", witness.register, methods=["POST"]),
        Route("/_mock/faults", witness.faults, methods=["GET", "POST"]),
        Route("/_mock/reset", witness.reset, methods=["POST"]),
        Mount("/static", StaticFiles(directory=str(files("mock_portal") / "static"))),
    ]


def _form(path: str, action: str, page: Endpoint) -> Route:
    return Route(path, changing(action, page), methods=["GET", "POST"])
