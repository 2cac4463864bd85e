"""Workbooks with their texts in the shared table, as Excel writes them and openpyxl no more does."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SHEET = "xl/worksheets/sheet1.xml"
_TEXTS = "xl/sharedStrings.xml"
_INLINE = re.compile(rb't="inlineStr"><is><t(?: [^>]*)?>([^<]*)</t></is></c>')
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
# What announces the table in the package: an end tag, and what is put before it.
_ANNOUNCED = {
    "[Content_Types].xml": (b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="%b"/>' % _KIND),
    "xl/_rels/workbook.xml.rels": (
        b"</Relationships>",
        b'<Relationship Id="rIdTexts" Type="%b/sharedStrings" Target="sharedStrings.xml"/>' % _OFFICE,
    ),
}


def share_texts(content: bytes, file: Path) -> None:
    """Write openpyxl's workbook of one sheet with each text of its cells once, in the shared table."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[_SHEET], parts[_TEXTS] = _shared(parts[_SHEET])
    for name, (end, announced) in _ANNOUNCED.items():
        parts[name] = parts[name].replace(end, announced + end)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)


def _shared(sheet: bytes) -> tuple[bytes, bytes]:
    numbers: dict[bytes, int] = {}

    def refer(found: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v></c>' % numbers.setdefault(found[1], len(numbers))

    referring = _INLINE.sub(refer, sheet)
    texts = b"".join(b"<si><t>%b</t></si>" % text for text in numbers)
    return referring, b'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="%b">%b</sst>' % (_MAIN, texts)
