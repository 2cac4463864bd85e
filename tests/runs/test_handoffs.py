"""What waits for a person: the next one is worked on meanwhile, and whoever was waited for goes on by themselves."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, sync_playwright

from nmo_autofill.browser.operator import Part, Presser
from nmo_autofill.outcome import DriftKind, Outcome
from nmo_autofill.portal.atlas import at_address, load_map
from nmo_autofill.runs.desk import Desk, Place
from nmo_autofill.runs.errand import Pace
from nmo_autofill.runs.handoffs import Decision, HandOffs, PersonsOperator
from nmo_autofill.settings import Until
from nmo_autofill.source import Source
from tests.letters.dovecot import free_port
from tests.runs.conftest import PROFILES
from tests.runs.screens import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mock_portal.stand import Skin
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.report.run_report import RunReport
    from tests.conftest import AtTerminal, InThread
    from tests.runs.conftest import Office, People

SECONDS = 120


class Person:
    """Somebody at the browser in which the tool works, beside the tool."""

    def __init__(self) -> None:
        self.port = free_port()

    @property
    def arguments(self) -> tuple[str, ...]:
        return (f"--remote-debugging-port={self.port}",)

    @contextmanager
    def pages(self) -> Iterator[list[Page]]:
        """Give the pages that are open."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{self.port}")
            yield [page for context in browser.contexts for page in context.pages]
            browser.close()

    def passes_captchas(self) -> int:
        with self.pages() as pages:
            for page in pages:
                page.frame_locator("iframe").get_by_label("Я не робот").check()
                page.get_by_role("button", name="Зарегистрироваться").click()
            return len(pages)

    def presses(self, button: str) -> None:
        with self.pages() as pages:
            for page in pages:
                page.get_by_role("button", name=button, exact=True).click()


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.mark.parametrize("skin", ["native", "kit"])
def test_a_captcha_is_passed_by_a_person_and_the_next_one_is_worked_on_meanwhile(
    office_at: Callable[[Skin], Office], people: People, in_thread: InThread, person: Person, skin: Skin
) -> None:
    office, screen = office_at(skin), Watched()
    office.portal.stand.faults.replace({"captcha": {}})
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(
            lambda: office.run(
                people("kim", "vorobyov"), screen=screen, pace=Pace(jobs=1), browser_arguments=person.arguments
            )
        )
        waiting = [screen.next()[0] for _ in range(2)]  # one place, and both wait: neither holds it
        assert {handoff.part for handoff in waiting} == {Part.CAPTCHA}
        assert office.portal.witness() == []
        assert in_thread(person.passes_captchas) == 2
        report = running.result(SECONDS)
    assert [one.outcome for one in report.people] == [Outcome.DONE] * 2
    assert screen.over == waiting or screen.over == waiting[::-1]
    assert len(office.portal.witness("cycle", accepted=True)) == 2


def decided(office: Office, people: People, decision: Decision) -> RunReport:
    """Run two people, whose presses are a person's, and say this of the first thing that waits."""
    screen = Watched()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(
            lambda: office.run(
                people("kim", "vorobyov"), screen=screen, pace=Pace(jobs=1), presser=Presser.PERSON, answer_seconds=1
            )
        )
        first, decide = screen.next()
        if decision is not Decision.STOP:
            screen.next()
        decide(first.number, decision)
        decide(99, decision)  # nothing of that number waits
        if decision is not Decision.STOP:
            for number in (1, 2):
                decide(number, Decision.SKIP)
        return running.result(SECONDS)


def test_who_is_skipped_waits_for_another_run_and_nothing_was_pressed(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    office = office_at("native")
    report = decided(office, people, Decision.SKIP)
    assert [(one.outcome, one.steps[-1].reason) for one in report.people] == [
        (Outcome.WAITING_PERSON, "error.skipped")
    ] * 2
    assert office.portal.witness() == []
    assert [one.outcome for one in office.run(people("kim", "vorobyov")).people] == [Outcome.DONE] * 2


def test_who_says_that_it_is_done_is_not_believed_but_looked_for(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    report = decided(office_at("native"), people, Decision.DONE)
    assert sorted((one.outcome, one.steps[-1].reason) for one in report.people) == [
        (Outcome.UNKNOWN, "error.answer_unknown"),
        (Outcome.WAITING_PERSON, "error.skipped"),
    ]


def test_on_a_watched_host_nobody_else_is_begun_before_the_first_was_watched_to_the_end(in_thread: InThread) -> None:
    async def places() -> list[int]:
        desk, screen, first = Desk(1), Watched(), asyncio.Event()
        pressed = asyncio.get_running_loop().create_future()
        async with Place(desk) as place:
            operator = PersonsOperator(HandOffs(screen), place, Source("kim.yaml", 1), is_watched=True, first=first)
            waiting = asyncio.ensure_future(operator.hand_over(Part.PRESS, "регистрация", "Далее", pressed))
            await _turns()
            handoff, decide = screen.next()
            told = [desk.waiting]
            decide(handoff.number, Decision.LATER)
            await _turns()
            told.append(desk.waiting)
            first.set()
            decide(handoff.number, Decision.LATER)
            await _turns()
            told.append(desk.waiting)
            pressed.set_result(None)
            assert await waiting
        return told

    assert in_thread(lambda: asyncio.run(places())) == [0, 0, 1]


async def _turns() -> None:
    """Let everybody in the loop do what they can do now."""
    for _ in range(20):
        await asyncio.sleep(0)  # noqa: TID251 (it waits for nothing: it lets go of the loop)


def test_stop_ends_the_group(office_at: Callable[[Skin], Office], people: People) -> None:
    office = office_at("native")
    report = decided(office, people, Decision.STOP)
    assert {one.steps[-1].reason for one in report.people} <= {"step.interrupted", "step.interrupted_press"}
    assert office.portal.witness() == []


def test_a_review_leaves_the_form_filled_read_back_and_unpressed(office: Office, people: People) -> None:
    who = people("kim")
    for form, so_far in (("registration", "registered"), ("purpose", "admitted"), ("cycle", "cycle")):
        (reviewed,) = office.run(who, presser=Presser.NOBODY).people
        last = reviewed.steps[-1]
        assert (last.step, last.outcome, last.reason) == (form, Outcome.WAITING_PERSON, "step.review")
        assert all(field.status in {"filled", "unchanged"} for field in last.fields)
        assert last.fields
        assert office.portal.witness(form) == []
        assert office.run(who, until=Until(so_far)).well
        assert len(office.portal.witness(form, accepted=True)) == 1


def test_what_waits_is_decided_about_at_the_keyboard(
    office_at: Callable[[Skin], Office], at_terminal: AtTerminal
) -> None:
    portal = office_at("native").portal
    portal.stand.faults.replace({"captcha": {}})
    run = ["run", str(PROFILES / "kim.yaml"), str(PROFILES / "vorobyov.yaml"), "--portal", portal.address]
    # Somebody else's number, no such word, and then for both; «п» begins one word only.
    code, screen = at_terminal(["7 пропустить", "что?", "1 п", "ПРОПУСТИТЬ"], *run, question="«2 готово».")
    assert code == 1
    assert screen.count("Я не робот") == 2
    assert screen.count("пропущено: человек за экраном") == 1  # both together
    assert "1–2." in screen
    assert portal.witness() == []


def portal_with_other_words(office: Office) -> PortalMap:
    """Return the map of a portal whose list of sexes has other words than the map knows."""
    known = at_address(load_map("mock"), office.portal.address).model_copy(update={"answer_seconds": 5})
    page = known.page("registration")
    sex = page.fields["sex"].model_copy(update={"options": {"male": "Муж. пол", "female": "Жен. пол"}})
    fields = page.model_copy(update={"fields": {**page.fields, "sex": sex}})
    return known.model_copy(update={"pages": {**known.pages, "registration": fields}})


def test_what_a_list_leaves_open_is_asked_once_and_nobody_holds_a_place_meanwhile(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    office = office_at("native")
    screen, portal = Watched(), portal_with_other_words(office)
    who = people("kim", "yolkina", "vorobyov")  # two women, then a man
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(
            lambda: office.run(who, screen=screen, portal=portal, pace=Pace(jobs=1), until=Until.REGISTERED)
        )
        asked = [screen.next() for _ in range(len(who))]  # one place, and all of them wait
        for handoff, decide in asked:
            assert handoff.part is Part.OPTION
            assert handoff.button == "Пол"
            assert set(handoff.options) == {"Мужской", "Женский"}
            meant = {"Муж. пол": "Мужской", "Жен. пол": "Женский"}[handoff.wanted]
            decide(handoff.number, 0)  # there is no such option
            decide(handoff.number, 3)
            decide(handoff.number, handoff.options.index(meant) + 1)
        assert running.result(SECONDS).well
        chosen = [json.loads(row["values"])["sex"] for row in office.portal.witness("registration")]
        assert sorted(chosen) == ["Женский", "Женский", "Мужской"]
        again = people("shchukina", "emelyanov", "kim")  # the answers hold for one run
        running = pool.submit(lambda: office.run(again[:1], screen=screen, portal=portal, until=Until.REGISTERED))
        handoff, decide = screen.next()
        decide(handoff.number, Decision.DONE)  # left as it is
        (left,) = running.result(SECONDS).people
    assert [(step.outcome, step.reason) for step in left.steps] == [(Outcome.FAILED, "step.form_disagrees")]
    assert len(office.portal.witness("registration")) == 3


def test_a_question_without_anybody_to_answer_it_stops_the_group_before_anything_is_typed(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    office = office_at("native")
    (left,) = office.run(people("kim"), portal=portal_with_other_words(office)).people
    assert [(step.outcome, step.reason) for step in left.steps] == [(Outcome.STOPPED, "step.page_changed")]
    assert [(drift.kind, drift.text) for drift in left.steps[0].drifts] == [(DriftKind.OPTION, "Жен. пол")]
    assert office.portal.witness() == []
