"""One field and the value it is to show."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nmo_autofill.portal.model import Field


@dataclass(frozen=True)
class Entry:
    """The field `key`, as the portal map knows it, and its value as the portal shows it.

    `value` by kind: text as typed; СНИЛС and other digits as bare digits; a phone as E.164;
    a date as `дд.мм.гггг`; an option as its text; a ticked box as `yes`; an empty text: the field is to be empty.
    The value is kept out of `repr`, so that no log or traceback can show it.
    """

    key: str
    field: Field
    value: str = dataclasses.field(repr=False)
