"""The command line: one command a verb; prints and sets the exit code, nothing else."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table
from rich.text import Text

from nmo_autofill import control, entering, surveying, teaching
from nmo_autofill.browser.provision import State, diagnose, provide_browser
from nmo_autofill.errors import (
    AddressRefusedError,
    BrowserAddressError,
    FileUnwritableError,
    FolderOccupiedError,
    MapError,
    NmoAutofillError,
    PasswordMissingError,
    PortalUnknownError,
    StandInError,
    UsageError,
)
from nmo_autofill.fault import write_fault
from nmo_autofill.intake import anybody_wrong, people_of, tell_wrong, today
from nmo_autofill.options import (
    CheckFormat,
    Exit,
    Format,
    FormatName,
    Given,
    Joined,
    Paths,
    PortalName,
    SkinName,
)
from nmo_autofill.outfile import written
from nmo_autofill.plan.forms import plan_admission, plan_cycle, plan_purpose, plan_registration
from nmo_autofill.profile.exporting import export
from nmo_autofill.profile.schema import json_schema
from nmo_autofill.report.check_report import check_document, render_check
from nmo_autofill.report.copies import write_copies
from nmo_autofill.report.follow_ups import follow_up_document, render_follow_ups
from nmo_autofill.report.github import render_github
from nmo_autofill.report.plan_report import render_plan
from nmo_autofill.report.sentences import place
from nmo_autofill.report.template import template as render_template
from nmo_autofill.runs.destination import STAND_IN, portal_map
from nmo_autofill.runs.follow_ups import owed
from nmo_autofill.runs.journal import Journal
from nmo_autofill.runs.stand_in import stand_in_portal
from nmo_autofill.settings import Settings, Skin
from nmo_autofill.terminal import Shared, Terminal
from nmo_autofill.texts import LANGUAGES, Texts
from nmo_autofill.usage import Command, Group, complaint, in_language, take_language

if TYPE_CHECKING:
    from nmo_autofill.browser.provision import Finding

NAME = "nmo-autofill"
FOLDER = "NMO_AUTOFILL_FOLDER"
_WRONG_USE = (
    UsageError,
    AddressRefusedError,
    BrowserAddressError,
    PortalUnknownError,
    MapError,
    StandInError,
    FileUnwritableError,
    FolderOccupiedError,
    PasswordMissingError,
)


# Help texts are message keys; main() puts the sentences of the chosen language in their place.
app = typer.Typer(cls=Group, help="cli.help", no_args_is_help=True, add_completion=False)


@app.callback()
def common(
    lang: Annotated[Literal["ru", "en"], typer.Option("--lang", help="cli.lang", metavar="|".join(LANGUAGES))] = "ru",
) -> None:
    """Hold the option of all commands, for the help."""


@app.command(cls=Command, help="cli.check.help")
def check(  # noqa: PLR0913, PLR0917 (one parameter an option)
    context: typer.Context,
    paths: Paths,
    given: Given = None,
    joined: Joined = None,
    portal: PortalName = STAND_IN,
    annotate: Annotated[bool, typer.Option("--annotate", help="cli.check.annotate", metavar="")] = False,  # noqa: FBT002 (Typer's flags)
    output: Annotated[
        CheckFormat, typer.Option("--format", help="cli.check.format", metavar="|".join(CheckFormat))
    ] = CheckFormat.TEXT,
) -> None:
    """Say everything that is wrong with the profiles."""
    terminal = _shared(context).terminal
    loaded = people_of(terminal, paths, portal, given, joined)
    if output is CheckFormat.JSON:
        terminal.show_json(check_document(loaded, terminal.texts))
    else:
        render = render_github if output is CheckFormat.GITHUB else render_check
        for text in render(loaded, terminal.texts):
            terminal.show(text)
    for copy in write_copies(loaded, terminal.texts) if annotate else ():
        terminal.tell(terminal.texts("check.copy_written", file=str(copy)))
    raise typer.Exit(Exit.ATTENTION if anybody_wrong(loaded) else Exit.WELL)


@app.command("import", cls=Command, help="cli.import.help")
def import_list(  # noqa: PLR0913, PLR0917 (one parameter an option)
    context: typer.Context,
    paths: Paths,
    folder: Annotated[Path, typer.Option("--out", help="cli.import.out", metavar="cli.value.folder")],
    given: Given = None,
    joined: Joined = None,
    portal: PortalName = STAND_IN,
) -> None:
    """Write the people of group lists as profiles."""
    terminal = _shared(context).terminal
    loaded = people_of(terminal, paths, portal, given, joined)
    files = export(loaded.people, folder, terminal.texts)
    for text in render_check(loaded, terminal.texts):
        terminal.tell(text)
    terminal.show(terminal.texts.count("import.written", len(files), folder=str(folder)))
    raise typer.Exit(Exit.ATTENTION if anybody_wrong(loaded) else Exit.WELL)


@app.command(cls=Command, help="cli.template.help")
def template(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="cli.template.file", metavar="cli.value.xlsx")],
) -> None:
    """Write an empty list for staff to fill in."""
    terminal = _shared(context).terminal
    with written(file), file.open("xb") as stream:
        stream.write(render_template(terminal.texts))
    terminal.show(terminal.texts("template.written", file=str(file)))


@app.command(cls=Command, help="cli.plan.help")
def plan(
    context: typer.Context,
    paths: Paths,
    portal: PortalName = STAND_IN,
    given: Given = None,
    joined: Joined = None,
) -> None:
    """Show what would be typed, without a browser."""
    terminal = _shared(context).terminal
    chosen = portal_map(portal)
    loaded = people_of(terminal, paths, portal, given, joined)
    wrong = tell_wrong(terminal, loaded)
    forms = {
        "registration": plan_registration,
        "purpose": plan_purpose,
        "admission": plan_admission,
        "cycle": plan_cycle,
    }
    for person in loaded.people:
        if person.profile is None:
            terminal.tell(terminal.texts("plan.left_out", place=place(person.source)))
        else:
            planned = [(chosen.page(key).title, form(person.profile, chosen)) for key, form in forms.items()]
            terminal.show(render_plan(person.source, planned, terminal.texts))
    raise typer.Exit(Exit.ATTENTION if wrong else Exit.WELL)


app.command(cls=Command, help="cli.run.help")(entering.run)
app.command(cls=Command, help="cli.worker.help")(entering.worker)
app.command(cls=Command, help="cli.status.help")(control.status)
app.command(cls=Command, help="cli.pause.help")(control.pause)
app.command(cls=Command, help="cli.resume.help")(control.resume)
app.command(cls=Command, help="cli.cancel.help")(control.cancel)
app.command(cls=Command, help="cli.purge.help")(control.purge)


@app.command(cls=Command, help="cli.followups.help")
def followups(context: typer.Context, output: FormatName = Format.TEXT) -> None:
    """List the people whose real numbers are owed, with the request to the portal's support."""
    terminal, settings = _shared(context).terminal, _shared(context).settings
    with Journal(settings.folder) as journal:
        debts = owed(journal, today())
    if output is Format.JSON:
        terminal.show_json(follow_up_document(debts))
    else:
        for text in render_follow_ups(debts, terminal.texts):
            terminal.show(text)
    raise typer.Exit(Exit.ATTENTION if any(debt.profile is None for debt in debts) else Exit.WELL)


@app.command(cls=Command, help="cli.mock.help")
def mock(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", help="cli.mock.port", metavar="0–65535", min=0, max=65535)] = 8000,
    skin: SkinName = Skin.NATIVE,
) -> None:
    """Serve the stand-in portal until Ctrl-C."""
    terminal = _shared(context).terminal
    with stand_in_portal(skin, port) as portal:
        terminal.show(terminal.texts("mock.serving", address=portal.address))
        sys.stdout.flush()
        if portal.process.wait():
            raise StandInError(words=f"exit code {portal.process.returncode}")


app.command(cls=Command, help="cli.survey.help")(surveying.survey)
app.command(cls=Command, help="cli.teach.help")(teaching.teach)


@app.command(cls=Command, help="cli.schema.help")
def schema(context: typer.Context) -> None:
    """Print the JSON Schema of profiles, for editors."""
    _shared(context).terminal.show_json(json_schema())


@app.command(cls=Command, help="cli.doctor.help")
def doctor(
    context: typer.Context,
    install: Annotated[bool, typer.Option("--install", help="cli.doctor.install", metavar="")] = False,  # noqa: FBT002 (Typer's flags)
) -> None:
    """Say which browser there is and what is missing, with the command that mends it."""
    terminal = _shared(context).terminal
    if install:
        provide_browser(terminal.tell, terminal.texts)
    findings = diagnose(terminal.texts)
    for finding in findings:
        _show_finding(terminal, finding)
    ready = any(finding.browser and finding.state is State.READY for finding in findings)
    raise typer.Exit(Exit.WELL if ready else Exit.ATTENTION)


app.command(cls=Command, help="cli.demo.help")(entering.demo)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code; the only place that catches what nobody expected."""
    language, rest = take_language(sys.argv[1:] if arguments is None else arguments)
    terminal = Terminal(Texts(language))
    settings = Settings(Path(os.environ.get(FOLDER) or typer.get_app_dir(NAME)), language)
    command = in_language(typer.main.get_command(app), terminal.texts)
    try:
        code = command.main(rest, NAME, standalone_mode=False, obj=Shared(terminal, settings))
    except typer.TyperException as wrong:
        if told := complaint(wrong, terminal.texts):
            terminal.tell(told)
        return Exit.WRONG_USE
    except (typer.Abort, KeyboardInterrupt):
        code = Exit.INTERRUPTED
    except NmoAutofillError as error:
        terminal.tell(terminal.texts(error.code, **error.facts))
        return Exit.WRONG_USE if isinstance(error, _WRONG_USE) else Exit.ATTENTION
    except Exception as error:  # noqa: BLE001 (the one catcher at the top)
        terminal.tell(terminal.texts("cli.our_fault", log=write_fault(error, settings.folder)))
        return Exit.OUR_FAULT
    if code == Exit.INTERRUPTED:
        terminal.tell(terminal.texts("cli.interrupted"))
    return code or Exit.WELL


def _shared(context: typer.Context) -> Shared:
    shared: Shared = context.obj
    return shared


def _show_finding(terminal: Terminal, finding: Finding) -> None:
    ready = finding.state is State.READY
    mark, style = ("✓", "green") if ready else ("✗", "red")
    heading = f"{finding.what}: {terminal.texts(f'doctor.{finding.state}')} {finding.version}".rstrip()
    table = Table.grid(padding=(0, 1))
    for cell, text in ((Text(mark, style), heading), (Text(""), finding.detail)):
        if text:
            table.add_row(cell, Text(text, overflow="fold"))
    terminal.show(table)
    if finding.command:  # as one line that can be copied
        terminal.show_raw(f"  {terminal.texts('doctor.mend')} {finding.command}")
