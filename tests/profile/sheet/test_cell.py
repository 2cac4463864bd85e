"""Cells as texts: repairs that are certain are made and told, the rest stays as it is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nmo_autofill.profile import keys
from nmo_autofill.profile.sheet.cell import DATES, NUMBERS, WRAPPING, Cell, text_of
from nmo_autofill.profile.sheet.headings import FULL_NAME, SERIES_NUMBER
from nmo_autofill.profile.sheet.workbook import Sheet, Value

NBSP = "\N{NO-BREAK SPACE}"
FIXED_HYPHEN = "\N{NON-BREAKING HYPHEN}"
EN_DASH = "\N{EN DASH}"

# The value, the key, the text that comes out, the code that is told.
TEXTS: list[tuple[Value, str, str, str]] = [
    ("Берёзкина", "surname", "Берёзкина", ""),
    ("  Берёзкина ", "surname", "Берёзкина", "cell.spaces"),
    ("Анна  Мария", "name", "Анна Мария", "cell.spaces"),
    (f"Анна{NBSP}", "name", "Анна", "cell.spaces"),
    ("Анна\tМария", "name", "Анна Мария", "cell.spaces"),
    ("\nАнна\r\n", "name", "Анна", "cell.spaces"),
    ("Анна\nМария", "name", "Анна\nМария", ""),
    ("Омская\nобласть", "region", "Омская область", "cell.spaces"),
    ("Омская \r\n область", "region", "Омская область", "cell.spaces"),
    (f"Белова{FIXED_HYPHEN}Чайкина", "surname", "Белова-Чайкина", "cell.hyphen"),
    (f"Белова{EN_DASH}Чайкина", "surname", f"Белова{EN_DASH}Чайкина", ""),
    (f" Белова{FIXED_HYPHEN}Чайкина", "surname", "Белова-Чайкина", "cell.hyphen"),
    ("Андреи\u0306", "name", "Андрей", "cell.composed"),
    (f"Андреи\u0306{FIXED_HYPHEN} ", "name", "Андрей-", "cell.composed"),
    ("Ан\u200bна", "name", "Ан\u200bна", ""),
    ("\u212b", "name", "\u212b", ""),
    ("БЕРЁЗКИНА", "surname", "БЕРЁЗКИНА", ""),
    ("Берёзкинa", "surname", "Берёзкинa", ""),
    ("", "surname", "", ""),
    (" ", "surname", "", "cell.spaces"),
    (5, "surname", "5", ""),
    (5.0, "surname", "5", ""),
    (5.5, "surname", "5.5", ""),
    (1e15, "surname", "1000000000000000.0", ""),
    (True, "surname", "ИСТИНА", ""),
    (False, "surname", "ЛОЖЬ", ""),
    (date(2004, 3, 14), "surname", "14.03.2004", ""),
    (datetime(2004, 3, 14, 9, 5), "surname", "14.03.2004 09:05:00", ""),  # noqa: DTZ001 (a spreadsheet's has no zone)
    (time(9, 5), "surname", "09:05:00", ""),
    (timedelta(hours=30), "surname", "1 day, 6:00:00", ""),
    # Dates.
    (date(2004, 3, 14), "birth_date", "14.03.2004", ""),
    (datetime(2004, 3, 14), "birth_date", "14.03.2004", ""),  # noqa: DTZ001 (cells have no zone)
    (datetime(2004, 3, 14, 23, 59, 59), "birth_date", "14.03.2004", "cell.time"),  # noqa: DTZ001 (cells have no zone)
    ("14.03.2004", "birth_date", "14.03.2004", ""),
    ("2004-03-14", "birth_date", "2004-03-14", ""),
    (" 14.03.2004", "birth_date", "14.03.2004", "cell.spaces"),
    ("4.3.2004", "birth_date", "04.03.2004", "cell.date"),
    ("14.03.2004 г.", "birth_date", "14.03.2004", "cell.date"),
    ("14.03.2004г", "birth_date", "14.03.2004", "cell.date"),
    ("14.03.2004 года", "birth_date", "14.03.2004", "cell.date"),
    ("14.03.2004 0:00:00", "birth_date", "14.03.2004", "cell.date"),
    ("2004-03-14T00:00:00.000", "birth_date", "14.03.2004", "cell.date"),
    ("2004-03-14 00:00", "birth_date", "14.03.2004", "cell.date"),
    ("14.03.2004 12:00", "birth_date", "14.03.2004 12:00", ""),
    ("14.03.04", "birth_date", "14.03.04", ""),
    ("03/04/2004", "birth_date", "03/04/2004", ""),
    ("март 2004", "birth_date", "март 2004", ""),
    ("30.02.2004", "birth_date", "30.02.2004", ""),
    ("1403.2004", "birth_date", "1403.2004", ""),
    (38060, "birth_date", "14.03.2004", "cell.serial"),
    (38060.0, "birth_date", "14.03.2004", "cell.serial"),
    (38060.75, "birth_date", "14.03.2004", "cell.serial"),
    ("38060", "birth_date", "14.03.2004", "cell.serial"),
    ("38060.5", "consent.date", "14.03.2004", "cell.serial"),
    (12785, "birth_date", "01.01.1935", "cell.serial"),
    (12784, "birth_date", "12784", ""),
    (54788, "birth_date", "31.12.2049", "cell.serial"),
    (54789, "birth_date", "54789", ""),
    (2004, "birth_date", "2004", ""),
    (-38060, "birth_date", "-38060", ""),
    (True, "birth_date", "ИСТИНА", ""),
    (time(9, 5), "birth_date", "09:05:00", ""),
    # Numbers.
    ("901-000-111 94", "snils", "901-000-111 94", ""),
    (f"901{FIXED_HYPHEN}000{EN_DASH}111{NBSP}94", "snils", "901-000-111 94", "cell.hyphen"),
    ("90100011194", "snils", "90100011194", ""),
    (90100011194, "snils", "90100011194", "cell.number"),
    (90100011194.0, "snils", "90100011194", "cell.number"),
    ("90100011194.0", "snils", "90100011194", "cell.number"),
    ("9.0100011194E+10", "snils", "90100011194", "cell.number"),
    ("9,0100011194e10", "snils", "90100011194", "cell.number"),
    ("9,01E+10", "snils", "9,01E+10", "cell.scientific"),
    ("9E+10", "snils", "9E+10", "cell.scientific"),
    ("9.01000111945E+10", "snils", "9.01000111945E+10", "cell.scientific"),
    (3350003485, "snils", "033-500-034 85", "cell.snils"),
    ("3350003485", "snils", "033-500-034 85", "cell.snils"),
    (3350003486, "snils", "3350003486", ""),
    ("33-500-034 85", "snils", "33-500-034 85", ""),
    (100199800, "snils", "100199800", ""),
    (0, "snils", "0", ""),
    ("", "snils", "", ""),
    ("٣٣٥٠٠٠٣٤٨٥", "snils", "٣٣٥٠٠٠٣٤٨٥", ""),
    (1e22, "snils", "1e+22", ""),
    ("+79000000101", "phone", "+79000000101", ""),
    (79000000101, "phone", "79000000101", "cell.number"),
    (79000000101.0, "phone", "79000000101", "cell.number"),
    ("79000000101.0", "phone", "79000000101", "cell.number"),
    ("7.9000000101E+10", "phone", "79000000101", "cell.number"),
    ("9.13E+09", "phone", "9.13E+09", "cell.scientific"),
    ("8 (900) 000-01-01", "phone", "8 (900) 000-01-01", "cell.phone"),
    ("8-900-000-01-01", "phone", "8-900-000-01-01", "cell.phone"),
    ("89000000101", "phone", "89000000101", "cell.phone"),
    (f"8{NBSP}(900) 000-01-01", "phone", "8 (900) 000-01-01", "cell.spaces"),
    ("8", "phone", "8", ""),
    ("7725", "admission.series", "7725", ""),
    (7725, "admission.series", "7725", ""),
    (725, "admission.series", "725", "cell.zeros"),
    (77251, "admission.series", "77251", "cell.zeros"),
    (0, "admission.series", "0", ""),
    (100201, "admission.number", "100201", "cell.zeros"),
    (100201000, "admission.number", "100201000", ""),
    (100201000.5, "admission.number", "100201000.5", "cell.zeros"),
    ("000100201", "admission.number", "000100201", ""),
    ("1.00201E5", "admission.number", "100201", "cell.number"),
    (643, "citizenship", "643", ""),
    (643.0, "citizenship", "643", ""),
    ("643.0", "citizenship", "643", "cell.number"),
    ("34.02.01", "diploma_code", "34.02.01", ""),
    ("Россия", "citizenship", "Россия", ""),
    # Only in the columns of numbers is a dash a hyphen, and only there is E a power of ten.
    ("1.5E+1", "region", "1.5E+1", ""),
    ("38060", "region", "38060", ""),
]
KEYS = [*keys.keys(), FULL_NAME, SERIES_NUMBER, "diploma_code", "row_number"]
ANY: st.SearchStrategy[Value] = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,-eE+ :TгодA\u00a0\u2011\u0306й\n"),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@pytest.mark.parametrize(("value", "key", "text", "code"), TEXTS)
def test_a_value_becomes_the_text_of_its_field(value: Value, key: str, text: str, code: str) -> None:
    assert text_of(value, key) == (text, code)


@pytest.mark.parametrize("value", [38060, 38060.5, "38060"])
def test_a_number_of_a_day_is_none_where_days_are_counted_from_1904(value: Value) -> None:
    assert text_of(value, "birth_date", since_1904=True) == (str(value), "")


def test_a_date_cell_is_a_date_wherever_days_are_counted_from() -> None:
    assert text_of(date(2004, 3, 14), "birth_date", since_1904=True) == ("14.03.2004", "")


def test_zeros_of_a_snils_come_back_only_when_the_checksum_then_agrees() -> None:
    restored = [last for last in range(100) if text_of(3350003400 + last, "snils").code == "cell.snils"]
    assert restored == [85]


@pytest.mark.parametrize("value", [350003461, 350003461.0, "350003461", "350003461.0"])
def test_two_lost_zeros_come_back(value: Value) -> None:
    assert text_of(value, "snils") == ("003-500-034 61", "cell.snils")


def test_the_kinds_of_keys_are_keys() -> None:
    assert set(KEYS) >= DATES | NUMBERS | WRAPPING
    assert not DATES & NUMBERS


@given(value=ANY, key=st.sampled_from(KEYS), since_1904=st.booleans())
@example(value="9e99", key="phone", since_1904=False)
@example(value=float("nan"), key="birth_date", since_1904=False)
@example(value=float("inf"), key="admission.number", since_1904=False)
@example(value=10**400, key="snils", since_1904=False)
@example(value=date.min, key="birth_date", since_1904=False)
@example(value=datetime.min, key="birth_date", since_1904=True)  # noqa: DTZ901 (a spreadsheet's has no zone)
@example(value=timedelta.min, key="birth_date", since_1904=False)
def test_any_value_becomes_a_text(value: Value, key: str, *, since_1904: bool) -> None:
    text, code = text_of(value, key, since_1904=since_1904)
    assert isinstance(text, str)
    assert code == "" or code.startswith("cell.")


@given(ANY, st.sampled_from(KEYS))
@example("8 \u00a0-\n8", "phone")
@example("\u00a0\n\u00a0а", "name")
@example("и\u0306\u2011\u0306", "name")
@example("1.0.0", "snils")
@example(1.0865015839843782e16, "snils")
def test_a_text_that_was_repaired_stays(value: Value, key: str) -> None:
    text = text_of(value, key).text
    assert text_of(text, key).text == text


def test_a_cell_names_its_place_and_shows_no_text() -> None:
    cell = Cell("list.xlsx", Sheet("Лист1", []), 6, 27, "Берёзкина")
    assert (cell.address, repr(cell)) == ("AB7", "Cell(AB7)")
    position = cell.at(3)
    assert (str(position), position.line, position.caret, position.text) == (
        "list.xlsx:Лист1!AB7",
        None,
        4,
        "Берёзкина",
    )


def test_a_cell_of_delimited_text_names_its_line() -> None:
    sheet = Sheet(None, [[], []], lines=(1, 4))
    assert Cell("list.csv", sheet, 1, 0).at().line == 4
    assert Cell("list.csv", sheet, 2, 0).at().line is None
