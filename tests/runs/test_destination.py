from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from nmo_autofill.errors import AddressRefusedError, MapError, PortalUnknownError
from nmo_autofill.letters.post import MailboxLetters
from nmo_autofill.letters.stand_in import StandInMailbox
from nmo_autofill.runs.destination import portal_map, reach
from nmo_autofill.settings import Skin

if TYPE_CHECKING:
    from pathlib import Path


def test_mock_is_a_stand_in_portal_for_this_run() -> None:
    with reach("mock", Skin.NATIVE) as destination:
        address = destination.portal.entry["spo"]
        assert address.startswith("http://127.0.0.1:")
        assert isinstance(destination.letters, MailboxLetters)
        assert isinstance(destination.letters.mailbox, StandInMailbox)
        with urlopen(f"{address}_mock/witness", timeout=5) as answer:  # noqa: S310 (loopback)
            assert json.load(answer) == []


def test_each_stand_in_portal_has_a_name_of_its_own_for_the_journal() -> None:
    with reach("mock", Skin.NATIVE) as one, reach("mock", Skin.NATIVE) as other:
        assert one.portal.name != other.portal.name
        assert one.portal.title == other.portal.title
    assert portal_map("http://127.0.0.1:8000/").name == portal_map("http://127.0.0.1:8000").name
    assert portal_map("http://127.0.0.1:8000/").name != portal_map("http://127.0.0.1:8001/").name


def test_an_address_on_loopback_is_a_stand_in_portal_that_runs() -> None:
    with reach("http://localhost:8000/", Skin.NATIVE) as destination:
        assert set(destination.portal.entry.values()) == {"http://localhost:8000/"}
        assert destination.letters


def test_a_name_is_a_map_and_a_person_reads_the_letters() -> None:
    with reach("nmfo", Skin.NATIVE) as destination:
        assert destination.portal.name == "nmfo"
        assert destination.letters is None


def test_a_file_is_a_map(tmp_path: Path) -> None:
    file = tmp_path / "college.yaml"
    file.write_text("extends: nmfo\nname: college\n", encoding="utf-8")
    assert portal_map(str(file)).name == "college"
    file.write_text("extends: nmfo\nanswer_seconds: never\n", encoding="utf-8")
    with pytest.raises(MapError):
        portal_map(str(file))


@pytest.mark.parametrize(
    "address",
    [
        "https://nmfo-spo.edu.rosminzdrav.ru/",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "http://loopback.example.org:8000/",
        "ftp://127.0.0.1/",
        "file:///etc/hosts",
        "http://[::1",
        "http://127.0.0.1:70000/",
        "http://127.0.0.1@example.org/",
        "://",
    ],
)
def test_another_address_is_refused(address: str) -> None:
    with pytest.raises(AddressRefusedError) as raised, reach(address, Skin.NATIVE):
        pass
    assert raised.value.facts == {"address": address}


@pytest.mark.parametrize("name", ["", "nowhere", "missing.yaml", "127.0.0.1:8000"])
def test_an_unknown_name_is_told_with_the_known_ones(name: str) -> None:
    with pytest.raises(PortalUnknownError) as raised, reach(name, Skin.NATIVE):
        pass
    assert raised.value.facts == {"portal": name, "known": "mock, nmfo"}
