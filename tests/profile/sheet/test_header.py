"""The header of a sheet: where it stands, and which column holds what."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.profile.sheet.header import FIRST_ROWS, find_header, score
from nmo_autofill.profile.sheet.workbook import Block, Sheet

if TYPE_CHECKING:
    from nmo_autofill.profile.sheet.header import Header

NAMES = ["Фамилия", "Имя", "СНИЛС"]
PERSON = ["Берёзкина", "Алёна", "901-000-111 94"]


def found(*rows: list[str], blocks: tuple[Block, ...] = ()) -> Header:
    header = find_header(Sheet("Лист1", [[*row] for row in rows], blocks=blocks))
    assert header is not None
    return header


def none(*rows: list[str]) -> bool:
    sheet = Sheet("Лист1", [[*row] for row in rows])
    return find_header(sheet) is None and score(sheet) == 0


def test_a_header_in_the_first_row() -> None:
    header = found(NAMES, PERSON)
    assert (header.top, header.bottom) == (0, 0)
    assert header.columns == {"surname": 0, "name": 1, "snils": 2}
    assert (header.score, header.is_frdo) == (6, False)


def test_titles_above_do_not_belong_to_the_header() -> None:
    header = found(["Список выпускников"], ["Группа СД-41", "2025 год"], [], NAMES, PERSON)
    assert (header.top, header.bottom) == (3, 3)


def test_a_title_merged_over_the_table_does_not_belong_to_the_header() -> None:
    header = found(["Список", "", ""], NAMES, PERSON, blocks=(Block(0, 0, 0, 2),))
    assert (header.top, header.bottom) == (1, 1)


def test_a_header_may_stand_in_the_last_of_the_first_rows_and_no_later() -> None:
    empty: list[list[str]] = [[]] * (FIRST_ROWS - 1)
    assert found(*empty, NAMES).bottom == FIRST_ROWS - 1
    assert none(*empty, [], NAMES)


def test_rows_of_different_lengths() -> None:
    assert found(["Список"], ["", *NAMES], ["x"]).columns["surname"] == 1


def test_a_single_known_heading_is_no_header() -> None:
    assert none(["СНИЛС", "Кабинет"], ["x"])
    assert none(["Фамилия"])
    assert none(["№", "СНИЛС"])


def test_without_anything_that_tells_who_it_is_there_is_no_header() -> None:
    assert none(["Имя", "Телефон", "E-mail"])


def test_nothing_has_no_header() -> None:
    assert none()
    assert none([], [])


BANDS = ["", "", "Паспорт", "", "Свидетельство об аккредитации", ""]
BELOW = ["ФИО", "СНИЛС", "Серия", "Номер", "Серия", "Номер"]
MERGED = (Block(0, 2, 0, 3), Block(0, 4, 0, 5), Block(0, 0, 1, 0), Block(0, 1, 1, 1))


def test_merged_bands_tell_whose_a_column_is() -> None:
    header = found(["ФИО", "СНИЛС", *BANDS[2:]], ["", "", *BELOW[2:]], blocks=MERGED)
    assert (header.top, header.bottom) == (0, 1)
    assert header.columns == {"full_name": 0, "snils": 1, "admission.series": 4, "admission.number": 5}
    assert not header.bare


def test_bands_that_are_not_merged_go_on_to_the_next_band() -> None:
    header = found(BANDS, BELOW)
    assert header.columns == {"full_name": 0, "snils": 1, "admission.series": 4, "admission.number": 5}


def test_a_band_that_is_not_merged_ends_where_headings_end() -> None:
    header = found(["", "Личность", "", "Аккредитация", "", ""], ["ФИО", "СНИЛС", "", "Серия", "", "Номер"])
    assert header.columns["admission.series"] == 3
    assert "admission.number" in header.bare


def test_a_single_text_above_the_headings_is_a_title() -> None:
    header = found(["", "Список прошедших аккредитацию", "", ""], ["ФИО", "СНИЛС", "Серия", "Номер"])
    assert header.bare == {"admission.series", "admission.number"}
    wide = found(["", "Аккредитация", *[""] * 9], ["ФИО", "СНИЛС", "Серия", *["x"] * 8], blocks=(Block(0, 1, 0, 10),))
    assert wide.bare == {"admission.series"}


def test_bare_numbers_are_nobodys_beside_another_documents() -> None:
    header = found(["ФИО", "СНИЛС", "Серия", "Номер", "Дата выдачи", "Серия диплома"])
    assert not {"admission.series", "admission.number", "admission.issue_date"} & header.columns.keys()
    assert header.unread == {2: "Серия", 3: "Номер", 4: "Дата выдачи", 5: "Серия диплома"}
    bracketed = found(["ФИО", "СНИЛС", "Серия (паспорт)", "Номер (паспорт)"])
    assert bracketed.columns == {"full_name": 0, "snils": 1}


def test_a_whole_name_merged_over_three_columns_is_three_columns() -> None:
    header = found(["ФИО", "", "", "СНИЛС"], blocks=(Block(0, 0, 0, 2),))
    assert header.columns == {"surname": 0, "name": 1, "patronymic": 2, "snils": 3}


def test_two_rows_of_bands() -> None:
    header = found(
        ["Студент", "", "Документы", "", "", ""],
        ["", "", "Паспорт", "", "Аккредитация", ""],
        BELOW,
        blocks=(Block(0, 0, 1, 1), Block(0, 2, 0, 5), Block(1, 2, 1, 3), Block(1, 4, 1, 5)),
    )
    assert (header.top, header.columns["admission.series"]) == (0, 4)


def test_of_equal_candidates_the_first_counts() -> None:
    header = found(NAMES, PERSON, NAMES, PERSON)
    assert header.bottom == 0


def test_of_two_candidates_the_better_understood_counts() -> None:
    assert found(["Фамилия", "СНИЛС"], [], [*NAMES, "Телефон"], PERSON).bottom == 2


def test_columns_that_claim_one_key_are_told_and_none_is_chosen() -> None:
    header = found([*NAMES, "Телефон", "Мобильный телефон"])
    assert dict(header.twice) == {"phone": (3, 4)}
    assert "phone" not in header.columns
    assert header.score == 7


def test_a_second_numbering_column_is_none() -> None:
    header = found(["№", *NAMES, "№ п/п"])
    assert header.columns["row_number"] == 0
    assert not header.twice


def test_a_full_name_beside_its_parts_is_passed_over() -> None:
    assert "full_name" not in found(["ФИО", *NAMES]).columns


def test_a_full_name_beside_one_of_its_parts_is_a_question() -> None:
    assert found(["ФИО", "Имя", "СНИЛС"]).twice == {"full_name": (0, 1)}


def test_a_bare_number_without_series_is_some_other_number() -> None:
    header = found([*NAMES, "Номер"])
    assert "admission.number" not in header.columns
    assert not header.bare
    assert found([*NAMES, "Серия", "Номер"]).bare == {"admission.series", "admission.number"}


def test_numbers_and_headings_of_several_lines_are_texts() -> None:
    header = find_header(Sheet("Лист1", [[1, 2.0, 3.5, "Дата\nрождения", "ФИО\nвыпускника"]]))
    assert header is not None
    assert header.columns == {"birth_date": 3, "full_name": 4}


def test_merged_cells_beyond_the_values_do_no_harm() -> None:
    blocks = (Block(0, 9, 0, 12), Block(2, 0, 99, 0), Block(5, 0, 6, 0), Block(40, 0, 41, 0))
    assert found(["", ""], NAMES, PERSON, blocks=blocks).bottom == 1


def frdo() -> list[str]:
    text = (files("nmo_autofill.profile") / "data" / "frdo_spo.csv").read_text("utf-8")
    return [row["header"] for row in csv.DictReader(text.splitlines())]


def test_the_template_of_the_register_is_recognised_by_its_headings() -> None:
    header = found(frdo())
    assert header.is_frdo
    assert set(header.columns) == {
        *("surname", "name", "patronymic", "birth_date", "sex", "snils", "citizenship"),
        *("diploma_code", "admission.specialty"),
    }
    assert frdo()[header.columns["snils"]] == "СНИЛС"


def test_the_template_is_recognised_in_another_order_and_under_titles() -> None:
    header = found(["Шаблон"], [], frdo()[::-1])
    assert (header.is_frdo, header.bottom) == (True, 2)


def test_a_part_of_the_template_is_a_list_like_others() -> None:
    assert not found([*frdo()[17:25], "Телефон"]).is_frdo


@given(
    st.lists(st.lists(st.sampled_from(["", "Серия", "Паспорт", *NAMES, "x", "ФИО"]), max_size=5), max_size=6),
    st.lists(st.builds(Block, *[st.integers(0, 7)] * 4), max_size=3),
)
def test_any_top_of_a_sheet_has_a_header_or_none(rows: list[list[str]], blocks: list[Block]) -> None:
    sheet = Sheet("Лист1", [[*row] for row in rows], blocks=tuple(blocks))
    header = find_header(sheet)
    if header is not None:
        assert 0 <= header.top <= header.bottom < len(rows)
        assert all(0 <= column < max(map(len, rows)) for column in header.columns.values())
    assert score(sheet) == (header.score if header else 0)
