"""The text of one file, decoded, with its lines and positions."""

from __future__ import annotations

import codecs
import re
from bisect import bisect
from functools import cached_property

from nmo_autofill.profile.diagnostics import Diagnostic, Position

LARGEST = 1_000_000

# What YAML 1.1 calls a line break but no editor does (NEL, LS, PS) would shift our line numbers: refused as well.
_CONTROL = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile(r"\r\n|\n|\r")
_GUESSES = {"cp1251": "Windows-1251", "cp866": "CP866 (DOS)", "koi8-r": "KOI8-R"}
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# A key begins with ASCII or Cyrillic letters: in UTF-16 without a mark, with these bytes.
_UTF_16_BEGIN = re.compile(rb"[ -~]\0[ -~]\0|\0[ -~]\0[ -~]")


class Unreadable(Exception):  # noqa: N818 (it carries a diagnostic, and is no fault of ours)
    """The document cannot be read any further; `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


class Document:
    """A file's text, without byte order mark."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their breaks."""
        return _BREAK.split(self.text)

    def position(self, line: int, column: int) -> Position:
        """Return the position of a line and column, both counted from 0 as PyYAML does."""
        text = self.lines[line] if line < len(self.lines) else ""
        return Position(self.file, line + 1, column + 1, text=text)

    def position_of(self, index: int) -> Position:
        """Return the position of the character `text[index]`."""
        line = self.line_of(index) - 1
        return self.position(line, index - self._starts[line])

    def line_of(self, index: int) -> int:
        """Return the line, counted from 1, of the character `text[index]`."""
        return bisect(self._starts, index)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]


def decode(file: str, content: bytes) -> Document:
    """Return the document that the bytes of `file` hold.

    Raises:
        Unreadable: it is too large, not UTF-8, empty, or has characters that no text has.
    """
    if len(content) > LARGEST:
        raise Unreadable(Diagnostic("file.large", Position(file), facts=(("limit", f"{LARGEST // 1_000_000}"),)))
    if content.startswith(_UTF_16_MARKS):
        raise Unreadable(_not_utf_8(file, content, 0, "UTF-16"))
    if _UTF_16_BEGIN.match(content):
        raise Unreadable(_not_utf_8(file, content, content.index(0), "UTF-16"))
    try:
        document = Document(file, content.decode().removeprefix(_MARK))
    except UnicodeDecodeError as error:
        raise Unreadable(_not_utf_8(file, content, error.start, _GUESSES[cyrillic_encoding(content)])) from None
    if stranger := _CONTROL.search(document.text):
        facts = (("code_point", f"U+{ord(stranger.group()):04X}"),)
        raise Unreadable(Diagnostic("file.control", document.position_of(stranger.start()), facts=facts))
    return document


def cyrillic_encoding(content: bytes) -> str:
    """Return the encoding (`cp1251`, `cp866`, `koi8-r`) that gives the most small Cyrillic letters.

    Words are mostly small letters. Only the bytes that are not UTF-8 count: one pasted line may be in another
    encoding than the rest.
    """
    escaped = "".join(re.findall("[\udc80-\udcff]", content.decode("utf-8", "surrogateescape")))
    strange = escaped.encode("utf-8", "surrogateescape")
    return max(_GUESSES, key=lambda encoding: len(re.findall("[а-яё]", strange.decode(encoding, "replace"))))


def _not_utf_8(file: str, content: bytes, offset: int, guess: str) -> Diagnostic:
    line = content.count(b"\n", 0, offset) + 1
    before = content[content.rfind(b"\n", 0, offset) + 1 : offset].decode("utf-8-sig", "replace")
    facts = (("byte", f"{content[offset]:02X}"), ("offset", str(offset)), ("guess", guess))
    return Diagnostic("file.encoding", Position(file, line, len(before) + 1), facts=facts)
