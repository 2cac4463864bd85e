"""The filler of forms: every entry typed, then the whole form read back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nmo_autofill.browser.controls import PATIENT, Control, Patience, recognise, recognised
from nmo_autofill.browser.controls.agreement import agrees
from nmo_autofill.browser.controls.control import holds
from nmo_autofill.browser.controls.popup import closed_beside
from nmo_autofill.browser.controls.requests import Requests
from nmo_autofill.browser.drift import called, near
from nmo_autofill.browser.failures import driven, mapped
from nmo_autofill.browser.finder import ask_again, field_locator, listed, locate, other_labels, queries, query, selected
from nmo_autofill.browser.frame import form_frames
from nmo_autofill.browser.obstacle import explained, hiding, told_of
from nmo_autofill.browser.pulse import answering
from nmo_autofill.browser.survey import survey
from nmo_autofill.errors import (
    FieldAmbiguousError,
    FieldCoveredError,
    FieldError,
    FieldNotFoundError,
    ValueLostError,
    ValueRefusedError,
)
from nmo_autofill.outcome import FieldOutcome, FieldStatus, FormOutcome
from nmo_autofill.portal.model import ValueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.async_api import Frame, Page

    from nmo_autofill.plan.entry import Entry
    from nmo_autofill.portal.model import Field

_STATUS_BY_ERROR: dict[type[FieldError], FieldStatus] = {
    FieldNotFoundError: FieldStatus.NOT_FOUND,
    FieldAmbiguousError: FieldStatus.AMBIGUOUS,
}
_WELL = frozenset({FieldStatus.FILLED, FieldStatus.UNCHANGED})


async def fill_form(
    page: Page,
    page_key: str,
    entries: Sequence[Entry],
    guard: Callable[[Frame], None],
    patience: Patience = PATIENT,
) -> FormOutcome:
    """Make the form show every entry, then read the whole form back; fields that others reset are typed once more.

    The form stands in the page, or in a frame of its own origin. `guard` is called with that frame around each field
    that is typed into and around reading back (it can go elsewhere on a focus or a click); what it raises goes
    through. Nothing is read back until what the page has asked servers for since is there, at the latest after
    `patience.options` seconds, and no control has changed for `patience.quiet`: what a page resets later is not seen.
    A field that could not be filled is told in its outcome, and the rest is filled all the same, so that all troubles
    are told at once. An optional field (`required` is False, or its value is empty) that the page does not have is left
    out of the outcome.

    Raises:
        HostRefusedError: by `guard`.
        BrowserError: the browser failed or closed.
        PageSilentError: the page answered nothing for `patience.silence` seconds, and was closed.
    """
    async with answering(page, patience.silence):
        form = await _form(page, entries, guard, patience)
        outcomes = map(_twofold, entries) if form is None else await _filled(form)
        return FormOutcome(page_key, tuple(outcome for outcome in outcomes if outcome))


async def _filled(form: _Form) -> list[FieldOutcome | None]:
    """Fill the form, read it back once what it asked servers for has come, and type once more what others reset."""
    with Requests(form.frame.page) as requests:
        filled = {entry.key: await form.fill(entry) for entry in form.entries}
        shown = await _shown(form, requests)
        reset = [entry for entry in form.entries if _lost(filled[entry.key], shown[entry.key])]
        if reset:
            filled |= {entry.key: await form.fill(entry) for entry in reset}
            shown = await _shown(form, requests)
    return [_told(filled[entry.key], shown[entry.key]) for entry in form.entries]


async def _shown(form: _Form, requests: Requests) -> dict[str, FieldOutcome | None]:
    """Read the form back at a moment when nothing is under way, or once it was waited for as long as options are."""
    now = asyncio.get_running_loop().time
    end = now() + form.patience.options
    while True:
        await requests.rest(max(0.0, end - now()))
        shown = await form.read_back()
        if not requests.pending() or now() >= end:
            return shown


async def verify_form(
    page: Page,
    page_key: str,
    entries: Sequence[Entry],
    guard: Callable[[Frame], None],
    patience: Patience = PATIENT,
) -> FormOutcome:
    """Read every entry back from freshly located controls; types nothing.

    Statuses: `unchanged` for what agrees, `mismatch` for what does not, `not_found` and `ambiguous`. An optional
    field that the page does not have is left out.

    Raises:
        HostRefusedError: by `guard`, called around reading.
        BrowserError: the browser failed or closed.
        PageSilentError: as `fill_form` says.
    """
    async with answering(page, patience.silence):
        form = await _form(page, entries, guard, patience)
        outcomes = map(_twofold, entries) if form is None else (await form.read_back()).values()
        return FormOutcome(page_key, tuple(outcome for outcome in outcomes if outcome))


async def _form(
    page: Page, entries: Sequence[Entry], guard: Callable[[Frame], None], patience: Patience
) -> _Form | None:
    """Return the form in its frame; None when several frames fit equally."""
    needed = {entry.key for entry in entries if _needed(entry)}
    frame, *others = await form_frames(page, _fields(entries), needed, patience.field)
    return None if others else _Form(frame, entries, guard, patience)


def _twofold(entry: Entry) -> FieldOutcome:
    """Return the outcome of a field whose form stands in several frames that fit equally."""
    label = entry.field.labels[0]
    return _outcome(FieldAmbiguousError(field=entry.key, label=label, candidates=f"{label}; {label}"), entry)


def _outcome(error: FieldError, entry: Entry) -> FieldOutcome:
    status = _STATUS_BY_ERROR.get(type(error), FieldStatus.REFUSED)
    return FieldOutcome(entry.key, status, error.code, tuple(error.facts.items()), error.options)


def _fields(entries: Sequence[Entry]) -> dict[str, Field]:
    return {entry.key: entry.field for entry in entries}


def _lost(filled: FieldOutcome | None, shown: FieldOutcome | None) -> bool:
    return bool(filled and shown and filled.status in _WELL and shown.status not in _WELL)


def _told(filled: FieldOutcome | None, shown: FieldOutcome | None) -> FieldOutcome | None:
    """Return the trouble of filling, else of reading back, else what filling did."""
    if filled is None or shown is None or filled.status not in _WELL:
        return filled or shown
    return filled if shown.status in _WELL else shown


@dataclass(frozen=True)
class _Form:
    """The frame of a page and the entries that are to stand in its form.

    `chosen`: the text of the option that was clicked or selected. An option can have more text than its name, and
    from that text alone a near-twin cannot be told apart afterwards.
    """

    frame: Frame
    entries: Sequence[Entry]
    guard: Callable[[Frame], None]
    patience: Patience
    chosen: dict[str, str] = field(default_factory=dict)

    async def fill(self, entry: Entry) -> FieldOutcome | None:
        """Fill one entry; None for an optional field that is not there."""
        try:
            with driven(entry.key, entry.field.labels[0]):
                control = await self._control(entry)
                self.guard(self.frame)
                changed = not agrees(entry.field.value, entry.value, control.sight.shown)
                if changed:
                    await self._put(control, entry)
                self.guard(self.frame)
                self.chosen[entry.key] = control.chosen
        except FieldError as error:
            return await self._trouble(entry, error)
        return FieldOutcome(entry.key, FieldStatus.FILLED if changed else FieldStatus.UNCHANGED)

    async def _put(self, control: Control, entry: Entry) -> None:
        try:
            async with explained(control.locator, entry.field.value):
                await control.put(entry.value)
        except FieldCoveredError:
            if not await closed_beside(control.locator, self.patience.field):
                raise
            async with explained(control.locator, entry.field.value):
                await control.put(entry.value)

    async def read_back(self) -> dict[str, FieldOutcome | None]:
        """Read all entries back once no control changes any more, at the latest after `patience.field` seconds."""
        self.guard(self.frame)
        with mapped():
            shown = await self._readings()
        self.guard(self.frame)
        told: dict[str, FieldOutcome | None] = {}
        for entry, reading in zip(self.entries, shown, strict=True):
            option = self.chosen.get(entry.key, "")
            agrees = reading is not None and holds(entry.field.value, entry.value, option, reading)
            told[entry.key] = FieldOutcome(entry.key, FieldStatus.UNCHANGED) if agrees else await self._verify(entry)
        return told

    async def _readings(self) -> list[str | None]:
        """Return what all fields show at rest, in one round trip; None for one that is not there, or not alone."""
        found = await selected(self.frame, self.fields.values())
        times = [self.patience.quiet * 1000, self.patience.field * 1000]
        shown: list[str | None] = await ask_again(self.frame, "shownAtRest", [queries(self.fields), found, *times])
        return shown

    async def _verify(self, entry: Entry) -> FieldOutcome | None:
        """Read back by itself an entry that does not agree, waiting while the page may still be settling."""
        self.guard(self.frame)
        try:
            with driven(entry.key, entry.field.labels[0]):
                control = await self._control(entry)
                good = await control.shows(entry.value, self.chosen.get(entry.key, ""))
        except FieldError as error:
            return await self._trouble(entry, error)
        if good:
            return FieldOutcome(entry.key, FieldStatus.UNCHANGED)
        kind, named = entry.field.value, {"field": entry.key, "label": entry.field.labels[0]}
        shown = await control.read()
        lost = kind is not ValueKind.CHECKED and not shown
        mismatch = ValueLostError(**named) if lost else ValueRefusedError(shown=told_of(kind, shown), **named)
        return FieldOutcome(entry.key, FieldStatus.MISMATCH, mismatch.code, tuple(mismatch.facts.items()))

    async def _control(self, entry: Entry) -> Control:
        others, kind = other_labels(self.fields, entry.key), entry.field.value
        if not entry.field.selector:
            by_label = field_locator(self.frame, entry.field, others)
            if control := await recognised(by_label, kind, self.patience):
                return control
        limit = self.patience.field if _needed(entry) else self.patience.settle
        found = await locate(self.frame, entry.key, entry.field, others=others, limit=limit)
        return await recognise(found, kind, self.patience)

    async def _trouble(self, entry: Entry, error: FieldError) -> FieldOutcome | None:
        """Return the outcome that tells of an error; None for an optional field that is not there."""
        if isinstance(error, FieldNotFoundError | ValueRefusedError):
            with mapped():
                cover = await hiding(self.frame, fields=[query(entry.field, other_labels(self.fields, entry.key))])
            if cover is not None:
                error = FieldCoveredError(field=entry.key, label=entry.field.labels[0], cover=cover)
        if isinstance(error, FieldNotFoundError) and not _needed(entry):
            return None
        if isinstance(error, FieldNotFoundError | FieldAmbiguousError):
            self.guard(self.frame)
            seen = await survey(self.frame, self.fields)
            twins = [called(seen, place) for place in seen.claims[entry.key]]
            instead = twins if isinstance(error, FieldAmbiguousError) else near(seen, entry.field.labels[0])
            error.facts["candidates"] = listed(instead)
        return _outcome(error, entry)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields of the entries by key."""
        return _fields(self.entries)


def _needed(entry: Entry) -> bool:
    """Tell whether the page must have the field: for an empty value, no field is as good as an empty one."""
    return entry.field.required and bool(entry.value)
