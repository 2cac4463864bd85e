from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from nmo_autofill.report.run_report import run_document

if TYPE_CHECKING:
    from nmo_autofill.report.run_report import RunReport


def test_all_is_well_when_nobody_needs_attention(report: RunReport) -> None:
    assert not report.well
    assert replace(report, people=report.people[:1]).well


def test_the_document_has_the_promised_keys(report: RunReport) -> None:
    document = json.loads(json.dumps(run_document(report)))
    assert {"version", "run", "portal", "people"} <= set(document)
    first, different, disagrees, *_ = document["people"]
    assert {"source", "outcome", "steps"} <= set(first)
    assert set(first["source"]) == {"file", "line", "sheet", "row"}
    assert first["follow_up"]
    assert first["steps"][0]["receipt"] == {"text": "Регистрация прошла успешно", "at": "2026-11-22"}
    assert different["outcome"] == "different"
    # What the document says of a difference is only where it is: the values are personal.
    assert different["steps"][1]["differences"] == ["issue_date", "number"]
    step = disagrees["steps"][0]
    assert {"step", "outcome", "reason", "fields"} <= set(step)
    assert not step["retryable"]
    assert step["fields"][1:] == [
        {"field": "phone", "status": "mismatch"},
        {"field": "region", "status": "ambiguous"},
    ]
