"""What the reader of workbooks does not tell of an .xlsx: hidden rows and columns, cells without value, extent."""

from __future__ import annotations

import posixpath
import re
from itertools import chain
from typing import TYPE_CHECKING

from nmo_autofill.profile.sheet.marks import MOST_CELLS, Marks
from nmo_autofill.profile.sheet.markup import walk
from nmo_autofill.profile.sheet.workbook import Refused, Why, column_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    Attributes = dict[str, str]

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_ALPHABET = 26
_NOTHING = re.compile(r"\s*0+(?:\.0*)?\s*")
_TRUE = {"1", "true", "on"}
# Further numbers than a sheet has are an attack, which the reader follows; it takes small letters, too.
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,10})")
# What stands behind the address of a cell with a value, or with nothing, and without formula or error: most cells are
# such ones. The possessive form (+) takes half the time.
_USUAL = (
    rb'"(?: s="[0-9]++")?+(?: t="(?:[snb]|str|inlineStr)")?+ ?+'
    rb"(?:/>|><v>[^<]*+</v></c>|><is><t[^<>]*+>[^<]*+</t></is></c>)"
)
# None that hides a row.
_ATTRIBUTES = rb'(?: (?!hidden=|ht="\s*+0)[A-Za-z0-9:]++="[^"<]*+")*+ ?+'
# A row that is seen, of usual cells in the columns A to Z; each of them bears the row's own number.
_USUAL_ROWS = re.compile(
    rb'<row r="([0-9]{1,7}+)"%b'
    rb'(?:/>|>(?:<c r="[A-Z]\1%b)*+</row>)' % (_ATTRIBUTES, _USUAL)
)
_USUAL_CELLS = re.compile(rb'(?:<c r="[A-Z]{1,3}+[0-9]++%b)++' % _USUAL)
_ROW = re.compile(rb'<c r="[A-Z]++([0-9]++)')
_COLUMN = re.compile(rb'<c r="([A-Z]++)')
# Formatted only: without value, and not hidden.
_EMPTY_CELLS = re.compile(rb'(?:<c r="[A-Z]{1,3}+[0-9]++"(?: s="[0-9]++")?+ ?+/>)++')
_EMPTY_ROWS = re.compile(rb'(?:<row r="[0-9]++"%b(?:/>|></row>))++' % _ATTRIBUTES)
# Another way to write, in which cells without address, or what is no element at all, could be overlooked.
_UNUSUAL = re.compile(
    rb"<(?:!|\?(?!xml )|[^\s<>/!?:]++:(?:c|row)[\s/>]|"
    rb'c(?=[\s/>])(?! r="[A-Z]{1,3}[0-9]{1,7}")|row(?=[\s/>])(?! r="[0-9]{1,7}"))'
)


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the name of each sheet with the name of its part. Raises Refused for a damaged package."""
    targets: dict[str, str] = {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/xl", relation["Target"])).lstrip("/")
        for _, relation in _elements(parts, _RELATIONS)
        if relation.get("Target")
    }
    return {
        sheet.get("name", ""): target
        for sheet in _of_workbook(parts, "sheet")
        if (target := targets.get(_relation(sheet), "")) in parts
    }


def _relation(sheet: Attributes) -> str:
    return next((relation for key in _ID if (relation := sheet.get(key))), "")


def since_1904(parts: Mapping[str, bytes]) -> bool:
    """Tell whether the workbook counts its days from 1904."""
    return any(properties.get("date1904", "0") in _TRUE for properties in _of_workbook(parts, "workbookPr"))


def marks(part: bytes) -> Marks:
    """Return the marks of a sheet's part. Raises Refused when it is no well-formed XML."""
    pieces = _USUAL_ROWS.split(part)
    rest = b"".join(pieces[::2])
    if b"<sheetData" not in rest or _UNUSUAL.search(rest):
        return _Scanner().scan(part)
    height = max(map(int, chain(pieces[1::2], {*_ROW.findall(rest)})), default=0)
    width = max((column_of(name.decode()) + 1 for name in {*_COLUMN.findall(rest)}), default=0)
    width = max(width, _ALPHABET)
    if height * width > MOST_CELLS:
        # Formatted rows without values count above, and only there.
        return _Scanner().scan(_EMPTY_ROWS.sub(b"", _EMPTY_CELLS.sub(b"", part)))
    found = _Scanner().scan(_USUAL_CELLS.sub(b"", rest))
    found.height, found.width = height, width
    return found


def _of_workbook(parts: Mapping[str, bytes], element: str) -> list[Attributes]:
    names = {f"{main} {element}" for main in _MAIN}
    return [attributes for name, attributes in _elements(parts, _WORKBOOK) if name in names]


def _elements(parts: Mapping[str, bytes], name: str) -> list[tuple[str, Attributes]]:
    """Return the elements of a small part: to import ElementTree would take longer than to walk."""
    if name not in parts:
        raise Refused(Why.DAMAGED)
    found: list[tuple[str, Attributes]] = []
    walk(parts[name], start=lambda element, attributes: found.append((element, attributes)))
    return found


def _number(written: str) -> int:
    """Return a number that stands in an attribute, 1 for what is none."""
    return int(written[:9]) if written.isdecimal() else 1


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Tell whether nobody sees a row or column: programs also write no height or width."""
    return attributes.get("hidden", "").strip() in _TRUE or _NOTHING.fullmatch(attributes.get(size, "")) is not None


class _Scanner:
    """Looks at every element of a sheet's part."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.row = -1
        self.column = -1
        self.formula = False
        self.string = False
        self.filled = False
        self.inside = False
        self.value = False

    def scan(self, part: bytes) -> Marks:
        walk(part, start=self._start, end=self._end, text=self._text)
        return self.marks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(" ")[2]
        if element == "c":
            self._cell(attributes)
        elif element == "row":
            self._row(attributes)
        elif element == "f":
            self.formula = True
        elif element in {"v", "t"}:
            self.filled = self.inside = True
            self.value |= self.string
        elif element == "col" and _is_hidden(attributes, "width"):
            first, last = (_number(attributes.get(name, "")) for name in ("min", "max"))
            self.marks.hidden_columns.update(range(first - 1, min(last, 16_384)))

    def _text(self, _text: str) -> None:
        self.value |= self.inside

    def _end(self, name: str) -> None:
        self.inside = False
        if name.endswith(" c"):
            if self.filled:
                self.marks.height = max(self.marks.height, self.row + 1)
                self.marks.width = max(self.marks.width, self.column + 1)
            if self.formula and not self.value:
                self.marks.valueless.add((self.row, self.column))
            self.filled = self.formula = self.value = False

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) - 1 if attributes.get("r", "").isdecimal() else self.row + 1
        self.column = -1
        if _is_hidden(attributes, "ht"):
            self.marks.hidden_rows.add(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        address = _ADDRESS.fullmatch(attributes.get("r", ""))
        self.row = int(address[2]) - 1 if address else max(self.row, 0)
        self.column = column_of(address[1].upper()) if address else self.column + 1
        # The value of a formula that gives a text may be the empty one.
        self.string = attributes.get("t") == "str"
        if attributes.get("t") == "e":
            self.marks.valueless.add((self.row, self.column))
