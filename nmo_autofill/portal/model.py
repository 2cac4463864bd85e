"""The portal map's nouns: portal map, page, field, button, table, letters."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Member


class ValueKind(StrEnum):
    """How a field's value is typed and compared."""

    TEXT = "text"  # character for character
    DIGITS = "digits"  # digits only: a mask adds the rest
    PHONE = "phone"  # digits of an E.164 number: the page may show +7, 8 or neither
    DATE = "date"  # a calendar day, shown as дд.мм.гггг
    OPTION = "option"  # one of the listed options
    CHECKED = "checked"  # a box that must be ticked


class Part(BaseModel):
    """What all parts of a portal map have in common: they are frozen and take no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Field(Part):
    """A field of a form, found by what a person reads.

    Attributes:
        labels: the texts that may name the field, the likeliest first.
        value: how its value is typed and compared.
        required: whether the page must have it; an optional one that is not there is left out.
        options: the text of an option by the profile's own word for it (`female`: «Женский»).
        selector: an explicit alternative (a Playwright selector) that goes before the labels; an empty text for none.
        evidence: where the fact comes from (reference/portal-facts.md), with its mark.
    """

    labels: tuple[str, ...] = Member(min_length=1)
    value: ValueKind = ValueKind.TEXT
    required: bool = True
    options: dict[str, str] = {}
    selector: str | None = None
    evidence: str = Member(min_length=1)


class Button(Part):
    """A button or link; `irreversible` presses belong to a person on a production host."""

    labels: tuple[str, ...] = Member(min_length=1)
    irreversible: bool = False
    evidence: str = Member(min_length=1)


class Table(Part):
    """A list that the portal shows as a table.

    Attributes:
        columns: the headings of each field's column.
        empty: texts that stand there instead while the list is empty. Without the table or such a text nobody
            knows what the list holds, and "nothing is there" must not be believed.
        more: texts which show that the list goes on elsewhere.
    """

    columns: dict[str, tuple[str, ...]]
    empty: tuple[str, ...] = Member(min_length=1)
    more: tuple[str, ...] = ()
    evidence: str = Member(min_length=1)


class Page(Part):
    """One page or dialog of the portal.

    Attributes:
        title: what people call it, in Russian, for messages.
        headings: texts of headings that tell that the page is shown.
        fields, buttons, tables: its parts by key.
        texts: other texts by what they tell, such as `success`; `shown` tells, beside headings, that the page is there.
    """

    title: str
    headings: tuple[str, ...] = ()
    fields: dict[str, Field] = {}
    buttons: dict[str, Button] = {}
    tables: dict[str, Table] = {}
    texts: dict[str, tuple[str, ...]] = {}

    @property
    def required(self) -> set[str]:
        """The keys of the fields without which it is not this page's form."""
        return {key for key, field in self.fields.items() if field.required}


class Overlay(Part):
    """What lies over pages at times, known by a text, and may be closed by a button that changes nothing else."""

    text: str = Member(min_length=1)
    close: Button


class Zeros(Part):
    """What stands for series and number while the certificate is not in hand."""

    series: str = Member(pattern="^0+$")
    number: str = Member(pattern="^0+$")
    evidence: str = Member(min_length=1)


class Letters(Part):
    """Texts in the portal's letters that announce what is looked for.

    `confirmation` stands in the letter with the link that confirms the address. `senders` are the addresses, or the
    domains with `@`, from which the portal writes; none while nobody knows them. `link_hours`: how
    long the link is valid.
    """

    confirmation: tuple[str, ...]
    login: tuple[str, ...]
    password: tuple[str, ...]
    senders: tuple[str, ...] = ()
    link_hours: int = Member(default=24, gt=0)
    evidence: str = Member(min_length=1)


class Pace(Part):
    """How fast people are entered, on whatever machines the group is run.

    Attributes:
        seconds: the least time between the beginnings of two people of a group.
        people_a_day: how many people are entered in a day of this computer's calendar; no limit when there is none.
        evidence: where it comes from, with its mark.
    """

    seconds: float = Member(default=0, ge=0)
    people_a_day: int | None = Member(default=None, gt=0)
    evidence: str = Member(min_length=1)


class PortalMap(Part):
    """All that the tool knows of one portal.

    Attributes:
        name: how the command line calls it.
        title: how messages call it.
        hosts: names of the hosts where personal data may be typed, over HTTPS; loopback always counts as a test host.
        entry: address of the front page by level of education (`spo`, `vo`).
        support: e-mail address of the portal's support, empty while nobody knows it.
        answer_seconds: the longest that the portal takes to answer a press.
        pace: how fast people may be entered.
        overlays: what lies over pages at times, by key.
        lists: names in the portal's lists beyond the reference lists, by list (`regions`, `specialties_spo` ...).
    """

    name: str
    title: str
    hosts: frozenset[str] = frozenset()
    entry: dict[str, str] = {}
    support: str = ""
    answer_seconds: float = Member(gt=0)
    pace: Pace
    zeros: Zeros
    letters: Letters
    pages: dict[str, Page]
    overlays: dict[str, Overlay] = {}
    lists: dict[str, tuple[str, ...]] = {}

    def page(self, key: str) -> Page:
        """Return the page `key`; raises KeyError."""
        return self.pages[key]

    def field(self, path: str) -> Field:
        """Return the field `page.field`; raises KeyError."""
        page, _, key = path.partition(".")
        return self.pages[page].fields[key]
