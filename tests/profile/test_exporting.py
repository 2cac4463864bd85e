"""People of lists as YAML profiles."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from nmo_autofill.errors import FileUnwritableError, FolderOccupiedError
from nmo_autofill.profile.exporting import export, written
from nmo_autofill.profile.loading import load
from nmo_autofill.texts import Language, Texts

TODAY = date(2026, 11, 24)
SAMPLES = Path(__file__).parents[2] / "profiles"
LIST = Path(__file__).parents[2] / "docs" / "group-sd-42.csv"


@pytest.mark.parametrize("source", [SAMPLES, LIST], ids=["profiles", "list"])
def test_the_files_bring_the_same_people(source: Path, tmp_path: Path) -> None:
    loaded = load([source], today=TODAY)
    files = export(loaded.people, tmp_path / "out", Texts())
    again = load([tmp_path / "out"], today=TODAY)
    assert [person.profile for person in again.people] == [person.profile for person in loaded.people]
    assert again.diagnostics == ()
    assert [file.name for file in files] == [f"{number:03}.yaml" for number in range(1, len(files) + 1)]


def test_only_their_owner_may_read_them(tmp_path: Path) -> None:
    (file, *_) = export(load([LIST], today=TODAY).people, tmp_path / "out", Texts())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_each_tells_where_the_person_stands_and_nothing_that_is_not_given() -> None:
    (person, *_) = load([LIST], today=TODAY).people
    text = written(person)
    assert text.startswith("# group-sd-42.csv: 3\nlevel: spo\n")
    assert "patronymic: null" not in text


def test_who_has_an_error_is_not_written_and_keeps_the_number(tmp_path: Path) -> None:
    text = LIST.read_text("utf-8-sig").replace("@example.org", "", 1)
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    people = load([tmp_path / "list.csv"], today=TODAY).people
    assert people[0].profile is None
    assert [file.name for file in export(people, tmp_path / "out", Texts())] == ["002.yaml", "003.yaml"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    people = load([LIST], today=TODAY).people
    export(people, tmp_path / "out", Texts())
    with pytest.raises(FolderOccupiedError):
        export(people, tmp_path / "out", Texts())


@pytest.mark.parametrize(("language", "why"), [("ru", "файл уже есть"), ("en", "the file is there already")])
def test_what_the_system_refuses_is_told_in_words(tmp_path: Path, language: Language, why: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileUnwritableError) as raised:
        export(load([LIST], today=TODAY).people, tmp_path / "file", Texts(language))
    assert raised.value.facts == {"path": str(tmp_path / "file"), "what": why}
