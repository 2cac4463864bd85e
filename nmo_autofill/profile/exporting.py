"""Profiles as YAML files, one a person."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import yaml

from nmo_autofill.errors import FileUnwritableError, FolderOccupiedError
from nmo_autofill.profile.people import as_typed
from nmo_autofill.refusal import reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nmo_autofill.profile.people import Person
    from nmo_autofill.texts import Texts


def export(people: Sequence[Person], folder: Path, texts: Texts) -> tuple[Path, ...]:
    """Write a file for each person who has a profile, and return the files.

    They are called by the person's number in the order of the lists: a name in a file name would be personal data in
    every journal and report. The folder (0700) and the files (0600) are their owner's only.

    Raises:
        FolderOccupiedError: the folder is there and not empty.
        FileUnwritableError: the system refuses.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FolderOccupiedError(path=str(folder))
        width = len(str(len(people)))
        files = [
            (folder / f"{number:0{max(3, width)}}.yaml", person)
            for number, person in enumerate(people, 1)
            if person.profile is not None
        ]
        for file, person in files:
            _write(file, written(person))
    except OSError as error:
        raise FileUnwritableError(path=str(folder), what=reason(error, texts)) from None
    return tuple(file for file, _ in files)


def written(person: Person) -> str:
    """Return the person's values as a YAML document, in the order of the model, without what is not given."""
    source = person.source
    place = ", ".join(str(part) for part in (source.sheet, source.row) if part is not None)
    head = f"# {os.path.basename(source.file)}{f': {place}' if place else ''}\n"  # noqa: PTH119 (a name, no file)
    return (
        head.replace("\n", " ").rstrip()
        + "\n"
        + yaml.safe_dump(_given(as_typed(person)), allow_unicode=True, sort_keys=False, width=1000)
    )


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _given(value) if isinstance(value, dict) else value for key, value in values.items() if value is not None
    }


def _write(file: Path, text: str) -> None:
    file.touch(0o600, exist_ok=False)
    file.write_text(text, encoding="utf-8")
