"""What is otherwise on a page than the portal map says."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from nmo_autofill.browser.controls.control import PATIENT, next_change
from nmo_autofill.browser.controls.options import nearest
from nmo_autofill.browser.failures import mapped
from nmo_autofill.browser.frame import clear
from nmo_autofill.browser.pulse import answering
from nmo_autofill.browser.survey import survey_form
from nmo_autofill.folding import fold, unmarked
from nmo_autofill.outcome import Drift, DriftKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.async_api import Page as BrowserPage

    from nmo_autofill.browser.survey import Survey
    from nmo_autofill.portal.model import Page

_NEAREST = 3
_GLANCE = 0.25  # seconds


async def drift_of(page: BrowserPage, known: Page, seconds: float = PATIENT.field) -> tuple[Survey, tuple[Drift, ...]]:
    """Return what stands on the page, and every difference that is still there after so many seconds.

    Pages build themselves piece by piece: a difference is believed once it has had its time to go. One that never comes
    to rest is told as it stands. Raises BrowserError and PageSilentError.
    """
    async with answering(page, PATIENT.silence):
        return await _drift_of(page, known, seconds)


async def _drift_of(page: BrowserPage, known: Page, seconds: float) -> tuple[Survey, tuple[Drift, ...]]:
    now = asyncio.get_running_loop().time
    end = now() + seconds
    with mapped(), suppress(PlaywrightTimeoutError):
        await page.wait_for_load_state("networkidle", timeout=seconds * 1000)
    while True:
        with mapped():
            await clear(page, seconds)
        seen = await survey_form(page, known.fields)
        found = drift(known, seen)
        if not found or now() >= end:
            return seen, found
        with mapped():
            await next_change(page.locator(":root"), _GLANCE, seconds)


def drift(known: Page, seen: Survey) -> tuple[Drift, ...]:
    """Return every difference, in the order of the map and then of the page; only that one where a dialog hides it."""
    if seen.over is not None:
        return (Drift(DriftKind.COVERED, "", seen.over),)
    return (*_of_fields(known, seen), *_new(seen))


def unclaimed(seen: Survey) -> tuple[int, ...]:
    """Return the places of the controls that no field is."""
    claimed = {place for places in seen.claims.values() for place in places}
    return tuple(place for place in range(len(seen.controls)) if place not in claimed)


def near(seen: Survey, label: str) -> dict[str, int]:
    """Return the names nearest to a label of those controls that no field is, each with its place."""
    free = {called(seen, place): place for place in unclaimed(seen) if seen.controls[place].labels}
    return {name: free[name] for name in _nearest(label, free)}


def called(seen: Survey, place: int) -> str:
    """Return what a person calls the control: its label without the mark of what must be filled."""
    return unmarked("".join(seen.controls[place].labels[:1]))


def _of_fields(known: Page, seen: Survey) -> Iterator[Drift]:
    for key, field in known.fields.items():
        places = seen.claims[key]
        label = field.labels[0]
        if len(places) > 1 or (places and seen.frames > 1):
            names = tuple(called(seen, place) for place in places) * seen.frames
            yield Drift(DriftKind.SEVERAL, key, label, names, places)
        elif not places and field.required:
            instead = near(seen, label)
            yield Drift(DriftKind.MISSING, key, label, (*instead,), (*instead.values(),))
        for place in places[:1]:
            options = seen.controls[place].options
            there = {fold(option) for option in options}
            for wanted in field.options.values() if options else ():
                if fold(wanted) not in there:
                    yield Drift(DriftKind.OPTION, key, wanted, _nearest(wanted, options), (place,))


def _new(seen: Survey) -> Iterator[Drift]:
    """Yield what must be filled in the form of the known fields, or anywhere when none of them is there."""
    forms = {seen.controls[place].form for places in seen.claims.values() for place in places}
    for place in unclaimed(seen):
        control = seen.controls[place]
        if control.required and not control.locked and (control.form in forms or not forms):
            yield Drift(DriftKind.NEW, "", called(seen, place), places=(place,))


def _nearest(text: str, choices: Iterable[str]) -> tuple[str, ...]:
    return (*nearest(text, [*choices])[:_NEAREST],)
