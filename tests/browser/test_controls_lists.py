"""Lists: the option that was meant, from a list that may be slow, stale or long."""

# ruff: noqa: E501 (a page stands on one line)
from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from nmo_autofill.browser.controls import Patience, recognise
from nmo_autofill.browser.failures import driven
from nmo_autofill.browser.finder import locate
from nmo_autofill.errors import ListTooLongError, OptionAmbiguousError, OptionNotFoundError, ValueRefusedError
from nmo_autofill.portal.model import Field, ValueKind

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

    from tests.browser.conftest import Drive, InPage

PAGE = (Path(__file__).parent / "pages" / "combobox.html").as_uri()
REEL = (Path(__file__).parent / "pages" / "reel.html").as_uri()
FIELD = Field(labels=("Поле",), value=ValueKind.OPTION, evidence="test")
TWINS = "Реабилитационное сестринское дело,Сестринское дело,Сестринское дело в педиатрии"


HASTE = Patience(field=1, options=2.5, settle=0.4, reel=5)
# For what only begins once the page has been drawn again, on a machine with much to do.
CALM = Patience(field=2, options=3, settle=0.9, reel=9)


def chosen(
    in_page: InPage, wanted: str, patience: Patience = HASTE, **manners: str | int
) -> tuple[bool, str, bool, list[str], bool]:
    """Fill the combobox with these manners; tell changed, shown, changed again, what was clicked, popup closed."""

    async def visit(page: Page) -> tuple[bool, str, bool, list[str], bool]:
        await page.goto(f"{PAGE}#{urlencode(manners)}")
        with driven("field", "Поле"):
            found = await locate(page, "field", FIELD, limit=1)
            control = await recognise(found, ValueKind.OPTION, patience)
            changed = await control.fill(wanted)
            shown = await control.read()
            again = await control.fill(shown)
        closed = await page.locator("#popup").count() == 0
        return changed, shown, again, await page.evaluate("events"), closed

    return in_page(visit)


MANNERS: dict[str, dict[str, Any]] = {
    "typed": {},
    "slow": {"slow": 600},
    "finds only beginnings": {"starts": ""},
    "select-only": {"select": ""},
    "select-only, slow": {"select": "", "slow": 600},
    "a mark without words while the options come": {"slow": 700, "busy": "presentation"},
    "an option without words while the options come": {"slow": 700, "busy": "option"},
    "search line in the popup": {"search": "", "slow": 100},
    "no link to the list": {"unlinked": ""},
    "opens by key": {"keyboard": "", "select": ""},
    "shows the choice late": {"lag": 200},
    "another value before": {"value": "Костромская область"},
}


@pytest.mark.parametrize("manners", MANNERS.values(), ids=MANNERS.keys())
def test_the_option_is_chosen_once(in_page: InPage, manners: dict[str, Any]) -> None:
    option = "Омская область"
    assert chosen(in_page, option, **manners) == (True, option, False, [option], True)


@pytest.mark.parametrize("manners", [{}, {"select": ""}, {"slow": 300}, {"search": ""}])
def test_a_near_twin_is_not_chosen(in_page: InPage, manners: dict[str, Any]) -> None:
    assert chosen(in_page, "Сестринское дело", options=TWINS, **manners)[3] == ["Сестринское дело"]


def test_options_of_the_previous_query_are_waited_out(in_page: InPage) -> None:
    told = chosen(in_page, "Омская область", options="Алтайский край,Омская область", stale="", slow=250)
    assert told == (True, "Омская область", False, ["Омская область"], True)


def test_an_option_with_more_text_than_the_name(in_page: InPage) -> None:
    colleges = "Омский колледж^г. Омск,Томский колледж^г. Томск"
    assert chosen(in_page, "Омский колледж", options=colleges)[1] == "Омский колледж"


def test_another_spelling_is_found_by_a_shorter_query(in_page: InPage) -> None:
    assert chosen(in_page, "Орел город", options="Орёл город,Омск город")[1] == "Орёл город"


def test_what_is_shown_already_is_left_alone(in_page: InPage) -> None:
    assert chosen(in_page, "Омская область", value="Омская область") == (False, "Омская область", False, [], True)


@pytest.mark.parametrize("manners", [{}, {"select": ""}, {"search": ""}])
def test_an_unknown_option_is_told_with_the_nearest(in_page: InPage, manners: dict[str, Any]) -> None:
    with pytest.raises(OptionNotFoundError) as caught:
        chosen(in_page, "Омская обл", **manners)
    assert "Омская область" in caught.value.facts["candidates"]


def test_two_options_that_read_alike_are_a_question(in_page: InPage) -> None:
    with pytest.raises(OptionAmbiguousError):
        chosen(in_page, "Омск", options="Омск,Омск")


def test_a_part_of_an_option_of_the_previous_query_is_not_taken(in_page: InPage) -> None:
    """The old options stand for longer than a list usually takes to settle."""
    manners: dict[str, Any] = {
        "first": "Омская область (55),Алтайский край",
        "options": "Омская область",
        "stale": "",
        "slow": 1000,
    }
    told = chosen(in_page, "Омская область", **manners)
    assert told == (True, "Омская область", False, ["Омская область"], True)


def test_a_part_of_an_option_is_taken_of_an_answer_that_has_other_options_too(in_page: InPage) -> None:
    colleges = "Омский колледж (55),Омский институт (55),Томский колледж (70),Курский институт (46)"
    told = chosen(in_page, "Омский колледж", options=colleges, fuzzy="", slow=100)
    assert told[3] == ["Омский колледж (55)"]


PLACES = [f"Место {number}" for number in range(30)]
SERVER = "http://127.0.0.1:9/more"
LATER: dict[str, dict[str, Any]] = {
    "at once": {"select": ""},
    "soon": {"select": "", "more": 250},
    "from a slow server": {"select": "", "remote": SERVER},
    "later, as the list says itself": {"select": "", "more": 1300, "marked": ""},
    "as a query finds them": {},
}


def paged(in_page: InPage, wanted: str, options: list[str], **manners: str | int) -> list[str]:
    """Return what was clicked in a list that brings ten options at a time; the server takes long for more."""

    async def answer(route: Route) -> None:
        await asyncio.sleep(1.3)  # noqa: TID251 (the server is to be slow)
        await route.fulfill(body="", headers={"Access-Control-Allow-Origin": "*"})

    async def serve(page: Page) -> None:
        await page.unroute_all()
        await page.route(SERVER, answer)

    in_page(serve)
    return chosen(in_page, wanted, CALM, options=",".join(options), pages=10, **manners)[3]


@pytest.mark.parametrize("manners", LATER.values(), ids=LATER.keys())
def test_an_option_that_comes_when_the_list_is_wound_is_chosen(in_page: InPage, manners: dict[str, Any]) -> None:
    wanted = "Место последнее"
    assert paged(in_page, wanted, [*PLACES[:25], wanted, *PLACES[25:]], **manners) == [wanted]


@pytest.mark.parametrize("manners", LATER.values(), ids=LATER.keys())
def test_a_twin_that_comes_when_the_list_is_wound_is_seen(in_page: InPage, manners: dict[str, Any]) -> None:
    with pytest.raises(OptionAmbiguousError):
        paged(in_page, "Место 7", [*PLACES[:25], "Место 7"], **manners)


GOING = "a page in place of the one before"
REELS: dict[str, dict[str, Any]] = {
    "virtual": {"kind": "virtual"},
    "virtual, opened in the middle": {"kind": "virtual", "open": 300},
    "virtual, opened at its end": {"kind": "virtual", "open": 9999},
    "nearly all of it in the page": {"kind": "virtual", "height": 560, "open": 9999},
    GOING: {"kind": "replaced"},
    "growing both ways": {"kind": "growing", "open": 160},
}


def wound(in_page: InPage, wanted: str, options: list[str], **manners: str | int) -> list[str]:
    """Return what was clicked in a list of which a part is in the page."""

    async def visit(page: Page) -> list[str]:
        await page.goto(f"{REEL}#{urlencode({'options': ','.join(options), **manners})}")
        with driven("field", "Поле"):
            found = await locate(page, "field", FIELD, limit=1)
            await (await recognise(found, ValueKind.OPTION, CALM)).fill(wanted)
        clicked: list[str] = await page.evaluate("events")
        return clicked

    return in_page(visit)


@pytest.mark.parametrize("manners", REELS.values(), ids=REELS.keys())
@pytest.mark.parametrize("twin", [2, 27])
def test_two_parts_that_fit_are_a_question_wherever_they_stand(
    in_page: InPage, manners: dict[str, Any], twin: int
) -> None:
    options = [*PLACES]
    options[17], options[twin] = "17 Северск", f"{twin} Северск"
    with pytest.raises(OptionAmbiguousError):
        wound(in_page, "Северск", options, **manners)


@pytest.mark.parametrize(
    ("kind", "place"), [(kind, place) for kind in REELS for place in (2, 27) if kind != GOING or place > 20]
)
def test_an_option_of_a_part_that_is_not_in_the_page_is_chosen(in_page: InPage, kind: str, place: int) -> None:
    options = [*PLACES]
    options[place] = "Северск"
    assert wound(in_page, "Северск", options, **REELS[kind]) == ["Северск"]


def test_an_option_that_nothing_brings_back_is_refused(in_page: InPage) -> None:
    options = [*PLACES]
    options[2] = "Северск"
    with pytest.raises(ValueRefusedError):
        wound(in_page, "Северск", options, **REELS[GOING])


QUIET = Patience(field=1, options=8, settle=0.4, reel=8)
OLD = ["31.02.01 Лечебное дело", "34.02.01 Сестринское дело", *PLACES]


def test_a_stale_list_is_no_answer_for_being_wound(in_page: InPage) -> None:
    """Its first page stood there before the query, the others were only seen afterwards."""
    manners: dict[str, Any] = {"first": ",".join(OLD), "pages": 10, "stale": "", "slow": 4000}
    options = "34.02.01 Сестринское дело,34.02.02 Сестринское дело"
    with pytest.raises(OptionAmbiguousError):
        chosen(in_page, "Сестринское дело", QUIET, options=options, **manners)


def test_a_list_that_opens_late_is_no_answer(in_page: InPage) -> None:
    manners: dict[str, Any] = {"first": ",".join(OLD[:3]), "opening": 600, "stale": "", "slow": 3000}
    options = "34.02.01 Сестринское дело,34.02.02 Сестринское дело"
    with pytest.raises(OptionAmbiguousError):
        chosen(in_page, "Сестринское дело", QUIET, options=options, **manners)


@pytest.mark.parametrize("manners", [{"select": ""}, {"starts": ""}])
def test_a_list_without_an_end_is_refused(in_page: InPage, manners: dict[str, Any]) -> None:
    places = ",".join(f"Место {number}" for number in range(12))
    with pytest.raises(ListTooLongError) as caught:
        chosen(in_page, "Омская область", options=places, endless="", **manners)
    assert int(caught.value.facts["count"]) > 50


def test_no_options_at_all_are_an_unknown_option(in_page: InPage) -> None:
    with pytest.raises(OptionNotFoundError):
        chosen(in_page, "Омская область", never="")


@pytest.mark.parametrize("manners", [{"deaf": ""}, {"disabled": ""}, {"disabled": "", "select": ""}])
def test_a_list_that_does_not_take_the_choice_is_refused(in_page: InPage, manners: dict[str, Any]) -> None:
    with pytest.raises(ValueRefusedError):
        chosen(in_page, "Омская область", **manners)


def options(*texts: str) -> str:
    return "".join(f"<option>{text}</option>" for text in texts)


SELECTS = {
    "plain": f"<label>Поле <select>{options('Костромская область', 'Омская область')}</select></label>",
    "groups": f"<label>Поле <select><option value=''>Выберите</option><optgroup label='Сибирь'>{options('Омская область', 'Томская область')}</optgroup></select></label>",
    "late": "<label>Поле <select id=f disabled><option>Загрузка</option></select></label><script>setTimeout(() => { f.innerHTML = '<option>Костромская область<option>Омская область'; f.disabled = false; f.selectedIndex = -1; }, 500)</script>",
}


@pytest.mark.parametrize("html", SELECTS.values(), ids=SELECTS.keys())
def test_an_option_of_a_native_list_is_selected_once(drive: Drive, html: str) -> None:
    driven = drive(html, ValueKind.OPTION, "омская область")
    assert (driven.changed, driven.shown, driven.again) == (True, "Омская область", False)


@pytest.mark.parametrize(
    ("inner", "error"),
    [
        (options("Костромская область"), OptionNotFoundError),
        (options("Иное", "Омск", "Омск"), OptionAmbiguousError),
        (
            f"<option>Иное</option><optgroup label=1>{options('Омск')}</optgroup><optgroup label=2>{options('Омск')}</optgroup>",
            OptionAmbiguousError,
        ),
        ("<option>Иное<option disabled>Омск", ValueRefusedError),
    ],
)
def test_an_option_that_cannot_be_selected_is_an_error(drive: Drive, inner: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        drive(f"<label>Поле <select>{inner}</select></label>", ValueKind.OPTION, "Омск")


@pytest.mark.parametrize("attributes", ["disabled", "onblur='this.selectedIndex = 0'"])
def test_a_native_list_that_does_not_keep_the_choice_is_refused(drive: Drive, attributes: str) -> None:
    with pytest.raises(ValueRefusedError):
        drive(f"<label>Поле <select {attributes}>{options('Иное', 'Омск')}</select></label>", ValueKind.OPTION, "Омск")


COMING = """<label>Поле <select id=f>{}</select></label>
<script>setTimeout(() => {{ f.add(new Option('Омская область')); }}, 250)</script>"""


def test_a_native_list_is_awaited_before_a_part_of_an_option_is_taken(drive: Drive) -> None:
    html = COMING.format(options("Иное", "Омская область (55)"))
    assert drive(html, ValueKind.OPTION, "Омская область").shown == "Омская область"


LATE_OPTION = """<script>setTimeout(() => l.insertAdjacentHTML('beforeend',
"<{0} role=option onclick='this.ariaSelected = true'>Омская область</{0}>"), 300)</script>"""
LATE_LISTS = {
    "suggestions": "<label>Поле <input list=l></label><datalist id=l><option>Иное</option></datalist>"
    + LATE_OPTION.format("option"),
    "a listbox that stands open": "<p id=n>Поле</p><ul role=listbox id=l aria-labelledby=n><li role=option>Иное</li></ul>"
    + LATE_OPTION.format("li"),
}


@pytest.mark.parametrize("html", LATE_LISTS.values(), ids=LATE_LISTS.keys())
def test_an_option_that_comes_late_is_awaited(drive: Drive, html: str) -> None:
    assert drive(html, ValueKind.OPTION, "омская область").shown == "Омская область"


def test_an_option_with_a_code_is_selected_once_the_list_is_quiet(drive: Drive) -> None:
    html = f"<label>Поле <select>{options('Иное', 'Омская область (55)')}</select></label>"
    assert drive(html, ValueKind.OPTION, "Омская область").shown == "Омская область (55)"


def test_a_near_twin_in_a_native_list_is_not_selected(drive: Drive) -> None:
    html = f"<label>Поле <select>{options('Иное', 'Омская область (юг)')}</select></label>"
    with pytest.raises(OptionNotFoundError):
        drive(html, ValueKind.OPTION, "Омская область")


def test_a_list_is_awaited_before_a_part_of_an_option_is_taken(in_page: InPage) -> None:
    told = chosen(in_page, "Омская область", options="Омская область (55),Омская область", later=250)
    assert told == (True, "Омская область", False, ["Омская область"], True)


@pytest.mark.parametrize("manners", [{}, {"select": ""}, {"search": ""}])
def test_a_near_twin_alone_is_an_unknown_option(in_page: InPage, manners: dict[str, Any]) -> None:
    with pytest.raises(OptionNotFoundError) as caught:
        chosen(in_page, "Сестринское дело", options="Сестринское дело (в педиатрии),Массаж", **manners)
    assert "Сестринское дело (в педиатрии)" in caught.value.facts["candidates"]


def test_a_list_that_puts_another_option_when_left_is_refused(in_page: InPage) -> None:
    with pytest.raises(ValueRefusedError):
        chosen(in_page, "Омская область", leaves="Томская область")
