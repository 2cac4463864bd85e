"""Runs from end to end: profiles in, the witness's word on what the portal received."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from mock_portal.server import running
from mock_portal.stand import seed
from nmo_autofill.browser.operator import Presser
from nmo_autofill.errors import PortalUnreachableError
from nmo_autofill.outcome import Drift, DriftKind, Outcome
from nmo_autofill.portal.atlas import at_address, load_map
from nmo_autofill.profile.model import Way
from nmo_autofill.report.sentences import why
from nmo_autofill.runs.errand import Pace
from nmo_autofill.runs.journal import Journal, Subject
from nmo_autofill.runs.surveys import Snapshot, Surveys
from nmo_autofill.settings import Until
from nmo_autofill.source import Source
from nmo_autofill.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

    from mock_portal.stand import LetterMode, Skin
    from nmo_autofill.profile.model import Profile
    from nmo_autofill.profile.people import Person
    from nmo_autofill.report.run_report import RunReport
    from tests.runs.conftest import Office, People

    Faults = dict[str, dict[str, Any]]

FRAMED: Faults = {"framed": {}}
PLACES: tuple[Faults, ...] = ({}, FRAMED)


def outcomes(report: RunReport) -> list[Outcome]:
    return [person.outcome for person in report.people]


def profile_of(person: Person) -> Profile:
    assert person.profile
    return person.profile


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def expected(profile: Profile) -> dict[str, dict[str, str]]:
    """What the portal must have received, written down without the tool's own plan."""
    admission = profile.admission
    extract = admission.way == "extract"
    return {
        "registration": {
            "snils": profile.snils,
            "surname": profile.surname,
            "name": profile.name,
            "patronymic": profile.patronymic or "",
            "citizenship": profile.citizenship,
            "region": profile.region,
            "sex": {"male": "Мужской", "female": "Женский"}[profile.sex],
            "birth_date": profile.birth_date.strftime("%d.%m.%Y"),
            "email": profile.email,
            "phone": digits(profile.phone),
        },
        "admission": {
            "document_type": admission.document_type,
            "specialty": admission.specialty,
            "organisation": admission.organisation,
            "series": "0000" if extract else str(admission.series),
            "number": "000000000" if extract else str(admission.number),
            "exam_date": admission.exam_date.strftime("%d.%m.%Y"),
            "issue_date": admission.issue_date.strftime("%d.%m.%Y"),
        },
    }


def received(event: dict[str, Any]) -> dict[str, str]:
    values: dict[str, str] = json.loads(event["values"])
    return values | {key: digits(values[key]) for key in ("snils", "phone") if key in values}


def test_every_sample_person_is_entered_and_the_witness_agrees_in_every_field(office: Office, people: People) -> None:
    group = people("kim", "vorobyov", "tsvetkova-dubova", "mamedzade", "group-sd-41")
    assert outcomes(office.run(group)) == [Outcome.DONE] * len(group)
    for person in group:
        profile = profile_of(person)
        for action, fields in expected(profile).items():
            (event,) = [seen for seen in office.portal.witness(action) if seen["snils"] == profile.snils]
            assert event["accepted"]
            assert received(event) | fields == received(event), (person.source, action)
        assert [seen["snils"] for seen in office.portal.witness("cycle")].count(profile.snils) == 1


def test_started_twice_nobody_is_registered_or_entered_twice(office: Office, people: People) -> None:
    group = people("kim", "vorobyov")
    assert outcomes(office.run(group)) == [Outcome.DONE] * 2
    before = len(office.portal.witness())
    assert outcomes(office.run(group)) == [Outcome.ALREADY_DONE] * 2
    changes = {"registration", "purpose", "admission", "cycle"}
    again = [seen["action"] for seen in office.portal.witness()[before:]]
    assert not changes & set(again)
    for action in changes:
        assert len(office.portal.witness(action)) == 2


def test_started_twice_with_another_journal_nobody_is_entered_twice(office: Office, people: People) -> None:
    group = people("kim")
    office.run(group)
    shutil.rmtree(office.folder)
    assert outcomes(office.run(group)) == [Outcome.ALREADY_DONE]
    for action in ("registration", "admission", "cycle"):
        assert len(office.portal.witness(action)) == 1


@pytest.mark.parametrize("letters", ["confirm", "direct"])
def test_both_kinds_of_letters_lead_to_the_account(
    office_at: Callable[[Skin], Office], letters: LetterMode, people: People
) -> None:
    office = office_at("native")
    office.portal.stand.letters = letters
    assert outcomes(office.run(people("kim"), until=Until.ADMITTED)) == [Outcome.DONE]
    assert len(office.portal.witness("confirmation")) == (1 if letters == "confirm" else 0)


def test_a_run_goes_only_as_far_as_told(office_at: Callable[[Skin], Office], people: People) -> None:
    office = office_at("native")
    report = office.run(people("kim"), until=Until.REGISTERED)
    assert [step.step for step in report.people[0].steps] == ["registration"]
    assert {seen["action"] for seen in office.portal.witness()} == {"registration"}
    office.run(people("kim"), until=Until.ADMITTED)
    assert not office.portal.witness("cycle")


@pytest.mark.parametrize("place", PLACES, ids=["page", "frame"])
def test_without_letters_the_person_waits_and_is_not_registered_again(
    office_at: Callable[[Skin], Office], people: People, place: Faults
) -> None:
    office = office_at("native")
    office.portal.stand.faults.replace({"no_letters": {}, **place})
    for _ in range(2):
        report = office.run(people("kim"))
        assert outcomes(report) == [Outcome.WAITING_LETTER]
        assert report.people[0].steps[-1].reason == "error.letter_missing"
    assert [bool(seen["accepted"]) for seen in office.portal.witness("registration")] == [True, False]
    assert report.people[0].steps[0].reason == "step.already_registered"


def listed(profile: Profile, **changes: str) -> dict[str, Any]:
    """The person's document as the Federal register has it."""
    document = expected(profile)["admission"] | changes
    document["type"] = document.pop("document_type")
    return {"snils": profile.snils, "level": profile.level.value, "documents": [document]}


def seed_register(office: Office, entry: dict[str, Any]) -> None:
    seed(office.portal.stand.store, entry)


def test_a_document_taken_over_from_the_register_is_not_added_again(office: Office, people: People) -> None:
    (person,) = people("vorobyov")
    seed_register(office, listed(profile_of(person)))
    report = office.run([person])
    assert outcomes(report) == [Outcome.DONE]
    assert not office.portal.witness("admission")
    assert [(step.step, step.reason) for step in report.people[0].steps][2] == ("admission", "step.document_listed")
    assert len(office.portal.witness("cycle", accepted=True)) == 1


def test_a_different_document_stops_the_run_with_both_versions(office: Office, people: People) -> None:
    (person,) = people("vorobyov")
    seed_register(office, listed(profile_of(person), issue_date="31.12.2025"))
    report = office.run([person])
    assert outcomes(report) == [Outcome.DIFFERENT]
    (difference,) = report.people[0].steps[-1].differences
    assert difference.field == "issue_date"
    assert difference.portals == "31.12.2025"
    assert difference.ours == expected(profile_of(person))["admission"]["issue_date"]
    assert not office.portal.witness("admission")
    assert not office.portal.witness("cycle")


@pytest.mark.parametrize("action", ["registration", "admission", "cycle", "password"])
@pytest.mark.parametrize(("fault", "place"), [("lost_answer", {}), ("late_answer", {}), ("lost_answer", FRAMED)])
def test_what_took_effect_without_an_answer_is_found_and_not_repeated(
    office: Office, fault: str, action: str, people: People, place: Faults
) -> None:
    parameters = {"ms": 4500} if fault == "late_answer" else {}
    office.portal.stand.faults.replace({fault: {"action": action, "times": 1, **parameters}, **place})
    report = office.run(people("kim"), answer_seconds=3, passwords=Vault())
    assert outcomes(report) == [Outcome.DONE]
    assert len(office.portal.witness(action, accepted=True)) == 1
    assert outcomes(office.run(people("kim"), passwords=Vault())) == [Outcome.ALREADY_DONE]
    if fault == "lost_answer":
        # Chromium repeats a lost POST by itself: of the registration the portal's second answer tells.
        found = {"step.found_after_silence", "step.already_registered"}
        assert found & {step.reason for step in report.people[0].steps}


@pytest.mark.parametrize("action", ["registration", "admission", "cycle"])
def test_a_servers_fault_leaves_the_press_unknown_and_the_next_start_makes_it(
    office: Office, action: str, people: People
) -> None:
    office.portal.stand.faults.replace({"error_500": {"action": action, "times": 1}})
    report = office.run(people("kim"), answer_seconds=2)
    assert outcomes(report) == [Outcome.UNKNOWN]
    assert report.people[0].steps[-1].reason == "error.answer_unknown"
    assert outcomes(office.run(people("kim"), answer_seconds=2)) == [Outcome.DONE]
    assert len(office.portal.witness(action, accepted=True)) == 1


@pytest.mark.parametrize("action", ["sign_in", "purpose", "password"])
def test_a_press_without_an_answer_does_not_lock_the_person_out(
    office_at: Callable[[Skin], Office], people: People, action: str
) -> None:
    office = office_at("kit")
    office.portal.stand.faults.replace({"error_500": {"action": action, "times": 1}})
    assert outcomes(office.run(people("kim"), answer_seconds=2, passwords=Vault())) == [Outcome.UNKNOWN]
    assert outcomes(office.run(people("kim"), answer_seconds=2, passwords=Vault())) == [Outcome.DONE]


CHANGED = {
    "twin_label": (Drift(DriftKind.SEVERAL, "surname", "Фамилия", ("Фамилия", "Фамилия")),),
    "new_field": (Drift(DriftKind.NEW, "", "Место работы"),),
    "new_label": (
        Drift(DriftKind.MISSING, "region", "Регион постоянного проживания", ("Регион места жительства",)),
        Drift(DriftKind.NEW, "", "Регион места жительства"),
    ),
}


@pytest.mark.parametrize("place", PLACES, ids=["page", "frame"])
@pytest.mark.parametrize("fault", CHANGED)
def test_a_page_that_changed_stops_the_group_before_anything_is_typed(
    office: Office, people: People, fault: str, place: Faults
) -> None:
    office.portal.stand.faults.replace({fault: {}, **place})
    kept: list[Snapshot] = []

    def keep(changed: Snapshot) -> str:
        kept.append(changed)
        return "drawn.html"

    group = people("kim", "vorobyov", "yolkina")
    report = office.run(group, until=Until.REGISTERED, pace=Pace(jobs=1), surveys=Surveys(keep))
    assert outcomes(report) == [Outcome.STOPPED] * 3
    first, *others = (person.steps[-1] for person in report.people)
    assert (first.reason, dict(first.facts)["picture"]) == ("step.page_changed", "drawn.html")
    assert first.drifts == CHANGED[fault]
    assert {step.reason for step in others} == {"error.page_changed"}
    assert not office.portal.witness()
    (changed,) = kept
    drawn = changed.picture.png[1:4] if changed.picture else b""
    assert drawn == (b"" if place else b"PNG")
    assert (len(changed.marks), changed.key) == (len(changed.drifts), "registration")
    office.portal.stand.faults.replace({})
    assert outcomes(office.run(group, until=Until.REGISTERED)) == [Outcome.DONE] * 3


@pytest.mark.parametrize(("overlay", "ms"), [("banner", 0), ("banner", 700), ("notice", 0), ("notice", 700)])
def test_an_overlay_that_the_map_knows_is_closed_whenever_it_comes(
    office: Office, people: People, overlay: str, ms: int
) -> None:
    office.portal.stand.faults.replace({overlay: {"ms": ms}})
    assert outcomes(office.run(people("kim"), passwords=Vault())) == [Outcome.DONE]
    for action in ("registration", "admission", "cycle"):
        assert len(office.portal.witness(action, accepted=True)) == 1, action


@pytest.mark.parametrize(
    ("overlay", "words"), [("banner", "Портал использует файлы cookie."), ("notice", "Новости портала")]
)
def test_an_overlay_that_the_map_does_not_know_is_named_and_nothing_is_sent(
    office_at: Callable[[Skin], Office], people: People, overlay: str, words: str
) -> None:
    office = office_at("native")
    office.portal.stand.faults.replace({overlay: {"ms": 0}})
    portal = at_address(load_map("mock"), office.portal.address).model_copy(update={"overlays": {}})
    report = office.run(people("kim"), portal=portal)
    (step,) = report.people[0].steps
    assert (step.outcome, step.reason) == (Outcome.FAILED, "error.field_covered")
    assert dict(step.facts)["cover"] == words
    assert not office.portal.witness()


def test_a_portal_within_a_frame_is_filled_as_any_other(office: Office, people: People) -> None:
    office.portal.stand.faults.replace(FRAMED)
    (person,) = people("kim")
    report = office.run([person], passwords=Vault())
    assert outcomes(report) == [Outcome.DONE]
    for action, fields in expected(profile_of(person)).items():
        (event,) = office.portal.witness(action)
        assert received(event) | fields == received(event), action
    assert len(office.portal.witness("cycle")) == 1
    assert outcomes(office.run([person], passwords=Vault())) == [Outcome.ALREADY_DONE]


@pytest.mark.parametrize("overlay", ["banner", "notice"])
def test_an_overlay_in_the_frame_is_closed_too(office: Office, people: People, overlay: str) -> None:
    office.portal.stand.faults.replace({overlay: {"ms": 700}, **FRAMED})
    assert outcomes(office.run(people("kim"), passwords=Vault())) == [Outcome.DONE]


@pytest.mark.parametrize("look", range(3, 6))
def test_a_session_that_is_lost_on_the_way_is_begun_anew(office: Office, people: People, look: int) -> None:
    office.portal.stand.faults.replace({"session_lost": {"look": look}})
    assert outcomes(office.run(people("kim"))) == [Outcome.DONE]
    assert office.portal.stand.faults.served["session_lost"] > look
    for action in ("registration", "admission", "cycle"):
        assert len(office.portal.witness(action)) == 1, action


def test_a_session_that_is_lost_at_once_is_begun_by_the_next_run(office: Office, people: People) -> None:
    office.portal.stand.faults.replace({"session_lost": {"look": 1}})
    report = office.run(people("kim"), answer_seconds=2)
    assert [step.outcome for step in report.people[0].steps] == [Outcome.DONE, Outcome.UNKNOWN]
    assert outcomes(office.run(people("kim"))) == [Outcome.DONE]
    assert len(office.portal.witness("registration")) == 1


def test_a_page_that_changed_in_the_account_stops_the_group_there(office: Office, people: People) -> None:
    office.portal.stand.faults.replace({"new_label": {"field": "series", "label": "Буквы бланка"}})
    report = office.run(people("kim", "vorobyov"), pace=Pace(jobs=1))
    steps = report.people[0].steps
    assert [step.step for step in steps] == ["registration", "sign_in", "admission"]
    assert [drift.kind for drift in steps[-1].drifts] == [DriftKind.MISSING, DriftKind.NEW]
    assert not office.portal.witness("admission")
    assert len(office.portal.witness("registration")) == 1


@pytest.mark.parametrize("fault", ["mask_eats_digits", "resets_field", "slow_options"])
def test_a_form_that_misbehaves_is_filled_right_all_the_same(office: Office, fault: str, people: People) -> None:
    office.portal.stand.faults.replace({fault: {}})
    (person,) = people("vorobyov")
    assert outcomes(office.run([person])) == [Outcome.DONE]
    (event,) = office.portal.witness("registration")
    fields = expected(profile_of(person))["registration"]
    assert received(event) | fields == received(event)


def test_forms_built_anew_are_filled_from_the_unchanged_map(office: Office, people: People) -> None:
    office.portal.stand.faults.replace({"rebuilt": {}})
    (person,) = people("kim")
    assert outcomes(office.run([person])) == [Outcome.DONE]
    for action, fields in expected(profile_of(person)).items():
        (event,) = office.portal.witness(action)
        assert event["accepted"]
        assert received(event) | fields == received(event), action


def test_a_refusal_is_told_in_the_portals_words_without_personal_data(office: Office, people: People) -> None:
    kim, vorobyov = people("kim", "vorobyov")
    office.run([kim], until=Until.REGISTERED)
    same_mail = profile_of(vorobyov).model_copy(update={"email": profile_of(kim).email})

    # The first letter, to the address of both, must not be taken for the second person's.
    report = office.run([replace(vorobyov, profile=same_mail)], until=Until.REGISTERED)
    assert outcomes(report) == [Outcome.REFUSED]
    words = dict(report.people[0].steps[0].facts)["words"]
    assert "уже используется" in words
    assert "@" not in words


def test_extracts_are_remembered_until_real_numbers_follow(office_at: Callable[[Skin], Office], people: People) -> None:
    office = office_at("native")
    report = office.run(people("kim", "vorobyov"))
    assert [person.follow_up for person in report.people] == [True, False]
    with Journal(office.folder) as journal:
        (debt,) = journal.follow_ups()
    assert debt.source.file.endswith("kim.yaml")


def test_real_numbers_at_the_portal_settle_the_debt(office_at: Callable[[Skin], Office], people: People) -> None:
    office = office_at("native")
    (person,) = people("kim")
    office.run([person], until=Until.ADMITTED)
    profile = profile_of(person)
    real = {"way": Way.DOCUMENT, "series": "7725", "number": "000100777"}
    certified = profile.model_copy(update={"admission": profile.admission.model_copy(update=real)})
    later = replace(person, profile=certified)
    assert outcomes(office.run([later])) == [Outcome.DIFFERENT]
    with Journal(office.folder) as journal:
        assert journal.follow_ups()
    # The portal's support puts the real numbers in.
    office.portal.stand.store.rows("UPDATE documents SET series = '7725', number = '000100777'")
    assert outcomes(office.run([later], until=Until.ADMITTED)) == [Outcome.ALREADY_DONE]
    with Journal(office.folder) as journal:
        assert not journal.follow_ups()


class Vault:
    """A new password for everybody."""

    def password(self, login: str) -> str:
        return f"new-{login[:3]}-Password-1"


def test_the_password_is_changed_and_stored_nowhere(office: Office, people: People) -> None:
    report = office.run(people("kim"), passwords=Vault())
    assert outcomes(report) == [Outcome.DONE]
    assert report.people[0].steps[-1].step == "password"
    assert len(office.portal.witness("password", accepted=True)) == 1
    stored = b"".join(file.read_bytes() for file in office.folder.rglob("*") if file.is_file())
    assert b"Password-1" not in stored


def changed_unsaid(office: Office) -> None:
    """Leave the journal as a run does that was killed between the press and the answer."""
    with Journal(office.folder) as journal:
        with journal.database.begin() as database:
            gone = text("DELETE FROM step WHERE step = 'password' RETURNING portal, person")
            ((portal, person),) = database.execute(gone).all()
        journal.pressing(Subject(portal, person, Source("kim.yaml")), "password", Presser.TOOL)


def test_a_password_changed_by_a_run_that_was_killed_is_found(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    office = office_at("native")
    office.run(people("kim"), passwords=Vault())
    changed_unsaid(office)
    report = office.run(people("kim"), answer_seconds=3)
    assert report.people[0].steps[-1].reason == "error.password_unknown"
    report = office.run(people("kim"), answer_seconds=3, passwords=Vault())
    assert outcomes(report) == [Outcome.DONE]
    assert report.people[0].steps[-1].reason == "step.found_after_silence"
    assert len(office.portal.witness("password", accepted=True)) == 1
    assert outcomes(office.run(people("kim"), passwords=Vault())) == [Outcome.ALREADY_DONE]


def test_a_changed_password_that_nobody_can_give_is_asked_for(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    office = office_at("native")
    office.run(people("kim"), until=Until.ADMITTED, passwords=Vault())
    report = office.run(people("kim"))
    assert outcomes(report) == [Outcome.WAITING_PERSON]
    assert "--new-password-from" in " ".join(why(report.people[0], Texts("ru")))


def test_a_press_stays_unsettled_until_a_look_has_answered(
    office_at: Callable[[Skin], Office], people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def blind(*_: object) -> NoReturn:
        raise PortalUnreachableError(page="portal")

    office = office_at("kit")
    office.portal.stand.faults.replace({"lost_answer": {"action": "admission", "times": 1}})
    with monkeypatch.context() as patched:
        patched.setattr("nmo_autofill.runs.steps._again", blind)
        report = office.run(people("kim"), answer_seconds=3)
    assert outcomes(report)[0] in {Outcome.UNKNOWN, Outcome.REFUSED}
    with Journal(office.folder) as journal:
        who = Subject("mock", journal.digest(profile_of(*people("kim")).snils), Source("kim.yaml"))
        assert journal.unsettled_press(who, "admission")
        assert outcomes(office.run(people("kim"), answer_seconds=3)) == [Outcome.DONE]
        assert not journal.unsettled(who)
    assert len(office.portal.witness("admission", accepted=True)) == 1


def test_without_a_mailbox_an_unsettled_registration_is_not_pressed_again_without_a_warning(
    office_at: Callable[[Skin], Office], people: People
) -> None:
    office = office_at("native")
    office.portal.stand.faults.replace({"error_500": {"action": "registration", "times": 1}})
    reasons = []
    for _ in range(3):
        report = office.run(people("kim"), answer_seconds=3, letters=None, until=Until.REGISTERED)
        reasons.append((report.people[0].outcome, report.people[0].steps[-1].reason))
    assert reasons == [
        (Outcome.UNKNOWN, "error.answer_unknown"),
        (Outcome.UNKNOWN, "error.press_left"),
        (Outcome.DONE, ""),
    ]
    assert len(office.portal.witness("registration")) == 1


def test_an_expired_link_is_told_and_nobody_is_registered_again(office: Office, people: People) -> None:
    office.portal.stand.faults.replace({"expired_link": {}})
    for _ in range(2):
        report = office.run(people("kim"))
        assert outcomes(report) == [Outcome.WAITING_LETTER]
        assert report.people[0].steps[-1].reason == "error.link_expired"
    assert len(office.portal.witness("registration")) == 1


@contextmanager
def answering(text: str, status: int = 200) -> Iterator[str]:
    """A host on loopback that answers everything with this page."""

    def page(_request: Request) -> HTMLResponse:
        return HTMLResponse(f"<meta charset=utf-8>{text}", status)

    with running(Starlette(routes=[Route("/{path:path}", page)])) as address:
        yield address


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("<h1>Портал НМФО</h1>", 503, "error.portal_unreachable"),
        ("<h1>Технические работы</h1>", 200, "error.page_unexpected"),
        ("<h1>Портал НМФО</h1>", 200, "error.field_not_found"),
        (
            "<h1>Портал НМФО</h1><a href='/1'>Личный кабинет</a><a href='/2'>Личный кабинет</a>",
            200,
            "error.field_ambiguous",
        ),
    ],
)
def test_another_page_than_expected_ends_the_person_with_its_reason(
    office_at: Callable[[Skin], Office], people: People, text: str, status: int, reason: str
) -> None:
    office = office_at("native")
    with answering(text, status) as address:
        portal = at_address(load_map("mock"), address).model_copy(update={"answer_seconds": 1})
        report = office.run(people("kim"), portal=portal)
    assert outcomes(report) == [Outcome.FAILED]
    assert report.people[0].steps[-1].reason == reason


def test_a_portal_that_is_gone_is_told(office_at: Callable[[Skin], Office], people: People) -> None:
    office = office_at("native")
    with answering("") as address:
        gone = at_address(load_map("mock"), address)
    report = office.run(people("kim"), portal=gone)
    assert report.people[0].steps[-1].reason == "error.portal_unreachable"


def test_a_list_that_cannot_be_read_is_not_an_empty_list(office_at: Callable[[Skin], Office], people: People) -> None:
    office = office_at("native")
    portal = at_address(load_map("mock"), office.portal.address)
    profile = portal.page("profile")
    documents = profile.tables["documents"].model_copy(
        update={"columns": {"specialty": ("Профессия",)}, "empty": ("Пусто",)}
    )
    renamed = profile.model_copy(update={"tables": profile.tables | {"documents": documents}})
    report = office.run(people("kim"), portal=portal.model_copy(update={"pages": portal.pages | {"profile": renamed}}))
    assert outcomes(report) == [Outcome.FAILED]
    assert not office.portal.witness("admission")
