"""The command `python -m mock_portal`."""

from __future__ import annotations

import argparse
import errno
import json
import os
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, get_args

from mock_portal.app import create_app
from mock_portal.faults import KNOWN
from mock_portal.server import HostRefusedError, PortalServer
from mock_portal.smtp import SmtpRefusedError
from mock_portal.stand import LetterMode, Skin, Spam, Stand, seed

if TYPE_CHECKING:
    from starlette.applications import Starlette

WRONG_USE = 2
LAST_PORT = 65535


class WrongUseError(Exception):
    """What the caller has to mend, in one line."""

    def __init__(self, *, what: str, why: object) -> None:
        super().__init__(f"{what}: {why}")


def main(arguments: list[str] | None = None) -> int:
    """Serve the portal until Ctrl+C; return the exit code."""
    given = _parser().parse_args(arguments)
    try:
        server = _server(given)
    except WrongUseError as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201 (a command speaks)
        return WRONG_USE
    if given.end_with_input:
        Thread(target=_end_with_input, args=(server,), daemon=True).start()
    with suppress(KeyboardInterrupt):
        server.serve_here()
    return 0


def _server(given: argparse.Namespace) -> PortalServer:
    if not 0 <= given.port <= LAST_PORT:
        raise WrongUseError(what=f"Порт {given.port} невозможен", why=f"нужен номер от 0 до {LAST_PORT}")
    people = _people(given.register) if given.register else []
    app = _app(given)
    stand: Stand = app.state.stand
    try:
        _seed(stand, people, given.register)
        return _bound(app, given)
    except WrongUseError:
        stand.store.close()
        raise


def _bound(app: Starlette, given: argparse.Namespace) -> PortalServer:
    try:
        server = PortalServer(app, given.host, given.port, on_ready=lambda: _greet(given.skin, server.url))
    except HostRefusedError as refused:
        raise WrongUseError(what="Учебный портал работает только на этом компьютере (127.0.0.1)", why=refused) from None
    except OSError as error:
        what = f"Порт {given.port} {'занят' if error.errno == errno.EADDRINUSE else 'не открывается'}"
        raise WrongUseError(what=what, why=error.strerror) from None
    return server


def _app(given: argparse.Namespace) -> Starlette:
    try:
        return create_app(
            given.skin,
            database=given.database,
            letters=given.letters,
            spam=given.spam,
            faults={name: {} for name in given.fault},
            captcha=given.captcha,
            smtp=given.smtp,
        )
    except SmtpRefusedError as refused:
        raise WrongUseError(
            what="Письма уходят только на этот компьютер (--smtp 127.0.0.1:ПОРТ)", why=refused
        ) from None
    except sqlite3.Error as error:
        raise WrongUseError(what=f"База данных {given.database} не открывается", why=error) from None


def _end_with_input(server: PortalServer) -> None:
    while os.read(sys.stdin.fileno(), 1024):  # a read of sys.stdin itself would hold its lock when Python ends
        pass
    server.should_exit = True


def _greet(skin: str, url: str) -> None:
    print(f"Учебный портал ({skin}): {url}", flush=True)  # noqa: T201 (a command speaks)


def _people(register: Path) -> list[Any]:
    unread = f"Файл {register} не читается"
    try:
        people = json.loads(register.read_text("utf-8"))
    except OSError as error:
        raise WrongUseError(what=unread, why=error.strerror) from None
    except UnicodeDecodeError:
        raise WrongUseError(what=unread, why="это не UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise WrongUseError(what=unread, why=f"это не JSON ({error})") from None
    if not isinstance(people, list):
        raise WrongUseError(what=f"Файл {register} не подходит", why="нужен список людей")
    return people


def _seed(stand: Stand, people: list[Any], register: Path) -> None:
    for number, person in enumerate(people, 1):
        try:
            seed(stand.store, person)
        except KeyError as missing:
            why = f"нет ключа {missing.args[0]}"
        except (TypeError, AttributeError, sqlite3.Error) as error:
            why = type(error).__name__
        else:
            continue
        raise WrongUseError(what=f"Файл {register} не подходит", why=f"человек {number}, {why}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mock_portal", description="Учебный стенд портала НМФО")
    parser.add_argument("--port", type=int, default=8000, help="0: любой свободный")
    parser.add_argument("--host", default="127.0.0.1", help="только адреса этого компьютера")
    parser.add_argument("--skin", choices=get_args(Skin), default="native")
    parser.add_argument("--database", default=":memory:", help="файл SQLite; без него всё в памяти")
    parser.add_argument("--letters", choices=get_args(LetterMode), default="confirm")
    parser.add_argument("--spam", choices=get_args(Spam), default="third", help="какие письма попадают в «Спам»")
    parser.add_argument(
        "--smtp", default="", metavar="HOST:PORT", help="почтовый сервер, куда письма уходят ещё и по SMTP"
    )
    parser.add_argument("--register", type=Path, help="люди Федерального регистра, JSON")
    parser.add_argument("--captcha", action="store_true", help="регистрация с отметкой «Я не робот»")
    parser.add_argument("--end-with-input", action="store_true", help="закончить, когда закроется стандартный ввод")
    parser.add_argument("--fault", action="append", default=[], choices=sorted(KNOWN), help="неисправность")
    return parser


if __name__ == "__main__":
    sys.exit(main())
