"""Names of columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.profile.sheet.workbook import Refused, Why, column_of, letters


@given(st.integers(0, 1_000_000))
def test_a_column_is_found_by_its_name(column: int) -> None:
    assert column_of(letters(column)) == column


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8))
def test_a_name_is_that_of_its_column(name: str) -> None:
    assert letters(column_of(name)) == name


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_columns_bear_the_names_that_spreadsheets_give_them(column: int, name: str) -> None:
    assert (letters(column), column_of(name)) == (name, column)


def test_a_refusal_carries_its_facts_and_no_value() -> None:
    refused = Refused(Why.VAST, rows="3")
    assert (refused.why, refused.facts, str(refused)) == ("sheet.vast", {"rows": "3"}, "sheet.vast")
