"""Group files, and people who share what they should not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nmo_autofill.profile.diagnostics import render
from nmo_autofill.profile.loading import Loaded, as_typed
from nmo_autofill.texts import Texts

Load = Callable[..., Loaded]
Build = Callable[[dict[str, str]], str]

GROUP = """\
defaults:
  level: spo
  citizenship: Россия
  region: Омская область
  sex: female
  consent: {form: письменное}
  admission:
    way: document
    document_type: Свидетельство об аккредитации
    specialty: Сестринское дело
    organisation: Омский областной медицинский колледж
    series: 7725
    exam_date: 03.07.2025
    issue_date: 10.07.2025
graduates:
  - snils: 915-000-665 58
    surname: Ягодкина
    name: Василиса
    birth_date: 12.06.2004
    email: yagodkina@example.org
    phone: +7 900 000-01-15
    consent: {date: 17.06.2025}
    admission: {number: 000100301}
  - snils: 917-000-887 84
    surname: Мошкин
    name: Лука
    birth_date: 19.08.2004
    email: moshkin@example.org
    phone: +7 900 000-01-17
    sex: male
    consent: {date: 17.06.2025}
    admission: {number: 000100303, specialty: Лечебное дело}
"""


def codes(loaded: Loaded) -> list[tuple[str, str, int | None, int | None]]:
    return [(one.code, one.field, one.position.line, one.position.column) for one in loaded.diagnostics]


def test_defaults_hold_for_everybody_who_says_nothing_else(loaded_from: Load) -> None:
    loaded = loaded_from(GROUP)
    first, second = loaded.people
    assert loaded.diagnostics == ()
    assert (first.source.line, second.source.line) == (16, 24)
    assert first.profile is not None
    assert second.profile is not None
    assert (first.profile.sex, second.profile.sex) == ("female", "male")
    assert (first.profile.admission.specialty, second.profile.admission.specialty) == (
        "Сестринское дело",
        "Лечебное дело",
    )
    assert second.profile.admission.organisation == "Омский областной медицинский колледж"


def test_a_wrong_default_is_told_once_and_stops_everybody(loaded_from: Load) -> None:
    loaded = loaded_from(GROUP.replace("Омская область", "Омск"))
    assert codes(loaded) == [("region.unknown", "region", 4, 11)]
    assert [person.verdict for person in loaded.people] == ["error", "error"]


def test_a_misshapen_default_is_told_once(loaded_from: Load) -> None:
    group = GROUP.replace("  sex: female", "  sex: [female]")
    loaded = loaded_from(group)
    assert codes(loaded) == [("shape.text", "sex", 5, 8)]
    assert [person.verdict for person in loaded.people] == ["error", "error"]


@pytest.mark.parametrize(
    ("line", "field"),
    [("  snils: 915-000-665 58", "snils"), ("  consent: {date: 17.06.2025}", "consent.date")],
)
def test_what_is_personal_is_no_default(line: str, field: str, loaded_from: Load) -> None:
    loaded = loaded_from(GROUP.replace("  consent: {form: письменное}", line))
    assert ("group.personal", field) in [(code, key) for code, key, _, _ in codes(loaded)]
    assert all(person.profile is None for person in loaded.people)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("graduates:\n", ("group.empty", "", 1, 11)),
        ("graduates: []\n", ("group.empty", "", 1, 12)),
        ("defaults: {level: spo}\n", ("group.empty", "", 1, 1)),
        ("graduates: {level: spo}\n", ("shape.list", "graduates", 1, 12)),
        ("graduates: нет\n", ("shape.list", "graduates", 1, 12)),
        ("defaults: [a]\ngraduates: [{}]\n", ("shape.mapping", "defaults", 1, 11)),
        ("graduates:\n  - Ягодкина\n", ("shape.mapping", "", 2, 5)),
        ("graduates: [{}]\nВыпускники: [{}]\n", ("key.duplicate", "graduates", 2, 1)),
        ("level: spo\ngraduates: [{}]\n", ("key.unknown", "", 1, 1)),
        ("graduates:\n  - *a\n", ("yaml.alias", "", 2, 5)),
        ("defaults: *a\ngraduates: [{}]\n", ("yaml.alias", "", 1, 11)),
        ("graduates: *a\n", ("yaml.alias", "", 1, 12)),
    ],
)
def test_a_misshapen_group_is_told(text: str, expected: tuple[str, str, int, int], loaded_from: Load) -> None:
    loaded = loaded_from(text)
    assert expected in codes(loaded)
    assert all(person.verdict == "error" for person in loaded.people)
    assert loaded.people or loaded.left_out


def test_an_item_that_is_no_person_is_left_out_and_the_others_stay(loaded_from: Load) -> None:
    loaded = loaded_from(GROUP + "  - Ягодкина\n  - *a\n")
    assert [person.verdict for person in loaded.people] == ["error", "error"]
    assert [(left.source.line, left.why) for left in loaded.left_out] == [(33, "shape.mapping"), (34, "yaml.alias")]
    loaded = loaded_from(GROUP + "  - Ягодкина\n")
    assert [person.verdict for person in loaded.people] == ["valid", "valid"]


def test_empty_defaults_are_no_defaults(loaded_from: Load) -> None:
    assert "shape.mapping" not in [code for code, *_ in codes(loaded_from("defaults:\ngraduates: [{level: spo}]\n"))]


@pytest.mark.parametrize(
    ("text", "given", "near"),
    [
        ("surnme: А\n", "surnme", "surname"),
        ("Фамилии: А\n", "Фамилии", "Фамилия"),
        ("Серия: 7725\n", "Серия", "admission.series"),
        ("graduats: []\n", "graduats", "graduates"),
        ("level: spo\ngraduates: [{}]\n", "level", "defaults.level"),
        ("Серия: spo\ngraduates: [{}]\n", "Серия", "admission.series"),
        ("СНИЛС: 1\ngraduates: [{}]\n", "СНИЛС", "graduates.snils"),
        ("graduates: [{}]\ndefault: {}\n", "default", "defaults"),
        ("admission: {snils: 1}\n", "snils", "snils"),
    ],
)
def test_the_nearest_known_key_is_suggested(text: str, given: str, near: str, loaded_from: Load) -> None:
    found = next(one for one in loaded_from(text).diagnostics if one.code == "key.unknown")
    assert found.position.text[(found.position.column or 0) - 1 :].startswith(given)
    assert dict(found.facts) == {"near": near}


def test_who_stands_twice_is_told_at_each_place(profile_with: Build, loaded_from: Load) -> None:
    loaded = loaded_from(profile_with({}), profile_with({"email": "email: BEREZKINA@example.org"}))
    assert [(one.position.file[-6:], one.code) for one in loaded.diagnostics] == [
        (file, code) for file in ("0.yaml", "1.yaml") for code in ("twice.snils", "twice.email", "twice.phone")
    ]
    assert [dict(one.facts)["place"].rpartition("/")[2] for one in loaded.diagnostics[:4]] == [
        "1.yaml:2:8",
        "1.yaml:10:8",
        "1.yaml:11:8",
        "0.yaml:2:8",
    ]
    assert [person.verdict for person in loaded.people] == ["error", "error"]


def test_a_shared_address_only_warns(profile_with: Build, loaded_from: Load) -> None:
    other = {"snils": "snils: 917-000-887 84", "phone": "phone: +7 900 000-01-02", "name": "name: Алина"}
    loaded = loaded_from(profile_with({}), profile_with(other))
    assert [(one.code, person.verdict) for person in loaded.people for one in person.diagnostics] == [
        ("twice.email", "warning"),
        ("twice.email", "warning"),
    ]


def test_values_are_shown_as_they_will_be_typed(profile_with: Build, loaded_from: Load) -> None:
    (person,) = loaded_from(profile_with({"region": "region: Омск", "patronymic": ""})).people
    assert as_typed(person) == {
        "level": "spo",
        "snils": "901-000-111 94",
        "surname": "Берёзкина",
        "name": "Алёна",
        "patronymic": None,
        "citizenship": "Россия",
        "sex": "female",
        "birth_date": "14.03.2004",
        "email": "berezkina@example.org",
        "phone": "+79000000101",
        "consent": {"date": "20.06.2025", "form": "письменное"},
        "admission": {
            "way": "document",
            "document_type": "Свидетельство об аккредитации",
            "specialty": "Сестринское дело",
            "organisation": "Омский областной медицинский колледж",
            "series": "7725",
            "number": "000100201",
            "exam_date": "03.07.2025",
            "issue_date": "10.07.2025",
        },
    }


@pytest.mark.parametrize("zeros", ["", "  series: 0000", "  series: нет"])
def test_an_extract_has_no_series_of_its_own(zeros: str, profile_with: Build, loaded_from: Load) -> None:
    extract = {"admission.way": "  way: выписка", "admission.document_type": "", "admission.series": zeros}
    (person,) = loaded_from(profile_with({**extract, "admission.number": zeros.replace("series", "number")})).people
    assert person.verdict == "valid"
    assert person.profile is not None
    assert (person.profile.admission.series, person.profile.admission.number) == (None, None)
    assert person.profile.admission.document_type == "Свидетельство об аккредитации"


def test_nothing_shows_a_personal_value(profile_with: Build, loaded_from: Load) -> None:
    loaded = loaded_from(profile_with({}), profile_with({"snils": "snils: 901-000-111 95", "name": "name: Aлёна"}))
    shown = repr(loaded) + repr(loaded.people) + repr(loaded.people[0].profile) + str(loaded.people[0].profile)
    shown += repr([person.profile and person.profile.consent for person in loaded.people])
    for one in loaded.diagnostics:
        shown += "".join(f"{key}{value}" for key, value in one.facts)
        first, *_ = render(one, Texts("ru")).splitlines()
        shown += first
    for secret in ("90100011194", "901-000-111", "Берёзкина", "лёна", "berezkina", "79000000101", "000-01-01", "2004"):
        assert secret not in shown
