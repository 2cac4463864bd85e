from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nmo_autofill.errors import HostRefusedError
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.profile.loading import load
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
    "consent": True,
    "agreement": True,
}
ADMISSION = {
    "document_type": "Свидетельство об аккредитации",
    "specialty": "Фармация",
    "organisation": "Томский областной медицинский колледж",
    "series": "0000",
    "number": "000000000",
    "exam_date": "01.07.2025",
    "issue_date": "02.07.2025",
    "confirm_correct": True,
    "confirm_final": True,
}


def event(action: str, values: dict[str, Any], *, accepted: bool = True, snils: str | None = None) -> dict[str, Any]:
    return {"action": action, "accepted": accepted, "snils": snils or REGISTRATION["snils"], "values": values}


def heard(registration: dict[str, Any] = REGISTRATION, admission: dict[str, Any] = ADMISSION) -> list[dict[str, Any]]:
    return [event("registration", registration), event("admission", admission), event("cycle", {"document": "1"})]


@pytest.fixture
def kim() -> Profile:
    (person,) = load([Path(__file__).parents[2] / "profiles" / "kim.yaml"], today=date(2026, 11, 22)).people
    assert person.profile
    return person.profile


def differing(profile: Profile, events: list[dict[str, Any]]) -> tuple[str, ...]:
    return compare(profile, load_map("mock"), events).differing


def test_what_was_received_as_meant_does_not_differ(kim: Profile) -> None:
    comparison = compare(kim, load_map("mock"), heard())
    assert comparison.differing == ()
    assert comparison.fields == len(REGISTRATION) + len(ADMISSION)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("surname", "КИМ"),
        ("name", "Виолета"),
        ("region", "Омская область"),
        ("sex", "Мужской"),
        ("birth_date", "09.30.2004"),
        ("phone", "+7 (790) 000-00-10"),
        ("email", "kim@example.com"),
        ("consent", False),
        ("agreement", None),
    ],
)
def test_a_field_that_differs_is_named(kim: Profile, key: str, value: object) -> None:
    assert differing(kim, heard(REGISTRATION | {key: value})) == (f"registration.{key}",)


@pytest.mark.parametrize("key", ADMISSION)
def test_a_field_that_did_not_arrive_differs(kim: Profile, key: str) -> None:
    less = {name: value for name, value in ADMISSION.items() if name != key}
    assert differing(kim, heard(admission=less)) == (f"admission.{key}",)


def test_what_was_made_twice_or_not_at_all_differs(kim: Profile) -> None:
    assert differing(kim, [*heard(), event("cycle", {})]) == ("cycle",)
    assert differing(kim, heard()[:1]) == ("admission", "cycle")
    assert differing(kim, []) == ("registration", "admission", "cycle")


def test_what_was_refused_or_is_another_persons_does_not_count(kim: Profile) -> None:
    refused = event("registration", {"surname": "Другая"}, accepted=False)
    others = event("registration", {"surname": "Другая"}, snils="915-000-665 58")
    unknown = event("confirmation", {}) | {"snils": None}
    assert differing(kim, [refused, others, unknown, *heard()]) == ()


def test_only_a_portal_on_loopback_is_asked() -> None:
    with pytest.raises(HostRefusedError):
        hear_witness("https://example.org/")
