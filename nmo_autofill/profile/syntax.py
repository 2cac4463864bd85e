"""Mistakes of YAML's grammar, told in our own codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from nmo_autofill.profile.diagnostics import Diagnostic, Position

if TYPE_CHECKING:
    from nmo_autofill.profile.document import Document
    from nmo_autofill.profile.node import Mark

# The words of PyYAML's and libyaml's messages that tell which mistake was made; the first that fits counts.
_MISTAKES = (
    ("scanning an alias", "yaml.alias"),
    ("scanning an anchor", "yaml.anchor"),
    ("a tag", "yaml.tag"),
    ("tag handle", "yaml.tag"),
    ("unexpected end of stream", "yaml.quote"),
    ("document indicator", "yaml.quote"),
    ("document separator", "yaml.quote"),
    ("mapping values are not allowed", "yaml.colon"),
    ("could not find expected ':'", "yaml.no_colon"),
    ("cannot start any token", "yaml.start"),
    ("sequence entries are not allowed", "yaml.start"),
    ("mapping keys are not allowed", "yaml.start"),
    ("scanning a block scalar", "yaml.start"),
    ("escape", "yaml.escape"),
    ("did not find expected key", "yaml.indent"),
    ("expected <block end>", "yaml.indent"),
    ("did not find expected '-'", "yaml.indent"),
    ("expected '<document start>'", "yaml.documents"),
    ("did not find expected <document start>", "yaml.documents"),
)
_SHOWN_FROM_BEGIN = frozenset(
    {"yaml.quote", "yaml.alias", "yaml.anchor", "yaml.tag", "yaml.no_colon", "yaml.start"},
)
_TAB_INDENT = re.compile(r" *\t")


def mistake(document: Document, error: yaml.YAMLError) -> Diagnostic:
    """Return the diagnostic for what PyYAML could not read; a tab in the indentation is told before all else."""
    marked = error if isinstance(error, yaml.MarkedYAMLError) else yaml.MarkedYAMLError()
    problem = f"{marked.context}: {marked.problem}"
    code = next((code for words, code in _MISTAKES if words in problem), "yaml.syntax")
    # An open quote is noticed only at the end of the file, a missing colon on the next line: the begin is shown.
    marks = (marked.context_mark, marked.problem_mark)
    mark: Mark | None = next(filter(None, marks if code in _SHOWN_FROM_BEGIN else reversed(marks)), None)
    if mark is None:
        return Diagnostic(code, Position(document.file))
    if tab := _tab(document, mark.line):
        return Diagnostic("yaml.tab", tab)
    return Diagnostic(code, document.position(mark.line, mark.column))


def _tab(document: Document, line: int) -> Position | None:
    """Return the place of the tab that indents this line or the one before, if one does."""
    for number in (line, line - 1):
        if 0 <= number < len(document.lines) and (indent := _TAB_INDENT.match(document.lines[number])):
            return document.position(number, indent.end() - 1)
    return None
