"""The mailbox page of the stand-in portal."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from nmo_autofill.errors import HostRefusedError, PortalUnreachableError
from nmo_autofill.letters.letter import Letter
from nmo_autofill.portal.host import host_of, is_test_host

if TYPE_CHECKING:
    from collections.abc import Sequence

_SECONDS = 10.0


class StandInMailbox:
    """Reads the letters that a stand-in portal on loopback keeps, «Входящие» and «Спам» alike.

    Raises HostRefusedError for an address that is not loopback: only a stand-in portal shows everybody's letters.
    """

    def __init__(self, portal_address: str) -> None:
        if not is_test_host(portal_address):
            raise HostRefusedError(host=host_of(portal_address))
        self._address = urljoin(portal_address, "/_mock/mail.json")

    async def letters(self, address: str) -> Sequence[Letter]:
        """Return the letters to this address, the oldest first. Raises PortalUnreachableError."""
        answer = await asyncio.to_thread(self._post, {"address": address})
        return tuple(Letter(letter["to"], letter["text"]) for letter in answer["letters"])

    def _post(self, question: dict[str, str]) -> Any:  # noqa: ANN401 (JSON)
        # The address goes in the body, not in the query: addresses of pages end up in access logs.
        request = Request(  # noqa: S310 (the scheme is known: the portal's own address on loopback)
            self._address, json.dumps(question).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 (as above)
                return json.load(answer)
        except OSError:
            raise PortalUnreachableError(page=host_of(self._address)) from None
