"""Where the tool types, and where it leaves the press to a person."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import trustme
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from benchmarks.plain import Unwatched, plainly
from mock_portal.app import create_app
from mock_portal.pages.page import COOKIE
from mock_portal.server import running
from nmo_autofill.browser.operator import Part, Presser
from nmo_autofill.browser.session import Browsers
from nmo_autofill.outcome import Outcome, RunOutcome
from nmo_autofill.portal.atlas import at_address, load_map
from nmo_autofill.runs.arrivals import Arrivals
from nmo_autofill.runs.desk import Desk, Place
from nmo_autofill.runs.errand import Errand
from nmo_autofill.runs.group import is_watched, presser
from nmo_autofill.runs.journal import Journal, Subject
from nmo_autofill.runs.stay import Stay
from nmo_autofill.runs.workflow import run_person
from nmo_autofill.settings import Until

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.async_api import Browser
    from starlette.requests import Request

    from mock_portal.stand import Skin, Stand
    from nmo_autofill.outcome import StepOutcome
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.profile.people import Person as Loaded
    from tests.conftest import InThread
    from tests.runs.conftest import Office, People

HOST = "portal.test"


def witnessed(stand: Stand) -> list[str]:
    return [row["action"] for row in stand.store.rows("SELECT action FROM witness ORDER BY n")]


def test_a_name_that_resolves_to_loopback_but_is_not_listed_gets_nothing(office: Office, people: People) -> None:
    elsewhere = office.portal.address.replace("127.0.0.1", "portal.localhost")
    report = office.run(people("kim"), portal=at_address(load_map("mock"), elsewhere))
    (step,) = report.people[0].steps
    assert (step.outcome, step.reason) == (Outcome.STOPPED, "error.host_refused")
    assert dict(step.facts) == {"host": "portal.localhost"}
    assert not office.portal.witness()


@pytest.fixture
def decoy(office_at: Callable[[Skin], Office]) -> Iterator[tuple[str, Office]]:
    """A front page on loopback whose «Личный кабинет» leads to a host that is not listed."""
    office = office_at("native")
    away = office.portal.address.replace("127.0.0.1", "portal.localhost")

    def front(_request: Request) -> HTMLResponse:
        return HTMLResponse(f"<meta charset=utf-8><h1>Портал НМФО</h1><a href='{away}cabinets'>Личный кабинет</a>")

    with running(Starlette(routes=[Route("/", front)])) as address:
        yield address, office


def test_a_link_that_leads_away_ends_before_anything_is_typed(decoy: tuple[str, Office], people: People) -> None:
    address, office = decoy
    report = office.run(people("kim"), portal=at_address(load_map("mock"), address))
    (step,) = report.people[0].steps
    assert (step.outcome, step.reason) == (Outcome.STOPPED, "error.host_refused")
    assert not office.portal.witness()


def test_on_other_hosts_than_loopback_a_person_watches() -> None:
    assert is_watched(load_map("nmfo"))
    assert not is_watched(at_address(load_map("mock"), "http://127.0.0.1:1/"))


def test_what_is_reviewed_is_left_to_the_person_who_sees_it() -> None:
    mock = at_address(load_map("mock"), "http://127.0.0.1:1/")
    assert presser(Until.REVIEW, load_map("nmfo"), headed=False) is Presser.PERSON  # its window is always shown
    assert presser(Until.REVIEW, mock, headed=True) is Presser.PERSON
    assert presser(Until.REVIEW, mock, headed=False) is Presser.NOBODY
    assert presser(Until.CYCLE, mock, headed=True) is Presser.TOOL


@dataclass
class Person:
    """The person at a production host: checks that nothing was pressed, types the password, presses."""

    browser: Browser
    stand: Stand
    asked: list[tuple[str, list[str]]] = field(default_factory=list)
    hears: bool = False

    async def choose(self, page: str, label: str, wanted: str, options: Sequence[str]) -> int | None:
        raise AssertionError(page, label, wanted, options)

    async def hand_over(self, part: Part, page: str, button: str, goes_on: Awaitable[object]) -> bool:
        del page
        assert part is (Part.SIGN_IN if button == "Войти" else Part.PRESS)
        self.asked.append((button, witnessed(self.stand)))
        await self._press(button)
        await goes_on
        return True

    async def _press(self, button: str) -> None:
        ((page,),) = (context.pages for context in self.browser.contexts)
        if button == "Войти":
            (letter,) = self.stand.store.rows("SELECT text FROM letters")
            password = str(letter["text"]).split("Пароль: ")[1].split("\n")[0]
            await page.get_by_label("Пароль").fill(password)
        await page.get_by_role("button", name=button, exact=True).click()


class ByGosuslugi(Person):
    """A person who signs in by another site: when they come back, the portal knows them."""

    async def _press(self, button: str) -> None:
        if button != "Войти":
            await super()._press(button)
            return
        ((page,),) = (context.pages for context in self.browser.contexts)
        await page.get_by_role("link", name="Вход через госуслуги").click()
        await page.get_by_role("heading", name="Вход через госуслуги").wait_for()
        (account,) = self.stand.store.accounts()
        token = self.stand.open_session(account, "spo")
        await page.context.add_cookies([{"name": COOKIE, "value": token, "url": page.url}])
        await page.goto(page.url.replace("gosuslugi", "account/profile"))


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, str]:
    issued = trustme.CA().issue_cert(HOST)
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    issued.cert_chain_pems[0].write_to_path(chain)
    issued.private_key_pem.write_to_path(key)
    return str(chain), str(key)


@pytest.mark.parametrize("skin", ["native", "kit"])
def test_on_a_listed_host_the_tool_fills_and_a_person_presses(
    skin: Skin, certificate: tuple[str, str], people: People, tmp_path: Path, in_thread: InThread
) -> None:
    app = create_app(skin, letters="direct")
    with running(app, certificate=certificate) as address:
        port = address.rstrip("/").rpartition(":")[2]
        portal = at_address(load_map("mock"), f"https://{HOST}:{port}/").model_copy(update={"hosts": frozenset({HOST})})
        outcome, person = in_thread(
            lambda: asyncio.run(_watched_run(portal, app.state.stand, people("vorobyov")[0], tmp_path / "data"))
        )
        assert outcome.outcome is Outcome.DONE
        pressed = ["registration", "sign_in", "purpose", "admission", "cycle"]
        buttons = ["Зарегистрироваться", "Войти", "Продолжить", "Добавить", "Создать цикл"]
        # Each time a person was asked, the portal had received only what that person had pressed before.
        assert person.asked == [(button, pressed[:number]) for number, button in enumerate(buttons)]
        assert witnessed(app.state.stand) == pressed
        again, person = in_thread(
            lambda: asyncio.run(_watched_run(portal, app.state.stand, people("vorobyov")[0], tmp_path / "data"))
        )
        assert again.outcome is Outcome.ALREADY_DONE
        assert [button for button, _ in person.asked] == ["Войти"]
        # A journal that knows nothing: the portal's own word that the person is registered is the answer to the press.
        known, person = in_thread(
            lambda: asyncio.run(_watched_run(portal, app.state.stand, people("vorobyov")[0], tmp_path / "other"))
        )
        assert known.outcome is Outcome.ALREADY_DONE
        assert known.steps[0].reason == "step.already_registered"
        assert [button for button, _ in person.asked] == ["Зарегистрироваться", "Войти"]


def test_who_signs_in_by_gosuslugi_is_waited_for_and_goes_on(
    certificate: tuple[str, str], people: People, tmp_path: Path, in_thread: InThread
) -> None:
    app = create_app("native", letters="direct")
    with running(app, certificate=certificate) as address:
        port = address.rstrip("/").rpartition(":")[2]
        portal = at_address(load_map("mock"), f"https://{HOST}:{port}/").model_copy(update={"hosts": frozenset({HOST})})
        run = _watched_run(portal, app.state.stand, people("vorobyov")[0], tmp_path / "data", ByGosuslugi)
        outcome, person = in_thread(lambda: asyncio.run(run))
        assert outcome.outcome is Outcome.DONE
        assert [button for button, _ in person.asked][:2] == ["Зарегистрироваться", "Войти"]
        # Nobody has typed a password at the portal.
        assert witnessed(app.state.stand) == ["registration", "purpose", "admission", "cycle"]


def test_a_press_that_was_left_to_a_person_is_not_asked_for_again_without_a_warning(
    certificate: tuple[str, str], people: People, tmp_path: Path, in_thread: InThread
) -> None:
    (who,) = people("vorobyov")
    app = create_app("native", letters="direct")
    with running(app, certificate=certificate) as address:
        port = address.rstrip("/").rpartition(":")[2]
        portal = at_address(load_map("mock"), f"https://{HOST}:{port}/").model_copy(
            update={"hosts": frozenset({HOST}), "answer_seconds": 1}
        )
        with Journal(tmp_path / "data") as journal:
            assert who.profile
            subject = Subject(portal.name, journal.digest(who.profile.snils), who.source)
            journal.pressing(subject, "registration", Presser.PERSON)
        told = [
            in_thread(lambda: asyncio.run(_watched_run(portal, app.state.stand, who, tmp_path / "data")))
            for _ in range(2)
        ]
    (warned, nobody), (outcome, _) = told
    assert (warned.outcome, warned.steps[-1].reason) == (Outcome.UNKNOWN, "error.press_left")
    assert not nobody.asked
    assert outcome.outcome is Outcome.DONE


async def _watched_run(
    portal: PortalMap, stand: Stand, who: Loaded, folder: Path, kind: type[Person] = Person
) -> tuple[RunOutcome, Person]:
    rule = (f"--host-resolver-rules=MAP {HOST} 127.0.0.1",)
    async with Browsers(headed=False, extra_arguments=rule) as browsers:
        person = kind(await browsers.alive(), stand)
        taken: list[StepOutcome] = []
        faults: list[Exception] = []
        with Journal(folder) as journal:
            assert who.profile
            subject = Subject(portal.name, journal.digest(who.profile.snils), who.source)
            errand = Errand("test", portal, journal, Unwatched(), Until.CYCLE, trust_any_certificate=True)
            stay = Stay(errand, browsers, person, Place(Desk(1)), Arrivals(None), who.profile, subject, faults.append)
            await run_person(stay, Until.CYCLE, plainly, taken)
            await stay.leave()
        assert not faults
        return RunOutcome(who.source, tuple(taken)), person
