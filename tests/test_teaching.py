"""The command that learns fields from a person, on the stand-in portal."""

from __future__ import annotations

import asyncio
from io import StringIO
from typing import TYPE_CHECKING, Literal

import pytest

from mock_portal.app import create_app
from mock_portal.server import running
from nmo_autofill.browser.session import Browsers, visit
from nmo_autofill.browser.teaching import Lesson
from nmo_autofill.cli import main
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.portal.overlay import overlaid
from nmo_autofill.teaching import agreed, entry, lessons
from nmo_autofill.terminal import Terminal
from nmo_autofill.texts import Texts
from tests.test_surveying import REGISTRATION

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import InThread

OTHER = "Регион места жительства"


@pytest.mark.parametrize("skin", REGISTRATION)
def test_a_renamed_field_is_asked_for_and_learnt(
    capsys: pytest.CaptureFixture[str], in_thread: InThread, skin: Literal["native", "kit"]
) -> None:
    async def taught(address: str) -> tuple[str, list[Lesson]]:
        async with Browsers(headed=False) as browsers, visit(await browsers.alive(), load_map("mock")) as opened:
            await opened.open(address + REGISTRATION[skin])
            learning = asyncio.ensure_future(lessons(opened, None, Terminal(Texts("ru"))))
            while "Щёлкните" not in capsys.readouterr().err:
                await opened.page.evaluate("new Promise(requestAnimationFrame)")
            await opened.page.evaluate("new Promise(requestAnimationFrame)")
            await opened.page.get_by_text(OTHER).click()
            async with asyncio.timeout(60):
                return await learning

    with running(create_app(skin, faults={"new_label": {"label": OTHER}})) as address:
        key, learnt = in_thread(lambda: asyncio.run(taught(address)))
    assert (key, learnt) == ("registration", [Lesson("region", (OTHER, "Регион постоянного проживания"))])


def test_a_label_that_was_taught_replaces_an_old_selector(tmp_path: Path) -> None:
    file = tmp_path / "map.yaml"
    taught = [Lesson("region", selector="#area"), Lesson("region", (OTHER, "Регион"))]
    for lesson, selector in zip(taught, ("#area", ""), strict=True):
        known = load_map(str(file) if file.exists() else "mock").page("registration").fields["region"]
        _, after = overlaid(file, "mock", "registration", {"region": entry(lesson, known)})
        file.write_text(after, "utf-8")
        assert load_map(str(file)).page("registration").fields["region"].selector == selector
    assert load_map(str(file)).page("registration").fields["region"].labels == (OTHER, "Регион")


@pytest.mark.parametrize(("answer", "written"), [("да", True), ("Да ", True), ("нет", False), ("", False)])
def test_nothing_is_written_before_the_difference_was_shown_and_agreed_to(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: str, *, written: bool
) -> None:
    file = tmp_path / "map.yaml"
    known = load_map("mock").page("registration").fields["region"]
    taught = {"region": entry(Lesson("region", (OTHER, "Регион")), known)}
    before, after = overlaid(file, "mock", "registration", taught)
    monkeypatch.setattr("sys.stdin", StringIO(f"{answer}\n"))
    assert agreed(file, before, after, Terminal(Texts("ru"))) is written
    told = capsys.readouterr()
    assert f"- {OTHER}" in told.out
    assert str(file) in "".join(told.err.split())
    assert file.exists() is written
    if written:
        assert load_map(str(file)).page("registration").fields["region"].labels == (OTHER, "Регион")


def test_without_a_keyboard_nothing_is_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["teach", "http://127.0.0.1:9/", "--out", str(tmp_path / "map.yaml")]) == 2
    assert "клавиатура" in capsys.readouterr().err
    assert not (tmp_path / "map.yaml").exists()
