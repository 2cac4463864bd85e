"""Spoilt files of every format: never an exception, always people or a finding."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.profile.sheet.conftest import (
    ALENA,
    BORIS,
    SHEET,
    csv_bytes,
    ods_bytes,
    table,
    unzipped,
    with_parts,
    xls_bytes,
    xlsx_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.profile.sheet.conftest import Lists

ROWS = [["Список группы"], *table(ALENA, BORIS), ["Итого", 2]]
# Each takes a process of its own.
TIMES = 40
PIECES = (
    b"",
    b"<",
    b">",
    b'"',
    b"'",
    b"&#0;",
    b"\0",
    b"\xff",
    b"-1",
    b"99999999999999999999",
    b"</row>",
    b"<row>",
    b"=",
    b" ",
)


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few changed, cut out, put in twice, or replaced by what programs stumble over."""
    spoiling = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(spoiling) or 1), chance.choice((1, 1, 2, 4, 50))
        kind = chance.randrange(4)
        if kind == 0 and spoiling:
            spoiling[at % len(spoiling)] = chance.randrange(256)
        elif kind == 1:
            del spoiling[at : at + length]
        elif kind == 2:
            spoiling[at:at] = spoiling[at : at + length]
        else:
            spoiling[at : at + length] = chance.choice(PIECES)
    return bytes(spoiling)


def spoilt_part(content: bytes, chance: random.Random) -> bytes:
    """Return the package with one of its XML parts spoilt, mostly the sheet."""
    parts = unzipped(content)
    most = [name for name in (SHEET, "content.xml") if name in parts]
    name = chance.choice([*most, *most, *(name for name in parts if name.endswith((".xml", ".rels")))])
    return with_parts(content, {name: spoilt(parts[name], chance)})


XLSX, XLS, ODS, CSV = xlsx_bytes(ROWS), xls_bytes(ROWS), ods_bytes(ROWS), csv_bytes(ROWS)
SUBJECTS = {
    "parts of xlsx": ("list.xlsx", XLSX, spoilt_part, TIMES),
    "bytes of xlsx": ("list.xlsx", XLSX, spoilt, TIMES),
    "bytes of xls": ("list.xls", XLS, spoilt, TIMES),
    "parts of ods": ("list.ods", ODS, spoilt_part, TIMES),
    "bytes of ods": ("list.ods", ODS, spoilt, TIMES // 2),
    "bytes of csv": ("list.csv", CSV, spoilt, 10 * TIMES),
    "bytes of csv in cp1251": ("list.csv", csv_bytes(ROWS, encoding="cp1251"), spoilt, 5 * TIMES),
}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_spoilt_file_gives_people_or_findings(subject: str, lists: Lists) -> None:
    name, content, spoil, times = SUBJECTS[subject]
    chance = random.Random(subject)  # noqa: S311 (the same with every run)
    several: Callable[[bytes, random.Random], bytes] = spoil
    for number in range(times):
        loaded = lists.load(name, several(content, chance))
        # What could not be taken apart again is lost: the number tells which it was.
        assert all(person.source.row for person in loaded.people), number
        assert all(tally.rows == tally.kinds.total() for tally in loaded.tallies), number
