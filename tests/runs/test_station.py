"""A station: graduates come one by one, and press themselves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from nmo_autofill.browser.operator import Part, Presser
from nmo_autofill.cli import main
from nmo_autofill.letters.post import MailboxLetters
from nmo_autofill.letters.stand_in import StandInMailbox
from nmo_autofill.outcome import Outcome
from nmo_autofill.portal.atlas import at_address, load_map
from nmo_autofill.runs.errand import Errand
from nmo_autofill.runs.handoffs import Decision
from nmo_autofill.runs.journal import Journal
from nmo_autofill.runs.station import run_one_by_one
from nmo_autofill.settings import Until
from tests.runs.conftest import PROFILES
from tests.runs.screens import Watched
from tests.runs.test_handoffs import SECONDS, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from mock_portal.stand import Skin
    from nmo_autofill.profile.people import Person as Loaded
    from nmo_autofill.report.run_report import RunReport
    from tests.conftest import AtTerminal, InThread
    from tests.runs.conftest import Office, People

NEXT = "пусто — закончить:"
THERE = "--portal", "http://127.0.0.1:9", "--station"


def stand(
    office: Office,
    people: list[Loaded],
    order: Iterable[int | None],
    **options: Any,  # noqa: ANN401 (options of several kinds)
) -> tuple[RunReport, Mapping[int, Outcome]]:
    """Call the people in this order; return the report, and what was known of everybody at the last call."""
    portal = at_address(load_map("mock"), office.portal.address).model_copy(update={"answer_seconds": 5})
    letters = MailboxLetters(StandInMailbox(office.portal.address), portal)
    calls: list[Mapping[int, Outcome]] = []
    picks = iter(order)

    def pick(standing: Mapping[int, Outcome]) -> int | None:
        calls.append(dict(standing))
        return next(picks)

    with Journal(office.folder) as journal:
        errand = Errand("test", portal, journal, until=Until.CYCLE, letters=letters, presser=Presser.PERSON, **options)
        return run_one_by_one(errand, people, pick, lambda _: None), calls[-1]


@pytest.fixture
def person() -> Person:
    return Person()


def test_graduates_come_one_by_one_and_press_themselves(
    office_at: Callable[[Skin], Office], people: People, in_thread: InThread, person: Person
) -> None:
    office, screen = office_at("native"), Watched()
    who = people("kim", "vorobyov", "yolkina")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(
            lambda: stand(office, who, (1, 0, None), screen=screen, browser_arguments=person.arguments)
        )
        for turn, button in enumerate(2 * ("Зарегистрироваться", "Войти", "Продолжить", "Добавить", "Создать цикл")):
            handoff, _ = screen.next()
            assert handoff.button == button
            assert handoff.part is (Part.SIGN_IN if button == "Войти" else Part.PRESS)
            assert handoff.source == who[1 if turn < 5 else 0].source
            in_thread(partial(person.presses, button))
        report, standing = running.result(SECONDS)
    assert [one.outcome for one in report.people] == [Outcome.DONE, Outcome.DONE, Outcome.STOPPED]
    assert report.people[2].steps[-1].reason == "step.not_called"
    assert standing == {0: Outcome.DONE, 1: Outcome.DONE}
    assert len(office.portal.witness("cycle", accepted=True)) == 2
    _, standing = stand(office, who, (None,), screen=screen)
    assert standing == {0: Outcome.ALREADY_DONE, 1: Outcome.ALREADY_DONE}


def test_who_stops_the_run_of_one_ends_the_station(office_at: Callable[[Skin], Office], people: People) -> None:
    office, screen = office_at("native"), Watched()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(lambda: stand(office, people("kim", "vorobyov"), (0, 1), screen=screen))
        handoff, decide = screen.next()
        decide(handoff.number, Decision.STOP)
        report, _ = running.result(SECONDS)
    assert [one.steps[-1].reason for one in report.people] == ["step.interrupted_press", "step.not_called"]


def test_the_operator_names_the_next_one(at_terminal: AtTerminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_BROWSER", "/no/browser")  # whoever is named is told as stopped
    files = [PROFILES / f"{name}.yaml" for name in ("kim", "vorobyov", "yolkina")]
    code, screen = at_terminal(["9", "ЯЯ", "елк", "2", ""], "run", *files, *THERE, question=NEXT)
    assert code == 1
    assert "«9» — такого номера" in screen
    assert "«ЯЯ» — такого номера" in screen
    assert screen.count("Осталось 3 человека из 3") == 5
    assert "К станции не вызывали" in screen  # Kim
    assert screen.count("не запускается") == 3  # of each at once, and of both at the end


def test_a_station_without_an_operator_is_refused(
    capsys: pytest.CaptureFixture[str], in_thread: InThread, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NMO_AUTOFILL_FOLDER", str(tmp_path / "data"))
    assert in_thread(lambda: main(["run", str(PROFILES / "kim.yaml"), *THERE])) == 2
    assert "--station" in capsys.readouterr().err
