"""What the page asks its portal for, watched for as long as the page is open. Nothing is sent, only listened to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nmo_autofill.portal.host import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Response

    from nmo_autofill.portal.model import PortalMap

_BRINGING_DATA = {"document", "script", "fetch", "xhr"}
_REFUSAL = 400
_MISSING = 404  # some interfaces answer so for "you have none", and the page then says it in words


class Traffic:
    """The requests for data that began since `begin` was last called."""

    def __init__(self, page: Page, portal: PortalMap) -> None:
        self._page = page
        self._hosts = portal.hosts
        self._pending: set[Request] = set()
        self._rested_since = _now()
        self.failed = False
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._failed)

    def begin(self) -> None:
        """Forget what was asked for before: a page is about to be opened, and its own requests count."""
        self._pending.clear()
        self.failed = False

    def rest(self) -> float:
        """Return for how many seconds nothing has been under way."""
        return 0 if self._pending else _now() - self._rested_since

    def _asked(self, request: Request) -> None:
        known = {host_of(self._page.url), *self._hosts}
        if request.resource_type in _BRINGING_DATA and host_of(request.url) in known:
            self._pending.add(request)

    def _answered(self, response: Response) -> None:
        if response.request in self._pending and response.status >= _REFUSAL:
            self.failed |= response.status != _MISSING

    def _failed(self, request: Request) -> None:
        self.failed |= request in self._pending
        self._ended(request)

    def _ended(self, request: Request) -> None:
        if request in self._pending:
            self._pending.discard(request)
            self._rested_since = _now()


def _now() -> float:
    return asyncio.get_running_loop().time()
