from __future__ import annotations

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.profile import dates


def test_documentation_is_true() -> None:
    tried = doctest.testmod(dates)
    assert tried.attempted == 2
    assert tried.failed == 0


@given(st.dates())
def test_both_ways_of_writing_go_round(day: date) -> None:
    assert dates.parse(dates.format(day)) == day
    assert dates.parse(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["", "14.3.2004", "14.03.04", "2004-3-14", "14-03-2004", "2004.03.14", " 14.03.2004", "14.03.2004 г."]
)
def test_nothing_else_is_a_date(text: str) -> None:
    with pytest.raises(dates.DateFormatError):
        dates.parse(text)


@pytest.mark.parametrize("text", ["31.04.2004", "29.02.1900", "2004-13-01", "0000-01-01"])
def test_only_days_of_the_calendar_are_dates(text: str) -> None:
    with pytest.raises(dates.CalendarError):
        dates.parse(text)


@pytest.mark.parametrize(
    ("today", "years"),
    [(date(2020, 2, 28), 19), (date(2020, 2, 29), 20), (date(2021, 2, 28), 20), (date(2021, 3, 1), 21)],
)
def test_age_counts_full_years(today: date, years: int) -> None:
    assert dates.age(date(2000, 2, 29), today) == years
