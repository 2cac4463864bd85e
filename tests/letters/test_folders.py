"""The order of folders, with and without special uses."""

from __future__ import annotations

from imap_tools import FolderInfo

from nmo_autofill.letters.folders import reading_order


def folder(name: str, *flags: str, delim: str = "/") -> FolderInfo:
    return FolderInfo(name, delim, flags)


def test_inbox_and_spam_come_first() -> None:
    folders = [
        folder("Архив"),
        folder("[Gmail]", "\\Noselect"),
        folder("[Gmail]/Спам"),
        folder("Хлам", "\\HasNoChildren", "\\Junk"),
        folder("INBOX.Spam", delim="."),
        folder("inbox"),
        folder("Junk E-mail", delim=""),
        folder("[Gmail]/Вся почта", "\\All"),
        folder("Отправленные", "\\Sent"),
        folder("Черновики", "\\DRAFTS"),
    ]
    assert reading_order(folders) == [
        "inbox",
        "INBOX.Spam",
        "Junk E-mail",
        "[Gmail]/Спам",
        "Хлам",
        "[Gmail]/Вся почта",
        "Архив",
    ]
