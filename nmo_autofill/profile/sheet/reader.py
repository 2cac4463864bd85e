"""The reader of workbooks, in a process of its own: a damaged or hostile file can end that one only.

A few spoilt bytes in an .xls made the reading library ask for so much memory that the process was aborted (fuzzing with
python-calamine 0.9.1, 2026-11-24); nothing in Python can catch that.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from nmo_autofill.profile.sheet import ods, package, xls, xlsx
from nmo_autofill.profile.sheet.workbook import MOST_ROWS, Block, Refused, Rows, Sheet, Why, Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from python_calamine import CalamineSheet

    from nmo_autofill.profile.sheet.marks import Marks

# 10,000 people take two seconds; whatever takes a minute is no list.
SECONDS = 60
# The largest workbook that is not refused takes less than half of it.
MEMORY = 4_000_000_000
# One text may stand in very many cells; 10,000 rows of 300 columns have less than half of it.
LARGEST_ANSWER = 100_000_000
_ZIP = b"PK\x03\x04"
_DAY = "day"
_MOMENT = "moment"
_TIME = "time"


def is_workbook(content: bytes) -> bool:
    """Tell whether the bytes begin as a workbook does; anything else is text."""
    return content.startswith((xls.MAGIC, _ZIP))


def read_apart(content: bytes) -> Workbook:
    """Read a workbook in a process of its own. Raises Refused."""
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            (sys.executable, "-P", "-m", __name__), input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(Why.ENDLESS, seconds=str(SECONDS)) from None
    if done.returncode:
        raise Refused(Why.DAMAGED)
    return _received(done.stdout)


def read(content: bytes) -> Workbook:
    """Return what a workbook (.xlsx, .xlsm, .xls, .ods) holds: values, not formulas.

    Raises:
        Refused: it is damaged, has a password, or is larger than any list.
    """
    if content.startswith(xls.MAGIC):
        return _read_xls(content)
    parts = package.unpack(content)
    if ods.CONTENT in parts:
        return _read_ods(parts)
    return _read_xlsx(parts, package.names(content))


def _read_xlsx(parts: Mapping[str, bytes], names: frozenset[str]) -> Workbook:
    found = {name: xlsx.marks(parts[part]) for name, part in xlsx.sheet_parts(parts).items()}
    workbook = _values(package.pack(parts), found)
    workbook.since_1904 = xlsx.since_1904(parts)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        workbook.remarks.append("file.macros")
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        workbook.remarks.append("file.links")
    return workbook


def _read_ods(parts: Mapping[str, bytes]) -> Workbook:
    return _values(package.pack(parts), ods.marks(parts[ods.CONTENT]))


def _read_xls(content: bytes) -> Workbook:
    if xls.has_password(content):
        raise Refused(Why.PASSWORD)
    found, since_1904 = xls.marks(content)
    workbook = _values(content, found)
    workbook.since_1904 = since_1904
    if xls.has_macros(content):
        workbook.remarks.append("file.macros")
    return workbook


def _values(content: bytes, found: Mapping[str, Marks]) -> Workbook:
    for name, marks in found.items():
        marks.require_size(name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return Workbook(
                [
                    _sheet(workbook.get_sheet_by_index(number), found[about.name], about.visible)
                    for number, about in enumerate(workbook.sheets_metadata)
                    if about.typ is SheetTypeEnum.WorkSheet and about.name in found
                ]
            )
    except PasswordError:
        raise Refused(Why.PASSWORD) from None
    except CalamineError:
        raise Refused(Why.DAMAGED) from None


def _sheet(sheet: CalamineSheet, marks: Marks, visible: SheetVisibleEnum) -> Sheet:
    if sheet.end and sheet.end[0] >= MOST_ROWS:
        rows, columns = (str(last + 1) for last in sheet.end)
        raise Refused(Why.VAST, sheet=sheet.name, rows=rows, columns=columns)
    return Sheet(
        name=sheet.name,
        rows=sheet.to_python(skip_empty_area=False),
        hidden=visible is not SheetVisibleEnum.Visible,
        hidden_rows=frozenset(marks.hidden_rows),
        hidden_columns=frozenset(marks.hidden_columns),
        blocks=tuple(Block(*first, *last) for first, last in sheet.merged_cell_ranges or ()),
        valueless=frozenset(marks.valueless),
    )


def _sent(workbook: Workbook) -> str:
    return json.dumps(
        {
            "since_1904": workbook.since_1904,
            "remarks": workbook.remarks,
            "sheets": [
                {
                    "name": sheet.name,
                    "hidden": sheet.hidden,
                    "hidden_rows": sorted(sheet.hidden_rows),
                    "hidden_columns": sorted(sheet.hidden_columns),
                    "blocks": [(block.top, block.left, block.bottom, block.right) for block in sheet.blocks],
                    "valueless": sorted(sheet.valueless),
                    "rows": sheet.rows,
                }
                for sheet in workbook.sheets
            ],
        },
        default=_tagged,
        ensure_ascii=False,
    )


def _received(content: bytes) -> Workbook:
    answer: dict[str, Any] = json.loads(content, object_hook=_untagged)
    if "refused" in answer:
        raise Refused(Why(answer["refused"]), **answer["facts"])
    sheets = [_sheet_received(**sheet) for sheet in answer["sheets"]]
    return Workbook(sheets, answer["since_1904"], answer["remarks"])


def _sheet_received(  # noqa: PLR0913 (one parameter a member)
    *,
    name: str,
    rows: Rows,
    hidden: bool,
    hidden_rows: list[int],
    hidden_columns: list[int],
    blocks: list[list[int]],
    valueless: list[list[int]],
) -> Sheet:
    return Sheet(
        name,
        rows,
        hidden=hidden,
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
        blocks=tuple(Block(*block) for block in blocks),
        valueless=frozenset((row, column) for row, column in valueless),
    )


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    return {_TIME: str(value)}


def _untagged(found: dict[str, Any]) -> Any:  # noqa: ANN401 (JSON)
    if len(found) != 1:
        return found
    ((tag, value),) = found.items()
    if tag == _MOMENT:
        return datetime.fromisoformat(value)
    if tag == _DAY:
        return date.fromisoformat(value)
    return value if tag == _TIME else found


def _bound_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 (not on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _main() -> None:
    """Read the workbook on standard input and write what it holds, as JSON, to standard output."""
    _bound_memory()
    try:
        answer = _sent(read(sys.stdin.buffer.read()))
    except Refused as refused:
        answer = json.dumps({"refused": refused.why, "facts": refused.facts})
    if len(answer) > LARGEST_ANSWER:
        answer = json.dumps({"refused": Why.BOMB, "facts": {"megabytes": str(len(answer) // 1_000_000)}})
    sys.stdout.buffer.write(answer.encode())


if __name__ == "__main__":
    _main()
