"""A page that shows the portal in a frame, when the fault `framed` is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request

from mock_portal.pages.page import render
from mock_portal.stand import stand_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Framed:
    """Answers to whoever opens a page of the portal with one that shows it in a frame; the frame gets the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and _opens(request := Request(scope)):
            await render(request, "mock/framed.html")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _opens(request: Request) -> bool:
    opened = request.method == "GET" and request.headers.get("sec-fetch-dest") == "document"
    own = request.url.path.startswith("/_mock/")
    return opened and not own and stand_of(request).faults.parameters("framed") is not None
