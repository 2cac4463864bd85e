"""Teaching: a person clicks a field that the portal map does not find, and the map learns how to find it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from nmo_autofill.browser.failures import mapped
from nmo_autofill.browser.finder import ask_page
from nmo_autofill.browser.frame import reachable
from nmo_autofill.browser.survey import survey
from nmo_autofill.folding import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.async_api import Page as BrowserPage

    from nmo_autofill.portal.model import Field, Page


class Astray(StrEnum):
    """Why a click taught nothing."""

    NO_FIELD = "no_field"  # nothing that is filled stands there
    ALIKE = "alike"  # neither a label nor an attribute tells it from the page's other controls


@dataclass(frozen=True)
class Lesson:
    """How the field with this key is found from now on: by all these labels, or by a selector where none will do."""

    field: str
    labels: tuple[str, ...] = ()
    selector: str = ""

    def taught(self, page: Page) -> Page:
        """Return the page of the map with the field found so."""
        how = {"selector": self.selector} if self.selector else {"selector": None, "labels": self.labels}
        field = page.fields[self.field].model_copy(update=how)
        return page.model_copy(update={"fields": {**page.fields, self.field: field}})


async def learn(page: BrowserPage, known: Page, key: str, astray: Callable[[Astray], None]) -> Lesson | None:
    """Wait until the person clicks the field, and return what finds it and nothing else; None after Escape.

    The page does not notice the click. `astray` is told of each click that taught nothing, and another one is awaited.
    What is learnt has been tried by the finder itself. Raises BrowserError.
    """
    field = known.fields[key]
    while True:
        with mapped():
            pointed: dict[str, Any] | None = await ask_page(page, "pointed", None)
        if pointed is None:
            return None
        if pointed["place"] < 0:
            astray(Astray.NO_FIELD)
            continue
        with mapped():
            roots = await reachable(page).element_handles()
            frame = await roots[pointed["frame"]].owner_frame() or page.main_frame
        for lesson in _lessons(key, field, pointed):
            seen = await survey(frame, lesson.taught(known).fields)
            if seen.claims[key] == (pointed["place"],):
                return lesson
        astray(Astray.ALIKE)


def _lessons(key: str, field: Field, pointed: dict[str, Any]) -> Iterator[Lesson]:
    """Yield one more label, then that label alone, then selectors: what a person reads goes first."""
    labels = [*map(unmarked, pointed["labels"])]
    yield from (Lesson(key, (label, *field.labels)) for label in labels)
    yield from (Lesson(key, (label,)) for label in labels)
    yield from (Lesson(key, selector=selector) for selector in pointed["selectors"])
