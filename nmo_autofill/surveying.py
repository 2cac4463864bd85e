"""The command that holds a page against the portal map: survey."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nmo_autofill.browser.drift import drift_of
from nmo_autofill.browser.session import Browsers, visit
from nmo_autofill.errors import UsageError
from nmo_autofill.intake import today
from nmo_autofill.options import Exit, Format, FormatName, PortalName
from nmo_autofill.report.survey_report import render_survey, survey_document
from nmo_autofill.runs.destination import STAND_IN, portal_map

if TYPE_CHECKING:
    from nmo_autofill.outcome import Drift
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.terminal import Shared


def survey(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="cli.survey.address", metavar="cli.value.address")],
    portal: PortalName = STAND_IN,
    page: Annotated[str | None, typer.Option("--page", help="cli.survey.page", metavar="cli.value.page")] = None,
    output: FormatName = Format.TEXT,
) -> None:
    """Show the controls of a page, and what is otherwise there than in the portal map."""
    shared: Shared = context.obj
    terminal = shared.terminal
    known = portal_map(portal)
    forms = forms_of(known, page)
    document, drifts = asyncio.run(_surveyed(known, address, page, forms))
    if output is Format.JSON:
        terminal.show_json(document)
    else:
        terminal.show(render_survey(document, drifts, terminal.texts, today()))
    raise typer.Exit(Exit.ATTENTION if drifts else Exit.WELL)


def forms_of(known: PortalMap, page: str | None) -> list[str]:
    """Return the keys of the map's pages with fields. Raises UsageError when `page` is named and is none of them."""
    forms = [key for key, one in known.pages.items() if one.fields and (one.headings or "shown" in one.texts)]
    if page is not None and page not in forms:
        raise UsageError(what=f"--page {' | '.join(forms)}")
    return forms


async def _surveyed(
    known: PortalMap, address: str, page: str | None, forms: list[str]
) -> tuple[dict[str, Any], tuple[Drift, ...]]:
    async with Browsers(headed=False) as browsers, visit(await browsers.alive(), known) as opened:
        await opened.open(address)
        key = page or await opened.expect(*forms)
        seen, drifts = await drift_of(opened.page, known.page(key))
    fields = [[name for name, places in seen.claims.items() if place in places] for place in range(len(seen.controls))]
    controls = [{**asdict(one), "fields": own} for one, own in zip(seen.controls, fields, strict=True)]
    return survey_document(key, controls, drifts), drifts
