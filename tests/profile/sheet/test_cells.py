"""The texts of a list's values, and the fields that are made of them when they are asked for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.profile.sheet.cell import DATES, NUMBERS, WRAPPING, Cell, plain, text_of
from nmo_autofill.profile.sheet.cells import Codes, Fields, Texts
from nmo_autofill.profile.sheet.workbook import Sheet, Value

KEYS = sorted({*DATES, *NUMBERS, *WRAPPING, "surname", "email", "row_number", "consent.form"})
SHEET = Sheet("Список", [])


@pytest.mark.parametrize("key", KEYS)
@given(st.data())
def test_a_plain_text_stays_as_it_is(key: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(plain(key), fullmatch=True))
    assert text_of(text, key) == (text, "")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        *[("snils", text) for text in ("90100011194 ", "9010001119", "901–000–111 94", "")],
        *[("phone", text) for text in ("89010001122", "8 901", "+7  901")],
        *[("surname", text) for text in ("-//-", "то же", "То же самое", "  ", "ё\N{COMBINING DIAERESIS}" * 9)],
        *[("birth_date", text) for text in ("1.2.2004", "38060", "2004-03-14 00:00")],
        *[("admission.number", text) for text in ("9.1E+10", "12.0", "12-3\N{EN DASH}4")],
    ],
)
def test_a_text_that_may_be_repaired_is_not_plain(key: str, text: str) -> None:
    assert plain(key).fullmatch(text) is None


def test_each_value_is_looked_at_once_but_numbers_are_kept_apart() -> None:
    codes: Codes = {}
    asked: list[Value] = []

    def look(key: str, value: Value) -> tuple[str, str]:
        asked.append(value)
        return text_of(value, key)

    texts = Texts(look, "phone", codes)  # type: ignore[arg-type]
    assert [texts[value] for value in ("8 9", "8 9", True, 1, 1.0, date(2004, 3, 14), "")] == [
        *("8 9", "8 9", "ИСТИНА", "1", "1", "14.03.2004", "")
    ]
    assert asked == ["8 9", True, 1, 1.0, date(2004, 3, 14)]
    assert ("phone", str, "8 9") in codes


def test_fields_are_the_cells_of_a_row_until_something_else_takes_their_place() -> None:
    fields = Fields(Cell("list.xlsx", SHEET, 4, 0), {"snils": 2, "name": 3}, {"snils": "901"})
    assert (fields["snils"].text, str(fields["snils"].at())) == ("901", "list.xlsx:Список!C5")
    assert (fields["name"].text, str(fields["name"].at())) == ("", "list.xlsx:Список!D5")
    other = Cell("list.xlsx", SHEET, 7, 7, "other")
    fields["name"] = fields["email"] = other
    assert fields["name"] is fields["email"] is other
    assert ([*fields], len(fields), "phone" in fields) == (["snils", "name", "email"], 3, False)
    del fields["name"]
    assert fields["name"].text == ""
    with pytest.raises(KeyError):
        fields["phone"]
