from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from nmo_autofill.profile.answers import Said
from nmo_autofill.profile.memory import Memory, remember
from nmo_autofill.profile.sheet.completion import GivenOnce
from nmo_autofill.runs.follow_ups import owed
from nmo_autofill.runs.journal import Journal, Subject
from nmo_autofill.source import Source

KIM = Path(__file__).parents[2] / "profiles" / "kim.yaml"
LIST = Path(__file__).parents[2] / "docs" / "group-sd-42.csv"
TODAY = date(2026, 11, 22)
SNILS = "90400044432"


def owing(folder: Path, portal: str, file: Path) -> Journal:
    journal = Journal(folder)
    journal.owe(Subject(portal, journal.digest(SNILS), Source(str(file), 2)))
    return journal


@pytest.mark.parametrize(
    ("portal", "support"),
    [
        ("mock", "support@example.org"),
        ("http://127.0.0.1:8000", "support@example.org"),
        ("nmfo", ""),
        ("of a map in a file", ""),
    ],
)
def test_a_debt_has_the_profile_and_the_support_of_its_portal(tmp_path: Path, portal: str, support: str) -> None:
    with owing(tmp_path, portal, KIM) as journal:
        (debt,) = owed(journal, TODAY)
    assert debt.profile
    assert debt.profile.surname == "Ким"
    assert debt.source == Source(str(KIM), 2)
    assert (debt.portal, debt.support) == (portal, support)


def test_of_the_stand_in_portals_that_are_gone_only_the_last_is_told_of(tmp_path: Path) -> None:
    with owing(tmp_path, "mock#first", KIM) as journal:
        journal.owe(Subject("mock#second", journal.digest(SNILS), Source(str(KIM), 2)))
        (debt,) = owed(journal, TODAY)
    assert (debt.portal, debt.support) == ("mock", "support@example.org")


def test_a_profile_that_moved_within_its_file_is_found(tmp_path: Path) -> None:
    file = tmp_path / "kim.yaml"
    file.write_text("# moved\n# down\n" + KIM.read_text("utf-8"), encoding="utf-8")
    with owing(tmp_path / "data", "mock", file) as journal:
        assert owed(journal, TODAY)[0].profile


def test_a_profile_that_is_gone_leaves_the_debt(tmp_path: Path) -> None:
    file = tmp_path / "kim.yaml"
    shutil.copy(KIM, file)
    with owing(tmp_path / "data", "mock", file) as journal:
        assert owed(journal, TODAY)[0].profile
        file.unlink()
        assert owed(journal, TODAY)[0].profile is None


def test_who_stands_in_a_list_is_found_with_what_was_said_for_that_list_only(tmp_path: Path) -> None:
    title, heading, *people, total = LIST.read_text("utf-8").splitlines()
    rows = [line.split(";") for line in (heading, *people)]
    region = rows[0].index("Регион")
    rows[-1][4] = SNILS
    file = tmp_path / "list.csv"
    file.write_text(
        "\n".join([title, *(";".join(row[:region] + row[region + 1 :]) for row in rows), total]), encoding="utf-8"
    )
    said = Said().with_given(GivenOnce("region", "Омская область"))
    with owing(tmp_path / "data", "mock", file) as journal:
        assert owed(journal, TODAY)[0].profile is None
        remember(tmp_path / "group.yaml", Memory({"other.csv": said}))
        assert owed(journal, TODAY)[0].profile is None
        remember(tmp_path / "group.yaml", Memory({"list.csv": said}))
        assert owed(journal, TODAY)[0].profile
        (tmp_path / "group.yaml").write_text("set: 1", encoding="utf-8")
        assert owed(journal, TODAY)[0].profile is None


def test_nobody_owes_anything_in_an_empty_journal(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        assert owed(journal, TODAY) == ()
