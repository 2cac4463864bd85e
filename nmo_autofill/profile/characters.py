"""Characters that a person does not see, found by their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.profile.diagnostics import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 500


def findings(text: str) -> list[Finding]:
    """Return a finding for each invisible character, one for the first line break, and one when it is too long.

    What stands beyond the longest text is not looked at: a megabyte of invisible characters is one mistake.
    """
    found = [] if text.isprintable() else list(_unseen(text[:LONGEST]))
    if len(text) > LONGEST:
        found.append(Finding("text.long", LONGEST, (("limit", str(LONGEST)),)))
    return found


def _unseen(text: str) -> Iterator[Finding]:
    line_break = text.find("\n")
    for index, character in enumerate(text):
        if index == line_break:
            yield Finding("text.line_break", index)
        elif character != "\n" and not character.isprintable():
            yield Finding("text.invisible", index, (("code_point", f"U+{ord(character):04X}"),))
