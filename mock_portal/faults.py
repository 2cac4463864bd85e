"""Faults: misbehaviour that tests ask the portal for."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import wraps
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, PlainTextResponse, Response

if TYPE_CHECKING:
    from starlette.requests import Request

Parameters = Mapping[str, Any]
Endpoint = Callable[["Request"], Awaitable[Response]]

KNOWN: dict[str, dict[str, Any]] = json.loads((files("mock_portal") / "data" / "faults.json").read_text("utf-8"))


class UnknownFaultError(ValueError):
    """There is no fault of this name, or it has no such parameter."""


class Faults:
    """The faults that are on, and how often each was served.

    A new fault needs a line in `data/faults.json` (its parameters and their usual values) and the place that asks
    `parameters` (always on) or `take` (for one action, so many times).

    Args:
        active: parameters by the fault's name; `{}` means the usual values.
    """

    def __init__(self, active: Mapping[str, Parameters] | None = None) -> None:
        self.active: dict[str, dict[str, Any]] = {}
        self.served: Counter[str] = Counter()
        self.replace(active or {})

    def replace(self, active: Mapping[str, Parameters]) -> None:
        """Switch on just these faults. Raises UnknownFaultError."""
        merged = {}
        for name, parameters in active.items():
            usual = KNOWN.get(name, {}).get("parameters")
            if usual is None or not parameters.keys() <= usual.keys():
                known = ", ".join(f"{key}{sorted(fault['parameters'])}" for key, fault in KNOWN.items())
                raise UnknownFaultError(known)
            merged[name] = {**usual, **parameters}
        self.active = merged
        self.served.clear()

    def parameters(self, name: str) -> Parameters | None:
        """Return the parameters of a fault that is on, else None."""
        return self.active.get(name)

    def ends_session(self) -> bool:
        """Count a look at the account's pages; tell whether it is the one at which the session is lost."""
        if (lost := self.active.get("session_lost")) is None:
            return False
        self.served["session_lost"] += 1
        return bool(self.served["session_lost"] == lost["look"])

    def take(self, name: str, action: str) -> Parameters | None:
        """Return the parameters if the fault is on for `action` and not used up, and count it as served."""
        fault = self.active.get(name)
        if fault is None or fault["action"] not in {None, action}:
            return None
        if fault.get("times") is not None and self.served[name] >= fault["times"]:
            return None
        self.served[name] += 1
        return fault


def changing(action: str, endpoint: Endpoint) -> Endpoint:
    """Let the faults of `action` befall an endpoint that changes something."""

    @wraps(endpoint)
    async def faulty(request: Request) -> Response:
        faults: Faults = request.app.state.stand.faults
        if request.method == "GET" and action != "confirmation":
            return await endpoint(request)
        if faults.take("error_500", action):
            return _broken(request)
        if late := faults.take("late_effect", action):
            await request.body()  # kept for the endpoint, who may find nobody to ask any more
            await asyncio.sleep(late["ms"] / 1000)  # noqa: TID251 (the stand-in portal is to be late)
        answer = await endpoint(request)
        if late := faults.take("late_answer", action):
            await delay(request, late["ms"])
        if faults.take("lost_answer", action):
            await _hang_up(request)
        return answer

    return faulty


async def delay(request: Request, milliseconds: float) -> None:
    """Let time pass before an answer, but no longer than the guest waits for it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(milliseconds / 1000):
            await _gone(request)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _hang_up(request: Request) -> None:
    # `mock_portal.server` leaves the connection here: ASGI itself has no way to close one without an answer.
    request.state.transport.abort()
    await _gone(request)


def _broken(request: Request) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": "server_error", "error_description": "Внутренняя ошибка сервера"}, 500)
    return PlainTextResponse("Внутренняя ошибка сервера", 500)
