"""Portal maps from files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.errors import MapError
from nmo_autofill.portal.atlas import at_address, load_map, names

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 300


@pytest.mark.parametrize("name", names())
def test_bundled_maps_are_well_formed_and_cite_evidence(name: str) -> None:
    portal = load_map(name)
    assert portal.name == name
    for key, page in portal.pages.items():
        assert page.headings or "shown" in page.texts, key


def test_both_maps_share_every_field_and_button() -> None:
    assert load_map("mock").pages == load_map("nmfo").pages


def test_presses_that_cannot_be_taken_back_are_marked() -> None:
    pages = load_map("nmfo").pages
    for page in ("registration", "admission", "cycle", "purpose", "settings"):
        assert pages[page].buttons["submit"].irreversible, page


def test_an_address_takes_the_place_of_both_entries() -> None:
    portal = at_address(load_map("mock"), "http://127.0.0.1:1/")
    assert portal.entry == {"spo": "http://127.0.0.1:1/", "vo": "http://127.0.0.1:1/"}


def test_a_map_from_a_file_extends_a_bundled_one(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text("extends: nmfo\nname: ours\nzeros: {series: '00'}\n", encoding="utf-8")
    portal = load_map(str(file))
    assert (portal.name, portal.zeros.series, portal.zeros.number) == ("ours", "00", "000000000")
    assert portal.field("registration.snils").labels == ("СНИЛС",)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("extends: nowhere", "mock, nmfo"),
        ("extends: [1]", "extends: a name"),
        ("extends: {a: b}", "extends: a name"),
        ("extends: /nowhere/map.yaml", "no such file"),
        ('extends: "a\\0b.yaml"', "no such file"),
        (f"extends: {'a' * 9000}.yaml", "File name too long"),
        ("- a list", "mapping"),
        ("text", "mapping"),
        ("", "empty"),
        ("# a remark\n", "empty"),
        ("a: }", "line 1, column 4: "),
        ("a: b\n\tc: d", "line 2, column 1: "),
        ("a: 1\n---\nb: 2", "line 2, column 1: "),
        ("? [a]\n: b", "line 1, column 3: "),
        ("\0", "not allowed"),
        ("&a [*a]", "line 1, column 1: an anchor"),
        ("a: &a {b: *a}", "line 1, column 4: an anchor"),
        ("<<: *a", "line 1, column 5: an alias"),
        ("[" * 100_000, "line 1, column 9: deeper than"),
        ("a: " + "{a: " * 100_000, "column 32: deeper than"),
        ("".join(f"{' ' * level}a:\n" for level in range(500)), "line 9, column 9: deeper than"),
        ('extends: nmfo\n"a\\nb\\e[31m": 1', "a b�[31m: "),
        ("extends: nmfo\nanswer_seconds: 2020-99-99", "answer_seconds"),
        ("extends: nmfo\nanswer_seconds: !!timestamp x", "answer_seconds"),
        ("extends: nmfo\nanswer_seconds: -1", "answer_seconds"),
        ("extends: nmfo\nunknown: 1", "unknown"),
        ("extends: nmfo\npages: {registration: {fields: {snils: {evidence: ''}}}}", "evidence"),
    ],
)
def test_a_bad_map_says_where_and_why(tmp_path: Path, text: str, what: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MapError) as error:
        load_map(str(file))
    assert what in error.value.facts["what"]
    assert error.value.facts["what"].isprintable()
    assert len(error.value.facts["what"]) < LONGEST


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (bytes(range(256)), "UTF-8"),
        (b"name: \xcd\xcc\xd4\xce", "not UTF-8: byte 7"),
        (b"\x89PNG\r\n\x1a\n\0\0", "UTF-8"),
        (b"# " + b"x" * 10_000_000, "larger than 1000000 bytes"),
    ],
)
def test_bytes_that_are_no_map_are_told(tmp_path: Path, content: bytes, what: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(content)
    with pytest.raises(MapError) as error:
        load_map(str(file))
    assert what in error.value.facts["what"]


def test_maps_that_extend_each_other_in_a_circle_are_told(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(f"extends: {other}\n", encoding="utf-8")
    for base in (one, other, tmp_path / "." / "one.yaml"):
        other.write_text(f"extends: {base}\n", encoding="utf-8")
        with pytest.raises(MapError, match="circle"):
            load_map(str(one))


def test_a_long_chain_of_maps_is_read(tmp_path: Path) -> None:
    for number in range(1200):
        base = tmp_path / f"{number - 1}.yaml" if number else "nmfo"
        (tmp_path / f"{number}.yaml").write_text(f"extends: {base}\nname: n{number}\n", encoding="utf-8")
    assert load_map(str(tmp_path / "1199.yaml")).name == "n1199"


def test_scalars_are_text(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(
        "extends: nmfo\nname: 0012\nsupport: no\nzeros: {series: 00}\nanswer_seconds: 5\n", encoding="utf-8"
    )
    portal = load_map(str(file))
    assert (portal.name, portal.support, portal.zeros.series, portal.answer_seconds) == ("0012", "no", "00", 5)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    for name in ("folder", "loop", "pipe"):
        with pytest.raises(MapError, match="no such file"):
            load_map(str(tmp_path / f"{name}.yaml"))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "map.yaml"
    file.touch()
    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(MapError, match="Permission denied"):
        load_map(str(file))


def test_a_missing_map_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(MapError):
        load_map(str(tmp_path / "none.yaml"))
    with pytest.raises(MapError):
        load_map("nowhere")
    with pytest.raises(MapError):
        load_map("")
