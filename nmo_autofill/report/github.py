"""The report of a check as annotations of GitHub's workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.profile.diagnostics import Severity, hint, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nmo_autofill.profile.diagnostics import Diagnostic
    from nmo_autofill.profile.people import Loaded
    from nmo_autofill.texts import Texts

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
# The runner reads these in the data and the properties of a workflow command (GitHub's `@actions/core`, command.ts).
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = _DATA | {":": "%3A", ",": "%2C"}


def render_github(loaded: Loaded, texts: Texts) -> Iterator[str]:
    """Return a workflow command for each diagnostic: no source line, for it can hold personal values."""
    for diagnostic in loaded.diagnostics:
        yield _command(diagnostic, texts)


def _command(diagnostic: Diagnostic, texts: Texts) -> str:
    position = diagnostic.position
    place = "!".join(filter(None, (position.sheet, position.cell)))
    properties = {
        "file": position.file,
        "line": str(position.line or ""),
        "col": str(position.column or ""),
        "title": f"{diagnostic.code}{f' {place}' if place else ''}",
    }
    written = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items() if value)
    told = f"{message(diagnostic, texts)} {hint(diagnostic, texts)}"
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{_escaped(told, _DATA)}"


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(character, character) for character in text)
