"""The command that holds a page against the portal map, on the stand-in portal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

import pytest

from mock_portal.app import create_app
from mock_portal.server import running
from nmo_autofill.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import InThread

REGISTRATION = {"native": "registration", "kit": "#/registration"}


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], in_thread: InThread) -> Callable[..., tuple[int, str, str]]:
    def called(*arguments: str) -> tuple[int, str, str]:
        code = in_thread(lambda: main(["survey", *arguments]))
        return code, *capsys.readouterr()

    return called


@pytest.mark.parametrize("skin", REGISTRATION)
def test_the_stand_in_portal_is_as_its_map_says(
    call: Callable[..., tuple[int, str, str]], skin: Literal["native", "kit"]
) -> None:
    with running(create_app(skin)) as address:
        code, shown, told = call(address + REGISTRATION[skin], "--format", "json")
        document: dict[str, Any] = json.loads(shown)
    assert (code, told) == (0, "")
    assert (document["page"], document["drift"]) == ("registration", [])
    fields = [field for control in document["controls"] for field in control["fields"]]
    assert len(fields) == len(document["controls"]) == 12


@pytest.mark.parametrize("skin", REGISTRATION)
def test_a_second_field_of_one_label_is_told(
    call: Callable[..., tuple[int, str, str]], skin: Literal["native", "kit"]
) -> None:
    with running(create_app(skin, faults={"twin_label": {}})) as address:
        code, shown, _ = call(address + REGISTRATION[skin])
    assert code == 1
    assert "Под «Фамилия» (surname) подходят несколько полей" in shown


def test_the_page_of_the_map_can_be_named(call: Callable[..., tuple[int, str, str]]) -> None:
    with running(create_app("native")) as address:
        code, shown, _ = call(f"{address}login", "--page", "registration", "--lang", "en")
    assert code == 1
    assert 'There is no field "Фамилия" (surname). Most like it: ' in shown
    assert '…: {labels: ["Пароль"], value: text' in shown


def test_a_page_elsewhere_and_a_page_that_the_map_has_not_are_refused(
    call: Callable[..., tuple[int, str, str]],
) -> None:
    code, _, told = call("https://portal.example.org/")
    assert (code, "portal.example.org" in told) == (1, True)
    code, _, told = call("http://127.0.0.1:9/", "--page", "nothing")
    assert (code, "registration" in told) == (2, True)
