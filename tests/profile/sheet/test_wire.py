"""A workbook on its way between two processes, the first of which may have been spoilt."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.profile.sheet import wire
from nmo_autofill.profile.sheet.workbook import Block, Refused, Sheet, Value, Why, Workbook

NOON = datetime(2004, 3, 14, 12, 30)  # noqa: DTZ001 (a spreadsheet's has no zone)
ROWS: list[list[Value]] = [["а", 1, True, 1.0, date(2004, 3, 14)], ["а", False, 0, "", NOON], ["\n", "1", "а", 2.5, ""]]
WORKBOOK = Workbook(
    (
        Sheet("Первый", ROWS, hidden_rows=frozenset({2}), blocks=(Block(0, 0, 1, 1),), valueless=frozenset({(1, 3)})),
        Sheet("Второй", [], hidden=True, hidden_columns=frozenset({5})),
        Sheet("Третий", [["а"]]),
    ),
    since_1904=True,
    remarks=("file.macros",),
)


def head_of(answer: bytes) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(answer.partition(b"\n")[0])
    return head


def test_a_workbook_arrives_as_it_was_sent() -> None:
    arrived = wire.decoded(wire.encoded(WORKBOOK))
    assert arrived == WORKBOOK
    assert [[type(value) for value in row] for row in arrived.sheets[0].rows] == [
        [type(value) for value in row] for row in ROWS
    ]


def test_each_text_is_sent_once() -> None:
    assert head_of(wire.encoded(WORKBOOK))["values"].count("а") == 1


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
    st.sampled_from([0, 1, 0.0, 1.0, False, True, "0", "1", "", "2004-03-14"]),
    st.dates(),
    st.datetimes(),
)
WIDTHS = st.integers(1, 4)


@given(st.lists(WIDTHS.flatmap(lambda width: st.lists(st.lists(VALUES, min_size=width, max_size=width), max_size=6))))
def test_any_table_arrives_with_the_types_of_its_values(tables: list[list[list[Value]]]) -> None:
    sheets = tuple(Sheet(str(number), rows) for number, rows in enumerate(tables))
    arrived = wire.decoded(wire.encoded(Workbook(sheets)))
    assert arrived == Workbook(sheets)
    assert [[[*map(type, row)] for row in sheet.rows] for sheet in arrived.sheets] == [
        [[*map(type, row)] for row in rows] for rows in tables
    ]
    without = Workbook(tuple(sheet._replace(rows=[]) for sheet in sheets))
    assert wire.decoded(wire.encoded(without, [iter(rows) for rows in tables])) == Workbook(sheets)


def test_a_refusal_arrives_with_its_facts() -> None:
    with pytest.raises(Refused) as caught:
        wire.decoded(wire.refusal(Refused(Why.VAST, rows="5")))
    assert (caught.value.why, caught.value.facts) == (Why.VAST, {"rows": "5"})


@given(
    st.binary()
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda one: json.dumps(one).encode())
)
def test_what_is_no_answer_is_damage(answer: bytes) -> None:
    require_damage(answer)


TALL = {"name": "", "height": 10**9, "width": 0, "hidden": False, "hidden_rows": [], "hidden_columns": []}
SPOILT: dict[str, list[Any]] = {
    "values": [[], None, "x", [[]], [{}], [None] * 20],
    "dates": [[], [[0], []], [[99], []], [["x"], []], [[1], [1]], None],
    "sheets": [None, [{}], [[]], "x", 5, [TALL | {"blocks": [], "valueless": []}]],
    "refused": ["file.unheard_of", None, 5],
    "remarks": [None],
}


@pytest.mark.parametrize("change", [{key: one} for key, changes in SPOILT.items() for one in changes])
def test_a_spoilt_answer_is_damage(change: dict[str, Any]) -> None:
    answer = wire.encoded(WORKBOOK)
    require_damage(json.dumps(head_of(answer) | change).encode() + b"\n" + answer.partition(b"\n")[2])


def test_an_answer_with_wrong_numbers_is_damage() -> None:
    answer = wire.encoded(WORKBOOK)
    for spoilt in (answer[:-1], answer[:-4] + b"\xff" * 4):
        require_damage(spoilt)


def require_damage(answer: bytes) -> None:
    with pytest.raises(Refused) as caught:
        wire.decoded(answer)
    assert caught.value.why is Why.DAMAGED
