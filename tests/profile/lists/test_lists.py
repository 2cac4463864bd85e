"""Lists as colleges have them, against what must come out of each, field by field and row by row."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from nmo_autofill.profile.diagnostics import Diagnostic, Severity
from nmo_autofill.profile.loading import Loaded, Person, as_typed, load
from tests.profile.lists.graduates import snils
from tests.profile.lists.grid import Case, Entry, Place, Sheet
from tests.profile.lists.made import CASES, make_all
from tests.profile.lists.written import letters

if TYPE_CHECKING:
    from nmo_autofill.profile.diagnostics import Position
    from nmo_autofill.source import Source
    from tests.profile.lists.graduates import Typed

TODAY = date(2026, 11, 24)
ROW_KINDS = {"row.title", "row.heading", "row.numbering", "row.total", "row.note", "row.example", "row.rest"}
SHEET_KINDS = {"sheet.hidden", "sheet.empty", "sheet.no_list"}


@dataclass(frozen=True)
class Read:
    """A case and what was loaded from it."""

    case: Case
    loaded: Loaded

    @property
    def pairs(self) -> list[tuple[Entry, Person]]:
        """What must come out and what came out, one beside the other."""
        return list(zip((entry for _, _, entry in self.case.people), self.loaded.people, strict=True))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists")


@pytest.fixture(scope="session")
def cases(folder: Path) -> dict[str, Case]:
    return make_all(folder)


@pytest.fixture(scope="session")
def readings() -> dict[str, Read]:
    return {}


@pytest.fixture(params=CASES)
def read(request: pytest.FixtureRequest, cases: dict[str, Case], readings: dict[str, Read]) -> Read:
    """Load each case once, whichever test asks first."""
    name: str = request.param
    if name not in readings:
        case = cases[name]
        lists, joined = ([book.path for book in books] for books in (case.lists, case.joined))
        readings[name] = Read(case, load(lists, today=TODAY, given=case.given, joined=joined))
    return readings[name]


def test_exactly_the_people_of_the_list_come_out_in_order(read: Read) -> None:
    expected = [place for place, _, _ in read.case.people]
    assert [_of_source(person.source) for person in read.loaded.people] == expected


def test_fields_that_must_carry_an_error_do_and_no_others(read: Read) -> None:
    for entry, person in read.pairs:
        found, fields = entry.found, _wrong(person)
        assert fields - found.somewhere - found.loose == found.errors, entry.row
        assert not found.somewhere or fields & found.somewhere, entry.row


def test_values_are_those_that_must_be_typed_field_by_field(read: Read) -> None:
    for entry, person in read.pairs:
        free = entry.found.errors | entry.found.somewhere | entry.found.loose
        expected = {key: value for key, value in entry.typed.items() if key not in free}
        came_out = _flat(as_typed(person))
        assert {key: value for key, value in came_out.items() if key not in free} == expected, entry.row
        assert not came_out.keys() & entry.found.errors, entry.row


def test_a_value_whose_rating_is_left_open_is_the_expected_one_or_absent(read: Read) -> None:
    for entry, person in read.pairs:
        came_out = _flat(as_typed(person))
        for key in entry.found.loose & came_out.keys():
            assert came_out[key] == entry.typed[key], (entry.row, key)


def test_exactly_the_rows_that_need_a_look_are_reported(read: Read) -> None:
    headings = {place for place, kind in read.case.kinds.items() if kind == "row.heading"}
    reported = _reported(read.loaded) - headings
    assert reported - read.case.unsure == read.case.reported - read.case.unsure


def test_an_error_names_the_cell_of_its_field(read: Read) -> None:
    for place, sheet, entry in read.case.people:
        # What is wrong with a whole column is told once, at its heading.
        for diagnostic in _about(read.loaded, place):
            column = sheet.column_of(diagnostic.field)
            if diagnostic.field in entry.found.errors and column is not None and _is_of_row(diagnostic, entry.row):
                assert diagnostic.position.cell == f"{letters(column + 1)}{entry.row}"


def test_repairs_are_told_at_their_field_and_nothing_else_is_told(read: Read) -> None:
    told = {(_of_position(one.position), one.field) for one in _with(read.loaded, Severity.HINT)}
    for place, _, entry in read.case.people:
        fields = {field for where, field in told if where == place}
        assert entry.found.hints <= fields, entry.row
        assert fields <= entry.found.hints | read.case.may_hint, entry.row


def test_rows_without_a_person_are_named_by_their_kind(read: Read) -> None:
    lists = {book.path.name for book in read.case.lists}
    named = {place: why for place, why in _left_out(read.loaded).items() if why not in SHEET_KINDS}
    assert {place: why for place, why in named.items() if place.file in lists} == read.case.kinds


def test_sheets_without_a_list_are_left_out_with_the_reason(read: Read) -> None:
    named = {place: why for place, why in _left_out(read.loaded).items() if why in SHEET_KINDS}
    assert named == read.case.sheets_left_out


def test_every_kind_stands_in_the_corpus(cases: dict[str, Case]) -> None:
    assert {kind for case in cases.values() for kind in case.kinds.values()} == ROW_KINDS
    assert {kind for case in cases.values() for kind in case.sheets_left_out.values()} == SHEET_KINDS
    found = [entry.found for case in cases.values() for _, _, entry in case.people]
    assert all(any(getattr(one, kind) for one in found) for kind in ("errors", "somewhere", "loose", "hints", "warned"))


def test_numbers_addresses_and_phones_belong_to_nobody(cases: dict[str, Case]) -> None:
    for typed in (entry.typed for case in cases.values() for _, _, entry in case.people):
        # Those that begin with 0 are there because only they can lose a zero.
        assert re.match("9|05|009", cast("str", typed["snils"]))
        assert typed["snils"] == snils("".join(re.findall("[0-9]", cast("str", typed["snils"])))[:9])
        assert re.fullmatch(r"\+7900000[0-9]{4}", cast("str", typed["phone"]))
        assert cast("str", typed["email"]).endswith("@example.org")


def test_people_of_a_case_share_nothing_unless_they_are_meant_to(cases: dict[str, Case]) -> None:
    for name in cases.keys() - {"twice"}:
        people = [entry.typed for _, _, entry in cases[name].people]
        for key in ("snils", "phone", "email"):
            assert len({typed[key] for typed in people}) == len(people), (name, key)


def test_another_run_makes_the_same_people_and_the_same_cells(cases: dict[str, Case], tmp_path: Path) -> None:
    again = make_all(tmp_path)
    for name, case in cases.items():
        assert _cells(case) == _cells(again[name]), name
        assert [whole[2] for whole in case.people] == [whole[2] for whole in again[name].people]
        for book, other in zip((*case.lists, *case.joined), (*again[name].lists, *again[name].joined), strict=True):
            assert _content(book.path) == _content(other.path), book.path.name


def _of_source(source: Source) -> Place:
    return Place(Path(source.file).name, source.sheet, source.row or source.line)


def _of_position(position: Position) -> Place:
    # A CSV has lines, a workbook has cells.
    row = re.sub("[A-Z$]", "", position.cell) if position.cell else position.line
    return Place(Path(position.file).name, position.sheet, int(row) if row else None)


def _with(loaded: Loaded, *severities: Severity) -> list[Diagnostic]:
    return [diagnostic for diagnostic in loaded.diagnostics if diagnostic.severity in severities]


def _wrong(person: Person) -> set[str]:
    return {diagnostic.field for diagnostic in person.diagnostics if diagnostic.severity is Severity.ERROR}


def _about(loaded: Loaded, place: Place) -> list[Diagnostic]:
    """Return the errors that stand in the file of the person at this place."""
    people = [person for person in loaded.people if _of_source(person.source) == place]
    found = (diagnostic for person in people for diagnostic in person.diagnostics)
    return [one for one in found if one.severity is Severity.ERROR and Path(one.position.file).name == place.file]


def _is_of_row(diagnostic: Diagnostic, row: int) -> bool:
    return re.fullmatch(rf"[A-Z]+{row}", diagnostic.position.cell or "") is not None


def _reported(loaded: Loaded) -> set[Place]:
    """Return the rows of people with a warning or error, and those of what is nobody's.

    An error that belongs to no row is there too, with no row, and so never expected; a warning without row,
    such as that a hidden sheet was left out, is not.
    """
    people = {_of_source(person.source) for person in loaded.people if person.verdict != "valid"}
    theirs = {diagnostic for person in loaded.people for diagnostic in person.diagnostics}
    nobodys = [one for one in _with(loaded, Severity.ERROR, Severity.WARNING) if one not in theirs]
    places = ((one.severity, _of_position(one.position)) for one in nobodys)
    return people | {place for severity, place in places if place.row or severity is Severity.ERROR}


def _left_out(loaded: Loaded) -> dict[Place, str]:
    return {_of_source(left.source): left.why for left in loaded.left_out}


def _flat(nested: dict[str, Any]) -> Typed:
    flat: Typed = {}
    for key, value in nested.items():
        inside = {f"{key}.{name}": one for name, one in value.items()} if isinstance(value, dict) else {key: value}
        flat |= inside
    return flat


def _cells(case: Case) -> list[list[Any]]:
    sheets: list[Sheet] = [sheet for book in (*case.lists, *case.joined) for sheet in book.sheets]
    return [sheet.rows for sheet in sheets]


def _content(path: Path) -> dict[str, bytes]:
    """Return what stands in the file, without the time at which a workbook was written."""
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.startswith("docProps/")}
