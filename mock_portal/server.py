"""The portal's server: on the command line, or in a thread of a test."""

from __future__ import annotations

import ipaddress
import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.applications import Starlette

PATIENCE = 30.0  # seconds for start and stop
GRACE = 2  # seconds for answers under way at the stop


class HostRefusedError(ValueError):
    """The stand serves this machine only."""


class _Protocol(H11Protocol):
    """uvicorn's protocol, which leaves its connection where the fault `lost_answer` finds it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # (as uvicorn has it)
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class PortalServer(uvicorn.Server):
    """A server bound to loopback.

    Args:
        app: the portal.
        host: a loopback address or `localhost`. Raises HostRefusedError for any other.
        port: 0 chooses a free one.
        certificate: files of the certificate and its key, for HTTPS. Raises OSError if they cannot be read.
        on_ready: called once when the portal answers.
    """

    def __init__(
        self,
        app: Starlette,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        certificate: tuple[str | Path, str | Path] | None = None,
        on_ready: Callable[[], None] = lambda: None,
    ) -> None:
        if not _loopback(host):
            raise HostRefusedError(host)
        certfile, keyfile = certificate or (None, None)
        # No access log: addresses and forms hold personal data. The logging of the process stays as it is.
        config = uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            access_log=False,
            log_config=None,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            ssl_certfile=certfile,
            ssl_keyfile=keyfile,
        )
        config.load()
        super().__init__(config)
        self._on_ready = on_ready
        self._socket = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        shown = f"[{host}]" if ":" in host else host
        self.url = f"{'https' if certificate else 'http'}://{shown}:{self._socket.getsockname()[1]}/"

    def serve_here(self) -> None:
        """Serve in this thread until told to stop."""
        with self._socket:
            self.run(sockets=[self._socket])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell when ready."""
        await super().startup(sockets=sockets)
        if self.started:
            self._on_ready()


@contextmanager
def running(
    app: Starlette,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    certificate: tuple[str | Path, str | Path] | None = None,
) -> Iterator[str]:
    """Run the portal in a thread and give its address, which ends with a slash. Raises RuntimeError if it fails."""
    settled = threading.Event()
    server = PortalServer(app, host, port, certificate=certificate, on_ready=settled.set)

    def serve() -> None:
        try:
            with suppress(SystemExit):  # uvicorn's way out of a start that failed
                server.serve_here()
        finally:
            settled.set()

    thread = threading.Thread(target=serve, name="mock_portal", daemon=True)
    thread.start()
    settled.wait(PATIENCE)
    if not server.started:
        message = "the portal did not start"
        raise RuntimeError(message)
    try:
        yield server.url
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
