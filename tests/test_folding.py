from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmo_autofill.folding import digits, fold, pattern

NBSP = "\N{NO-BREAK SPACE}"

ALIKE = [
    ("Фамилия", "ФАМИЛИЯ"),
    ("Фамилия *", "фамилия"),
    ("Фамилия:", "Фамилия"),
    ("Дата  рождения", f"Дата{NBSP}рождения"),
    ("Дата\nрождения", "Дата рождения"),
    ("  Пол ", "Пол"),
    ("Пётр", "Петр"),
    ("Ёлка", "елка"),
    ("Mосква", "Москва"),
    ("омcкaя", "омская"),
    ("Северная Осетия — Алания", "Северная Осетия - Алания"),
    ("мягкий\N{SOFT HYPHEN}перенос", "мягкийперенос"),
    ("слово\N{ZERO WIDTH SPACE}", "слово"),
    ("и\N{COMBINING BREVE}од", "йод"),
    ("№ 1", "No 1"),
]
DIFFERENT = [
    ("Костромская", "омская"),
    ("Номер", "Номер телефона"),
    ("E-mail", "Е-mаil"),
    ("Анестезиология и реаниматология", "Анестезиология-реаниматология"),
    ("Серия", "Серии"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_reads_alike_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_reads_differently_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_latin_words_stay_latin() -> None:
    assert fold("E-mail") == "e-mail"
    assert fold("E-mail и CНИЛC") == "e-mail и снилс"


@given(st.text())
def test_folding_never_fails_and_leaves_no_outer_space(text: str) -> None:
    assert fold(text) == fold(text).strip()


@given(st.text(alphabet="абвгдеёжАБВЕЁaceoxp -–—*: \xa0\u200b"))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="АБЕЁЙЯабеёйя -", min_size=1))
def test_plain_cyrillic_is_folded_as_any_text(text: str) -> None:
    # A trailing mark goes, and no text with one is plain.
    assert fold(text) == fold(f"{text}*")


@pytest.mark.parametrize(
    ("text", "expected"), [("+7 (900) 000-01-01", "79000000101"), ("", ""), ("а1б2", "12"), ("١٢3", "3"), ("²", "")]
)
def test_digits_are_ascii_digits(text: str, expected: str) -> None:
    assert digits(text) == expected


@pytest.mark.parametrize("shown", ["Дата рождения", f"ДАТА{NBSP}РОЖДЕНИЯ *", "  дата\n рoждeния: ", "Дата рождения**"])
def test_a_whole_pattern_finds_what_reads_alike(shown: str) -> None:
    assert pattern("Дата рождения", whole=True).search(shown)


@pytest.mark.parametrize("shown", ["Дата рождения матери", "Дата", "Моя дата рождения"])
def test_a_whole_pattern_finds_nothing_else(shown: str) -> None:
    assert not pattern("Дата рождения", whole=True).search(shown)


def test_a_pattern_finds_a_part() -> None:
    assert pattern("предупрежд").search("Я предупреждена, что…")
    assert pattern("Северная Осетия - Алания").search("Республика Северная Осетия — Алания")
    assert pattern("Пётр").search("петр")
    assert not pattern("a.b").search("acb")
