"""The report of a check, for people and for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

from nmo_autofill.profile.diagnostics import Severity, as_json, render
from nmo_autofill.profile.people import Verdict, as_typed
from nmo_autofill.profile.sheet.row import Kind
from nmo_autofill.report.run_report import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nmo_autofill.profile.diagnostics import Diagnostic
    from nmo_autofill.profile.people import Loaded
    from nmo_autofill.profile.sheet.row import Tally
    from nmo_autofill.texts import Texts

# So many places of one and the same hint are named; a repair in each of 300 rows is one matter to a reader.
_PLACES = 5
_DOUBTED = frozenset({Kind.TOTAL, Kind.NOTE, Kind.UNCLEAR})


def check_document(loaded: Loaded, texts: Texts) -> dict[str, Any]:
    """Return the check as the JSON document that `check --format json` prints (its shape is in the README)."""
    return {
        "version": VERSION,
        "people": [
            {"source": asdict(person.source), "verdict": person.verdict, "profile": as_typed(person)}
            for person in loaded.people
        ],
        "diagnostics": [as_json(diagnostic, texts) for diagnostic in loaded.diagnostics],
        "left_out": left_out(loaded),
        "rows": [
            {"file": tally.file, "sheet": tally.sheet, "rows": tally.rows, "kinds": dict(tally.kinds)}
            for tally in loaded.tallies
        ],
    }


def left_out(loaded: Loaded) -> list[dict[str, Any]]:
    """Return what was not taken, as JSON has it."""
    return [
        {"file": left.source.file, "sheet": left.source.sheet, "row": left.source.row, "why": left.why}
        for left in loaded.left_out
    ]


def render_check(loaded: Loaded, texts: Texts) -> Iterator[str]:
    """Return every diagnostic, then what the rows of each list are, then a line that counts the people by verdict.

    Of hints that differ in the row only, the first is shown, with the places of the others.
    """
    yield from (f"{text}\n" for text in _diagnostics(loaded.diagnostics, texts))
    yield from (_rows(tally, loaded, texts) for tally in loaded.tallies)
    verdicts = Counter(person.verdict for person in loaded.people)
    counted = ", ".join(
        f"{texts(f'verdict.{verdict}')}: {verdicts[verdict]}" for verdict in get_args(Verdict) if verdicts[verdict]
    )
    missed = sum(left.is_wrong for left in loaded.left_out)
    unread = texts("check.left_out", number=missed) if missed else ""
    told = texts.count("check.people", len(loaded.people))
    yield " ".join(part for part in (told, f"{counted[:1].upper()}{counted[1:]}." if counted else "", unread) if part)


def _diagnostics(diagnostics: Sequence[Diagnostic], texts: Texts) -> Iterator[str]:
    alike: dict[object, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        alike.setdefault(_matter(diagnostic), []).append(diagnostic)
    for same in alike.values():
        told = render(same[0], texts)
        yield f"{told}\n    {_others(same, texts)}" if len(same) > 1 else told


def _matter(diagnostic: Diagnostic) -> object:
    """Return what hints in different rows of a list have in common; any other diagnostic is a matter of its own."""
    position = diagnostic.position
    if diagnostic.severity is Severity.HINT and position.cell:
        return diagnostic.code, diagnostic.field, diagnostic.facts, position.file, position.sheet
    return diagnostic


def _others(same: Sequence[Diagnostic], texts: Texts) -> str:
    cells = [diagnostic.position.cell or "" for diagnostic in same[1:]]
    more = f" … ({len(cells)})" if len(cells) > _PLACES else ""
    return texts("check.also", cells=", ".join(cells[:_PLACES]) + more)


def _kind(kind: Kind, tally: Tally, loaded: Loaded, texts: Texts) -> str:
    """Return how many rows are of the kind, with the numbers of those that could be somebody's after all."""
    counted = f"{texts(f'row_kind.{kind.name.lower()}')} {tally.kinds[kind]}"
    if kind not in _DOUBTED:
        return counted
    sources = (left.source for left in loaded.left_out if left.why == kind.value)
    rows = [str(source.row) for source in sources if (source.file, source.sheet) == (tally.file, tally.sheet)]
    return f"{counted} ({', '.join(rows[:_PLACES])}{' …' if len(rows) > _PLACES else ''})"


def _rows(tally: Tally, loaded: Loaded, texts: Texts) -> str:
    """Return the sum of the rows: whoever counts in the list can see that none is lost."""
    parts = ", ".join(_kind(kind, tally, loaded, texts) for kind in Kind if tally.kinds[kind])
    place = f"{tally.file}, «{tally.sheet}»" if tally.sheet else tally.file
    return texts("check.rows", place=place, rows=tally.rows, parts=parts)
