"""The command `python -m mock_portal`."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import get_args

from mock_portal.app import create_app
from mock_portal.faults import KNOWN
from mock_portal.server import HostRefusedError, PortalServer
from mock_portal.stand import LetterMode, Skin, Spam

WRONG_USE = 2


def main(arguments: list[str] | None = None) -> int:
    """Serve the portal until Ctrl+C; return the exit code."""
    given = _parser().parse_args(arguments)
    app = create_app(
        given.skin,
        database=given.database,
        letters=given.letters,
        spam=given.spam,
        register=_people(given.register),
        faults={name: {} for name in given.fault},
        captcha=given.captcha,
    )
    try:
        server = PortalServer(app, given.host, given.port, on_ready=lambda: _greet(given.skin, server.url))
    except HostRefusedError as refused:
        print(f"Учебный портал работает только на этом компьютере (127.0.0.1): {refused}", file=sys.stderr)  # noqa: T201 (a command speaks)
        return WRONG_USE
    except OSError as taken:
        print(f"Порт {given.port} занят: {taken.strerror}", file=sys.stderr)  # noqa: T201 (a command speaks)
        return WRONG_USE
    with suppress(KeyboardInterrupt):
        server.serve_here()
    return 0


def _greet(skin: str, url: str) -> None:
    print(f"Учебный портал ({skin}): {url}", flush=True)  # noqa: T201 (a command speaks)


def _people(register: Path | None) -> list[dict[str, object]]:
    people: list[dict[str, object]] = json.loads(register.read_text("utf-8")) if register else []
    return people


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mock_portal", description="Учебный стенд портала НМФО")
    parser.add_argument("--port", type=int, default=8000, help="0: любой свободный")
    parser.add_argument("--host", default="127.0.0.1", help="только адреса этого компьютера")
    parser.add_argument("--skin", choices=get_args(Skin), default="native")
    parser.add_argument("--database", default=":memory:", help="файл SQLite; без него всё в памяти")
    parser.add_argument("--letters", choices=get_args(LetterMode), default="confirm")
    parser.add_argument("--spam", choices=get_args(Spam), default="third", help="какие письма попадают в «Спам»")
    parser.add_argument("--register", type=Path, help="люди Федерального регистра, JSON")
    parser.add_argument("--captcha", action="store_true", help="регистрация с отметкой «Я не робот»")
    parser.add_argument("--fault", action="append", default=[], choices=sorted(KNOWN), help="неисправность")
    return parser


if __name__ == "__main__":
    sys.exit(main())
