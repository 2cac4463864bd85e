"""Sheets built row by row, and what must come out of each row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from tests.profile.lists.graduates import CODES, Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

State = Literal["visible", "hidden", "veryHidden"]


@dataclass(frozen=True)
class Formula:
    """A formula, with the value that Excel computed when it was saved, or without."""

    text: str
    cached: str | int | None = None


Cell = str | int | float | date | Formula | None


@dataclass(frozen=True)
class Column:
    """A column: its heading, the dotted key it gives (or none), and how its cells are written.

    Attributes:
        heading: the text of the heading.
        key: the dotted key; besides `full_name`, `diploma_code`, `series_number`, `row_number`; empty for a
            column that gives nothing.
        write: from the text to the cell.
        filler: what stands in a column that gives nothing.
        band: the text above this heading and its neighbours.
    """

    heading: str
    key: str = ""
    write: Callable[[str], Cell] = str
    filler: Cell = None
    band: str = ""


@dataclass(frozen=True)
class Found:
    """What must be found about a person.

    Attributes:
        errors: fields that must carry an error.
        somewhere: at least one of these fields must carry an error.
        loose: fields that may carry a warning or an error: which, is the reader's business.
        hints: fields where a repair must be told.
        warned: the row must be reported, with whatever severity above a hint.
        unsure: whether the row is reported is the reader's business.
    """

    errors: frozenset[str] = frozenset()
    somewhere: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    hints: frozenset[str] = frozenset()
    warned: bool = False
    unsure: bool = False

    @property
    def reported(self) -> bool:
        """Whether the row must be reported."""
        return bool(self.errors or self.somewhere or self.loose or self.warned)


NOTHING = Found()
WARNED = Found(warned=True)


def errors(*keys: str) -> Found:
    """Return that these fields must carry an error."""
    return Found(errors=frozenset(keys))


def hints(*keys: str) -> Found:
    """Return that a repair of these fields must be told."""
    return Found(hints=frozenset(keys))


class Entry(NamedTuple):
    """A row with a person: the 1-based row, the values as they must be typed, and what must be found."""

    row: int
    typed: Typed
    found: Found


class Place(NamedTuple):
    """A row of a sheet of a file, or a whole sheet when `row` is None; a CSV has no sheet."""

    file: str
    sheet: str | None
    row: int | None


@dataclass
class Sheet:
    """A sheet under construction.

    Attributes:
        name: its name, None in a CSV.
        columns: the columns of its list.
        state: visible or hidden.
        left_out: why the whole sheet is no list, or nothing.
    """

    name: str | None
    columns: Sequence[Column] = ()
    state: State = "visible"
    left_out: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)

    def add(self, kind: str, *cells: Cell) -> int:
        """Add a row that is no person, of this kind, and return its number."""
        self.rows.append(list(cells))
        self.kinds[len(self.rows)] = kind
        return len(self.rows)

    def blank(self, count: int = 1) -> None:
        """Add empty rows."""
        self.rows += ([] for _ in range(count))

    def heading(self) -> int:
        """Add the row of the headings, and return its number."""
        return self.add("row.heading", *(column.heading for column in self.columns))

    def numbering(self) -> None:
        """Add the row of column numbers that forms have under their headings."""
        self.add("row.numbering", *range(1, len(self.columns) + 1))

    def person(self, typed: Typed, found: Found = NOTHING, cells: Mapping[str, Cell] | None = None) -> int:
        """Add the row of a person, with `cells` instead of what the columns would write; return its number."""
        number = len(self.entries) + 1
        self.rows.append([self._cell(column, typed, number, cells or {}) for column in self.columns])
        self.entries.append(Entry(len(self.rows), typed, found))
        return len(self.rows)

    def people(self, people: Sequence[Typed], found: Found = NOTHING) -> None:
        """Add a row for each of the people."""
        for typed in people:
            self.person(typed, found)

    def column_of(self, key: str) -> int | None:
        """Return the place of the column that gives this key, counted from 0."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), None)

    @staticmethod
    def _cell(column: Column, typed: Typed, number: int, cells: Mapping[str, Cell]) -> Cell:
        if not column.key:
            return column.filler
        if column.key in cells:
            return cells[column.key]
        if column.key == "row_number":
            return number
        text = shown(typed, column.key)
        return None if text is None else column.write(text)


@dataclass(frozen=True)
class Book:
    """A file with its sheets."""

    path: Path
    sheets: tuple[Sheet, ...]

    def place(self, sheet: Sheet, row: int | None = None) -> Place:
        """Return where a row stands."""
        return Place(self.path.name, sheet.name, row)

    def entries(self) -> Iterator[tuple[Place, Sheet, Entry]]:
        """Yield the people of the sheets that are read."""
        for sheet in self.sheets:
            for entry in () if sheet.left_out else sheet.entries:
                yield self.place(sheet, entry.row), sheet, entry

    def kinds(self) -> dict[Place, str]:
        """Return the rows that are no people, each with its kind."""
        read = (sheet for sheet in self.sheets if not sheet.left_out)
        return {self.place(sheet, row): kind for sheet in read for row, kind in sheet.kinds.items()}


@dataclass(frozen=True)
class Case:
    """Lists with all that must come out of them.

    Attributes:
        lists: the files to load.
        given: values given once for the group.
        joined: files to join.
        may_hint: fields of which a hint may be told, besides those that must be.
    """

    lists: tuple[Book, ...]
    given: Mapping[str, str] = field(default_factory=dict)
    joined: tuple[Book, ...] = ()
    may_hint: frozenset[str] = frozenset()

    @property
    def people(self) -> list[tuple[Place, Sheet, Entry]]:
        """The people that must come out, in order."""
        return [whole for book in self.lists for whole in book.entries()]

    @property
    def reported(self) -> set[Place]:
        """The rows that must have a warning or an error, those of joined files included."""
        found = [whole for book in (*self.lists, *self.joined) for whole in book.entries()]
        return {place for place, _, entry in found if entry.found.reported}

    @property
    def unsure(self) -> set[Place]:
        """The rows that may be reported or not."""
        return {place for place, _, entry in self.people if entry.found.unsure}

    @property
    def kinds(self) -> dict[Place, str]:
        """The rows that are no people, each with its kind."""
        return {place: kind for book in self.lists for place, kind in book.kinds().items()}

    @property
    def sheets_left_out(self) -> dict[Place, str]:
        """The sheets that are no lists, each with the reason."""
        return {book.place(sheet): sheet.left_out for book in self.lists for sheet in book.sheets if sheet.left_out}


_WORDS = {
    "level": {"spo": "СПО", "vo": "ВО"},
    "sex": {"female": "женский", "male": "мужской"},
    "admission.way": {"document": "документ", "extract": "выписка"},
}


def shown(typed: Typed, key: str) -> str | None:
    """Return the text that a tidy list has for this key."""
    if key == "full_name":
        return " ".join(filter(None, (typed["surname"], typed["name"], typed["patronymic"])))
    if key == "diploma_code":
        return CODES[typed["admission.specialty"] or ""]
    if key == "series_number":
        return f"{typed['admission.series']} {typed['admission.number']}"
    text = typed[key]
    return None if text is None else _WORDS.get(key, {}).get(text, text)


def columns(headings: Mapping[str, str], **write: Callable[[str], Cell]) -> tuple[Column, ...]:
    """Return columns by key and heading; `write` tells how a key's cells are written (`__` for the dot)."""
    by_key = {key.replace("__", "."): one for key, one in write.items()}
    return tuple(Column(heading, key, by_key.get(key, str)) for key, heading in headings.items())


def under(band: str, *below: Column) -> tuple[Column, ...]:
    """Return the columns with the band above them."""
    return tuple(replace(column, band=band) for column in below)


HEADINGS = {
    "row_number": "№ п/п",
    "surname": "Фамилия",
    "name": "Имя",
    "patronymic": "Отчество",
    "birth_date": "Дата рождения",
    "sex": "Пол",
    "snils": "СНИЛС",
    "citizenship": "Гражданство",
    "region": "Регион",
    "phone": "Телефон",
    "email": "E-mail",
    "level": "Уровень образования",
    "consent.date": "Дата согласия",
    "consent.form": "Форма согласия",
    "admission.way": "Основание допуска",
    "admission.document_type": "Тип документа",
    "admission.specialty": "Специальность",
    "admission.organisation": "Место проведения экзамена",
    "admission.series": "Серия свидетельства об аккредитации",
    "admission.number": "Номер свидетельства об аккредитации",
    "admission.exam_date": "Дата экзамена",
    "admission.issue_date": "Дата выдачи свидетельства об аккредитации",
}
DATES = frozenset({"birth_date", "consent.date", "admission.exam_date", "admission.issue_date"})
NUMBERS = frozenset({"admission.series", "admission.number"})
STANDARD = columns(HEADINGS)


def without(*keys: str) -> tuple[Column, ...]:
    """Return the standard columns without these."""
    return tuple(column for column in STANDARD if column.key not in keys)
