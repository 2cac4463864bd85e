from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from nmo_autofill.profile.diagnostics import Diagnostic, Position, Severity, as_json, pointed, render, severities
from nmo_autofill.profile.keys import keys as known_keys
from nmo_autofill.texts import LANGUAGES, Language, Texts

PACKAGE = Path(str(files("nmo_autofill.profile")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_and_a_hint(language: Language) -> None:
    texts = Texts(language)
    assert [code for code in severities() if code not in texts or f"{code}.hint" not in texts] == []
    assert [severity for severity in ("error", "warning", "hint") if f"severity.{severity}" not in texts] == []


def test_every_code_of_the_list_is_used_and_no_other() -> None:
    sources = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    used = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', sources)) | {
        f"{kind}.{end}" for kind in ("series", "number") for end in re.findall(r'f"\{kind\}\.([a-z]+)"', sources)
    }
    assert severities().keys() <= used
    areas = {code.partition(".")[0] for code in severities()} - {"consent"}
    known = {word for word in used if word.partition(".")[0] in areas} - severities().keys()
    assert known <= {"yaml.org", "group.yaml"}


def test_no_sentence_is_left_over() -> None:
    folder = PACKAGE.parent / "locale" / "ru"
    catalogue = "".join((folder / f"{area}.po").read_text("utf-8") for area in ("profile", "list"))
    keys = set(re.findall(r'^msgid "(.+)"$', catalogue, re.MULTILINE))
    labels = {"defaults", "graduates", *known_keys()}
    expected = {f"field.{key}" for key in labels} | {f"severity.{severity}" for severity in Severity} | {"hint.lead"}
    assert keys == expected | {f"{code}{end}" for code in severities() for end in ("", ".hint")}


def test_rendering_shows_place_sentence_line_caret_and_hint() -> None:
    position = Position("a.yaml", 3, 8, text="name: Aлёна")
    found = Diagnostic("name.look_alike", position, "name", (("character", "A"), ("cyrillic", "А")))
    assert render(found, Texts("ru")) == (
        "a.yaml:3:8: ошибка [name.look_alike] «Имя»: латинская буква «A» вместо русской «А».\n"
        "    name: Aлёна\n"
        "           ^\n"
        "    Что делать: Сотрите букву и наберите её в русской раскладке."
    )
    assert render(found, Texts("en")).startswith("a.yaml:3:8: error [name.look_alike] ")


def test_rendering_without_a_line_has_no_caret() -> None:
    shown = render(Diagnostic("file.missing", Position("a.yaml")), Texts("ru"))
    assert shown.startswith("a.yaml: ошибка [file.missing]")
    assert "^" not in shown


def test_a_spreadsheets_place_is_sheet_and_cell() -> None:
    assert str(Position("a.xlsx", sheet="Шаблон", cell="B7")) == "a.xlsx:Шаблон!B7"


def test_json_has_the_promised_keys() -> None:
    found = Diagnostic("date.calendar", Position("a.yaml", 3, 8), "birth_date")
    assert as_json(found, Texts("ru")) == {
        "severity": "error",
        "code": "date.calendar",
        "field": "birth_date",
        "message": "«Дата рождения»: такого дня в календаре нет.",
        "hint": "Проверьте день и месяц.",
        "file": "a.yaml",
        "line": 3,
        "column": 8,
        "sheet": None,
        "cell": None,
        "row": None,
    }


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("abc", 1, "abc", "^"),
        ("abc", 3, "abc", "  ^"),
        ("abc", 4, "abc", "   ^"),
        ("a\tbc", 4, "a\tbc", " \t ^"),
        ("日本c", 3, "日本c", "    ^"),
        ("е\N{COMBINING DIAERESIS}жик", 3, "е\N{COMBINING DIAERESIS}жик", " ^"),
        ("a\x1b[31mb", 2, "a\N{REPLACEMENT CHARACTER}[31mb", " ^"),
        ("a\N{ZERO WIDTH SPACE}b", 3, "a\N{REPLACEMENT CHARACTER}b", "  ^"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", 2, "a\N{REPLACEMENT CHARACTER}b", " ^"),
        ("", 1, "", "^"),
    ],
)
def test_the_caret_stands_under_the_place(line: str, column: int, shown: str, caret: str) -> None:
    assert pointed(line, column) == (shown, caret)


def test_a_very_long_line_is_shown_around_the_caret() -> None:
    shown, caret = pointed("x" * 5000 + "!" + "y" * 5000, 5001)
    assert len(shown) < 200
    assert shown[len(caret) - 1] == "!"
    assert (shown[0], shown[-1]) == ("…", "…")


def test_positions_keep_the_line_out_of_their_repr() -> None:
    assert "Алёна" not in repr(Diagnostic("file.empty", Position("a", 1, 1, text="name: Алёна")))


def test_a_file_name_cannot_command_the_terminal() -> None:
    assert str(Position("a\x1b[31m\n\udcff.yaml", 1, 2)) == "a\ufffd[31m\ufffd\ufffd.yaml:1:2"
