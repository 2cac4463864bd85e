"""A program that knows login and password, asked as git asks its credential helpers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.errors import LetterCommandError
from nmo_autofill.folding import digits
from nmo_autofill.letters.letter import Credentials
from nmo_autofill.letters.post import Brought
from nmo_autofill.letters.program import ProgramFailedError

if TYPE_CHECKING:
    from nmo_autofill.letters.program import Program


@dataclass(frozen=True)
class CommandCredentials:
    """A program that reads an address on its standard input and prints `{"login": …, "password": …}`.

    It prints `{}` while nothing has come yet; other keys are passed over.
    """

    program: Program

    async def look(self, address: str, login: str) -> Brought:
        """Return what the program tells; its answer counts as one letter. Raises LetterCommandError.

        Somebody else's login is an error too: the program has mixed up two people.
        """
        try:
            answer = await asyncio.to_thread(self.program.answer, address)
            credentials = _credentials(answer, login)
        except ProgramFailedError as failure:
            raise LetterCommandError(program=self.program.name, what=failure.what) from None
        return Brought(letters=int(credentials is not None), credentials=credentials)


def _credentials(answer: str, login: str) -> Credentials | None:
    told = _told(answer)
    if not told:
        return None
    for key in ("login", "password"):
        value = told.get(key)
        if not isinstance(value, str) or not value or not value.isprintable():
            raise ProgramFailedError(what=f"JSON: {key}?")
    if digits(told["login"]) != digits(login):
        raise ProgramFailedError(what="JSON: login ≠ СНИЛС")
    return Credentials(login, told["password"])


def _told(answer: str) -> dict[str, str]:
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        raise ProgramFailedError(what="JSON?") from None
    if not isinstance(told, dict):
        raise ProgramFailedError(what="JSON: {…}?")
    return told
