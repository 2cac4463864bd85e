"""A private Dovecot on loopback."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import secrets
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import trustme
from imap_tools.utils import encode_folder

from nmo_autofill.letters.server import ImapServer, Security
from tests.packages import provide

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
BOXES = 300
PATIENCE = 20.0  # seconds for start and stop

# Everything under one user, so that it needs no root (doc.dovecot.org/2.3, "Rootless installation").
CONFIGURATION = """
protocols = imap
listen = {host}
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
auth_failure_delay = 0
auth_mechanisms = plain login
ssl = {ssl}
ssl_cert = <{home}/certificate.pem
ssl_key = <{home}/certificate.pem
passdb {{
  driver = passwd-file
  args = username_format=%u {home}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {home}/users
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Спам {{
    auto = create
    special_use = \\Junk
  }}
  mailbox Отправленные {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Вся {{
    auto = create
  }}
}}
"""


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port


@dataclass(frozen=True)
class Box:
    """One mailbox of the server, and how it is filled."""

    dovecot: Dovecot
    user: str
    password: str
    maildir: Path

    def server(self, security: Security = Security.TLS) -> ImapServer:
        port = self.dovecot.tls if security is Security.TLS else self.dovecot.plain
        return ImapServer(self.user, HOST, port, security, self.dovecot.authority)

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        trust = ssl.create_default_context(cafile=str(self.dovecot.authority))
        with imaplib.IMAP4_SSL(HOST, self.dovecot.tls, ssl_context=trust) as client:
            client.authenticate("PLAIN", lambda _: f"\0{self.user}\0{self.password}".encode())
            yield client

    def put(self, content: bytes, folder: str = "INBOX", at: datetime | None = None) -> None:
        """Append a letter that arrived at this moment."""
        name = imap_name(folder)
        with self.client() as client:
            client.create(name)
            status, said = client.append(name, "", at or datetime.now(UTC), content)
            assert status == "OK", said

    def deliver(self, content: bytes, folder: str = "") -> None:
        """Leave a letter in the maildir, as a mail server does."""
        with self.client() as client:
            client.select(imap_name(folder) if folder else "INBOX", readonly=True)
        new = self.maildir / (f".{imap_name(folder)}".replace('"', "") if folder else "") / "new"
        name = f"{time.time_ns()}.{secrets.token_hex(4)}.here"
        written = new.parent / "tmp" / name
        written.write_bytes(content)
        self.dovecot.give_away(written)
        written.rename(new / name)

    def files(self) -> list[str]:
        """Return the files of all letters: their folders and names tell what was done to them."""
        found = (path for path in self.maildir.rglob("*") if path.parent.name in {"cur", "new"})
        return sorted(str(path.relative_to(self.maildir)) for path in found)


@dataclass
class Dovecot:
    """A Dovecot with a certificate for `name`; `encrypted`: whether it offers TLS."""

    home: Path
    name: str = HOST
    encrypted: bool = True
    tls: int = field(default_factory=free_port)
    plain: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    boxes: list[Box] = field(init=False)

    def __post_init__(self) -> None:
        self.boxes = self._boxes()

    @property
    def authority(self) -> Path:
        return self.home / "authority.pem"

    @property
    def log(self) -> str:
        return (self.home / "log").read_text("utf-8", "replace")

    def prepare(self) -> None:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self.authority))
        certificate = authority.issue_cert(self.name).private_key_and_cert_chain_pem
        certificate.write_to_path(str(self.home / "certificate.pem"))
        user = pwd.getpwuid(_uid())
        lines = (
            f"{box.user}:{{PLAIN}}{box.password}:{user.pw_uid}:{user.pw_gid}::{box.maildir.parent}"
            for box in self.boxes
        )
        (self.home / "users").write_text("\n".join(lines), "utf-8")
        configuration = CONFIGURATION.format(
            host=HOST,
            home=self.home,
            user=user.pw_name,
            group=grp.getgrgid(user.pw_gid).gr_name,
            ssl="yes" if self.encrypted else "no",
            tls=self.tls if self.encrypted else 0,
            plain=self.plain,
        )
        (self.home / "dovecot.conf").write_text(configuration, "utf-8")
        for path in (self.home, *self.home.iterdir()):
            self.give_away(path)

    def start(self) -> None:
        command = [
            provide("dovecot", "dovecot-imapd", "/usr/sbin", "/usr/local/sbin"),
            "-F",
            "-c",
            str(self.home / "dovecot.conf"),
        ]
        as_user: dict[str, int] = {"user": _uid(), "group": pwd.getpwuid(_uid()).pw_gid} if os.geteuid() == 0 else {}
        self.process = subprocess.Popen(command, start_new_session=True, **as_user)  # type: ignore[call-overload]  # noqa: S603 (found above)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log
            with suppress(OSError), socket.create_connection((HOST, self.plain), timeout=1):
                return
            time.sleep(0.05)  # noqa: TID251 (a server that starts tells nobody)
        raise AssertionError(self.log)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE)
            with suppress(ProcessLookupError):  # who serves a connection outlives the master for a moment
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process = None

    def box(self, *, ascii_only: bool = False) -> Box:
        """Return a new, empty mailbox; its password is not ASCII unless that is asked for."""
        fitting = next(box for box in self.boxes if box.password.isascii() == ascii_only)
        self.boxes.remove(fitting)
        return fitting

    def _boxes(self) -> list[Box]:
        # All at once: Dovecot looks for changes of the list once a second.
        names = (f"box{number}@college.example" for number in range(BOXES))
        boxes = [Box(self, name, password(), self.home / name / "Maildir") for name in names]
        return [*boxes, Box(self, "ascii", "".join(filter(str.isascii, password())), self.home / "ascii" / "Maildir")]

    def give_away(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, _uid(), pwd.getpwuid(_uid()).pw_gid)


@contextmanager
def running_dovecot(name: str = HOST, *, encrypted: bool = True) -> Iterator[Dovecot]:
    """Run a Dovecot in a folder of its own: pytest's would be closed to its user, and too long for its sockets."""
    with tempfile.TemporaryDirectory(prefix="nmo-dovecot-", ignore_cleanup_errors=True) as folder:
        dovecot = Dovecot(Path(folder), name, encrypted)
        dovecot.prepare()
        dovecot.start()
        try:
            yield dovecot
        finally:
            dovecot.stop()


def imap_name(folder: str) -> str:
    """Return a folder's name as IMAP writes it (modified UTF-7), quoted."""
    return encode_folder(folder).decode()


def password() -> str:
    """Return a password that quotes badly and is not ASCII."""
    return f'п"\\ {secrets.token_urlsafe(9)}'


def _uid() -> int:
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
