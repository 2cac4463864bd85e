"""Characters that a person does not see, found by their place."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nmo_autofill.profile.diagnostics import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 500

_DOUBTFUL = re.compile(r"[^ -~А-яЁё«»№–—]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})


def findings(text: str) -> list[Finding]:
    """Return a finding for each invisible character, one for the first line break, and one when it is too long.

    What stands beyond the longest text is not looked at: a megabyte of invisible characters is one mistake.
    """
    found = list(_unseen(text[:LONGEST])) if _DOUBTFUL.search(text) else []
    if len(text) > LONGEST:
        found.append(Finding("text.long", LONGEST, (("limit", str(LONGEST)),)))
    return found


def _unseen(text: str) -> Iterator[Finding]:
    line_break = text.find("\n")
    for match in _DOUBTFUL.finditer(text):
        character = match.group()
        if match.start() == line_break:
            yield Finding("text.line_break", match.start())
        elif character == "\n":
            continue
        elif unicodedata.category(character) in _UNSEEN:
            yield Finding("text.invisible", match.start(), (("code_point", f"U+{ord(character):04X}"),))
