"""The forms of a run, each held against the portal map before anybody's data are typed into it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nmo_autofill.browser.drift import drift_of
from nmo_autofill.browser.masking import mask
from nmo_autofill.browser.picture import take_picture
from nmo_autofill.outcome import DriftKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from nmo_autofill.browser.picture import Picture
    from nmo_autofill.browser.session import Visit
    from nmo_autofill.browser.survey import Survey
    from nmo_autofill.outcome import Drift

NOWHERE = "—"


@dataclass(frozen=True)
class ChangedPage:
    """A page (its key and title) that is otherwise than the portal map says: what differs, and a picture of it.

    `marks`: for each difference, the frames (left, top, width, height, in pixels of the page) of its controls.
    """

    key: str
    title: str
    drifts: tuple[Drift, ...]
    marks: tuple[tuple[tuple[int, int, int, int], ...], ...]
    picture: Picture | None


@dataclass
class Surveys:
    """What is known of the forms in this run.

    `keep` is given a changed page to show it to people, and returns where.
    """

    keep: Callable[[ChangedPage], str] = lambda _: NOWHERE
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
            changed = await _changed(visit, page, seen, drifts, personal)
            return changed.drifts, self.keep(changed)


async def _changed(
    visit: Visit, page: str, seen: Survey, drifts: Sequence[Drift], personal: Sequence[str]
) -> ChangedPage:
    marks = tuple(tuple(seen.controls[place].frame for place in drift.places) for drift in drifts)
    known = [seen.controls[place].frame for places in seen.claims.values() for place in places]
    picture = await take_picture(visit.page, [*known, *(frame for frames in marks for frame in frames)], personal)
    title = visit.portal.page(page).title
    return ChangedPage(page, title, tuple(_masked(drift, personal) for drift in drifts), marks, picture)


def _masked(drift: Drift, personal: Sequence[str]) -> Drift:
    """Return the difference without personal texts: a label, or an option, can hold any."""
    near = tuple(mask(text, personal) for text in drift.near)
    return replace(drift, text=mask(drift.text, personal), near=near, places=())
