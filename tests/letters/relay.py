"""A relay on loopback that spoils what a server says."""

from __future__ import annotations

import socket
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def relay(port: int, spoil: Callable[[bytes], bytes | None]) -> Iterator[int]:
    """Pass connections on to `port`; `spoil` changes what comes back, and closes the connection by None."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_accept, args=(server, port, spoil), daemon=True).start()
        yield server.getsockname()[1]
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


def _accept(server: socket.socket, port: int, spoil: Callable[[bytes], bytes | None]) -> None:
    while True:
        try:
            here, _ = server.accept()
        except OSError:
            return
        there = socket.create_connection(("127.0.0.1", port))
        Thread(target=_pump, args=(here, there, lambda data: data), daemon=True).start()
        Thread(target=_pump, args=(there, here, spoil), daemon=True).start()


def _pump(source: socket.socket, target: socket.socket, spoil: Callable[[bytes], bytes | None]) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            passed = spoil(data)
            if passed is None:
                break
            target.sendall(passed)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
