"""The witness: what the portal received and keeps, told to tests under `/_mock/`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from mock_portal.faults import KNOWN, UnknownFaultError
from mock_portal.stand import seed, stand_of

if TYPE_CHECKING:
    from starlette.requests import Request

SECRET = {"password", "link"}


async def witness(request: Request) -> Response:
    """Answer every request that changed something (or was refused), in order, with the exact strings."""
    rows = stand_of(request).store.rows("SELECT * FROM witness ORDER BY n")
    return JSONResponse(
        [
            dict(row)
            | {
                "accepted": bool(row["accepted"]),
                "errors": json.loads(row["errors"]),
                "values": json.loads(row["values"]),
            }
            for row in rows
        ]
    )


async def state(request: Request) -> Response:
    """Answer the accounts, documents and cycles as they are now, and how many of each there are."""
    store = stand_of(request).store
    told: dict[str, list[dict[str, Any]]] = {"accounts": [], "documents": [], "cycles": []}
    for account in store.accounts():
        told["accounts"].append({key: value for key, value in asdict(account).items() if key not in SECRET})
        told["documents"] += [asdict(document) | {"snils": account.snils} for document in store.documents(account)]
        told["cycles"] += [asdict(cycle) | {"snils": account.snils} for cycle in store.cycles(account)]
    counts = {name: len(rows) for name, rows in told.items()} | {"letters": store.count("letters")}
    return JSONResponse({**told, "counts": counts})


async def register(request: Request) -> Response:
    """Take one person, or a list of them, into the Federal register; the same СНИЛС and level again replaces."""
    given = await request.json()
    people = given if isinstance(given, list) else [given]
    try:
        for person in people:
            seed(stand_of(request).store, person)
    except KeyError as missing:
        return JSONResponse({"error": f"missing key {missing}"}, 400)
    return JSONResponse({"people": len(people)})


async def faults(request: Request) -> Response:
    """Switch on just the given faults, or tell which are on, how often each was served, and which there are."""
    active = stand_of(request).faults
    if request.method == "POST":
        try:
            active.replace((await request.json()).get("faults", {}))
        except UnknownFaultError as unknown:
            return JSONResponse({"error": "unknown fault or parameter", "known": str(unknown)}, 400)
    return JSONResponse({"faults": active.active, "served": active.served, "known": KNOWN})


async def reset(request: Request) -> Response:
    """Forget everything."""
    stand_of(request).reset()
    return JSONResponse({"reset": True})
