"""People from group lists: workbooks and delimited text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from nmo_autofill.profile import keys
from nmo_autofill.profile.diagnostics import Diagnostic, Facts, Position
from nmo_autofill.profile.document import Unreadable
from nmo_autofill.profile.raw import Columns, RawFile, RawPerson
from nmo_autofill.profile.references import ACCREDITATION
from nmo_autofill.profile.sheet import apart, collector, delimited, frdo, fullname
from nmo_autofill.profile.sheet.cell import Cell, Text, plain, text_of
from nmo_autofill.profile.sheet.cells import Codes, Fields, Texts
from nmo_autofill.profile.sheet.header import Header, find_header, header_at, score
from nmo_autofill.profile.sheet.headings import DIPLOMA_CODE, FULL_NAME, ROW_NUMBER, SERIES_NUMBER, fields_of
from nmo_autofill.profile.sheet.row import Kind, Tally, held, is_surely_a_person, kind_above, kind_below
from nmo_autofill.profile.sheet.sheet_names import says_gone
from nmo_autofill.profile.sheet.workbook import Refused, Workbook, letters
from nmo_autofill.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nmo_autofill.profile.sheet.workbook import Block, Sheet, Value

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
LARGEST = 50_000_000

# What a cell may say only of one person: merged over several rows it is a slip.
_OWN = frozenset({FULL_NAME, SERIES_NUMBER, ROW_NUMBER} | keys.PERSONAL) - {"consent.date"}
# Kept out of `left_out`: empty rows are counted only.
_COUNTED_ONLY = frozenset({Kind.PERSON, Kind.EMPTY})
_REFUSED = frozenset({"cell.scientific", "cell.zeros", "cell.ditto", "cell.short"})
_MOST_TOLD = 20
# The person, and the parts of a profile: all of them stand in the row.
_PLACES = ("", *keys.PARTS)
_SERIES_AND_NUMBER = re.compile(r"([^\s№]+)\s*(?:№|\s|\bN\b)\s*([^\s№]+)")


def read(file: str, content: bytes) -> RawFile:
    """Return the people that the bytes of a list hold.

    Raises:
        Unreadable: it cannot be read, or no sheet of it is a list of people.
    """
    with collector.waiting():
        return _Lists(file, workbook(file, content)).read()


def workbook(file: str, content: bytes) -> Workbook:
    """Return the sheets that the bytes of a workbook, or of delimited text, hold. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(Diagnostic("file.large", Position(file), facts=(("limit", f"{LARGEST // 1_000_000}"),)))
    try:
        if apart.is_workbook(content):
            return apart.read(content)
        return Workbook((delimited.read(content, score),))
    except Refused as refused:
        raise Unreadable(_refusal(file, refused)) from None


def _refusal(file: str, refused: Refused) -> Diagnostic:
    facts = dict(refused.facts)
    line, sheet = facts.pop("line", None), facts.pop("sheet", None)
    return Diagnostic(
        refused.why.value, Position(file, int(line) if line else None, sheet=sheet), facts=(*facts.items(),)
    )


class _Lists:
    """The sheets of one file."""

    def __init__(self, file: str, workbook: Workbook) -> None:
        self.file = file
        self.workbook = workbook
        self.found = RawFile()

    def read(self) -> RawFile:
        self.found.diagnostics += [Diagnostic(code, Position(self.file)) for code in self.workbook.remarks]
        for sheet in self.workbook.sheets:
            header = None if sheet.hidden else find_header(sheet)
            if header is None or says_gone(sheet.name or ""):
                self._leave_out(sheet, header)
            else:
                _List(self.file, sheet, header, self.found, self.workbook.since_1904).read()
        if not self.found.tallies:
            are_gone = any(why == "sheet.gone" for _, why in self.found.left_out)
            why = "file.gone" if are_gone else "file.no_list"
            self.found.diagnostics.append(Diagnostic(why, Position(self.file)))
            self.found.left_out.append((Source(self.file), why))
        return self.found

    def _leave_out(self, sheet: Sheet, header: Header | None) -> None:
        empty = not any(map(held, sheet.rows))
        unlisted = "sheet.hidden" if sheet.hidden else "sheet.empty" if empty else "sheet.no_list"
        why = "sheet.gone" if header else unlisted
        self.found.diagnostics.append(Diagnostic(why, Position(self.file, sheet=sheet.name)))
        self.found.left_out.append((Source(self.file, sheet=sheet.name), why))


@dataclass
class _List:
    """One sheet that is a list of people."""

    file: str
    sheet: Sheet
    header: Header
    found: RawFile
    since_1904: bool

    def read(self) -> None:
        tally = Tally(self.file, self.sheet.name)
        self.found.tallies.append(tally)
        self.codes: Codes = {}
        self.known: dict[str, Texts] = {}
        self.taking = {
            FULL_NAME: self._take_names,
            SERIES_NUMBER: self._take_series_number,
            DIPLOMA_CODE: self._put_in_code,
        }
        self.values = [*zip_longest(*self.sheet.rows, fillvalue="")]
        self._begin(self.header)
        for key, column, known in self.reading:
            known.learn(self.values[column], plain(key))
        for row in range(self._height()):
            kind = self._row(row)
            tally.kinds[kind] += 1
            if kind not in _COUNTED_ONLY:
                self._leave_out(row, kind)
        if not tally.kinds[Kind.PERSON] and self.header.twice:
            # Otherwise told with each person; here it may be why there is none.
            self.found.diagnostics += self.shared

    def _begin(self, header: Header) -> None:
        """Read on under this header; a second one in the middle of a sheet may have other columns."""
        self.header = header
        self.above = header.bottom + 1  # the first row that may belong to the next header
        self.shared = list(self._about_columns())
        self.found.diagnostics += self._about_unread()
        self.columns = self._columns()
        self.headings = [held(self.sheet.rows[row]) for row in range(header.top, header.bottom + 1)]
        for key in header.columns:
            self.known.setdefault(key, Texts(self._text, key, self.codes))
        self.reading = [(key, column, self.known[key]) for key, column in header.columns.items()]
        # Made column by column, one row after another: to begin anew with each row would take twice as long.
        self.texts = zip(*(self._texts_below(header, column, known) for _, column, known in self.reading), strict=True)
        self.plain = {
            key: column for key, column in header.columns.items() if fields_of(key) == (key,) and key != ROW_NUMBER
        }
        self.several = {key: take for key, take in self.taking.items() if key in header.columns}
        self.wrong = [key for twice in header.twice for key in fields_of(twice)]
        self.merged = self._merged()

    def _height(self) -> int:
        """Return the number of rows down to the last one that holds anything."""
        rows = self.sheet.rows
        return next((row + 1 for row in range(len(rows) - 1, -1, -1) if held(rows[row])), 0)

    def _row(self, row: int) -> Kind:
        if row <= self.header.bottom:
            return kind_above(self.sheet.rows, row, self.header)
        texts, codes = self._texts(row)
        if not is_surely_a_person(texts) and (header := header_at(self.sheet, row, self.above)) is not None:
            if header.columns != self.header.columns or header.twice != self.header.twice:
                self._begin(header)
            return Kind.HEADING
        kind = kind_below(self.sheet.rows[row], self.headings, texts, self.header)
        if kind is Kind.PERSON:
            self.found.people.append(self._person(row, texts, codes))
            self.above = row + 1
        return kind

    def _leave_out(self, row: int, kind: Kind) -> None:
        source = Source(self.file, self._line(row), self.sheet.name, row + 1)
        self.found.left_out.append((source, kind.value))
        if kind is Kind.UNCLEAR:
            self.found.diagnostics.append(Diagnostic(kind.value, self._cell(row, 0).at()))

    def _texts_below(self, header: Header, column: int, known: Texts) -> Iterator[str]:
        return map(known.__getitem__, islice(self.values[column], header.bottom + 1, None))

    def _texts(self, row: int) -> tuple[dict[str, str], dict[str, str]]:
        """Return the texts of the next row by key, as far as its columns hold any, and the codes of what is told."""
        texts = {key: text for key, text in zip(self.header.columns, next(self.texts, ()), strict=True) if text}
        codes = dict(self._told(self.sheet.rows[row])) if self.codes else {}
        for block, key in self.merged.get(row, ()):
            texts.setdefault(key, self.known[key][self.sheet.rows[block.top][block.left]])
        return texts, codes

    def _told(self, values: Sequence[Value]) -> Iterator[tuple[str, str]]:
        for key, column, _ in self.reading:
            if column < len(values) and (code := self.codes.get((key, type(values[column]), values[column]))):
                yield key, code

    def _text(self, key: str, value: Value) -> Text:
        found = text_of(value, key, since_1904=self.since_1904)
        # Somebody typed a text: in delimited text it may have been a number before, without its zeros.
        if found.code == "cell.snils" and isinstance(value, str) and self.sheet.name is not None:
            return Text(value, "cell.short")
        return found

    def _merged(self) -> Mapping[int, list[tuple[Block, str]]]:
        """Return by row the merged cells under the header that hold one value for the people beside them."""
        by_column = {column: key for key, column in self.header.columns.items() if key not in _OWN}
        found: defaultdict[int, list[tuple[Block, str]]] = defaultdict(list)
        # Merged cells do not overlap; where those of a hostile file do, the first one counts.
        reached = dict.fromkeys(by_column, self.header.bottom)
        for block in sorted(self.sheet.blocks, key=lambda block: block.top):
            if block.left in by_column and block.top > self.header.bottom:
                last = min(block.bottom, len(self.sheet.rows) - 1)
                for row in range(max(block.top, reached[block.left]) + 1, last + 1):
                    found[row].append((block, by_column[block.left]))
                reached[block.left] = max(reached[block.left], last)
        return found

    def _person(self, row: int, texts: Mapping[str, str], codes: Mapping[str, str]) -> RawPerson:
        place = self._cell(row, 0)
        person = RawPerson(
            Source(self.file, self._line(row), self.sheet.name, row + 1),
            dict.fromkeys(_PLACES, place),
            Fields(place, self.plain, texts),
            {*self.wrong},
            [*self.shared],
            self.columns,
        )
        if row in self.sheet.hidden_rows:
            person.diagnostics.append(Diagnostic("row.hidden", place.at()))
        # Asked of each of many rows, most of which have nothing of it.
        if self.header.document:
            person.diagnostics += self._about_document(row)
        if self.several:
            self._take_several(person, row, texts)
        if codes:
            self._tell_repairs(person, row, texts, codes)
        if self.sheet.valueless:
            self._tell_valueless(person, row)
        return person

    def _about_document(self, row: int) -> Iterator[Diagnostic]:
        """Yield what the template of the Federal register says of the row's document."""
        values = self.sheet.rows[row]
        for heading, column in self.header.document.items():
            text = str(values[column]) if column < len(values) else ""
            if doubt := frdo.doubt(heading, text):
                yield Diagnostic(doubt.value, self._cell(row, column, text).at(), facts=(("heading", heading),))

    def _take_several(self, person: RawPerson, row: int, texts: Mapping[str, str]) -> None:
        """Take the cells that tell several fields, or one in another way."""
        for key, take in self.several.items():
            cell = self._cell(row, self.header.columns[key], texts.get(key, ""))
            if cell.text:
                take(person, cell)
            for field in fields_of(key):
                person.fields.setdefault(field, cell if not cell.text else self._cell(row, cell.column))

    def _tell_repairs(self, person: RawPerson, row: int, texts: Mapping[str, str], codes: Mapping[str, str]) -> None:
        for key, code in codes.items():
            field = fields_of(key)[0]
            cell = self._cell(row, self.header.columns[key], texts[key])
            person.diagnostics.append(Diagnostic(code, cell.at(), field))
            if code in _REFUSED:
                person.wrong.update(fields_of(key))

    def _take_names(self, person: RawPerson, cell: Cell) -> None:
        parts, code = fullname.split(cell.text)
        if code:
            person.diagnostics.append(Diagnostic(code, cell.at(), "surname"))
        if not parts:
            person.wrong.update(fields_of(FULL_NAME))
        for key, (text, offset) in parts.items():
            person.fields[key] = Part(cell, text, offset)

    def _take_series_number(self, person: RawPerson, cell: Cell) -> None:
        both = _SERIES_AND_NUMBER.fullmatch(cell.text)
        if both is None:
            person.wrong.update(fields_of(SERIES_NUMBER))
            person.diagnostics.append(Diagnostic("series_number.split", cell.at(), "admission.number"))
            return
        for number, key in enumerate(fields_of(SERIES_NUMBER), 1):
            person.fields[key] = Part(cell, both[number], both.start(number))

    def _put_in_code(self, person: RawPerson, code: Cell) -> None:
        """Put the diploma's code before the specialty: the check of the field compares the two."""
        specialty = person.fields.get("admission.specialty")
        if specialty is None or not specialty.text:
            person.fields["admission.specialty"] = code
        elif isinstance(specialty, Cell) and not specialty.text.startswith(code.text):
            both = f"{code.text} {specialty.text}"
            person.fields["admission.specialty"] = Part(specialty, both, len(specialty.text) - len(both))

    def _tell_valueless(self, person: RawPerson, row: int) -> None:
        for key, column in self.header.columns.items():
            if (row, column) in self.sheet.valueless and key != ROW_NUMBER:
                wrong = fields_of(key)
                person.wrong.update(wrong)
                person.diagnostics.append(Diagnostic("cell.valueless", self._cell(row, column).at(), wrong[0]))

    def _about_columns(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with columns, and thereby with everybody: told once, at the heading."""
        bottom = self.header.bottom
        for key, columns in self.header.twice.items():
            others: Facts = (("cells", ", ".join(self._cell(bottom, column).address for column in columns)),)
            yield Diagnostic("heading.twice", self._heading(columns[1]).at(), fields_of(key)[0], others)
        for key, column in self.header.columns.items():
            field = fields_of(key)[0]
            if column in self.sheet.hidden_columns and key != ROW_NUMBER:
                yield Diagnostic("heading.hidden", self._heading(column).at(), field)
            if key in self.header.bare:
                yield Diagnostic("heading.bare", self._heading(column).at(), field)

    def _about_unread(self) -> Iterator[Diagnostic]:
        """Yield what the headings are of columns that hold nothing of a profile: one may be meant otherwise."""
        if self.header.unread:
            told = [f"«{text}» ({letters(column)})" for column, text in self.header.unread.items()]
            more = " …" if len(told) > _MOST_TOLD else ""
            facts: Facts = (("columns", ", ".join(told[:_MOST_TOLD]) + more),)
            yield Diagnostic("heading.unread", self._heading(min(self.header.unread)).at(), facts=facts)

    def _columns(self) -> Columns:
        told = {key for name in (*self.header.columns, *self.header.twice) for key in fields_of(name)}
        # The template is the one for secondary education (frdo_spo.csv).
        certain = {"level": self._heading(0, "spo")} if self.header.is_frdo else {}
        if self.header.names_accreditation:
            certain["admission.document_type"] = self._heading(0, ACCREDITATION)
        return Columns(self._heading(0), frozenset(told), certain)

    def _heading(self, column: int, text: str = "") -> Cell:
        return self._cell(self.header.bottom, column, text)

    def _cell(self, row: int, column: int, text: str = "") -> Cell:
        return Cell(self.file, self.sheet, row, column, text)

    def _line(self, row: int) -> int | None:
        return self.sheet.lines[row] if row < len(self.sheet.lines) else None


@dataclass(slots=True, repr=False, eq=False)
class Part:
    """A part of a cell's text; `offset` is where it begins in it."""

    cell: Cell
    text: str
    offset: int

    def at(self, index: int = 0) -> Position:
        """Return the place of the cell, with the caret under the part's character `index`."""
        return self.cell.at(max(0, index + self.offset))
