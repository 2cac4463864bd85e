"""The zip package of a workbook: only the parts that are read, of a size that can be read."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from nmo_autofill.profile.sheet.workbook import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import BinaryIO

# A list of 10,000 people has 14 MB of XML. A million formatted empty rows have 60 MB.
LARGEST_PART = 200_000_000
LARGEST_PACKAGE = 300_000_000
MOST_PARTS = 5_000
MARK = "nmo_autofill_checked"
"""The document property by which a checked copy of ours is known."""
_LONGEST_PROPERTIES = 1_000_000
_NEEDED = re.compile(r"(?:.*\.xml|.*\.rels|mimetype)", re.IGNORECASE)


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the package's XML parts by name.

    Raises:
        Refused: it is damaged, has a password, or holds more than any list (a zip bomb).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [part for part in package.infolist() if _NEEDED.fullmatch(part.filename)]
            _require_size(parts)
            if any(part.flag_bits & 1 for part in parts):
                raise Refused(Why.PASSWORD)
            # zipfile reads no more than the size that was checked above, whatever the packed stream holds.
            return {part.filename: package.read(part) for part in parts}
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
        RuntimeError,
    ):
        raise Refused(Why.DAMAGED) from None


def names(content: bytes) -> frozenset[str]:
    """Return the names of all parts; empty for what is no zip package."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return frozenset()


def is_checked_copy(file: Path | BinaryIO) -> bool:
    """Tell whether it is a checked copy (or one that LibreOffice saved as .ods); False for junk."""
    try:
        with zipfile.ZipFile(file) as package:
            return any(_holds_mark(package, name) for name in ("docProps/custom.xml", "meta.xml"))
    except Exception:  # noqa: BLE001 (whatever zipfile and the decompressors make of junk, it is no copy of ours)
        return False


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of these parts, not compressed.

    The reader of workbooks gets this one, so that it reads the very bytes that were checked.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return packed.getvalue()


def _holds_mark(package: zipfile.ZipFile, name: str) -> bool:
    if name not in package.namelist():
        return False
    with package.open(name) as properties:
        return MARK.encode() in properties.read(_LONGEST_PROPERTIES)


def _require_size(parts: list[zipfile.ZipInfo]) -> None:
    sizes = [part.file_size for part in parts]
    if len(parts) > MOST_PARTS:
        raise Refused(Why.DAMAGED)
    if sum(sizes) > LARGEST_PACKAGE or max(sizes, default=0) > LARGEST_PART:
        raise Refused(Why.BOMB, megabytes=str(sum(sizes) // 1_000_000))
