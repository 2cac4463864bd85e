"""The report of a check, for people and for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

from nmo_autofill.profile.diagnostics import as_json, render
from nmo_autofill.profile.people import Verdict, as_typed
from nmo_autofill.report.run_report import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmo_autofill.profile.people import Loaded
    from nmo_autofill.texts import Texts


def check_document(loaded: Loaded, texts: Texts) -> dict[str, Any]:
    """Return the check as the JSON document that `check --format json` prints (its shape is in the README)."""
    return {
        "version": VERSION,
        "people": [
            {"source": asdict(person.source), "verdict": person.verdict, "profile": as_typed(person)}
            for person in loaded.people
        ],
        "diagnostics": [as_json(diagnostic, texts) for diagnostic in loaded.diagnostics],
        "left_out": [
            {"file": left.source.file, "sheet": left.source.sheet, "row": left.source.row, "why": left.why}
            for left in loaded.left_out
        ],
    }


def render_check(loaded: Loaded, texts: Texts) -> Iterator[str]:
    """Return every diagnostic, then a line that counts the people by verdict."""
    for diagnostic in loaded.diagnostics:
        yield render(diagnostic, texts) + "\n"
    verdicts = Counter(person.verdict for person in loaded.people)
    counted = ", ".join(
        f"{texts(f'verdict.{verdict}')}: {verdicts[verdict]}" for verdict in get_args(Verdict) if verdicts[verdict]
    )
    unread = texts("check.left_out", number=len(loaded.left_out)) if loaded.left_out else ""
    told = texts.count("check.people", len(loaded.people))
    yield " ".join(part for part in (told, f"{counted[:1].upper()}{counted[1:]}." if counted else "", unread) if part)
