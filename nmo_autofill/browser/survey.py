"""A page as a person sees it: every control with its labels, and which of them are the fields of the portal map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nmo_autofill.browser.failures import mapped
from nmo_autofill.browser.finder import ask_page, queries, selected
from nmo_autofill.browser.frame import form_frames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.async_api import Frame, Page

    from nmo_autofill.portal.model import Field


@dataclass(frozen=True)
class Control:
    """A control that is seen.

    Attributes:
        labels: the texts that name it, the likeliest first; none when nothing does.
        nature: how it is driven: `text`, `date`, `box`, `radio`, `select`, `list` (its options come when it is opened),
            `open` (a list that always stands there), `suggested` (a text with suggestions) or `file`.
        required: whether the page says that it must be filled.
        locked: whether it takes no input now.
        options: those that stand in the page; none of a list that is opened first.
        form: the number of the form that it stands in, from 0; -1 when there is none around it.
        frame: left, top, width and height of what is seen of it, in pixels of the page.
    """

    labels: tuple[str, ...]
    nature: str
    required: bool
    locked: bool
    options: tuple[str, ...]
    form: int
    frame: tuple[int, int, int, int]


@dataclass(frozen=True)
class Survey:
    """What a page holds.

    Attributes:
        controls: those that are seen; a modal dialog hides the page under it.
        claims: by the key of a field, the places of the controls that fit it equally.
        over: the first words of a modal dialog that hides fields of the map; None where there is none.
        frames: how many frames of the page hold as many of the fields.
        framed: whether it is of a frame within the page.
    """

    controls: tuple[Control, ...]
    claims: Mapping[str, tuple[int, ...]]
    over: str | None = None
    frames: int = 1
    framed: bool = False


async def survey_form(page: Page, fields: Mapping[str, Field]) -> Survey:
    """Return what stands in that frame of the page which holds most of the fields. Raises BrowserError."""
    form, *others = await form_frames(page, fields, needed=())
    return replace(await survey(form, fields), frames=1 + len(others), framed=form.parent_frame is not None)


async def survey(scope: Page | Frame, fields: Mapping[str, Field]) -> Survey:
    """Return what stands on the page, or in a frame, now, in one round trip; types nothing, and reads no value.

    Fields are found by the engine that fills them. A modal dialog hides the page under it. Frames within the scope are
    not looked into: each is a scope of its own. Raises BrowserError.
    """
    with mapped():
        found = await selected(scope, fields.values())
        told: dict[str, Any] = await ask_page(scope, "survey", [queries(fields), found])
    controls = (
        Control(
            labels=(*one["labels"],),
            nature=one["nature"],
            required=one["required"],
            locked=one["locked"],
            options=(*one["options"],),
            form=one["form"],
            frame=(*one["frame"],),
        )
        for one in told["controls"]
    )
    claims = {key: (*places,) for key, places in zip(fields, told["fields"], strict=True)}
    return Survey((*controls,), claims, told["over"])
