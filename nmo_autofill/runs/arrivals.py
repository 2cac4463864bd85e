"""Letters that are waited for: everybody's turn comes round, so that the mail server is asked one thing at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nmo_autofill.errors import NmoAutofillError, Remedy

if TYPE_CHECKING:
    from nmo_autofill.letters.post import Brought, Letters

_SECONDS_BETWEEN = 5.0


@dataclass
class Arrivals:
    """What comes from a source of letters; without one (a person reads them) nothing ever does.

    `seconds_between`: two looks for one person.
    """

    letters: Letters | None
    seconds_between: float = _SECONDS_BETWEEN
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def something_new(self, address: str, login: str, seen: Brought, seconds: float) -> bool:
        """Wait until another link or other credentials have come than were seen; tell whether they came in time.

        A mail server that does not answer is asked again. Raises what else the source of letters raises.
        """
        if self.letters is None:
            return False
        now = asyncio.get_running_loop().time
        end = now() + seconds
        while not await self._is_new(self.letters, address, login, seen):
            if now() >= end:
                return False
            await asyncio.sleep(min(self.seconds_between, max(0.0, end - now())))  # noqa: TID251 (a mailbox tells of no letter by itself)
        return True

    async def _is_new(self, letters: Letters, address: str, login: str, seen: Brought) -> bool:
        try:
            async with self._looking:
                brought = await letters.look(address, login)
        except NmoAutofillError as error:
            if error.remedy is Remedy.RETRY:
                return False
            raise
        return (brought.link, brought.credentials) != (seen.link, seen.credentials)
