"""Every finding about a field or between fields, by code and place: the mark ‸ stands where the caret must be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.profile.diagnostics import as_json, render, severities
from nmo_autofill.profile.loading import load
from nmo_autofill.profile.references import references
from nmo_autofill.texts import LANGUAGES, Texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nmo_autofill.profile.loading import Loaded

MARK = "‸"

Case = tuple[str, str, dict[str, str]]


def alone(code: str, field: str, line: str, **others: str) -> Case:
    """A case whose marked line replaces the field's own."""
    return code, field, {field: line, **{key.replace("__", "."): value for key, value in others.items()}}


EXTRACT = {
    "admission__way": "  way: extract",
    "admission__document_type": "",
    "admission__series": "",
    "admission__number": "",
}
ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"
NBSP = "\N{NO-BREAK SPACE}"

ADMISSION = [
    "admission",
    *(
        f"admission.{name}"
        for name in (
            ["way", "document_type", "specialty", "organisation", "series", "number", "exam_date", "issue_date"]
        )
    ),
]

CASES: list[Case] = [
    ("field.missing", "surname", {"level": "‸level: spo", "surname": ""}),
    alone("field.missing", "surname", "surname:‸"),
    alone("field.missing", "surname", "surname: ‸''"),
    alone("field.missing", "surname", "surname: '‸  '"),
    ("field.missing", "admission.series", {"admission": "‸admission:", "admission.series": ""}),
    alone("field.missing", "admission.number", "  number: ‸нет"),
    alone("field.missing", "surname", "surname: ‸нет"),
    alone("field.missing", "name", "name: ‸Не указано"),
    alone("field.missing", "admission.organisation", "  organisation: ‸н/д"),
    ("field.missing", "admission", {"level": "‸level: spo", **dict.fromkeys(ADMISSION, "")}),
    ("consent.missing", "consent", {"level": "‸level: spo", "consent": "", "consent.date": "", "consent.form": ""}),
    ("consent.missing", "consent.date", {"consent": "‸consent:", "consent.date": ""}),
    alone("consent.missing", "consent.form", "  form: ‸''"),
    *(
        alone("consent.missing", "consent.form", f"  form: {word}")
        for word in ("‸нет", "‸no", "‸~", "‸null", "‸Не получено.", "‸отказ", "'‸-'")
    ),
    alone("text.invisible", "surname", f"surname: Берёз‸{ZERO_WIDTH}кина"),
    alone("text.invisible", "snils", f"snils: 901-000-111‸{NBSP}94"),
    alone("text.invisible", "email", "email: ber‸\N{SOFT HYPHEN}ezkina@example.org"),
    alone("text.invisible", "admission.organisation", f"  organisation: Омский‸{NBSP}колледж"),
    alone("text.invisible", "name", 'name: "Алё‸\\u200bна"'),
    alone("text.line_break", "consent.form", "  form: |\n    письменное‸\n    на бумаге"),
    alone("text.line_break", "name", "name: ‸Алёна\n  Игоревна"),
    alone("text.line_break", "surname", "surname: '‸Берёз-\n  кина'"),
    alone("text.long", "admission.organisation", f"  organisation: {'к' * 500}‸к"),
    alone("text.spaces", "surname", "surname: '‸ Берёзкина '"),
    alone("snils.format", "snils", "snils: 901‸.000.111 94"),
    alone("snils.format", "snils", "snils: 901-000-111 9‸O"),
    alone("snils.format", "snils", "snils: ‸901-000-111  94"),
    alone("snils.length", "snils", "snils: ‸1-000-111 94"),
    alone("snils.checksum", "snils", "snils: ‸901-000-111 95"),
    alone("snils.zero", "snils", "snils: ‸000-000-000 00"),
    alone("snils.unchecked", "snils", "snils: ‸001-001-998 01"),
    alone("name.look_alike", "surname", "surname: Берёзкин‸a"),
    alone("name.look_alike", "name", "name: '‸Aлёна'"),
    alone("name.look_alike", "name", 'name: "Ал\\u0451н‸a"'),
    alone("name.look_alike", "patronymic", "patronymic: Иг‸oревна"),
    alone("name.look_alike", "name", "name: 'Ал''\u0451н‸a'"),
    alone("name.character", "name", 'name: "Ал\\"ё\\/н‸, \\u0430"'),
    alone("name.digit", "surname", "surname: Берё‸3кина"),
    alone("name.character", "surname", "surname: Берёзкина‸–Дубова"),
    alone("name.character", "name", "name: Алёна‸, Ольга"),
    alone("name.combining", "name", "name: Але‸\N{COMBINING DIAERESIS}на"),
    alone("name.layout", "surname", "surname: Берёзкина‸--Дубова"),
    alone("name.layout", "surname", "surname: Берёзкина‸ - Дубова"),
    alone("name.layout", "surname", "surname: Берёзкина‸-"),
    alone("name.foreign", "surname", "surname: Бер‸їзкина"),
    alone("name.case", "surname", "surname: ‸БЕРЁЗКИНА"),
    alone("name.case", "surname", "surname: Берёзкина-‸дубова"),
    alone("name.case", "surname", "surname: ‸БЕрёзкина"),
    alone("name.case", "surname", "surname: ‸ЛИ"),
    alone("name.several", "surname", "surname: ‸Берёзкина Алена Игоревна"),
    alone("name.several", "surname", "surname: ‸Берёзкина Алёна", patronymic=""),
    alone("name.several", "name", "name: ‸Алёна Олеговна", patronymic=""),
    alone("patronymic.none", "patronymic", "patronymic: ‸отсутствует"),
    alone("patronymic.none", "patronymic", "patronymic: ‸нет"),
    alone("patronymic.none", "patronymic", "patronymic: ‸нету"),
    alone("patronymic.none", "patronymic", "patronymic: ‸Отсутствует."),
    alone("patronymic.none", "patronymic", 'patronymic: "‸-"'),
    alone("patronymic.sex", "patronymic", "patronymic: ‸Игоревич"),
    alone("patronymic.sex", "patronymic", "patronymic: ‸Эльшан оглы"),
    alone("patronymic.sex", "patronymic", "patronymic: ‸Рашид угли"),
    alone("date.format", "birth_date", "birth_date: 14‸/03/2004"),
    alone("date.format", "birth_date", "birth_date: 2004-03-14‸T00:00:00"),
    alone("date.format", "birth_date", "birth_date: ‸38060"),
    alone("date.format", "birth_date", "birth_date: ‸14.3.2004"),
    alone("date.format", "birth_date", "birth_date: ‸14.03.04"),
    alone("date.format", "birth_date", "birth_date: 14‸ марта 2004"),
    alone("date.format", "birth_date", "birth_date: ‸١٤.٠٣.٢٠٠٤"),
    alone("date.calendar", "birth_date", "birth_date: ‸30.02.2004"),
    alone("date.calendar", "birth_date", "birth_date: ‸2003-02-29"),
    alone("date.calendar", "birth_date", "birth_date: ‸00.00.0000"),
    alone("date.future", "consent.date", "  date: ‸02.08.2025"),
    alone("date.future", "admission.issue_date", "  issue_date: ‸02.08.2025"),
    alone("age.implausible", "birth_date", "birth_date: ‸02.08.2009"),
    alone("age.implausible", "birth_date", "birth_date: ‸14.03.1904"),
    alone("age.unusual", "birth_date", "birth_date: ‸01.08.2009"),
    alone("age.unusual", "birth_date", "birth_date: ‸01.08.1954"),
    alone("age.exam", "admission.exam_date", "  exam_date: ‸15.03.2004"),
    alone("age.exam", "admission.exam_date", "  exam_date: ‸13.03.2020"),
    alone("order.consent", "consent.date", "  date: ‸14.03.2004"),
    alone("order.exam", "admission.exam_date", "  exam_date: ‸14.03.2004"),
    alone("order.issue", "admission.issue_date", "  issue_date: ‸02.07.2025"),
    alone("level.unknown", "level", "level: ‸среднее общее"),
    alone("sex.unknown", "sex", "sex: ‸мальчик"),
    alone("way.unknown", "admission.way", "  way: ‸почта"),
    alone("citizenship.unknown", "citizenship", "citizenship: ‸Росия"),
    alone("region.unknown", "region", "region: ‸Омск"),
    alone("specialty.unknown", "admission.specialty", "  specialty: ‸Сестринское дела"),
    alone("specialty.unknown", "admission.specialty", "  specialty: ‸Сестринское дела", level="level: нет"),
    alone("specialty.level", "admission.specialty", "  specialty: ‸Педиатрия"),
    alone("document_type.unknown", "admission.document_type", "  document_type: ‸Паспорт"),
    alone(
        "document_type.protocol",
        "admission.document_type",
        "  document_type: ‸Выписка из протокола заседания аккредитационной комиссии",
    ),
    alone(
        "document_type.unconfirmed",
        "admission.document_type",
        "  document_type: ‸Диплом о среднем профессиональном образовании",
    ),
    alone(
        "document_type.extract",
        "admission.document_type",
        "  document_type: ‸Сертификат специалиста",
        **{key: line for key, line in EXTRACT.items() if key != "admission__document_type"},
    ),
    alone("phone.character", "phone", "phone: +7 900 000-01-01‸, +7 900 000-01-02"),
    alone("phone.character", "phone", "phone: +7 900 ‸OOO-01-01"),
    alone("phone.format", "phone", "phone: ‸+"),
    alone("phone.implausible", "phone", "phone: ‸+7 900 000-01"),
    alone("phone.implausible", "phone", "phone: ‸+7 111 111-11-11"),
    alone("email.character", "email", "email: ber‸еzkina@example.org"),
    alone("email.character", "email", "email: berezkina‸ @example.org"),
    alone("email.format", "email", "email: ‸berezkina.example.org"),
    alone("email.format", "email", "email: ‸berezkina@example"),
    alone("email.format", "email", "email: ‸berezkina@test"),
    alone("email.format", "email", "email: ‸a@example.org;b@example.org"),
    alone("email.format", "email", "email: ‸a@example.org."),
    alone("series.zero", "admission.series", "  series: ‸0000"),
    alone("number.zero", "admission.number", "  number: ‸000000000"),
    alone("number.zero", "admission.number", "  number: ‸000-000 000"),
    alone("series.pattern", "admission.series", "  series: ‸АБ"),
    alone("number.pattern", "admission.number", "  number: ‸12345"),
    alone("series.extract", "admission.series", "  series: ‸7725", admission__way="  way: extract"),
    alone("number.extract", "admission.number", "  number: ‸000100201", admission__way="  way: extract"),
    ("key.unknown", "", {"surname": "‸surnme: Берёзкина"}),
    ("key.stranger", "", {"surname": "‸<<: Берёзкина"}),
    ("key.unknown", "admission", {"admission.series": "  ‸serie: 7725"}),
    ("key.duplicate", "name", {"name": "name: Алёна\n‸name: Ольга"}),
    ("key.duplicate", "snils", {"snils": "snils: 901-000-111 94\n‸СНИЛС: 901-000-111 94"}),
    alone("shape.text", "surname", "surname:\n  ‸- Берёзкина"),
    alone("shape.text", "surname", "surname: ‸{a: b}"),
    ("shape.mapping", "consent", {"consent": "consent: ‸есть", "consent.date": "", "consent.form": ""}),
    ("yaml.alias", "", {"surname": "surname: ‸*name"}),
    ("yaml.alias", "", {"surname": "‸*name : Берёзкина"}),
    ("yaml.anchor", "", {"surname": "surname: ‸&a Берёзкина"}),
    ("yaml.anchor", "", {"surname": "surname: ‸&a [Берёзкина]"}),
    ("yaml.tag", "", {"birth_date": "birth_date: ‸!!timestamp 2004-03-14"}),
    ("yaml.tag", "", {"birth_date": "birth_date: ‸!!python/object {a: b}"}),
    ("yaml.key", "", {"surname": "‸[a, b]: Берёзкина"}),
    ("yaml.key", "", {"surname": "? ‸{a: b}\n: Берёзкина"}),
]


def expected_place(text: str) -> tuple[str, int, int]:
    before, mark, after = text.partition(MARK)
    assert mark
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(("code", "field", "changes"), CASES, ids=[f"{code}-{field}" for code, field, _ in CASES])
def test_bad_input_is_told_with_its_place(
    code: str,
    field: str,
    changes: dict[str, str],
    profile_with: Callable[[dict[str, str]], str],
    loaded_from: Callable[..., Loaded],
) -> None:
    text, line, column = expected_place(profile_with(changes))
    loaded = loaded_from(text)
    found = [diagnostic for diagnostic in loaded.diagnostics if diagnostic.code == code]
    assert (code, field, line, column) in [
        (one.code, one.field, one.position.line, one.position.column) for one in found
    ], [(one.code, one.field, one.position.line, one.position.column) for one in loaded.diagnostics]
    assert found[0].position.text == text.split("\n")[line - 1]
    assert loaded.people[0].verdict != "error" or loaded.people[0].profile is None
    for language in LANGUAGES:
        assert all(render(one, Texts(language)) for one in loaded.diagnostics)


@pytest.mark.parametrize(("code", "field", "changes"), CASES, ids=[f"{code}-{field}" for code, field, _ in CASES])
def test_severity_decides_whether_there_is_a_profile(
    code: str,
    field: str,
    changes: dict[str, str],
    profile_with: Callable[[dict[str, str]], str],
    loaded_from: Callable[..., Loaded],
) -> None:
    person = loaded_from(profile_with(changes).replace(MARK, "")).people[0]
    severity = severities()[code]
    assert (person.profile is None) == (person.verdict == "error")
    if severity == "error":
        assert person.profile is None
        assert field not in person.values
    if severity == "warning":
        assert person.verdict in {"warning", "error"}


@pytest.mark.parametrize("line", ["Берёзкина Алёна 901-000-111 94: x", "surnme: Берёзкина", "? Берёзкина\n: x"])
def test_no_message_tells_what_was_typed_as_a_key(
    line: str, profile_with: Callable[[dict[str, str]], str], loaded_from: Callable[..., Loaded]
) -> None:
    loaded = loaded_from(profile_with({"surname": line}))
    assert {"key.unknown", "key.stranger"} & {one.code for one in loaded.diagnostics}
    for language in LANGUAGES:
        told = str([as_json(one, Texts(language)) for one in loaded.diagnostics])
        assert "Берёзкина" not in told
        assert "901-000" not in told


def test_a_value_of_many_wrong_characters_is_told_by_the_first_of_them(
    profile_with: Callable[[dict[str, str]], str], loaded_from: Callable[..., Loaded]
) -> None:
    loaded = loaded_from(profile_with({"surname": f"surname: {ZERO_WIDTH * 100_000}"}))
    codes = [one.code for one in loaded.diagnostics]
    assert codes == ["text.invisible"] * 500 + ["text.long"]


def test_a_long_text_may_go_on_in_the_next_line(
    profile_with: Callable[[dict[str, str]], str], loaded_from: Callable[..., Loaded]
) -> None:
    changes = {"admission.organisation": "  organisation: Омский областной\n    медицинский колледж"}
    (person,) = loaded_from(profile_with(changes)).people
    assert person.values["admission.organisation"] == "Омский областной медицинский колледж"


@pytest.mark.parametrize(
    ("given", "found", "codes"),
    [
        ("омский областной  медицинский колледж", "Омский областной медицинский колледж", []),
        ("Омский медицинский колледж", None, ["organisation.unknown"]),
    ],
)
def test_an_organisation_is_looked_up_when_the_portal_map_has_some(
    given: str, found: str | None, codes: list[str], tmp_path: Path, profile_with: Callable[[dict[str, str]], str]
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(profile_with({"admission.organisation": f"  organisation: {given}"}), "utf-8")
    lists = references(
        {"organisations": ["Томский областной медицинский колледж", "Омский областной медицинский колледж"]}
    )
    loaded = load([file], today=date(2025, 8, 1), lists=lists)
    assert [one.code for one in loaded.diagnostics] == codes
    assert loaded.people[0].values.get("admission.organisation") == found
    for language in LANGUAGES:
        assert all("«Омский областной" in render(one, Texts(language)) for one in loaded.diagnostics)


def test_a_good_profile_has_no_finding(
    profile_with: Callable[[dict[str, str]], str], loaded_from: Callable[..., Loaded]
) -> None:
    loaded = loaded_from(profile_with({}))
    assert loaded.diagnostics == ()
    assert loaded.left_out == ()
    assert loaded.people[0].verdict == "valid"


def test_all_errors_are_told_in_one_pass(
    profile_with: Callable[[dict[str, str]], str], loaded_from: Callable[..., Loaded]
) -> None:
    bad = profile_with({"snils": "snils: 1", "name": "name: Anna", "region": "region: Омск", "sex": "sex: нет"})
    loaded = loaded_from(bad, bad, "a: [", "")
    assert [(one.position.file[-6:], one.code) for one in loaded.diagnostics] == [
        *[
            (file, code)
            for file in ("0.yaml", "1.yaml")
            for code in ("snils.length", *NAME_CODES, "region.unknown", "sex.unknown", *TWICE)
        ],
        ("2.yaml", "yaml.syntax"),
        ("3.yaml", "file.empty"),
    ]


# «Anna»: «A» and «a» look like Cyrillic letters, «n» like none.
NAME_CODES = ("name.look_alike", "name.character", "name.character", "name.look_alike")
TWICE = ("twice.email", "twice.phone")
