"""Overlays of portal maps: what a file has stays, and the map is what both say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.errors import MapError
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.portal.overlay import difference, overlaid

if TYPE_CHECKING:
    from pathlib import Path

REGION = {"labels": ["Край или область", "Регион"], "evidence": "taught"}


def test_a_new_overlay_holds_only_what_differs(tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    before, after = overlaid(file, "nmfo", "registration", {"region": REGION})
    assert before == ""
    file.write_text(after, "utf-8")
    field = load_map(str(file)).field("registration.region")
    assert field.labels == ("Край или область", "Регион")
    assert field.value == load_map("nmfo").field("registration.region").value
    assert load_map(str(file)).name == "nmfo"


def test_what_an_overlay_holds_already_stays(tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    file.write_text(
        "extends: nmfo\nzeros: {series: '00', number: '0', evidence: seen}\n"
        "pages: {registration: {fields: {region: {required: no}}}}\n",
        "utf-8",
    )
    before, after = overlaid(file, "mock", "registration", {"region": REGION})
    told = difference(before, after, "map.yaml")
    assert "+        - Край или область" in told
    assert "-extends: nmfo" not in told
    file.write_text(after, "utf-8")
    known = load_map(str(file))
    assert (known.zeros.series, known.field("registration.region").required) == ("00", False)


def test_a_file_that_is_no_map_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("- 1\n", "utf-8")
    with pytest.raises(MapError):
        overlaid(tmp_path / "map.yaml", "nmfo", "registration", {"region": REGION})
