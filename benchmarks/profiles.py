"""Loading of a folder of profiles: ours beside PyYAML's C parser with pydantic."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.measuring import apart, measure, show, show_machine
from benchmarks.people import TODAY, MadeUp, made_up, parsed
from nmo_autofill.profile.loading import load
from nmo_autofill.profile.model import Profile


def ours(folder: Path) -> object:
    """Load people, with the places of their fields and all checks; none may be wrong."""
    loaded = load([folder], today=TODAY)
    if any(person.profile is None for person in loaded.people):
        raise AssertionError(loaded.diagnostics[0])
    return loaded


def pyyaml_pydantic(folder: Path) -> object:
    """Load profiles that are written in the model's own keys, types and spellings, without any place."""
    profiles = []
    for file in sorted(folder.glob("*.yaml")):
        with file.open("rb") as stream:
            profiles.append(Profile.model_validate(yaml.load(stream, Loader=yaml.CSafeLoader)))
    return profiles


def main() -> None:
    """Measure and print."""
    arguments = parsed("benchmarks.profiles", __doc__)
    show_machine(arguments.rounds)
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        apart(partial(write_profiles, count=arguments.people), folder)
        works = {pyyaml_pydantic.__name__: pyyaml_pydantic, "ours, with all checks": ours}
        measured = measure(works, folder, arguments.rounds)
        show(f"{arguments.people} profiles, one a file", measured, beside=pyyaml_pydantic.__name__)


def write_profiles(folder: Path, count: int) -> None:
    """Write people, one a file; PyYAML must not take a text for a number, so all that is no date is quoted."""
    for number, person in enumerate(made_up(count)):
        (folder / f"person-{number:05d}.yaml").write_text("\n".join(_lines(person)), encoding="utf-8")


def _lines(person: MadeUp) -> list[str]:
    """Return the lines of a file: a part's keys follow each other, so that its name stands once."""
    lines: list[str] = []
    for key, value in sorted(person.values.items(), key=lambda item: "." in item[0]):
        part, _, name = key.rpartition(".")
        if part and f"{part}:" not in lines:
            lines.append(f"{part}:")
        if value is not None:
            lines.append(f"{'  ' if part else ''}{name}: {value if isinstance(value, date) else _quoted(value)}")
    return [*lines, ""]


def _quoted(value: str) -> str:
    return value if value.isalpha() else f'"{value}"'


if __name__ == "__main__":
    main()
