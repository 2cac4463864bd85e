"""Checked copies of group lists, beside the lists."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from nmo_autofill.errors import FileUnwritableError
from nmo_autofill.profile import sheet_source
from nmo_autofill.refusal import reason
from nmo_autofill.report.annotated import annotated, checked_table
from nmo_autofill.report.workbook import NotEditableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.profile.diagnostics import Diagnostic
    from nmo_autofill.profile.people import Loaded
    from nmo_autofill.texts import Texts

_EDITABLE = (".xlsx", ".xlsm")
# The longest name of a file, in bytes as Linux counts them; other systems count letters, and allow as many.
_LONGEST = 255


def write_copies(loaded: Loaded, texts: Texts) -> tuple[Path, ...]:
    """Write a checked copy of every list that people were read from, and return the copies.

    The list itself is never touched, and no file is overwritten: staff may have made corrections in an earlier copy.
    A copy is its owner's only (0600), and no more than the list is.
    Raises FileUnwritableError.
    """
    findings: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in loaded.diagnostics:
        findings[diagnostic.position.file].append(diagnostic)
    lists = dict.fromkeys(tally.file for tally in loaded.tallies)
    return tuple(_write(Path(file), findings[file], texts) for file in lists)


def _write(file: Path, findings: Sequence[Diagnostic], texts: Texts) -> Path:
    try:
        name, copy = _copy(file, findings, texts)
        _write_new(name, copy, stat.S_IMODE(file.stat().st_mode) & 0o600)
    except OSError as error:
        raise FileUnwritableError(path=str(file), what=reason(error, texts)) from None
    return name


def _write_new(name: Path, content: bytes, mode: int) -> None:
    name.touch(0o600, exist_ok=False)
    try:
        name.write_bytes(content)
        name.chmod(mode)
    except OSError:
        name.unlink()  # half a copy would pass for one
        raise


def _copy(file: Path, findings: Sequence[Diagnostic], texts: Texts) -> tuple[Path, bytes]:
    content = file.read_bytes()
    ending = file.suffix.lower()
    if ending in _EDITABLE:
        try:
            return _free_name(file, ending, texts), annotated(content, findings, texts)
        except NotEditableError:
            pass  # what cannot be edited in place is written anew, its values at the same places
    sheets = sheet_source.workbook(str(file), content).sheets
    table = {sheet.name or "": sheet.rows for sheet in sheets}
    return _free_name(file, ".xlsx", texts), checked_table(table, findings, texts)


def _free_name(file: Path, ending: str, texts: Texts) -> Path:
    word = texts("annotated.file")
    names = (
        file.with_name(_short(file.stem, f" ({word}{f' {number}' if number > 1 else ''}){ending}"))
        for number in range(1, 10_000)
    )
    return next(name for name in names if not name.exists())


def _short(stem: str, end: str) -> str:
    """Return the name of a file, without the last letters of the stem when it would be too long."""
    while len(os.fsencode(stem + end)) > _LONGEST:
        stem = stem[:-1]
    return stem + end
