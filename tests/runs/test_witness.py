from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nmo_autofill.errors import HostRefusedError
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.profile.loading import load
from nmo_autofill.profile.model import Way
from nmo_autofill.runs.witness import compare, hear_witness

if TYPE_CHECKING:
    from nmo_autofill.profile.model import Profile

REGISTRATION = {
    "snils": "904-000-444 32",
    "surname": "Ким",
    "name": "Виолетта",
    "patronymic": "",
    "citizenship": "Казахстан",
    "region": "Томская область",
    "sex": "Женский",
    "birth_date": "30.09.2004",
    "email": "kim@example.org",
    "phone": "+7 (900) 000-01-04",
    "consent": "yes",
    "agreement": "yes",
}
PURPOSE = {"purpose": "spo"}
ADMISSION = {
    "document_type": "Свидетельство об аккредитации",
    "specialty": "Фармация",
    "organisation": "Томский областной медицинский колледж",
    "series": "0000",
    "number": "000000000",
    "exam_date": "01.07.2025",
    "issue_date": "02.07.2025",
    "confirm_correct": "yes",
    "confirm_final": "yes",
}
CYCLE = {"document": "Свидетельство об аккредитации, Фармация, 0000 000000000 от 02.07.2025"}
ALL = {"registration": REGISTRATION, "purpose": PURPOSE, "admission": ADMISSION, "cycle": CYCLE}


def event(action: str, values: dict[str, Any], *, accepted: bool = True, snils: str | None = None) -> dict[str, Any]:
    return {"action": action, "accepted": accepted, "snils": snils or REGISTRATION["snils"], "values": values}


def heard(**changed: dict[str, Any]) -> list[dict[str, Any]]:
    return [event(action, values | changed.get(action, {})) for action, values in ALL.items()]


@pytest.fixture
def kim() -> Profile:
    (person,) = load([Path(__file__).parents[2] / "profiles" / "kim.yaml"], today=date(2026, 11, 22)).people
    assert person.profile
    return person.profile


@pytest.fixture
def document(kim: Profile) -> Profile:
    held = {"way": Way.DOCUMENT, "series": "7725", "number": "000100201"}
    return kim.model_copy(update={"admission": kim.admission.model_copy(update=held)})


def differing(profile: Profile, events: list[dict[str, Any]]) -> tuple[str, ...]:
    return compare(profile, load_map("mock"), events).differing


def test_what_was_received_as_meant_does_not_differ(kim: Profile) -> None:
    comparison = compare(kim, load_map("mock"), heard())
    assert comparison.differing == ()
    assert comparison.fields == sum(map(len, ALL.values()))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("registration.snils", "904-000-444 33"),
        ("registration.surname", "КИМ"),
        ("registration.surname", "Ким "),
        ("registration.name", "Виолета"),
        ("registration.patronymic", "Игоревна"),
        ("registration.citizenship", "Киргизия"),
        ("registration.region", "Омская область"),
        ("registration.region", "Томская"),
        ("registration.sex", "Мужской"),
        ("registration.sex", "female"),
        ("registration.birth_date", "09.30.2004"),
        ("registration.birth_date", "09.10.2004"),
        ("registration.birth_date", "2004-09-30"),
        ("registration.birth_date", "30.09.04"),
        ("registration.phone", "+7 (790) 000-00-10"),
        ("registration.phone", "+7 (900) 000-01-0"),
        ("registration.email", "kim@example.com"),
        ("registration.consent", "no"),
        ("registration.agreement", None),
        ("registration.agreement", False),
        ("registration.surname", True),
        ("purpose.purpose", "vo"),
        ("purpose.purpose", "other"),
        ("admission.document_type", "Сертификат специалиста"),
        ("admission.specialty", "Управление и экономика фармации"),
        ("admission.organisation", "Омский областной медицинский колледж"),
        ("admission.series", "000"),
        ("admission.series", "0 0 0 0"),
        ("admission.number", "0000000000"),
        ("admission.exam_date", "07.01.2025"),
        ("admission.issue_date", "01.07.2025"),
        ("cycle.document", "Свидетельство об аккредитации, Фармация, 0000 000000000 от 03.07.2025"),
        ("cycle.document", "Свидетельство об аккредитации, Фармация, 0000 000000001 от 02.07.2025"),
        ("cycle.document", "Сертификат специалиста, Фармация, 0000 000000000 от 02.07.2025"),
        ("cycle.document", "Свидетельство об аккредитации, Фармация и химия, 0000 000000000 от 02.07.2025"),
        ("cycle.document", "Фармация"),
    ],
)
def test_a_field_that_differs_is_named(kim: Profile, field: str, value: object) -> None:
    action, _, key = field.partition(".")
    events = [one | {"snils": REGISTRATION["snils"]} for one in heard(**{action: {key: value}})]
    assert differing(kim, events) == (field,)


def test_case_and_spaces_of_an_option_do_not_differ(kim: Profile) -> None:
    assert differing(kim, heard(registration={"region": "томская  ОБЛАСТЬ", "patronymic": None})) == ()


def test_the_document_in_hand_is_compared_with_its_own_numbers(document: Profile) -> None:
    admission = ADMISSION | {"series": "7725", "number": "000100201"}
    cycle = {"document": "Свидетельство об аккредитации, Фармация, 7725 000100201 от 02.07.2025"}
    assert differing(document, heard(admission=admission, cycle=cycle)) == ()
    assert differing(document, heard()) == ("admission.series", "admission.number", "cycle.document")


@pytest.mark.parametrize("field", [f"{action}.{key}" for action, values in ALL.items() for key in values])
def test_a_field_that_did_not_arrive_differs(kim: Profile, field: str) -> None:
    action, _, key = field.partition(".")
    events = heard()
    for seen in events:
        if seen["action"] == action:
            seen["values"].pop(key)
    # Who has no patronymic leaves the field empty, or the page leaves it out.
    assert differing(kim, events) == (() if key == "patronymic" else (field,))


def test_what_was_made_twice_or_not_at_all_differs(kim: Profile) -> None:
    assert differing(kim, [*heard(), event("cycle", CYCLE)]) == ("cycle",)
    assert differing(kim, heard()[:1]) == ("purpose", "admission", "cycle")
    assert differing(kim, []) == ("registration", "purpose", "admission", "cycle")


def test_what_was_refused_or_is_another_persons_does_not_count(kim: Profile) -> None:
    refused = event("registration", {"surname": "Другая"}, accepted=False)
    others = event("registration", {"surname": "Другая"}, snils="915-000-665 58")
    unknown = event("confirmation", {}) | {"snils": None}
    password = event("password", {})
    assert differing(kim, [refused, others, unknown, password, *heard()]) == ()


def test_only_a_portal_on_loopback_is_asked() -> None:
    with pytest.raises(HostRefusedError):
        hear_witness("https://example.org/")
