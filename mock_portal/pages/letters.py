"""The stand's mailbox: «Входящие» and «Спам» of any address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from mock_portal.pages.page import form, render
from mock_portal.stand import stand_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from mock_portal.model import Letter


async def mailbox(request: Request) -> Response:
    """Ask for an address, or show its letters.

    The address comes in the body, so that no address of a page ever holds it.
    """
    if request.method == "GET":
        return render(request, "mock/mail.html", address=None, letters=[])
    address = (await form(request)).get("address", "").strip()
    letters = stand_of(request).store.letters(address)
    return render(request, "mock/mail.html", address=address, letters=letters[::-1])


async def mailbox_json(request: Request) -> Response:
    """Answer `{"address"}` with `{"letters": [...]}`, the oldest first."""
    address = str((await request.json()).get("address", "")).strip()
    return JSONResponse({"letters": [_told(letter) for letter in stand_of(request).store.letters(address)]})


def _told(letter: Letter) -> dict[str, object]:
    return {
        "id": letter.id,
        "folder": letter.folder,
        "to": letter.recipient,
        "from": letter.sender,
        "subject": letter.subject,
        "text": letter.text,
        "received": letter.received,
    }
