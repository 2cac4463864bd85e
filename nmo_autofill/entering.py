"""Commands that enter people at a portal: run, worker, demo."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmo_autofill.album import Album
from nmo_autofill.browser.operator import Presser
from nmo_autofill.browser.provision import provide_browser
from nmo_autofill.browser.remote import parse_address
from nmo_autofill.errors import UsageError
from nmo_autofill.exposure import is_open_to_others, working_tree
from nmo_autofill.fault import write_fault
from nmo_autofill.intake import people_of, tell_wrong, today
from nmo_autofill.letters.source import parse_source
from nmo_autofill.options import (
    Browser,
    Database,
    Exit,
    Format,
    FormatName,
    Given,
    Jobs,
    Joined,
    LettersFrom,
    NewPasswordFrom,
    Only,
    OnlyWhom,
    Paths,
    ReachedPortal,
    ReportFile,
    SkinName,
    UntilWhere,
    Wait,
)
from nmo_autofill.outfile import require_writable, written
from nmo_autofill.report.check_report import left_out
from nmo_autofill.report.html import render_html
from nmo_autofill.report.run_report import run_document
from nmo_autofill.report.sentences import place, why
from nmo_autofill.report.text import render_text
from nmo_autofill.report.witness_report import render_witness
from nmo_autofill.runs.call import run_name, run_people, was_interrupted
from nmo_autofill.runs.demo import run_demo, sample_people
from nmo_autofill.runs.destination import portal_map, reach
from nmo_autofill.runs.errand import Errand, Pace
from nmo_autofill.runs.group import is_watched, presser
from nmo_autofill.runs.journal import Journal
from nmo_autofill.runs.passwords import password_source
from nmo_autofill.runs.station import run_one_by_one
from nmo_autofill.runs.surveys import Surveys
from nmo_autofill.screen import TerminalScreen
from nmo_autofill.settings import Skin, Until
from nmo_autofill.station import Station

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.browser.remote import Remote
    from nmo_autofill.letters.source import LetterSource
    from nmo_autofill.outcome import RunOutcome
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.profile.people import Loaded
    from nmo_autofill.report.run_report import RunReport
    from nmo_autofill.runs.case import PasswordSource
    from nmo_autofill.runs.destination import Destination
    from nmo_autofill.terminal import Shared, Terminal


@dataclass(frozen=True)
class _Orders:
    """What a command was told; each attribute is an option."""

    paths: list[Path]
    portal: str
    given: list[str] | None
    joined: list[Path] | None
    until: Until
    jobs: int
    letters: str | None
    wait: float | None
    new_password: str | None
    database: str | None
    browser: str | None
    skin: Skin
    headed: bool
    only: Only | None
    report_file: Path | None
    station: bool


@dataclass(frozen=True)
class _Means:
    """Where letters and new passwords come from, and the browser; None for what is usual."""

    letters: LetterSource | None
    passwords: PasswordSource | None
    browser: Remote | None


def run(  # noqa: PLR0913, PLR0917 (one parameter an option)
    context: typer.Context,
    paths: Paths,
    portal: ReachedPortal,
    skin: SkinName = Skin.NATIVE,
    until: UntilWhere = Until.CYCLE,
    headed: Annotated[bool, typer.Option("--headed", help="cli.run.headed", metavar="")] = False,  # noqa: FBT002 (Typer's flags)
    station: Annotated[bool, typer.Option("--station", help="cli.run.station", metavar="")] = False,  # noqa: FBT002 (as above)
    output: FormatName = Format.TEXT,
    report_file: ReportFile = None,
    new_password: NewPasswordFrom = None,
    letters: LettersFrom = None,
    jobs: Jobs = 1,
    only: OnlyWhom = None,
    wait: Wait = None,
    database: Database = None,
    browser: Browser = None,
    given: Given = None,
    joined: Joined = None,
) -> None:
    """Fill, read back and submit the forms of everybody."""
    orders = _Orders(
        paths=paths,
        portal=portal,
        given=given,
        joined=joined,
        until=until,
        jobs=jobs,
        letters=letters,
        wait=wait,
        new_password=new_password,
        database=database,
        browser=browser,
        skin=skin,
        headed=headed or station,
        only=only,
        report_file=report_file,
        station=station,
    )
    _carry_out(context.obj, orders, output)


def worker(  # noqa: PLR0913, PLR0917 (one parameter an option)
    context: typer.Context,
    paths: Paths,
    portal: ReachedPortal,
    database: Annotated[str, typer.Option("--database", help="cli.worker.database", metavar="postgresql://…")],
    until: UntilWhere = Until.CYCLE,
    jobs: Jobs = 1,
    letters: LettersFrom = None,
    wait: Wait = None,
    new_password: NewPasswordFrom = None,
    browser: Browser = None,
    given: Given = None,
    joined: Joined = None,
) -> None:
    """Take a share in a group that several computers enter together: a run whose database is shared."""
    run(
        context,
        paths,
        portal,
        until=until,
        new_password=new_password,
        letters=letters,
        jobs=jobs,
        wait=wait,
        database=database,
        browser=browser,
        given=given,
        joined=joined,
    )


def demo(
    context: typer.Context,
    report_file: Annotated[Path, typer.Option("--report", help="cli.demo.report", metavar="cli.value.file")] = Path(
        "demo-report/report.html"
    ),
) -> None:
    """Run the sample people on the stand-in portal in both skins, and let its witness say whether all agrees."""
    shared: Shared = context.obj
    terminal = shared.terminal
    require_writable(report_file)
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
    _tell_faults(shared, reports)
    raise typer.Exit(_exit(reports, well=agree))


def _carry_out(shared: Shared, orders: _Orders, output: Format) -> None:
    terminal = shared.terminal
    means = _means(terminal, orders)
    if orders.station and not terminal.can_ask:
        raise UsageError(what=terminal.texts("station.no_keyboard"))
    if orders.report_file:
        require_writable(orders.report_file)
    loaded = people_of(terminal, orders.paths, orders.portal, orders.given, orders.joined)
    wrong = tell_wrong(terminal, loaded)
    report = _entered(shared, orders, means, loaded)
    if output is Format.JSON:
        terminal.show_json({**run_document(report), "left_out": left_out(loaded)})
    elif report.people:
        terminal.show(render_text(report, terminal.texts))
    if orders.report_file:
        _write_report(terminal, orders.report_file, [report])
    _tell_faults(shared, [report])
    raise typer.Exit(_exit([report], well=not wrong))


def _means(terminal: Terminal, orders: _Orders) -> _Means:
    """Return what the options name. Raises UsageError, BrowserAddressError, before anybody is asked anything."""
    return _Means(
        letters=parse_source(orders.letters) if orders.letters else None,
        passwords=password_source(orders.new_password, terminal.ask_password) if orders.new_password else None,
        browser=parse_address(orders.browser) if orders.browser else None,
    )


def _entered(shared: Shared, orders: _Orders, means: _Means, loaded: Loaded) -> RunReport:
    terminal, folder = shared.terminal, shared.settings.folder
    with Journal(folder, orders.database) as journal, ExitStack() as reached:
        name = portal_map(orders.portal).name
        if orders.only is Only.FAILED:
            loaded = _not_well(terminal, loaded, journal, name)
        digests = [journal.digest(person.profile.snils) for person in loaded.people if person.profile]
        since = journal.letters_since(name, digests)
        destination = reached.enter_context(
            reach(
                orders.portal,
                orders.skin,
                means.letters,
                since=since,
                tell=lambda key: terminal.tell(terminal.texts(key)),
            )
        )
        _tell_exposed(terminal, folder, orders.paths, destination.portal)
        errand = _errand(terminal, orders, means, journal, destination)
        if orders.station:
            at_station = replace(errand, presser=Presser.PERSON, pace=Pace())
            pick = Station(terminal, loaded.people).pick
            return run_one_by_one(at_station, loaded.people, pick, lambda one: _tell_outcome(terminal, one))
        with terminal.progress(len(loaded.people)) as tell:
            return run_people(errand, loaded.people, tell)


def _errand(terminal: Terminal, orders: _Orders, means: _Means, journal: Journal, destination: Destination) -> Errand:
    run = run_name()
    return Errand(
        run=run,
        surveys=Surveys(Album(journal.folder, run, terminal.texts).keep),
        portal=destination.portal,
        journal=journal,
        screen=TerminalScreen(terminal),
        until=orders.until,
        headed=orders.headed,
        presser=presser(orders.until, destination.portal, headed=orders.headed),
        letters=destination.letters,
        letter_seconds=_patience(orders.wait, destination.portal),
        passwords=means.passwords,
        pace=Pace(jobs=orders.jobs),
        browser=means.browser,
    )


def _tell_outcome(terminal: Terminal, one: RunOutcome) -> None:
    terminal.tell(f"{place(one.source)}: {terminal.texts(f'outcome.{one.outcome}')}")
    for line in why(one, terminal.texts):
        terminal.tell(line)


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


def _tell_faults(shared: Shared, reports: Sequence[RunReport]) -> None:
    for fault in (fault for report in reports for fault in report.faults):
        shared.terminal.tell(shared.terminal.texts("cli.our_fault", log=write_fault(fault, shared.settings.folder)))


def _write_report(terminal: Terminal, file: Path, reports: Sequence[RunReport]) -> None:
    with written(file):
        file.write_text(render_html(reports, terminal.texts), encoding="utf-8")
    terminal.tell(terminal.texts("run.report_written", file=str(file.resolve())))


def _exit(reports: Sequence[RunReport], *, well: bool) -> Exit:
    if any(map(was_interrupted, reports)):
        return Exit.INTERRUPTED
    if any(report.faults for report in reports):
        return Exit.OUR_FAULT
    return Exit.WELL if well and all(report.well for report in reports) else Exit.ATTENTION
