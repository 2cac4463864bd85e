"""Portal maps from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.errors import MapError
from nmo_autofill.portal.atlas import at_address, load_map, names

if TYPE_CHECKING:
    from pathlib import Path


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
        ("- a list", "mapping"),
        ("a: [", "line 1"),
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


def test_a_missing_map_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(MapError):
        load_map(str(tmp_path / "none.yaml"))
    with pytest.raises(MapError):
        load_map("nowhere")
