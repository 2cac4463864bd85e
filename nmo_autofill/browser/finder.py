"""The finder of fields and buttons by the text a person reads: a Playwright selector engine."""

from __future__ import annotations

import json
from contextlib import suppress
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakSet

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame, Locator, Page
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from nmo_autofill.browser.failures import mapped
from nmo_autofill.errors import FieldAmbiguousError, FieldNotFoundError
from nmo_autofill.folding import LOOK_ALIKES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playwright.async_api import ElementHandle, FrameLocator, JSHandle, Playwright

    from nmo_autofill.portal.model import Button, Field

    Scope = Page | Frame | FrameLocator | Locator

_ENGINE = "finder"
_SOURCE = files("nmo_autofill.browser").joinpath("finder.js").read_text("utf-8")
_FINDER = f"({_SOURCE})({json.dumps(LOOK_ALIKES)})"
_ASK = "({ finder, steps, question, more }) => finder.only(steps, question, more ?? undefined)"
# To ask without Playwright's own way to an element, which takes as long again (1.65): how finder.js gets to what a
# locator of `part` locates, and the finder itself as each document keeps it, where the page cannot reach it.
_WAYS: WeakKeyDictionary[Locator, tuple[Frame, tuple[dict[str, object], ...]]] = WeakKeyDictionary()
_KEPT: dict[Frame, JSHandle] = {}
_WATCHED: WeakSet[Page] = WeakSet()  # whose frames are forgotten with their documents
_LONGEST_CANDIDATE = 120
_SEARCHES = count(1)  # one for each locator of a field, which is asked again and again while the field is driven


async def register(playwright: Playwright) -> None:
    """Teach `playwright` the selector engine; once for an instance, before its first page is used.

    It runs in an isolated world: the page neither sees nor changes it. One engine for all that is looked for: each one
    would be compiled anew in every document (nine took 16 ms, Playwright 1.65).
    """
    await playwright.selectors.register(_ENGINE, script=f"{_FINDER}.engine", content_script=True)


def part(scope: Scope, name: str, more: object = None) -> Locator:
    """Return a locator of what finder.js finds from a scope or a control, such as its face or one of its choices."""
    step = {"part": name, "more": more}
    found = scope.locator(f"{_ENGINE}={json.dumps(step)}")
    if isinstance(scope, Page | Frame):
        _WAYS[found] = (scope.main_frame if isinstance(scope, Page) else scope, (step,))
    elif isinstance(scope, Locator) and scope in _WAYS:
        frame, steps = _WAYS[scope]
        _WAYS[found] = (frame, (*steps, step))
    return found


def field_locator(scope: Scope, field: Field, others: Iterable[str] = ()) -> Locator:
    """Return a locator of the control that bears one of the field's labels, as a person reads the page.

    An exact label goes before one with a remark in brackets, that before whole words within a longer text; a one-word
    label is never matched inside a longer text («Номер» is not «Номер телефона»), and a label that another word goes
    on from is another field's («Дата выдачи паспорта» is not «Дата выдачи»). Labels of boxes are stems. A control that
    exactly bears one of `others`, the labels of the form's other fields, is not taken for less than an exact match.
    Fields that fit equally, whichever of the labels they bear, are all located: Playwright's strictness refuses them.
    A modal dialog hides the page under it; any other dialog is a part of the page. What the locator has found it keeps,
    as long as nothing in the page changes; what style sheets alone change is not noticed.
    """
    return part(scope, "field", {**query(field, others), "search": next(_SEARCHES)})


def query(field: Field, others: Iterable[str] = ()) -> dict[str, Any]:
    """Return what finder.js is asked for a field, as `field_locator` tells."""
    return {"labels": field.labels, "others": tuple(others), "kind": field.value}


def other_labels(fields: Mapping[str, Field], key: str) -> list[str]:
    """Return the labels of a form's other fields."""
    return [label for other, field in fields.items() if other != key for label in field.labels]


def queries(fields: Mapping[str, Field]) -> list[dict[str, Any]]:
    """Return what finder.js is asked for the fields of one form; it knows itself that each is another of the others."""
    return [query(field) for field in fields.values()]


def button_locator(scope: Scope, button: Button) -> Locator:
    """Return a locator of the visible button or link that bears one of the labels; under a modal dialog none is."""
    return part(scope, "button", {"labels": button.labels})


async def locate(scope: Scope, key: str, field: Field, *, others: Iterable[str] = (), limit: float = 5) -> Locator:
    """Return the locator of the only control that fits, once it is there.

    Raises:
        FieldNotFoundError: none came within `limit` seconds.
        FieldAmbiguousError: several fit equally; `candidates` are their labels.
    """
    facts = {"field": key, "label": field.labels[0]}
    by_label = field_locator(scope, field, others)
    found = scope.locator(field.selector).or_(by_label) if field.selector else by_label
    if not await _attached(found, limit):
        raise FieldNotFoundError(**facts)
    if field.selector and await scope.locator(field.selector).count():
        found = scope.locator(field.selector)
    else:
        found = by_label
    if await found.count() > 1:
        raise FieldAmbiguousError(candidates=listed([await ask(one, "name") for one in await found.all()]), **facts)
    return found


def listed(names: Iterable[str]) -> str:
    """Return the fact of an error that lists what the page has in place of the one thing that is meant."""
    return "; ".join(" ".join(name.split())[:_LONGEST_CANDIDATE] for name in names) or "–"


def tell(question: str) -> str:
    """Return the script for `evaluate` that asks a function of finder.js about a located element."""
    return f"(element, more) => {_FINDER}.{question}(element, more ?? undefined)"


async def ask(locator: Locator, question: str, limit: float = 5, more: object = None) -> Any:  # noqa: ANN401 (JSON from the page)
    """Return what finder.js answers about a located element: its name, choices, a point to click."""
    now = await _ask_only(locator, question, more)
    return now[0] if now else await locator.evaluate(tell(question), more, timeout=limit * 1000)


async def ask_page(page: Page | Frame, question: str, more: object) -> Any:  # noqa: ANN401 (JSON from the page)
    """Return what finder.js answers about a page, or a frame, as a whole, in one round trip."""
    return await page.evaluate(_of_page(question), more)


async def ask_again(frame: Frame, question: str, more: object) -> Any:  # noqa: ANN401 (as above)
    """Return what finder.js answers about a frame as a whole, by the finder that is kept for it."""
    now = await _ask_kept(frame, {"steps": (), "question": question, "more": more})
    return now[0][0] if now else await ask_page(frame, question, more)


async def ask_for(page: Page, question: str, more: object) -> JSHandle:
    """Return what finder.js finds in a page as a whole, as it stands there."""
    return await page.evaluate_handle(_of_page(question), more)


def _of_page(question: str) -> str:
    return f"(more) => ({tell(question)})(document.documentElement, more)"


async def evaluate(locator: Locator, script: str, more: object, limit: float) -> Any:  # noqa: ANN401 (as above)
    """Return what a script says of the only element, waiting up to `limit` seconds for one.

    One round trip where it is there already; Playwright's own `evaluate` takes three (1.65).
    """
    now = await _evaluate_only(locator, script, more)
    return now[0] if now else await locator.evaluate(script, more, timeout=limit * 1000)


async def ask_now(locator: Locator, question: str, more: object = None) -> Any:  # noqa: ANN401 (as above)
    """Return what finder.js answers about the only element that is located now; None for none and for several."""
    now = await _ask_only(locator, question, more)
    return now[0] if now else None


async def _ask_only(locator: Locator, question: str, more: object) -> list[Any] | None:
    if locator not in _WAYS:
        return await _evaluate_only(locator, tell(question), more)
    frame, steps = _WAYS[locator]
    asked = {"steps": steps, "question": question, "more": more}
    if now := await _ask_kept(frame, asked):
        return now[0]  # type: ignore[no-any-return]  # (JSON)
    if frame.page not in _WATCHED:
        _WATCHED.add(frame.page)
        frame.page.on("framenavigated", _forget)
        frame.page.on("framedetached", _forget)
        frame.page.once("close", _forget_all)
    _KEPT[frame] = await frame.evaluate_handle(_FINDER)
    return await frame.evaluate(_ASK, {"finder": _KEPT[frame], **asked})  # type: ignore[no-any-return]  # (JSON)


async def _ask_kept(frame: Frame, asked: Mapping[str, object]) -> list[Any]:
    """Return what the kept finder tells, in a list of its own; an empty one where none is kept."""
    if kept := _KEPT.get(frame):
        with suppress(PlaywrightError):  # it goes with its document; anything else that is amiss comes up again
            return [await frame.evaluate(_ASK, {"finder": kept, **asked})]
    return []


def _forget(frame: Frame) -> None:
    _KEPT.pop(frame, None)


def _forget_all(page: Page) -> None:
    for frame in page.frames:
        _forget(frame)


async def _evaluate_only(locator: Locator, script: str, more: object) -> list[Any] | None:
    now: list[Any] | None = await locator.evaluate_all(
        f"async (found, more) => found.length === 1 ? [await ({script})(found[0], more)] : null", more
    )
    return now


async def selected(scope: Scope, fields: Iterable[Field]) -> list[list[ElementHandle]]:
    """Return for each field what its explicit alternative finds; nothing where it has none."""
    return [await scope.locator(field.selector).element_handles() if field.selector else [] for field in fields]


async def _attached(locator: Locator, limit: float) -> bool:
    with mapped():
        try:
            await locator.first.wait_for(state="attached", timeout=limit * 1000)
        except PlaywrightTimeoutError:
            return False
    return True
