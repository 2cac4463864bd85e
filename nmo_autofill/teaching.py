"""The command with which a person shows fields that the portal map does not find: teach."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nmo_autofill.browser.drift import drift_of
from nmo_autofill.browser.session import Browsers, visit
from nmo_autofill.browser.teaching import Astray, Lesson, learn
from nmo_autofill.errors import UsageError
from nmo_autofill.intake import today
from nmo_autofill.options import Exit, OverlayFile, PortalName
from nmo_autofill.outcome import DriftKind
from nmo_autofill.outfile import require_writable, written
from nmo_autofill.portal.overlay import difference, overlaid
from nmo_autofill.runs.destination import STAND_IN, portal_map
from nmo_autofill.surveying import forms_of

if TYPE_CHECKING:
    from pathlib import Path

    from nmo_autofill.browser.session import Visit
    from nmo_autofill.portal.model import Field
    from nmo_autofill.terminal import Shared, Terminal


def teach(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="cli.survey.address", metavar="cli.value.address")],
    out: OverlayFile,
    portal: PortalName = STAND_IN,
    page: Annotated[str | None, typer.Option("--page", help="cli.survey.page", metavar="cli.value.page")] = None,
) -> None:
    """Let a person click the fields of a page that the map does not find, and write an overlay of the map."""
    shared: Shared = context.obj
    terminal = shared.terminal
    known = portal_map(portal)
    if not terminal.can_ask:
        raise UsageError(what=terminal.texts("teach.no_keyboard"))
    forms_of(known, page)
    require_writable(out)

    async def taught() -> tuple[str, list[Lesson]]:
        async with Browsers(headed=True) as browsers, visit(await browsers.alive(), known) as opened:
            await opened.open(address)
            await asyncio.to_thread(terminal.ask, terminal.texts("teach.ready"))
            return await lessons(opened, page, terminal)

    key, learnt = asyncio.run(taught())
    if not learnt:
        terminal.show(terminal.texts("teach.nothing"))
        raise typer.Exit(Exit.WELL)
    base = portal if "://" not in portal else STAND_IN
    fields = {lesson.field: entry(lesson, known.page(key).fields[lesson.field]) for lesson in learnt}
    before, after = overlaid(out, base, key, fields)
    if not agreed(out, before, after, terminal):
        raise typer.Exit(Exit.ATTENTION)


def agreed(out: Path, before: str, after: str, terminal: Terminal) -> bool:
    """Show what would change in the file, and change it if the person says so. Raises FileUnwritableError."""
    terminal.show_raw(difference(before, after, out.name) + "\n")
    if terminal.ask(terminal.texts("teach.write", file=str(out))).casefold() not in {"да", "yes", "y"}:
        return False
    with written(out):
        out.write_text(after, encoding="utf-8")
    terminal.show(terminal.texts("teach.written", file=str(out)))
    return True


async def lessons(opened: Visit, page: str | None, terminal: Terminal) -> tuple[str, list[Lesson]]:
    """Return the key of the page that is shown, and what the person taught of its fields that are not found.

    Raises PageUnexpectedError, BrowserError.
    """
    key = page or await opened.expect(*forms_of(opened.portal, page))
    known = opened.portal.page(key)
    learnt = []
    _, drifts = await drift_of(opened.page, known)
    for drift in drifts:
        if drift.kind not in {DriftKind.MISSING, DriftKind.SEVERAL}:
            continue
        terminal.tell(terminal.texts("teach.click", label=drift.text, field=drift.field))
        lesson = await learn(opened.page, known, drift.field, lambda why: terminal.tell(_astray(why, terminal)))
        if lesson:
            learnt.append(lesson)
            known = lesson.taught(known)
    return key, learnt


def _astray(why: Astray, terminal: Terminal) -> str:
    return terminal.texts("teach.no_field" if why is Astray.NO_FIELD else "teach.alike")


def entry(lesson: Lesson, field: Field) -> dict[str, Any]:
    """Return what the overlay says of a field: a selector that the map had for it no longer goes before the labels."""
    old = {"selector": ""} if field.selector else {}
    how = {"selector": lesson.selector} if lesson.selector else {**old, "labels": [*lesson.labels]}
    return {**how, "evidence": f"taught on {today().isoformat()}"}
