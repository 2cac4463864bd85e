"""What a survey of a page found, for the terminal and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from nmo_autofill.folding import unmarked
from nmo_autofill.report.sentences import difference_of_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from rich.console import RenderableType

    from nmo_autofill.outcome import Drift
    from nmo_autofill.texts import Texts

VERSION = 1


def survey_document(page: str, controls: Sequence[Mapping[str, Any]], drifts: Sequence[Drift]) -> dict[str, Any]:
    """Return what `survey --format json` prints: the key of the page, its controls, and how it differs from the map."""
    return {"version": VERSION, "page": page, "controls": [*controls], "drift": [asdict(one) for one in drifts]}


def render_survey(document: Mapping[str, Any], drifts: Sequence[Drift], texts: Texts, today: date) -> RenderableType:
    """Return a table of controls, what is otherwise than in the map, and entries for what is new; for 80 columns."""
    table = Table(title=texts("survey.title", page=document["page"]), title_justify="left", title_style="bold")
    for heading in ("survey.label", "survey.nature", "survey.field"):
        table.add_column(texts(heading), overflow="fold")
    for control in document["controls"]:
        mark = " *" if control["required"] else ""
        label = unmarked(control["labels"][0]) if control["labels"] else texts("survey.nameless")
        table.add_row(Text(label + mark), control["nature"], ", ".join(control["fields"]) or "—")
    told = [Text(difference_of_page(drift, texts)) for drift in drifts] or [Text(texts("survey.same"))]
    new = [control for control in document["controls"] if not control["fields"] and control["labels"]]
    proposed = [Text(texts("survey.proposed")), *(Text(_entry(control, today)) for control in new)] if new else []
    return Group(table, *told, *proposed)


def _entry(control: Mapping[str, Any], today: date) -> str:
    """Return a proposal for the portal map, which a person gives a key to."""
    kinds = {"date": "date", "box": "checked", "text": "text", "suggested": "text"}
    kind = kinds.get(control["nature"], "option")
    label = unmarked(control["labels"][0]).replace('"', '\\"')
    required = "" if control["required"] else ", required: false"
    return f'  …: {{labels: ["{label}"], value: {kind}{required}, evidence: "survey of {today.isoformat()}"}}'
