"""The page that shows what is otherwise at the portal."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.outcome import Drift, DriftKind
from nmo_autofill.report.sentences import difference_of_page
from nmo_autofill.report.snapshot import render_snapshot
from nmo_autofill.texts import Texts
from tests.report.conftest import violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

MISSING = Drift(DriftKind.MISSING, "region", "Регион", ("Край <или> область",))
NEW = Drift(DriftKind.NEW, "", "Край <или> область")
FRAME = (120, 240, 300, 40)


def test_differences_are_numbered_as_on_the_picture() -> None:
    told = [difference_of_page(drift, Texts("ru")) for drift in (MISSING, NEW)]
    picture = (b"\x89PNG", 100, 200, 800, 600)
    page = render_snapshot("changed", "регистрация", told, [[FRAME], [FRAME]], picture, Texts("ru"))
    assert re.findall(r"<li>(.*?)</li>", page) == [
        "Нет поля «Регион» (region). Похоже на него: Край &lt;или&gt; область.",
        "Новое обязательное поле: «Край &lt;или&gt; область».",
    ]
    assert 'style="left: 16px; top: 36px; width: 308px; height: 48px"><b>1, 2</b>' in page
    assert 'src="data:image/png;base64,iVBORw=="' in page


def test_without_a_picture_the_differences_are_told_all_the_same() -> None:
    page = render_snapshot("changed", "registration", ["Новое"], [[]], None, Texts("en"))
    assert "<img" not in page
    assert re.findall(r"<li>(.*?)</li>", page)


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible_and_fits_the_screen(page: Page, tmp_path: Path, width: int) -> None:
    file = tmp_path / "changed.html"
    picture = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
    shown = render_snapshot("changed", "регистрация", ["Нет"], [[FRAME]], (picture, 100, 200, 800, 600), Texts())
    file.write_text(shown, encoding="utf-8")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(file.as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
