from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmo_autofill.cli import main
from nmo_autofill.exposure import is_open_to_others, working_tree
from tests.runs.conftest import PROFILES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import InThread


@pytest.mark.parametrize(("mode", "is_open"), [(0o700, False), (0o750, True), (0o705, True)])
def test_a_folder_is_open_when_others_have_a_right_to_it(tmp_path: Path, mode: int, *, is_open: bool) -> None:
    tmp_path.chmod(mode)
    assert is_open_to_others(tmp_path) is is_open


def test_a_file_lies_in_the_nearest_working_tree(tmp_path: Path) -> None:
    assert working_tree(tmp_path / "outside.yaml") is None
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "repository" / "group").mkdir()
    assert working_tree(tmp_path / "repository" / "group" / "kim.yaml") == tmp_path / "repository"
    assert working_tree(tmp_path / "repository") == tmp_path / "repository"


def test_profiles_that_git_may_take_along_are_told_of_for_a_real_portal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], in_thread: InThread
) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", "/no/browser")  # nobody is entered anywhere
    monkeypatch.setenv("NMO_AUTOFILL_FOLDER", str(tmp_path / "data"))
    (tmp_path / ".git").mkdir()
    profile = tmp_path / "kim.yaml"
    profile.write_bytes((PROFILES / "kim.yaml").read_bytes())
    in_thread(lambda: main(["run", str(profile), "--portal", "nmfo"]))
    assert f"Git ({tmp_path})" in capsys.readouterr().err
    in_thread(lambda: main(["run", str(profile), "--portal", "http://127.0.0.1:9"]))
    assert "Git" not in capsys.readouterr().err


def test_a_run_folder_that_others_may_read_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], in_thread: InThread
) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", "/no/browser")
    monkeypatch.setenv("NMO_AUTOFILL_FOLDER", str(tmp_path / "data"))
    (tmp_path / "data").mkdir(0o755)
    in_thread(lambda: main(["run", str(PROFILES / "kim.yaml"), "--portal", "http://127.0.0.1:9"]))
    told = capsys.readouterr().err
    assert f"chmod 700 {tmp_path / 'data'}" in told
    assert {file.stat().st_mode & 0o077 for file in (tmp_path / "data").rglob("*") if file.is_file()} == {0}
