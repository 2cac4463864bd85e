"""The command line: one command a verb; prints and sets the exit code, nothing else."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer import rich_utils
from typer._click.exceptions import ClickException
from typer.core import TyperArgument, TyperOption

from nmo_autofill.browser.provision import diagnose, find_browser, provide_browser
from nmo_autofill.errors import BrowserMissingError, NmoAutofillError, UsageError
from nmo_autofill.fault import write_fault
from nmo_autofill.plan.forms import plan_admission, plan_cycle, plan_purpose, plan_registration
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.profile.loading import load
from nmo_autofill.profile.references import references
from nmo_autofill.profile.schema import json_schema
from nmo_autofill.report.check_report import check_document, render_check
from nmo_autofill.report.follow_ups import follow_up_document, render_follow_ups
from nmo_autofill.report.html import render_html
from nmo_autofill.report.plan_report import render_plan
from nmo_autofill.report.run_report import run_document
from nmo_autofill.report.text import render_text
from nmo_autofill.runs.call import run_name, run_people, was_interrupted
from nmo_autofill.runs.demo import run_demo, sample_people
from nmo_autofill.runs.destination import STAND_IN, reach
from nmo_autofill.runs.follow_ups import owed
from nmo_autofill.runs.group import Errand
from nmo_autofill.runs.journal import Journal
from nmo_autofill.runs.passwords import password_source
from nmo_autofill.runs.stand_in import stand_in_portal
from nmo_autofill.settings import Settings, Skin, Until
from nmo_autofill.terminal import Terminal, TerminalOperator
from nmo_autofill.texts import LANGUAGES, Language, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from typer._click import Command

    from nmo_autofill.profile.people import Loaded
    from nmo_autofill.report.run_report import RunReport

FOLDER = "NMO_AUTOFILL_FOLDER"


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


@dataclass(frozen=True)
class Shared:
    """What all commands share."""

    terminal: Terminal
    settings: Settings


# Help texts are message keys; main() puts the sentences of the chosen language in their place.
app = typer.Typer(help="cli.help", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
Paths = Annotated[list[Path], typer.Argument(help="cli.paths", show_default=False)]
PortalName = Annotated[str, typer.Option("--portal", help="cli.portal", show_default=False)]
SkinName = Annotated[Skin, typer.Option("--skin", help="cli.skin")]
FormatName = Annotated[Format, typer.Option("--format", help="cli.format")]


@app.callback()
def common(
    lang: Annotated[Literal["ru", "en"], typer.Option("--lang", help="cli.lang")] = "ru",
) -> None:
    """Hold the option of all commands, for the help."""


@app.command(help="cli.check.help")
def check(context: typer.Context, paths: Paths, output: FormatName = Format.TEXT) -> None:
    """Say everything that is wrong with the profiles."""
    terminal = _terminal(context)
    loaded = load(paths, today=_today())
    if output is Format.JSON:
        _show_json(terminal, check_document(loaded, terminal.texts))
    else:
        for text in render_check(loaded, terminal.texts):
            terminal.show_raw(text)
    raise typer.Exit(Exit.ATTENTION if _anybody_wrong(loaded) else Exit.WELL)


@app.command(help="cli.plan.help")
def plan(context: typer.Context, paths: Paths, portal: PortalName = STAND_IN) -> None:
    """Show what would be typed, without a browser."""
    terminal = _terminal(context)
    portal_map = load_map(portal)
    loaded = load(paths, today=_today(), lists=references(portal_map.lists))
    forms = {
        "registration": plan_registration,
        "purpose": plan_purpose,
        "admission": plan_admission,
        "cycle": plan_cycle,
    }
    for person in loaded.people:
        if person.profile is not None:
            planned = [(portal_map.page(key).title, form(person.profile, portal_map)) for key, form in forms.items()]
            terminal.show(render_plan(person.source, planned, terminal.texts))
    raise typer.Exit(Exit.ATTENTION if _tell_wrong(terminal, loaded) else Exit.WELL)


@app.command(help="cli.run.help")
def run(  # noqa: PLR0913, PLR0917 (one parameter an option)
    context: typer.Context,
    paths: Paths,
    portal: Annotated[str, typer.Option("--portal", help="cli.run.portal", show_default=False)],
    skin: SkinName = Skin.NATIVE,
    until: Annotated[Until, typer.Option("--until", help="cli.run.until")] = Until.CYCLE,
    headed: Annotated[bool, typer.Option("--headed", help="cli.run.headed")] = False,  # noqa: FBT002 (Typer's flags)
    output: FormatName = Format.TEXT,
    report_file: Annotated[Path | None, typer.Option("--report", help="cli.run.report", show_default=False)] = None,
    new_password: Annotated[
        str | None, typer.Option("--new-password-from", help="cli.run.new_password", show_default=False)
    ] = None,
) -> None:
    """Fill, read back and submit the forms of everybody."""
    terminal, settings = _terminal(context), _settings(context)
    with reach(portal, skin) as destination, Journal(settings.folder) as journal:
        loaded = load(paths, today=_today(), lists=references(destination.portal.lists))
        errand = Errand(
            run=run_name(),
            portal=destination.portal,
            journal=journal,
            operator=TerminalOperator(terminal),
            until=until,
            headed=headed,
            mailbox=destination.mailbox,
            passwords=password_source(new_password, terminal.ask_password) if new_password else None,
        )
        with terminal.progress(len(loaded.people)) as tell:
            report = run_people(errand, loaded.people, tell)
    wrong = _tell_wrong(terminal, loaded)
    if output is Format.JSON:
        _show_json(terminal, run_document(report))
    else:
        terminal.show(render_text(report, terminal.texts))
    if report_file:
        _write_report(terminal, report_file, [report])
    raise typer.Exit(_run_exit(report, wrong=wrong))


@app.command(help="cli.followups.help")
def followups(context: typer.Context, output: FormatName = Format.TEXT) -> None:
    """List the people whose real numbers are owed, with the request to the portal's support."""
    terminal, settings = _terminal(context), _settings(context)
    with Journal(settings.folder) as journal:
        debts = [
            (debt.follow_up.source, debt.follow_up.portal, debt.follow_up.at, debt.profile)
            for debt in owed(journal, _today())
        ]
    if output is Format.JSON:
        _show_json(terminal, follow_up_document(debts, terminal.texts))
    elif debts:
        for text in render_follow_ups(debts, terminal.texts):
            terminal.show_raw(text)
    else:
        terminal.show_raw(terminal.texts("follow_up.none"))
    raise typer.Exit(Exit.ATTENTION if any(profile is None for *_, profile in debts) else Exit.WELL)


@app.command(help="cli.mock.help")
def mock(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", help="cli.mock.port", min=0, max=65535)] = 8000,
    skin: SkinName = Skin.NATIVE,
) -> None:
    """Serve the stand-in portal until Ctrl-C."""
    terminal = _terminal(context)
    with stand_in_portal(skin, port) as portal:
        terminal.show_raw(terminal.texts("mock.serving", address=portal.address))
        sys.stdout.flush()
        portal.process.wait()


@app.command(help="cli.schema.help")
def schema(context: typer.Context) -> None:
    """Print the JSON Schema of profiles, for editors."""
    _show_json(_terminal(context), json_schema())


@app.command(help="cli.doctor.help")
def doctor(
    context: typer.Context,
    install: Annotated[bool, typer.Option("--install", help="cli.doctor.install")] = False,  # noqa: FBT002 (Typer's flags)
) -> None:
    """Say which browser there is and what is missing, with the command that mends it."""
    terminal = _terminal(context)
    if install:
        provide_browser(terminal.tell, terminal.texts)
    findings = diagnose(terminal.texts)
    for finding in findings:
        parts = (f"{finding.what}: {terminal.texts(f'doctor.{finding.state}')}", finding.version, finding.detail)
        terminal.show_raw(" ".join(part for part in parts if part))
        if finding.command:
            terminal.show_raw(f"  {terminal.texts('doctor.mend')} {finding.command}")
    raise typer.Exit(Exit.WELL if _browser_stands() else Exit.ATTENTION)


@app.command(help="cli.demo.help")
def demo(
    context: typer.Context,
    report_file: Annotated[Path, typer.Option("--report", help="cli.demo.report")] = Path("demo-report/report.html"),
) -> None:
    """Run the sample people on the stand-in portal in both skins, and let its witness say whether all agrees."""
    terminal = _terminal(context)
    provide_browser(terminal.tell, terminal.texts)
    loaded = sample_people(_today())
    reports, agree = [], True
    for skin in Skin:
        terminal.tell(terminal.texts("demo.skin", skin=skin.value))
        with terminal.progress(len(loaded.people)) as tell:
            shown = run_demo(loaded, skin, TerminalOperator(terminal), tell)
        terminal.show(render_text(shown.report, terminal.texts))
        for number, what in shown.differing:
            terminal.show_raw(terminal.texts("demo.differs", number=number, what=what))
        agree &= not shown.differing and shown.report.well
        key = "demo.disagrees" if shown.differing else "demo.agrees"
        terminal.show_raw(terminal.texts(key, people=len(loaded.people), fields=shown.fields) + "\n")
        reports.append(shown.report)
    _write_report(terminal, report_file, reports)
    raise typer.Exit(Exit.WELL if agree else Exit.ATTENTION)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code; the only place that catches what nobody expected."""
    language, rest = _language(sys.argv[1:] if arguments is None else arguments)
    terminal = Terminal(Texts(language))
    settings = Settings(Path(os.environ.get(FOLDER) or typer.get_app_dir("nmo-autofill")), language)
    command = _in_language(typer.main.get_command(app), terminal.texts)
    try:
        code = command.main(rest, "nmo-autofill", standalone_mode=False, obj=Shared(terminal, settings))
    except ClickException as wrong:
        rich_utils.rich_format_error(wrong)
        return Exit.WRONG_USE
    except typer.Abort:
        code = Exit.INTERRUPTED
    except NmoAutofillError as error:
        terminal.tell(terminal.texts(error.code, **error.facts))
        return Exit.WRONG_USE
    except Exception as error:  # noqa: BLE001 (the one catcher at the top)
        terminal.tell(terminal.texts("cli.our_fault", log=write_fault(error, settings.folder)))
        return Exit.OUR_FAULT
    if code == Exit.INTERRUPTED:
        terminal.tell(terminal.texts("cli.interrupted"))
    return code or Exit.WELL


def _language(arguments: Sequence[str]) -> tuple[Language, list[str]]:
    """Take `--lang` out of the arguments, wherever it stands: the help itself must be in that language."""
    chosen: Language = "ru"
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name, _, value = argument.partition("=")
        if name != "--lang":
            rest.append(argument)
            continue
        value = value or next(waiting, "")
        known = next((language for language in LANGUAGES if language == value), None)
        if known is None:
            return chosen, ["--lang", value]  # the command line itself says what is wrong
        chosen = known
    return chosen, rest


def _in_language(command: Command, texts: Texts) -> Command:
    """Put sentences in the place of the message keys of a command, its parameters and its subcommands."""
    rich_utils.ARGUMENTS_PANEL_TITLE = texts("cli.panel.arguments")
    rich_utils.OPTIONS_PANEL_TITLE = texts("cli.panel.options")
    rich_utils.COMMANDS_PANEL_TITLE = texts("cli.panel.commands")
    rich_utils.ERRORS_PANEL_TITLE = texts("cli.panel.errors")
    command.help = texts(command.help) if command.help else None
    for parameter in command.params:
        if isinstance(parameter, TyperArgument | TyperOption) and parameter.help and parameter.help in texts:
            parameter.help = texts(parameter.help)
    for below in getattr(command, "commands", {}).values():
        _in_language(below, texts)
    return command


def _terminal(context: typer.Context) -> Terminal:
    shared: Shared = context.obj
    return shared.terminal


def _settings(context: typer.Context) -> Settings:
    shared: Shared = context.obj
    return shared.settings


def _today() -> date:
    return datetime.now().astimezone().date()


def _browser_stands() -> bool:
    try:
        find_browser()
    except BrowserMissingError:
        return False
    return True


def _show_json(terminal: Terminal, document: dict[str, Any]) -> None:
    terminal.show_raw(json.dumps(document, ensure_ascii=False, indent=2))


def _tell_wrong(terminal: Terminal, loaded: Loaded) -> bool:
    """Show what is wrong with the profiles, if anything is, and tell whether somebody stays out for it."""
    wrong = _anybody_wrong(loaded)
    if wrong:
        for text in render_check(loaded, terminal.texts):
            terminal.tell(text)
    return wrong


def _anybody_wrong(loaded: Loaded) -> bool:
    return bool(loaded.left_out) or any(person.verdict == "error" for person in loaded.people)


def _write_report(terminal: Terminal, file: Path, reports: Sequence[RunReport]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render_html(reports, terminal.texts), encoding="utf-8")
    except OSError as error:
        raise UsageError(what=f"{file}: {error.strerror}") from None
    terminal.tell(terminal.texts("run.report_written", file=str(file.resolve())))


def _run_exit(report: RunReport, *, wrong: bool) -> Exit:
    if was_interrupted(report):
        return Exit.INTERRUPTED
    return Exit.WELL if report.well and not wrong else Exit.ATTENTION
