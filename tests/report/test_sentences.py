from __future__ import annotations

import pytest

from nmo_autofill.report.sentences import place
from nmo_autofill.source import Source


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (Source("kim.yaml", 2), "kim.yaml:2"),
        (Source("missing.yaml"), "missing.yaml"),
        (Source("list.xlsx", sheet="Лист1", row=7), "list.xlsx:Лист1:7"),
    ],
)
def test_a_place_tells_what_is_known(source: Source, shown: str) -> None:
    assert place(source) == shown
