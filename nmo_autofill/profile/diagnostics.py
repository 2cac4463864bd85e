"""Diagnostics: findings about the input, with position, severity, code and hint."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from nmo_autofill.profile.data_file import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nmo_autofill.texts import Texts

Facts = tuple[tuple[str, str], ...]

# A line of a whole megabyte is shown as the part around the caret.
_SHOWN_BEFORE = 100
_SHOWN_AFTER = 60
_UNSHOWABLE = "\N{REPLACEMENT CHARACTER}"


class Severity(StrEnum):
    """How bad a finding is: with an error the person is not run."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Position:
    """Where something stands: `line` and `column` count characters from 1; `sheet` and `cell` are of spreadsheets.

    `text` is the source line as it stands in the file, or the text of the cell, in which `caret` counts characters
    from 1; it may hold personal values and stays out of `repr`.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    text: str = field(default="", repr=False, compare=False)
    caret: int | None = None

    @property
    def row(self) -> int | None:
        """The row of a cell, counted from 1."""
        return int("".join(filter(str.isdecimal, self.cell))) if self.cell else None

    def __str__(self) -> str:
        """Return `file:line:column`, or `file:sheet!cell` of a spreadsheet, without the parts that are not known."""
        if self.sheet or self.cell:
            parts = [self.file, "!".join(filter(None, (self.sheet, self.cell)))]
        else:
            parts = [self.file, *(str(number) for number in (self.line, self.column) if number is not None)]
        # A name of a file or sheet may hold what a terminal would obey, or a line break.
        return "".join(map(_showable, ":".join(parts)))


class Place(Protocol):
    """Something that stands in a file."""

    def at(self, index: int = 0, /) -> Position:
        """Return where it starts, or where its character `index` stands when it is a text."""


class Given(Place, Protocol):
    """A value as it was given, which knows where each of its characters stands."""

    @property
    def text(self) -> str:
        """The value, as text."""


class Finding(NamedTuple):
    """What is wrong with one value: the code, the offset in the value, and the facts of the sentence."""

    code: str
    offset: int = 0
    facts: Facts = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about the input.

    Attributes:
        code: stable name of the kind of finding, which is also the key of its sentence.
        position: where it stands.
        field: dotted key such as `admission.series`, empty for the whole document.
        facts: what the sentence tells besides, never a personal value.
    """

    code: str
    position: Position
    field: str = ""
    facts: Facts = ()

    @property
    def severity(self) -> Severity:
        """The severity that belongs to the code."""
        return severities()[self.code]


@cache
def severities() -> Mapping[str, Severity]:
    """Return every code with its severity, from data/codes.csv."""
    return {row["code"]: Severity(row["severity"]) for row in read_rows("codes.csv")}


def message(diagnostic: Diagnostic, texts: Texts) -> str:
    """Return the sentence that says what is wrong."""
    return texts(diagnostic.code, **_facts(diagnostic, texts))


def hint(diagnostic: Diagnostic, texts: Texts) -> str:
    """Return the sentence that says what to do."""
    return texts(f"{diagnostic.code}.hint", **_facts(diagnostic, texts))


def render(diagnostic: Diagnostic, texts: Texts) -> str:
    """Return the diagnostic as a terminal shows it.

    First `file:line:column: severity [code] message`, then the source line with a caret under the place
    (when the position has one), then the hint.
    """
    position = diagnostic.position
    severity = texts(f"severity.{diagnostic.severity}")
    parts = [f"{position}: {severity} [{diagnostic.code}] {message(diagnostic, texts)}"]
    if position.text and (place := position.caret or position.column) is not None:
        lines = pointed(position.text, place)
        # A hint tells of a whole value: a caret would point at nothing.
        parts += [f"    {line}" for line in (lines[:1] if diagnostic.severity is Severity.HINT else lines)]
    return "\n".join([*parts, f"    {texts('hint.lead')} {hint(diagnostic, texts)}"])


def as_json(diagnostic: Diagnostic, texts: Texts) -> dict[str, str | int | None]:
    """Return the diagnostic in the shape of `check --format json`."""
    position = diagnostic.position
    return {
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "field": diagnostic.field,
        "message": message(diagnostic, texts),
        "hint": hint(diagnostic, texts),
        "file": position.file,
        "line": position.line,
        "column": position.column,
        "sheet": position.sheet,
        "cell": position.cell,
        "row": position.row,
    }


def pointed(line: str, column: int) -> tuple[str, str]:
    """Return the source line and the line with the caret under its `column`, counted from 1.

    Tabs stay tabs in both lines, so that the caret stands right at any tab width; a wide character takes two
    columns, a combining one none. What a terminal would not show, or would obey, is shown as �.
    """
    start = max(0, column - 1 - _SHOWN_BEFORE)
    shown = "".join(map(_showable, line[start : column + _SHOWN_AFTER]))
    lead = "…" if start else ""
    tail = "…" if column + _SHOWN_AFTER < len(line) else ""
    blank = "".join(map(_blank, lead + shown[: column - 1 - start]))
    return f"{lead}{shown}{tail}", f"{blank}^"


def _showable(character: str) -> str:
    if character == "\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return character
    return _UNSHOWABLE


def _blank(character: str) -> str:
    if character == "\t":
        return "\t"
    if unicodedata.category(character) in {"Mn", "Me"}:
        return ""
    return "  " if unicodedata.east_asian_width(character) in {"W", "F"} else " "


def _facts(diagnostic: Diagnostic, texts: Texts) -> dict[str, str]:
    label = texts(f"field.{diagnostic.field}") if diagnostic.field else ""
    return {"label": label, **dict(diagnostic.facts)}
