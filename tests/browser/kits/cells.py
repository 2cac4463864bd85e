"""The cells of the matrix: what is done with a control of a kit, and whether the page then holds what it should."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from csv import DictReader
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.async_api import TimeoutError as PlaywrightTimeoutError

import mock_portal
from nmo_autofill.browser.controls import Patience
from nmo_autofill.browser.form_filler import fill_form, verify_form
from nmo_autofill.outcome import FieldOutcome, FieldStatus
from nmo_autofill.plan.entry import Entry
from nmo_autofill.portal.model import Field, ValueKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.async_api import BrowserContext, Frame, Page

    from nmo_autofill.outcome import FormOutcome
    from tests.browser.kits.workshop import Control

HASTE = Patience(field=5, options=5, settle=0.7, quiet=0.3)
_NOT_FOUND = FieldOutcome("field", FieldStatus.NOT_FOUND, "error.field_not_found")
WELL = {FieldStatus.FILLED, FieldStatus.UNCHANGED}
LATER = "Дальше"
_SECONDS = 90  # for one cell on a machine with much to do
_SIDE_BY_SIDE = 4


class Verdict(StrEnum):
    """What became of a cell, by the page's own state."""

    RIGHT = "yes"
    REFUSED = "refused"  # an honest refusal where a person would have succeeded
    WRONG = "WRONG"  # the page holds something else than was told; never to be
    NONE = "–"  # the cell does not apply


@dataclass(frozen=True)
class Values:
    """A wanted value and another one as entries have them, as the page shows them first, and as its model has them."""

    kind: ValueKind
    wanted: str
    other: str
    shown: str
    model: str
    other_model: str


def _regions() -> tuple[str, ...]:
    file = Path(mock_portal.__file__).parent / "data" / "regions.csv"
    with file.open(encoding="utf-8") as lines:
        return tuple(row["name"] for row in DictReader(lines))


OMSK, TOMSK = "Омская область", "Томская область"
REGIONS = ("Омская область (юг)", *_regions())
SEXES = ("Мужской", "Женский")
VALUES = {
    "text": Values(ValueKind.TEXT, "Ковалёва", "Сидорова", "Ковалёва", "Ковалёва", "Сидорова"),
    "option": Values(ValueKind.OPTION, OMSK, TOMSK, OMSK, OMSK, TOMSK),
    "sex": Values(ValueKind.OPTION, "Женский", "Мужской", "Женский", "Женский", "Мужской"),
    "checked": Values(ValueKind.CHECKED, "yes", "", "yes", "yes", ""),
    "date": Values(ValueKind.DATE, "05.03.2004", "28.11.1999", "05.03.2004", "2004-03-05", "1999-11-28"),
    "snils": Values(ValueKind.DIGITS, "11223344595", "08765430300", "112-233-445 95", "11223344595", "08765430300"),
    "phone": Values(ValueKind.PHONE, "+79134012238", "+79877712345", "+7 (913) 401-22-38", "9134012238", "9877712345"),
}
UNKNOWN = {"option": "Омская обл", "sex": "Женск"}
EQUAL = {"option": (*REGIONS, OMSK), "sex": (*SEXES, "Женский")}
CELLS = (
    "fill", "same", "another", "read_back", "unknown", "equal", "disabled", "read_only", "slow", "stale", "narrow",
    "framed",
)  # fmt: skip
_ALWAYS = {"fill", "same", "another", "read_back", "disabled", "narrow", "framed"}
_OF_KIND = {
    "text": {"read_only"},
    "snils": {"read_only"},
    "phone": {"read_only"},
    "option": {"unknown", "equal"},
    "sex": {"unknown", "equal"},
}
_REFUSAL = {"unknown": {"error.option_not_found"}, "equal": {"error.option_ambiguous"}}
_TAKES_NO_INPUT, _TAKEN_BACK = {"error.field_locked"}, {"error.value_refused"}
# How many elements lie over the page, as far as a person sees them.
_FLOATING = """() => {
  const deep = (root) => [...root.querySelectorAll('*')]
    .flatMap((one) => [one, ...(one.shadowRoot ? deep(one.shadowRoot) : [])]);
  const seen = { opacityProperty: true, visibilityProperty: true };
  return deep(document).filter((one) => {
    const box = one.getBoundingClientRect();
    const over = ['absolute', 'fixed'].includes(getComputedStyle(one).position);
    return over && box.width > 100 && box.height > 80 && one.checkVisibility(seen);
  }).length;
}"""
_MANNERS: dict[str, dict[str, str]] = {
    "disabled": {"disabled": ""},
    "read_only": {"read_only": ""},
    "slow": {"slow": "800"},
    "stale": {"slow": "500", "stale": ""},
}


def applicable(control: Control) -> tuple[str, ...]:
    """Return the cells that apply to a control."""
    cells = {*_ALWAYS, *_OF_KIND.get(control.kind, ()), *control.more} - {*control.without}
    return tuple(cell for cell in CELLS if cell in (control.only or cells))


async def row(context: BrowserContext, root: str, control: Control) -> dict[str, tuple[Verdict, str]]:
    """Try all cells of a control; return each one's verdict with what was seen."""
    gate = asyncio.Semaphore(_SIDE_BY_SIDE)

    async def tried(cell: str) -> tuple[Verdict, str]:
        async with gate, asyncio.timeout(_SECONDS):
            told = await _tried(context, root, control, cell)
            if told[0] is Verdict.REFUSED:  # for want of time, perhaps; a wrong value has no second chance
                told = await _tried(context, root, control, cell)
            return told

    cells = applicable(control)
    told = await asyncio.gather(*map(tried, cells))
    return dict(zip(cells, told, strict=True))


async def _tried(context: BrowserContext, root: str, control: Control, cell: str) -> tuple[Verdict, str]:
    page = await context.new_page()
    try:
        if cell == "narrow":
            await page.set_viewport_size({"width": 320, "height": 568})
        form = await _opened(page, root, _address(root, control, cell), cell)
        await form.wait_for_function("window.state")
        return await _cell(_Trial(form, VALUES[control.kind], control), cell)
    finally:
        await page.close()


async def _opened(page: Page, root: str, address: str, cell: str) -> Frame:
    """Open the kit's page, or a page that shows it in a frame, and return the frame of the form."""
    if cell != "framed":
        await page.goto(address, wait_until="commit")
        return page.main_frame
    await page.goto(root)
    await page.set_content(f'<p>Портал</p><iframe src="{escape(address)}" style="width:90%;height:80vh"></iframe>')
    return page.frames[-1]


def _address(root: str, control: Control, cell: str) -> str:
    options: Sequence[str] = EQUAL[control.kind] if cell == "equal" else SEXES if control.kind == "sex" else REGIONS
    manners = {"control": control.name, "options": "|".join(options), **_MANNERS.get(cell, {})}
    if cell == "read_back":
        manners["value"] = VALUES[control.kind].shown
    return f"{root}/{control.page}.html#{urlencode(manners)}"


async def _cell(trial: _Trial, cell: str) -> tuple[Verdict, str]:
    values = trial.values
    if cell == "read_back":
        return await trial.read_back()
    if cell in {"unknown", "equal"}:
        return await trial.refused(UNKNOWN[trial.control.kind] if cell == "unknown" else values.wanted, _REFUSAL[cell])
    if cell in {"disabled", "read_only"}:
        silent = trial.control.silent and cell == "read_only"
        return await trial.refused(values.wanted, _TAKEN_BACK if silent else _TAKES_NO_INPUT)
    verdict = await trial.filled(values.wanted, values.model, FieldStatus.FILLED)
    if verdict[0] is not Verdict.RIGHT or cell not in {"same", "another"}:
        return verdict
    if cell == "same":
        return await trial.filled(values.wanted, values.model, FieldStatus.UNCHANGED)
    return await trial.filled(values.other, values.other_model, FieldStatus.FILLED)


@dataclass(frozen=True)
class _Trial:
    """The frame of a form with one control of a kit between two plain fields."""

    form: Frame
    values: Values
    control: Control

    async def filled(self, value: str, model: str, status: FieldStatus) -> tuple[Verdict, str]:
        """Fill the form; right if the model then holds the value and the next field what was typed there."""
        before, floating = await self._model(), await self.form.evaluate(_FLOATING)
        outcome, later = _both(await self._fill(value))
        state = await self._state()
        closed = await self._closed(floating)
        seen = f"{_told(outcome)} / {_told(later)} / {state} / closed: {closed}"
        astray = state["before"] or (state["after"] not in {"", LATER})
        if astray or (state["model"] not in {model, before, ""}):
            return Verdict.WRONG, seen
        if outcome.status in WELL:
            right = closed and state["model"] == model and later.status in WELL and state["after"] == LATER
            verdict = Verdict.RIGHT if right and outcome.status is status else Verdict.WRONG
            return (Verdict.REFUSED if verdict is Verdict.WRONG and state["model"] == model else verdict), seen
        return Verdict.REFUSED, seen

    async def refused(self, value: str, codes: set[str]) -> tuple[Verdict, str]:
        """Fill what must be refused; right if it is, for the right reason, and the model holds nothing."""
        outcome, _ = _both(await self._fill(value))
        state = await self._state()
        seen = f"{_told(outcome)} / {state}"
        if outcome.status in WELL or state["model"] or state["before"] or state["after"] not in {"", LATER}:
            return Verdict.WRONG, seen
        return (Verdict.RIGHT if outcome.reason in codes else Verdict.REFUSED), seen

    async def read_back(self) -> tuple[Verdict, str]:
        """Read a control that holds a value: it must agree with that value, with no other, and stay as it is."""
        fitting, another = [
            _both(await verify_form(self.form.page, "form", [self._entry(value)], _anywhere, HASTE))[0]
            for value in (self.values.wanted, self.values.other)
        ]
        state = await self._state()
        seen = f"{_told(fitting)} / {_told(another)} / {state}"
        if another.status in WELL or state["model"] != self.values.model:
            return Verdict.WRONG, seen
        right = fitting.status in WELL and another.status is FieldStatus.MISMATCH
        return (Verdict.RIGHT if right else Verdict.REFUSED), seen

    async def _closed(self, floating: int) -> bool:
        """Tell whether no more floats over the page than did before, once what goes has had its time to go."""
        with suppress(PlaywrightTimeoutError):
            await self.form.wait_for_function(f"(before) => ({_FLOATING})() <= before", arg=floating, timeout=2000)
            return True
        return False

    async def _fill(self, value: str) -> FormOutcome:
        later = Entry("after", Field(labels=("Дальнейшее",), evidence="test"), LATER)
        return await fill_form(self.form.page, "form", [self._entry(value), later], _anywhere, HASTE)

    def _entry(self, value: str) -> Entry:
        return Entry("field", Field(labels=("Поле",), value=self.values.kind, evidence="test"), value)

    async def _model(self) -> str:
        return (await self._state())["model"]

    async def _state(self) -> Mapping[str, str]:
        state: Mapping[str, str] = await self.form.evaluate("state()")
        return state


def _both(form: FormOutcome) -> tuple[FieldOutcome, FieldOutcome]:
    """Return what became of the control and of the field after it; a field that is not told was not found."""
    told = {outcome.field: outcome for outcome in form.fields}
    return told.get("field", _NOT_FOUND), told.get("after", _NOT_FOUND)


def _told(outcome: FieldOutcome) -> str:
    return f"{outcome.status} {outcome.reason} {dict(outcome.facts).get('candidates', '')}".strip()


def _anywhere(_: Frame) -> None:
    """Let the page be typed on: it is on loopback."""
