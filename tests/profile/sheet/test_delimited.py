"""Delimited text: encodings, delimiters, quotes and line numbers."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.profile.sheet import delimited
from nmo_autofill.profile.sheet.header import score
from nmo_autofill.profile.sheet.workbook import Refused
from tests.profile.sheet.conftest import ALENA, BORIS, csv_bytes, surnames, table

if TYPE_CHECKING:
    from nmo_autofill.profile.sheet.workbook import Sheet
    from tests.profile.sheet.conftest import Lists

ROWS = table(ALENA, BORIS)
BOTH = ["Берёзкина", "Дубов"]


def read(text: str | bytes) -> Sheet:
    return delimited.read(text.encode() if isinstance(text, str) else text, score)


def refusal(content: str | bytes) -> tuple[str, dict[str, str]]:
    with pytest.raises(Refused) as caught:
        read(content)
    return caught.value.why, caught.value.facts


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_encoding_and_delimiter_are_found_by_content(encoding: str, delimiter: str, lists: Lists) -> None:
    assert surnames(lists.load("list.csv", csv_bytes(ROWS, delimiter, encoding))) == BOTH


def test_utf_16_of_either_order_is_read() -> None:
    text = "Фамилия;СНИЛС\n"
    assert read(codecs.BOM_UTF16_BE + text.encode("utf-16-be")).rows == [["Фамилия", "СНИЛС"]]
    assert read(codecs.BOM_UTF16_LE + text.encode("utf-16-le")).rows == [["Фамилия", "СНИЛС"]]


@pytest.mark.parametrize("encoding", ["cp866", "koi8-r", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused_and_not_guessed(encoding: str, lists: Lists) -> None:
    assert lists.refusal("list.csv", csv_bytes(ROWS, encoding=encoding)) == "file.no_table"


def test_half_a_letter_of_utf_16_is_refused() -> None:
    content = codecs.BOM_UTF16_LE + "Фамилия;СНИЛС".encode("utf-16-le")
    assert refusal(content[:-1])[0] == "file.no_table"


def test_a_byte_that_cp1251_does_not_have_is_refused() -> None:
    assert refusal("Фамилия;СНИЛС;прочее".encode("cp1251") + b"\x98")[0] == "file.no_table"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_breaks_of_any_system_end_a_row(ending: str) -> None:
    sheet = read(ending.join(["Фамилия;СНИЛС", "", "Дубов;1"]))
    assert sheet.rows == [["Фамилия", "СНИЛС"], [], ["Дубов", "1"]]
    assert sheet.lines == (1, 2, 3)


def test_a_quoted_value_may_hold_delimiters_quotes_and_line_breaks() -> None:
    sheet = read('Фамилия;СНИЛС;Регион\nДубов;1;"Омская\nобласть; ""город"""\nЕлин;2;3\n')
    assert sheet.rows[1:] == [["Дубов", "1", 'Омская\nобласть; "город"'], ["Елин", "2", "3"]]
    assert sheet.lines == (1, 2, 4)


def test_other_line_separators_end_no_row() -> None:
    sheet = read("Фамилия;СНИЛС\nДубов\u2028\u0085;1\n")
    assert sheet.rows[1] == ["Дубов\u2028\u0085", "1"]


def test_a_finding_bears_the_line_where_its_row_begins(lists: Lists) -> None:
    first = ALENA | {"Место проведения экзамена": "Омский\nколледж"}
    second = BORIS | {"Дата рождения": "30.02.2004"}
    loaded = lists.load("list.csv", csv_bytes(table(first, second)))
    (found,) = (one for one in loaded.diagnostics if one.code == "date.calendar")
    assert (found.position.line, found.position.cell, found.position.sheet) == (4, "D3", None)
    assert [person.source.line for person in loaded.people] == [2, 4]


def test_the_delimiter_under_which_most_headings_are_known_counts() -> None:
    sheet = read("Список, группа, год, отделение, форма\nФамилия;Имя;СНИЛС\nДубов;Борис;1\n")
    assert sheet.rows[1] == ["Фамилия", "Имя", "СНИЛС"]


def test_without_known_headings_the_delimiter_of_most_columns_counts() -> None:
    assert read("а;б,в,г\n").rows == [["а;б", "в", "г"]]


@pytest.mark.parametrize(
    ("text", "line"),
    [('а;б\n"в;г\n', 2), ('а;б\n"в"г;д\n', 2), ('а;б\nв;г\n"', 3), ('"а\nб";в\n"', 3)],
)
def test_a_quote_that_is_not_closed_is_told_at_its_line(text: str, line: int) -> None:
    assert refusal(text) == ("file.quotes", {"line": str(line)})


def test_a_quote_that_stands_inside_a_value_is_a_letter() -> None:
    assert read('Фамилия;СНИЛС\nД"Артаньян;1\n').rows[1] == ['Д"Артаньян', "1"]


def test_quotes_that_trouble_only_another_delimiter_do_not_matter() -> None:
    sheet = read('Фамилия;СНИЛС\nДубов;1, "а" б\n"Елин";2\n')
    assert sheet.rows[2] == ["Елин", "2"]


def test_nothing_is_a_table_without_rows() -> None:
    assert read("").rows == []


@pytest.mark.parametrize("begin", ["<!DOCTYPE html>", "<html>", " \n<?xml version='1.0'?>", "<TABLE>"])
def test_markup_is_no_table(begin: str) -> None:
    assert refusal(f"{begin}Фамилия;СНИЛС")[0] == "file.no_table"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b"])
def test_control_characters_are_no_table(character: str) -> None:
    assert refusal(f"Фамилия;СНИЛС\n{character};1")[0] == "file.no_table"
