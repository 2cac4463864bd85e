from __future__ import annotations

from pathlib import Path

from nmo_autofill.fault import write_fault

PLANTED = "Зюзюкина-тайна"


def fail() -> None:
    try:
        int(PLANTED)
    except ValueError:
        raise ExceptionGroup(PLANTED, [OSError(PLANTED), TypeError(PLANTED)]) from None


def caught() -> Exception:
    try:
        fail()
    except ExceptionGroup as error:
        return error
    raise AssertionError


def test_only_kinds_and_places_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    log = write_fault(caught(), folder)
    written = log.read_text("utf-8")
    assert log.parent == folder
    assert log.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    for kind in ("ValueError", "OSError", "TypeError", "ExceptionGroup"):
        assert f"builtins.{kind}" in written
    assert " fail\n" in written
    assert PLANTED not in written
    # A path may hold the name of the person at the computer.
    assert str(Path(__file__).parent) not in written


def test_two_faults_of_one_second_are_two_files(tmp_path: Path) -> None:
    assert write_fault(caught(), tmp_path) != write_fault(caught(), tmp_path)


def test_a_folder_that_cannot_be_written_does_not_stop_it(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.touch()
    log = write_fault(caught(), occupied / "data")
    try:
        assert "ExceptionGroup" in log.read_text("utf-8")
        assert log.stat().st_mode & 0o777 == 0o600
    finally:
        log.unlink()
