from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.profile.loading import load
from nmo_autofill.report.check_report import render_check
from nmo_autofill.texts import Language, Texts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("language", "last"),
    [("ru", "Проверено 0 человек. Не прочитано: 1."), ("en", "0 people checked. Not read: 1.")],
)
def test_what_was_not_read_is_counted(tmp_path: Path, language: Language, last: str) -> None:
    loaded = load([tmp_path / "missing.yaml"], today=date(2026, 11, 22))
    *told, counted = render_check(loaded, Texts(language))
    assert len(told) == 1
    assert "[file.missing]" in told[0]
    assert counted == last
