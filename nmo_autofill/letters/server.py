"""The IMAP server that keeps the mailbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from nmo_autofill.errors import MailboxUnsafeError
from nmo_autofill.portal.host import is_test_host

if TYPE_CHECKING:
    from pathlib import Path

TLS_PORT, PLAIN_PORT = 993, 143


class Security(StrEnum):
    """How the connection is encrypted."""

    TLS = "tls"  # from the first byte
    STARTTLS = "starttls"  # before anything is told
    PLAIN = "plain"  # not at all: on loopback only


@dataclass(frozen=True)
class ImapServer:
    """Where one mailbox is read that collects the graduates' letters.

    Attributes:
        authorities: a file with the certificates of further authorities, for a college that has its own.

    Raises MailboxUnsafeError for an unencrypted connection to another computer; a name that only resolves to loopback
    is another computer's.
    """

    user: str = field(repr=False)
    host: str
    port: int = TLS_PORT
    security: Security = Security.TLS
    authorities: Path | None = None

    def __post_init__(self) -> None:
        host = f"[{self.host}]" if ":" in self.host else self.host
        if self.security is Security.PLAIN and not is_test_host(f"imap://{host}/"):
            raise MailboxUnsafeError(host=self.host, what="no TLS")
