from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from nmo_autofill.runs.follow_ups import owed
from nmo_autofill.runs.journal import Journal, Subject
from nmo_autofill.source import Source

KIM = Path(__file__).parents[2] / "profiles" / "kim.yaml"
TODAY = date(2026, 11, 22)
SNILS = "90400044432"


def owing(folder: Path, portal: str, file: Path) -> Journal:
    journal = Journal(folder)
    journal.owe(Subject(portal, journal.digest(SNILS), Source(str(file), 2)))
    return journal


@pytest.mark.parametrize(
    ("portal", "support"), [("mock", "support@example.org"), ("nmfo", ""), ("of a map in a file", "")]
)
def test_a_debt_has_the_profile_and_the_support_of_its_portal(tmp_path: Path, portal: str, support: str) -> None:
    with owing(tmp_path, portal, KIM) as journal:
        (debt,) = owed(journal, TODAY)
    assert debt.profile
    assert debt.profile.surname == "Ким"
    assert debt.source == Source(str(KIM), 2)
    assert (debt.portal, debt.support) == (portal, support)


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


def test_nobody_owes_anything_in_an_empty_journal(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        assert owed(journal, TODAY) == ()
