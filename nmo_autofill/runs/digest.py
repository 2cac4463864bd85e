"""The keyed digest of a person, by which the journal knows people without naming them."""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KEY_FILE = "digest.key"
_KEY_BYTES = 32


def digest(key: bytes, text: str) -> str:
    """Return HMAC-SHA-256: without the key nobody can try out the thousand million СНИЛС against a journal."""
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def read_key(folder: Path) -> bytes:
    """Return the key of a run folder; it is made when there is none.

    Raises OSError, also for a damaged key: with another one nobody in the journal would be known again.
    """
    path = folder / KEY_FILE
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise OSError(0, KEY_FILE)
    return key


def _make(path: Path) -> None:
    """Write a new key; of two processes that begin at once the first one's stays, and it is there as a whole."""
    draft = path.with_name(f"{KEY_FILE}.{secrets.token_hex(4)}")
    file = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(file, secrets.token_bytes(_KEY_BYTES))
        os.fsync(file)
    finally:
        os.close(file)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
