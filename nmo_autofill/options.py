"""The options that commands share, and the exit codes."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nmo_autofill.settings import Skin, Until


class Exit(IntEnum):
    """What the exit code says."""

    WELL = 0
    ATTENTION = 1
    WRONG_USE = 2
    OUR_FAULT = 3
    INTERRUPTED = 130


class Format(StrEnum):
    """For whom something is printed: people, or programs."""

    TEXT = "text"
    JSON = "json"


class Only(StrEnum):
    """Which of the people are run."""

    FAILED = "failed"


class CheckFormat(StrEnum):
    """For whom a check is printed: people, programs, or GitHub's workflows."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


# Help texts are message keys; cli.main() puts the sentences of the chosen language in their place.
Paths = Annotated[list[Path], typer.Argument(help="cli.paths", metavar="cli.value.paths")]
PortalName = Annotated[str, typer.Option("--portal", help="cli.portal", metavar="cli.value.portal")]
SkinName = Annotated[Skin, typer.Option("--skin", help="cli.skin", metavar="|".join(Skin))]
Given = Annotated[list[str] | None, typer.Option("--set", help="cli.set", metavar="cli.value.setting")]
OverlayFile = Annotated[Path, typer.Option("--out", help="cli.teach.out", metavar="cli.value.file")]
Joined = Annotated[list[Path] | None, typer.Option("--join", help="cli.join", metavar="cli.value.file")]
FormatName = Annotated[Format, typer.Option("--format", help="cli.format", metavar="|".join(Format))]
ReachedPortal = Annotated[str, typer.Option("--portal", help="cli.run.portal", metavar="cli.value.portal")]
UntilWhere = Annotated[Until, typer.Option("--until", help="cli.run.until", metavar="|".join(Until))]
ReportFile = Annotated[Path | None, typer.Option("--report", help="cli.run.report", metavar="cli.value.file")]
NewPasswordFrom = Annotated[
    str | None, typer.Option("--new-password-from", help="cli.run.new_password", metavar="cli.value.source")
]
LettersFrom = Annotated[str | None, typer.Option("--letters", help="cli.run.letters", metavar="cli.value.source")]
Browser = Annotated[str | None, typer.Option("--browser", help="cli.run.browser", metavar="ws://…|http://…")]
Jobs = Annotated[int, typer.Option("--jobs", help="cli.run.jobs", metavar="1–16", min=1, max=16)]
Database = Annotated[str | None, typer.Option("--database", help="cli.run.database", metavar="postgresql://…")]
OnlyWhom = Annotated[Only | None, typer.Option("--only", help="cli.run.only", metavar="|".join(Only))]
Wait = Annotated[float | None, typer.Option("--wait", help="cli.run.wait", metavar="cli.value.minutes", min=0)]
PathsOrAll = Annotated[list[Path] | None, typer.Argument(help="cli.cancel.paths", metavar="cli.value.paths")]
