"""File inputs: refused."""

from __future__ import annotations

from nmo_autofill.browser.controls.control import Driver
from nmo_autofill.errors import FileFieldError


class FileInput(Driver):
    """A field that takes a file: the person attaches it."""

    async def put(self, _: str) -> None:
        """Refuse.

        Raises:
            FileFieldError: always.
        """
        raise FileFieldError
