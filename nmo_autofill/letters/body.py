"""The text of a letter as it came."""

from __future__ import annotations

from email import message_from_bytes
from typing import TYPE_CHECKING

from nmo_autofill.letters.html import html_text
from nmo_autofill.profile.document import cyrillic_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_INVISIBLE = {0xA0: " ", 0xAD: None, 0x200B: None, 0x2060: None, 0xFEFF: None}


def body_text(content: bytes, *, whole: bool = True) -> str:
    """Return the letter's plain and HTML parts as text; attachments are passed over.

    Both, because a plain part may only say that the letter is in HTML. Of a letter that is not `whole` the last part is
    left out: half a password would be a wrong one.
    """
    try:
        parts = list(_parts(message_from_bytes(content)))
    except RecursionError:  # parts within parts without end
        return ""
    kept = parts if whole else parts[:-1]
    return "\n\n".join(text for part in kept if (text := _text(part)))


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts that hold no parts; a letter within the letter is one."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if not isinstance(part, str):
            yield from _parts(part)


def _text(part: Message) -> str:
    kind = part.get_content_type()
    attached = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    content = part.get_payload(decode=True)
    if attached or kind not in {"text/plain", "text/html"} or not isinstance(content, bytes):
        return ""
    text = _decoded(content, part.get_content_charset() or "").replace("\r\n", "\n")
    return (html_text(text) if kind == "text/html" else text).translate(_INVISIBLE)


def _decoded(content: bytes, charset: str) -> str:
    for encoding in filter(None, (charset, "utf-8")):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return content.decode(cyrillic_encoding(content), "replace")
