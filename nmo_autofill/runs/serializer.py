"""What the engine keeps of values: portable JSON, and never a pickle."""

from __future__ import annotations

from typing import NoReturn

from dbos import DBOSPortableJSONSerializer
from dbos._serialization import DefaultSerializer  # it has no public name (DBOS 3.4)

from nmo_autofill.errors import EngineError

SERIALIZER = DBOSPortableJSONSerializer()


def _refuse(*_: object) -> NoReturn:
    raise EngineError(what="pickle")


# Whatever serializer is set, the engine unpickles a row that calls itself a pickle: who can write into the shared
# database could run programs on every computer that reads it (tried with DBOS 3.4 on 2026-11-26).
DefaultSerializer.deserialize = _refuse  # type: ignore[assignment, method-assign]  # (theirs)
