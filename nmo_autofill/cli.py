"""The command line: one command a verb; prints and sets the exit code, nothing else."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table
from rich.text import Text

from nmo_autofill import control
from nmo_autofill.browser.provision import State, diagnose, provide_browser
from nmo_autofill.errors import (
    AddressRefusedError,
    FileUnwritableError,
    FolderOccupiedError,
    MapError,
    NmoAutofillError,
    PasswordMissingError,
    PortalUnknownError,
    StandInError,
    UsageError,
)
from nmo_autofill.exposure import is_open_to_others, working_tree
from nmo_autofill.fault import write_fault
from nmo_autofill.intake import people_of, today
from nmo_autofill.letters.source import parse_source
from nmo_autofill.options import (
    CheckFormat,
    Database,
    Exit,
    Format,
    FormatName,
    Given,
    Jobs,
    Joined,
    Only,
    OnlyWhom,
    Paths,
    PortalName,
    SkinName,
    Wait,
)
from nmo_autofill.plan.forms import plan_admission, plan_cycle, plan_purpose, plan_registration
from nmo_autofill.profile.exporting import export
from nmo_autofill.profile.schema import json_schema
from nmo_autofill.report.check_report import check_document, left_out, render_check
from nmo_autofill.report.copies import write_copies
from nmo_autofill.report.follow_ups import follow_up_document, render_follow_ups
from nmo_autofill.report.github import render_github
from nmo_autofill.report.html import render_html
from nmo_autofill.report.plan_report import render_plan
from nmo_autofill.report.run_report import run_document
from nmo_autofill.report.sentences import place
from nmo_autofill.report.template import template as render_template
from nmo_autofill.report.text import render_text
from nmo_autofill.report.witness_report import render_witness
from nmo_autofill.runs.call import run_name, run_people, was_interrupted
from nmo_autofill.runs.demo import run_demo, sample_people
from nmo_autofill.runs.destination import STAND_IN, portal_map, reach
from nmo_autofill.runs.errand import Errand, Pace
from nmo_autofill.runs.follow_ups import owed
from nmo_autofill.runs.group import is_watched, presser
from nmo_autofill.runs.journal import Journal
from nmo_autofill.runs.passwords import password_source
from nmo_autofill.runs.stand_in import stand_in_portal
from nmo_autofill.screen import TerminalScreen
from nmo_autofill.settings import Settings, Skin, Until
from nmo_autofill.terminal import Shared, Terminal
from nmo_autofill.texts import LANGUAGES, Texts
from nmo_autofill.usage import Command, Group, complaint, in_language, take_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nmo_autofill.browser.provision import Finding
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.profile.people import Loaded
    from nmo_autofill.report.run_report import RunReport

NAME = "nmo-autofill"
FOLDER = "NMO_AUTOFILL_FOLDER"
_WRONG_USE = (
    UsageError,
    AddressRefusedError,
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
    raise typer.Exit(Exit.ATTENTION if _anybody_wrong(loaded) else Exit.WELL)


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
    raise typer.Exit(Exit.ATTENTION if _anybody_wrong(loaded) else Exit.WELL)


@app.command(cls=Command, help="cli.template.help")
def template(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="cli.template.file", metavar="cli.value.xlsx")],
) -> None:
    """Write an empty list for staff to fill in."""
    terminal = _shared(context).terminal
    with _written(file), file.open("xb") as stream:
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
    wrong = _tell_wrong(terminal, loaded)
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


@app.command(cls=Command, help="cli.run.help")
def run(  # noqa: PLR0913, PLR0917 (one parameter an option)
    context: typer.Context,
    paths: Paths,
    portal: Annotated[str, typer.Option("--portal", help="cli.run.portal", metavar="cli.value.portal")],
    skin: SkinName = Skin.NATIVE,
    until: Annotated[Until, typer.Option("--until", help="cli.run.until", metavar="|".join(Until))] = Until.CYCLE,
    headed: Annotated[bool, typer.Option("--headed", help="cli.run.headed", metavar="")] = False,  # noqa: FBT002 (Typer's flags)
    output: FormatName = Format.TEXT,
    report_file: Annotated[
        Path | None, typer.Option("--report", help="cli.run.report", metavar="cli.value.file")
    ] = None,
    new_password: Annotated[
        str | None, typer.Option("--new-password-from", help="cli.run.new_password", metavar="cli.value.source")
    ] = None,
    letters: Annotated[
        str | None, typer.Option("--letters", help="cli.run.letters", metavar="cli.value.source")
    ] = None,
    jobs: Jobs = 1,
    only: OnlyWhom = None,
    wait: Wait = None,
    database: Database = None,
    given: Given = None,
    joined: Joined = None,
) -> None:
    """Fill, read back and submit the forms of everybody."""
    terminal, settings = _shared(context).terminal, _shared(context).settings
    loaded = people_of(terminal, paths, portal, given, joined)
    passwords = password_source(new_password, terminal.ask_password) if new_password else None
    if report_file:
        _require_writable(report_file)
    wrong = _tell_wrong(terminal, loaded)
    source = parse_source(letters) if letters else None
    with Journal(settings.folder, database) as journal, ExitStack() as reached:
        name = portal_map(portal).name
        if only is Only.FAILED:
            loaded = _not_well(terminal, loaded, journal, name)
        digests = [journal.digest(person.profile.snils) for person in loaded.people if person.profile]
        since = journal.letters_since(name, digests)
        destination = reached.enter_context(
            reach(portal, skin, source, since=since, tell=lambda key: terminal.tell(terminal.texts(key)))
        )
        _tell_exposed(terminal, settings.folder, paths, destination.portal)
        errand = Errand(
            run=run_name(),
            portal=destination.portal,
            journal=journal,
            screen=TerminalScreen(terminal),
            until=until,
            headed=headed,
            presser=presser(until, destination.portal, headed=headed),
            letters=destination.letters,
            letter_seconds=_patience(wait, destination.portal),
            passwords=passwords,
            pace=Pace(jobs=jobs),
        )
        with terminal.progress(len(loaded.people)) as tell:
            report = run_people(errand, loaded.people, tell)
    if output is Format.JSON:
        terminal.show_json({**run_document(report), "left_out": left_out(loaded)})
    elif report.people:
        terminal.show(render_text(report, terminal.texts))
    if report_file:
        _write_report(terminal, report_file, [report])
    _tell_faults(terminal, settings, [report])
    raise typer.Exit(_run_exit([report], well=not wrong))


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


@app.command(cls=Command, help="cli.demo.help")
def demo(
    context: typer.Context,
    report_file: Annotated[Path, typer.Option("--report", help="cli.demo.report", metavar="cli.value.file")] = Path(
        "demo-report/report.html"
    ),
) -> None:
    """Run the sample people on the stand-in portal in both skins, and let its witness say whether all agrees."""
    terminal = _shared(context).terminal
    _require_writable(report_file)
    provide_browser(terminal.tell, terminal.texts)
    loaded = sample_people(today())
    reports: list[RunReport] = []
    agree = True
    for skin in Skin:
        terminal.tell(terminal.texts("demo.skin", skin=skin.value))
        with terminal.progress(len(loaded.people)) as tell:
            shown = run_demo(loaded, skin, TerminalScreen(terminal), tell)
        reports.append(shown.report)
        agree &= not shown.differing
        terminal.show(render_text(shown.report, terminal.texts))
        if was_interrupted(shown.report):
            break
        for text in render_witness(len(loaded.people), shown.fields, shown.differing, terminal.texts):
            terminal.show(text)
    _write_report(terminal, report_file, reports)
    _tell_faults(terminal, _shared(context).settings, reports)
    raise typer.Exit(_run_exit(reports, well=agree))


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


def _tell_exposed(terminal: Terminal, folder: Path, paths: list[Path], portal: PortalMap) -> None:
    """Warn of real people's data where others can see them."""
    if is_open_to_others(folder):
        terminal.tell(terminal.texts("run.folder_open", folder=str(folder)))
    trees = {working_tree(path) for path in paths} if is_watched(portal) else set()
    for tree in sorted(map(str, trees - {None})):
        terminal.tell(terminal.texts("run.in_git", tree=tree))


def _patience(minutes: float | None, portal: PortalMap) -> float:
    """Return for how many seconds letters are waited for: a real portal's for as long as it takes."""
    if minutes is None:
        return inf if is_watched(portal) else 0
    return minutes * 60


def _not_well(terminal: Terminal, loaded: Loaded, journal: Journal, portal: str) -> Loaded:
    """Leave out whoever was not run yet or is done, and tell how many."""
    wanted = journal.not_well(portal)
    kept = [person for person in loaded.people if person.profile and journal.digest(person.profile.snils) in wanted]
    terminal.tell(terminal.texts.count("run.only_failed", len(kept), all=len(loaded.people)))
    return replace(loaded, people=tuple(kept))


def _tell_wrong(terminal: Terminal, loaded: Loaded) -> bool:
    """Show what is wrong with the profiles, if anything is, and tell whether somebody stays out for it."""
    wrong = _anybody_wrong(loaded)
    if wrong:
        for text in render_check(loaded, terminal.texts):
            terminal.tell(text)
    return wrong


def _anybody_wrong(loaded: Loaded) -> bool:
    """Tell whether somebody has to look: a list in which nobody was found is not what was meant."""
    nobody = bool(loaded.tallies) and not loaded.people
    wrong = any(person.verdict == "error" for person in loaded.people)
    return nobody or wrong or any(left.is_wrong for left in loaded.left_out)


def _tell_faults(terminal: Terminal, settings: Settings, reports: Sequence[RunReport]) -> None:
    for fault in (fault for report in reports for fault in report.faults):
        terminal.tell(terminal.texts("cli.our_fault", log=write_fault(fault, settings.folder)))


def _require_writable(file: Path) -> None:
    """Raise FileUnwritableError now, and not when everybody has been run."""
    with _written(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("a").close()


def _write_report(terminal: Terminal, file: Path, reports: Sequence[RunReport]) -> None:
    with _written(file):
        file.write_text(render_html(reports, terminal.texts), encoding="utf-8")
    terminal.tell(terminal.texts("run.report_written", file=str(file.resolve())))


@contextmanager
def _written(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileUnwritableError(path=str(file), what=error.strerror or "") from None


def _run_exit(reports: Sequence[RunReport], *, well: bool) -> Exit:
    if any(map(was_interrupted, reports)):
        return Exit.INTERRUPTED
    if any(report.faults for report in reports):
        return Exit.OUR_FAULT
    return Exit.WELL if well and all(report.well for report in reports) else Exit.ATTENTION
