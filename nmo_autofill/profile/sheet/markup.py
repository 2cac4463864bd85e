"""XML parts of a workbook, walked through element by element."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from nmo_autofill.profile.sheet.workbook import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Callable


def walk(
    part: bytes,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for each element and text; names are `namespace name`.

    Raises:
        Refused: the part is no well-formed XML, or has a document type: no workbook has one, only attacks do.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(part, True)  # noqa: FBT003 (expat's own signature)
    except expat.ExpatError:
        raise Refused(Why.DAMAGED) from None


def _refuse(*_: object) -> NoReturn:
    raise Refused(Why.DAMAGED)
