from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from nmo_autofill.plan.forms import plan_registration
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.report.plan_report import render_plan
from nmo_autofill.source import Source
from nmo_autofill.texts import Texts

if TYPE_CHECKING:
    from nmo_autofill.profile.model import Profile


def test_each_field_stands_beside_its_value(kim: Profile) -> None:
    console = Console(width=120)
    entries = plan_registration(kim, load_map("mock"))
    with console.capture() as captured:
        console.print(render_plan(Source("kim.yaml", 2), [("регистрация", entries)], Texts()))
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in captured.get().splitlines() if "│" in line]
    assert rows[1][1:] == ["Фамилия", "Ким"]
    assert ["", "Согласие на обработку персональных данных", "☑ отметить"] in rows
    assert captured.get().startswith("kim.yaml:2")
