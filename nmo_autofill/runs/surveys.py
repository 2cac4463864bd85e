"""The forms of a run, each held against the portal map before anybody's data are typed into it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from nmo_autofill.browser.drift import drift_of
from nmo_autofill.browser.masking import mask
from nmo_autofill.browser.picture import take_picture
from nmo_autofill.browser.survey import survey_form
from nmo_autofill.outcome import DriftKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from nmo_autofill.browser.picture import Frame, Picture
    from nmo_autofill.browser.session import Visit
    from nmo_autofill.browser.survey import Survey
    from nmo_autofill.outcome import Drift, FieldOutcome

NOWHERE = ""


@dataclass(frozen=True)
class Snapshot:
    """A page (its key and title) that stopped somebody: what is wrong there, and a picture of it.

    Either it is otherwise than the portal map says (`drifts`), or some of its `fields` do not agree. `marks`: for each
    of these, the frames (left, top, width, height, in pixels of the page) of its controls. A form in a frame has no
    picture.
    """

    key: str
    title: str
    drifts: tuple[Drift, ...]
    fields: tuple[FieldOutcome, ...]
    marks: tuple[tuple[Frame, ...], ...]
    picture: Picture | None = None


@dataclass
class Surveys:
    """What is known of the forms in this run.

    `keep` is given a page that stopped somebody, to show it to people, and returns where.
    """

    keep: Callable[[Snapshot], str] = lambda _: NOWHERE
    _as_known: set[str] = field(default_factory=set)
    _looking: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def drifts(
        self, visit: Visit, page: str, wanted: Collection[str], personal: Sequence[str]
    ) -> tuple[tuple[Drift, ...], str]:
        """Return what is otherwise on the page that is shown, and where that is shown; nothing once it was as known.

        An option that the list has not counts when it is `wanted`. Whoever comes second waits for the first one's look.
        Raises BrowserError.
        """
        async with self._looking[page]:
            if page in self._as_known:
                return (), NOWHERE
            seen, found = await drift_of(visit.page, visit.portal.page(page))
            drifts = (*(one for one in found if one.kind is not DriftKind.OPTION or one.text in wanted),)
            if not drifts:
                self._as_known.add(page)
                return (), NOWHERE
            marks = tuple(_frames(seen, drift.places) for drift in drifts)
            masked = tuple(_masked(drift, personal) for drift in drifts)
            snapshot = Snapshot(page, visit.portal.page(page).title, masked, (), marks)
            return masked, await self._kept(visit, seen, snapshot, personal)

    async def disagreement(
        self, visit: Visit, page: str, fields: Sequence[FieldOutcome], personal: Sequence[str]
    ) -> str:
        """Return where a filled page is shown, with the fields that do not agree. Raises BrowserError."""
        seen = await survey_form(visit.page, visit.portal.page(page).fields)
        wrong = tuple(field for field in fields if not field.agrees)
        marks = tuple(_frames(seen, seen.claims.get(field.field, ())) for field in wrong)
        snapshot = Snapshot(page, visit.portal.page(page).title, (), wrong, marks)
        return await self._kept(visit, seen, snapshot, personal)

    async def _kept(self, visit: Visit, seen: Survey, snapshot: Snapshot, personal: Sequence[str]) -> str:
        known = chain.from_iterable(_frames(seen, places) for places in seen.claims.values())
        if seen.framed:
            return self.keep(snapshot)  # whatever the page shows around and over a frame would have to be masked, too
        picture = await take_picture(visit.page, [*known, *chain.from_iterable(snapshot.marks)], personal)
        return self.keep(replace(snapshot, picture=picture))


def _frames(seen: Survey, places: Sequence[int]) -> tuple[Frame, ...]:
    return tuple(seen.controls[place].frame for place in places)


def _masked(drift: Drift, personal: Sequence[str]) -> Drift:
    """Return the difference without personal texts: a label, or an option, can hold any."""
    near = tuple(mask(text, personal) for text in drift.near)
    return replace(drift, text=mask(drift.text, personal), near=near, places=())
