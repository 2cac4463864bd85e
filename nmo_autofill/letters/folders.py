"""The folders of a mailbox in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imap_tools import FolderInfo

MOST_FOLDERS = 100

# RFC 6154 and RFC 3501. What the mailbox itself wrote is no letter to anybody here.
_NOT_READ = {"\\noselect", "\\nonexistent", "\\sent", "\\drafts"}
_JUNK_FLAGS = {"\\junk", "\\spam"}
_JUNK_NAMES = {"spam", "junk", "junk e-mail", "junk email", "bulk mail", "спам", "нежелательная почта"}


def reading_order(folders: Iterable[FolderInfo]) -> list[str]:
    """Return the names of the folders to read: «Входящие», «Спам», then the others, so that a limit cuts none of both.

    «Спам» is known by its special use, else by its name: not every server tells the use.
    """
    read = (folder for folder in folders if not _flags(folder) & _NOT_READ)
    # imap-tools 1.16 takes the escape from a quotation mark in a name, and leaves it with a backslash.
    return [
        folder.name.replace(r"\\", "\\") for folder in sorted(read, key=lambda folder: (_rank(folder), folder.name))
    ]


def _rank(folder: FolderInfo) -> int:
    if folder.name.upper() == "INBOX":
        return 0
    own_name = folder.name.rpartition(folder.delim)[2] if folder.delim else folder.name
    return 1 if _flags(folder) & _JUNK_FLAGS or own_name.casefold() in _JUNK_NAMES else 2


def _flags(folder: FolderInfo) -> set[str]:
    return {flag.lower() for flag in folder.flags}
