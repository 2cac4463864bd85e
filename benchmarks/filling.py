"""A form filled and read back by labels alone, beside scripts that know every selector."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from playwright._impl.transport import PipeTransport  # it has no public place where messages pass (Playwright 1.65)
from playwright.async_api import expect
from rich.table import Table

from benchmarks.measuring import console, show_machine
from nmo_autofill.browser.controls import PATIENT
from nmo_autofill.browser.form_filler import fill_form, verify_form
from nmo_autofill.browser.session import open_browser
from nmo_autofill.browser.survey import survey
from nmo_autofill.plan.entry import Entry
from nmo_autofill.portal.model import Field, ValueKind
from nmo_autofill.portal.model import Page as KnownPage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from playwright.async_api import Frame, Locator, Page

FORM = (Path(__file__).parent / "form.html").as_uri()
KINDS = {
    "citizenship": ValueKind.OPTION,
    "region": ValueKind.OPTION,
    "sex": ValueKind.OPTION,
    "snils": ValueKind.DIGITS,
    "phone": ValueKind.PHONE,
    "birth_date": ValueKind.DATE,
    "consent": ValueKind.CHECKED,
    "agreement": ValueKind.CHECKED,
}
VALUES = {
    "snils": ("СНИЛС", "11223344595"),
    "surname": ("Фамилия", "Ковалёва"),
    "name": ("Имя", "Анна"),
    "patronymic": ("Отчество", "Игоревна"),
    "citizenship": ("Гражданство", "Россия"),
    "region": ("Регион постоянного проживания", "Омская область"),
    "sex": ("Пол", "Женский"),
    "birth_date": ("Дата рождения", "14.03.2004"),
    "email": ("Адрес электронной почты", "kovalyova@example.org"),
    "phone": ("Номер телефона", "+79134012238"),
    "series": ("Серия", "7725"),
    "number": ("Номер", "000100212"),
    "consent": ("Согласие на обработку персональных данных", "yes"),
    "agreement": ("Я прочитал и согласен с пользовательским соглашением", "yes"),
}
FIELDS = {
    key: Field(labels=(label,), value=KINDS.get(key, ValueKind.TEXT), evidence="benchmark")
    for key, (label, _) in VALUES.items()
}
KNOWN = KnownPage(title="форма", fields=FIELDS)
# Until no value has changed for so many milliseconds, written without the tool.
_REST = """(quiet) => new Promise((done) => {
  const values = () => [...document.forms[0].elements].map((one) => [one.value, one.checked].join()).join(";");
  let [last, since] = [values(), performance.now()];
  const timer = setInterval(() => {
    if (values() !== last) [last, since] = [values(), performance.now()];
    if (performance.now() - since >= quiet) { clearInterval(timer); done(); }
  }, 40);
})"""
_NOTES = {"__waitInfo__", "updateSubscription"}  # to the driver: nobody waits for an answer
ENTRIES = [Entry(key, FIELDS[key], value) for key, (_, value) in VALUES.items()]


async def by_labels(page: Page) -> None:
    """Do it as the tool does."""
    outcome = await fill_form(page, "form", ENTRIES, _anywhere)
    if not outcome.agrees:
        raise RuntimeError


async def by_hand(page: Page) -> None:
    """Fill and check as a script does that was written for this page alone."""
    await typed(page, _stayed_in)
    await checked(page)


async def typed(page: Page, left: Callable[[Locator], Awaitable[None]]) -> None:
    """Fill the form by its ids; `left`: what is done with a text or list then."""
    for key, (_, value) in VALUES.items():
        control = page.locator(f"#{key}")
        match KINDS.get(key):
            case ValueKind.CHECKED:
                await control.check()
            case ValueKind.OPTION if key == "sex":
                await page.locator("#female").check()
            case ValueKind.OPTION:
                await control.select_option(value)
                await left(control)
            case _:
                await control.fill(value)
                await left(control)


async def checked(page: Page) -> None:
    """Check every field by its id."""
    for key, (_, value) in VALUES.items():
        if key == "sex" or KINDS.get(key) is ValueKind.CHECKED:
            await expect(page.locator("#female" if key == "sex" else f"#{key}")).to_be_checked()
        else:
            await expect(page.locator(f"#{key}")).to_have_value(value)


async def checked_at_rest(page: Page) -> None:
    """Check every field once no value has changed for as long as the tool waits."""
    await page.evaluate(_REST, PATIENT.quiet * 1000)
    await checked(page)


async def by_hand_to_rest(page: Page) -> None:
    """Do what the tool promises, too: check once no control has changed for as long as the tool waits."""
    await typed(page, _stayed_in)
    await checked_at_rest(page)


async def by_hand_as_a_person(page: Page) -> None:
    """Do what the tool promises, and leave every text and list by Tab, for pages reformat and check a field then."""
    await typed(page, _left)
    await checked_at_rest(page)


async def _left(control: Locator) -> None:
    await control.press("Tab")


async def _stayed_in(_: Locator) -> None:
    """Let the next control take the focus."""


async def survey_and_read_back(page: Page) -> None:
    """Survey the page, and read the filled form back."""
    await survey(page, KNOWN.fields)
    await verify_form(page, "form", ENTRIES, _anywhere)


@contextmanager
def messages() -> Iterator[list[str]]:
    """Collect the names of what is asked of the browser while the block runs: each is a round trip."""
    sent: list[str] = []
    send = PipeTransport.send

    def counted(self: PipeTransport, message: dict[str, Any]) -> None:
        if message["method"] not in _NOTES:
            sent.append(message["method"])
        send(self, message)

    PipeTransport.send = counted  # type: ignore[method-assign]  # (to count, and only here)
    try:
        yield sent
    finally:
        PipeTransport.send = send  # type: ignore[method-assign]  # (put back)


async def measured(rounds: int) -> None:
    """Print a table: the median of the rounds, and the round trips."""
    works: dict[str, Callable[[Page], Awaitable[None]]] = {
        "by hand": by_hand,
        "by hand, at rest": by_hand_to_rest,
        "by hand, left, at rest": by_hand_as_a_person,
        "by labels": by_labels,
    }
    seconds: dict[str, list[float]] = {name: [] for name in works}
    trips: dict[str, int] = {}
    async with open_browser(headed=False) as browser:
        page = await browser.new_page()
        for number in range(rounds + 1):
            for name, work in works.items():
                await page.goto(FORM)
                with messages() as sent:
                    begun = perf_counter()
                    await work(page)
                    took = perf_counter() - begun
                trips[name] = len(sent)
                if number:  # the first round only warms up
                    seconds[name].append(took)
        with messages() as sent:
            await survey_and_read_back(page)
    besides = ("by hand", "by hand, at rest", "by hand, left, at rest")
    columns = ("× by hand", "× at rest", "× left, at rest")
    table = Table("work", "min", "median", "max", *columns, "round trips", title="A form of 14 fields")
    for name, took_each in seconds.items():
        ratios = (f"{median(took_each) / median(seconds[beside]):.2f}" for beside in besides)
        times = (f"{figure:.3f} s" for figure in (min(took_each), median(took_each), max(took_each)))
        table.add_row(name, *times, *ratios, str(trips[name]))
    table.add_row("survey and reading back", "", "", "", "", "", "", f"{len(sent)}: {', '.join(sent)}")
    console.print(table)


def _anywhere(_: Frame) -> None:
    """Let the page be typed on: it is a file."""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    show_machine(rounds := parser.parse_args().rounds)
    asyncio.run(measured(rounds))
