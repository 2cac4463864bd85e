from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.report.html import render_html
from nmo_autofill.texts import LANGUAGES, Language, Texts
from tests.report.conftest import violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from nmo_autofill.report.run_report import RunReport


@pytest.fixture
def opened(page: Page, report: RunReport, tmp_path: Path) -> Page:
    file = tmp_path / "report.html"
    file.write_text(render_html([report, replace(report, run="another")], Texts()), encoding="utf-8")
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_accessible_and_fits_the_screen(opened: Page, width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 900})
    assert violations(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_shows_everybody(opened: Page) -> None:
    table = opened.get_by_role("table").first
    assert table.get_by_role("row").count() == 20
    row = table.get_by_role("row").filter(has_text="different.yaml")
    assert row.get_by_role("cell").nth(1).inner_text() == "✗ на портале другие сведения"
    assert "Дата выдачи: в профиле «01.07.2025», на портале «02.07.2025»" in row.inner_text()
    assert "Номер: в профиле «—», на портале «—»" in row.inner_text()
    assert "nmo-autofill followups" in table.get_by_role("row").nth(1).inner_text()
    assert opened.get_by_role("listitem").filter(has_text="15").first.inner_text().split() == ["15", "сделано"]


def test_the_portals_words_are_no_markup(opened: Page) -> None:
    assert opened.get_by_text("<b>Занято</b>").count() == 2


def test_the_page_needs_no_network(report: RunReport) -> None:
    shown = render_html([report], Texts())
    assert "http" not in shown
    assert "src=" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_its_language(report: RunReport, language: Language) -> None:
    assert f'<html lang="{language}">' in render_html([report], Texts(language))
