"""Commands about runs that are under way or over: status, pause, resume, cancel, purge."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from nmo_autofill.errors import UsageError
from nmo_autofill.intake import people_of
from nmo_autofill.options import Database, Format, FormatName, PathsOrAll
from nmo_autofill.report.overview import overview_document, render_overviews
from nmo_autofill.runs.destination import portal_map
from nmo_autofill.runs.journal import Journal

if TYPE_CHECKING:
    from nmo_autofill.terminal import Shared

_SECONDS = 1.0
_AGE = re.compile(r"(\d{1,5})\s*[dд]")
Portal = Annotated[str, typer.Option("--portal", help="cli.control.portal", metavar="cli.value.portal")]


def status(
    context: typer.Context,
    output: FormatName = Format.TEXT,
    watch: Annotated[bool, typer.Option("--watch", help="cli.status.watch", metavar="")] = False,  # noqa: FBT002 (Typer's flags)
    database: Database = None,
) -> None:
    """Tell how far everybody is."""
    from nmo_autofill.runs.oversight import look_over  # noqa: PLC0415 (it imports the engine, half of any start)

    shared: Shared = context.obj
    with Journal(shared.settings.folder, database) as journal:
        if output is Format.JSON:
            shared.terminal.show_json(overview_document(look_over(journal)))
        elif watch:
            shared.terminal.watch(lambda: render_overviews(look_over(journal), shared.terminal.texts), _SECONDS)
        else:
            shared.terminal.show(render_overviews(look_over(journal), shared.terminal.texts))


def pause(context: typer.Context, portal: Portal, database: Database = None) -> None:
    """Let nobody more be begun at a portal."""
    shared: Shared = context.obj
    with Journal(shared.settings.folder, database) as journal:
        journal.pause(portal_map(portal).name)
    shared.terminal.show(shared.terminal.texts("pause.done"))


def resume(context: typer.Context, portal: Portal, database: Database = None) -> None:
    """End the pause."""
    shared: Shared = context.obj
    with Journal(shared.settings.folder, database) as journal:
        was_paused = journal.resume(portal_map(portal).name)
    shared.terminal.show(shared.terminal.texts("resume.done" if was_paused else "resume.needless"))


def cancel(
    context: typer.Context,
    portal: Portal,
    paths: PathsOrAll = None,
    database: Database = None,
) -> None:
    """Take people out of the queue, and break off who is at work."""
    from nmo_autofill.runs import queue  # noqa: PLC0415 (as above)

    shared: Shared = context.obj
    with Journal(shared.settings.folder, database) as journal:
        people = None
        if paths:
            loaded = people_of(shared.terminal, paths, portal).people
            people = {journal.digest(person.profile.snils) for person in loaded if person.profile}
        count = queue.cancel(journal, portal_map(portal).name, people)
    shared.terminal.show(shared.terminal.texts.count("cancel.done", count))


def purge(
    context: typer.Context,
    older_than: Annotated[str, typer.Option("--older-than", help="cli.purge.older_than", metavar="90d")],
    database: Database = None,
) -> None:
    """Erase what the journal knows of people who were done long ago."""
    from nmo_autofill.runs import queue  # noqa: PLC0415 (as above)

    shared: Shared = context.obj
    days = _AGE.fullmatch(older_than.strip())
    if days is None:
        raise UsageError(what="--older-than 90d")
    before = datetime.now().astimezone() - timedelta(days=int(days[1]))
    with Journal(shared.settings.folder, database) as journal:
        steps = journal.erase(before, queue.erase(journal, before))
        kept = len(journal.follow_ups())
    shared.terminal.show(shared.terminal.texts.count("purge.done", steps, before=f"{before:%d.%m.%Y}"))
    if kept:
        shared.terminal.show(shared.terminal.texts.count("purge.kept", kept))
