from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from importlib.resources import files

import pytest
from babel import Locale
from babel.core import get_global

from nmo_autofill.folding import fold
from nmo_autofill.profile.model import Level
from nmo_autofill.profile.references import LISTS, ReferenceList, references, sources
from nmo_autofill.profile.schema import json_schema

SHIPPED = references()
ALL = {
    "regions": SHIPPED.regions,
    "countries": SHIPPED.countries,
    "spo": SHIPPED.specialties[Level.SPO],
    "vo": SHIPPED.specialties[Level.VO],
    "document_types": SHIPPED.document_types,
}


@pytest.mark.parametrize("name", ALL)
def test_no_spelling_stands_for_two_names(name: str) -> None:
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for main, others in ALL[name].spellings:
        for spelling in (main, *others):
            meant[fold(spelling)].add(main)
    assert [names for names in meant.values() if len(names) > 1] == []


@pytest.mark.parametrize("name", ALL)
def test_each_name_finds_itself(name: str) -> None:
    for main, others in ALL[name].spellings:
        assert ALL[name].find(main) == main
        assert {ALL[name].find(other) for other in others} <= {main}


def test_the_lists_are_whole() -> None:
    assert {name: len(reference.names) for name, reference in ALL.items() if name != "countries"} == {
        "regions": 89,
        "spo": 35,
        "vo": 104,
        "document_types": 4,
    }
    assert 200 < len(SHIPPED.countries.names) < 260


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("омская ОБЛАСТЬ", "Омская область"),
        ("Oмская  область", "Омская область"),
        ("Якутия", "Республика Саха (Якутия)"),
        ("г. Севастополь", "Севастополь"),
        ("Омская обл.", "Омская область"),
        ("Татарстан", "Республика Татарстан"),
        ("Алтай", None),
        ("омская", None),
        ("Омск", None),
        ("", None),
    ],
)
def test_only_the_whole_name_counts(text: str, name: str | None) -> None:
    assert SHIPPED.regions.find(text) == name
    assert SHIPPED.regions.find(text) == name


@pytest.mark.parametrize("text", ["РФ", "Российская Федерация", "россия"])
def test_russia_has_several_spellings(text: str) -> None:
    assert SHIPPED.countries.find(text) == "Россия"


@pytest.mark.parametrize("text", ["Европейский союз", "неизвестный регион", "мир", "999", "001", "0643", "10"])
def test_what_is_no_country_is_not_listed(text: str) -> None:
    assert SHIPPED.countries.find(text) is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("643", "Россия"),
        ("398", "Казахстан"),
        ("051", "Армения"),
        ("51", "Армения"),
        (" 008 ", "Албания"),
        ("8", "Албания"),
        ("895", "Абхазия"),
        ("896", "Южная Осетия"),
    ],
)
def test_a_country_may_be_given_by_its_number(code: str, name: str) -> None:
    assert SHIPPED.countries.find(code) == name


def test_the_numbers_are_those_of_cldr() -> None:
    territories = Locale("ru").territories
    numbers = {number: codes[0] for number, codes in get_global("territory_aliases").items() if len(codes) == 1}
    named = {spelling: main for main, others in SHIPPED.countries.spellings for spelling in others}
    codes = {spelling: name for spelling, name in named.items() if re.fullmatch("[0-9]{3}", spelling)}
    known_only_to_russia = {"895": "Абхазия", "896": "Южная Осетия"}
    assert codes == {code: territories[numbers[code]] for code in codes if code in numbers} | known_only_to_russia
    assert set(SHIPPED.countries.names) - set(codes.values()) == {"Косово", "Лицо без гражданства"}


def test_each_number_stands_for_one_country() -> None:
    meant: defaultdict[int, set[str]] = defaultdict(set)
    for main, others in SHIPPED.countries.spellings:
        for number in filter(str.isdecimal, others):
            meant[int(number)].add(main)
    assert len(meant) > 240
    assert [names for names in meant.values() if len(names) > 1] == []


def test_nothing_is_suggested_for_its_digits() -> None:
    lettered = ReferenceList([(main, [one for one in others if one.isalpha()]) for main, others in TWO_COUNTRIES])
    for text in ("644", "052", "51 Россия", "Арм. 643"):
        assert ReferenceList(TWO_COUNTRIES).near(text) == lettered.near(text)


TWO_COUNTRIES = (("Армения", ("051", "51")), ("Россия", ("РФ", "643")))


def test_specialties_differ_by_level() -> None:
    spo, vo = SHIPPED.specialties[Level.SPO], SHIPPED.specialties[Level.VO]
    assert spo.find("Анестезиология и реаниматология")
    assert not vo.find("Анестезиология и реаниматология")
    assert vo.find("Анестезиология-реаниматология")
    assert not spo.find("Анестезиология-реаниматология")


def test_the_nearest_names_are_suggested_without_repeating() -> None:
    assert SHIPPED.regions.near("Омска обл.")[0] == "Омская область"
    near = SHIPPED.countries.near("Киргизия (Кыргызстан)")
    assert near[0] == "Киргизия"
    assert len(near) == len(set(near)) == 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("г. Томск, Томской обл.", "Томская область"),
        ("г. Омск, Омская обл.", "Омская область"),
        ("Омской обл., г. Тара", "Омская область"),
        ("Томской области, Томский р-н, с. Богашёво", "Томская область"),
        ("в Сахалинской области", "Сахалинская область"),
        ("г. Курск, Курской обл.", "Курская область"),
        ("г. Ижевск, Удмуртия", "Удмуртская Республика"),
        ("г. Казань, респ. Татарстан", "Республика Татарстан"),
        ("Пермского края", "Пермский край"),
        ("Моск. обл.", "Московская область"),
        ("Москва, ул. Омская", "Москва"),
        ("Ямало-Ненецкий округ", "Ямало-Ненецкий автономный округ"),
    ],
)
def test_the_region_of_an_address_is_suggested_first(text: str, name: str) -> None:
    assert SHIPPED.regions.near(text)[0] == name
    assert SHIPPED.regions.find(text) is None


def test_a_portal_map_extends_the_lists() -> None:
    extended = references({"regions": ["Байконур", "Омская область"], "specialties_spo": ["Новое дело"]})
    assert extended.regions.find("байконур") == "Байконур"
    assert len(extended.regions.names) == 90
    assert extended.specialties[Level.SPO].find("Новое дело") == "Новое дело"
    assert not extended.specialties[Level.VO].find("Новое дело")
    assert not SHIPPED.regions.find("Байконур")


def test_a_portals_own_spelling_goes_before_ours() -> None:
    assert references({"countries": ["Кыргызстан"]}).countries.find("кыргызстан") == "Кыргызстан"


def test_an_unknown_list_is_refused() -> None:
    with pytest.raises(KeyError, match="planets"):
        references({"planets": ["Марс"]})


def test_an_empty_list_suggests_nothing() -> None:
    assert ReferenceList([]).near("Омск") == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("34.02.01", ("Сестринское дело",)),
        ("31.02.01", ("Лечебное дело",)),
        ("31.02.05", ("Стоматология ортопедическая",)),
        ("32.02.01", ()),
        ("", ()),
    ],
)
def test_specialties_by_the_code_of_the_diploma(code: str, names: tuple[str, ...]) -> None:
    assert SHIPPED.diploma_codes[Level.SPO].get(code, ()) == names


def test_the_codes_of_diplomas_lead_to_listed_specialties() -> None:
    assert SHIPPED.diploma_codes[Level.VO] == {}
    fitting = SHIPPED.diploma_codes[Level.SPO]
    assert len(fitting) == 8
    assert all(re.fullmatch(r"[0-9]{2}\.02\.[0-9]{2}", code) for code in fitting)
    assert {name for names in fitting.values() for name in names} <= set(SHIPPED.specialties[Level.SPO].names)


def test_organisations_are_known_only_from_the_portal_map() -> None:
    assert SHIPPED.organisations.names == ()
    assert references({"organisations": ["Омский колледж"]}).organisations.find("омский  Колледж") == "Омский колледж"


def test_editors_take_numbers_of_countries_and_the_organisations_that_are_known() -> None:
    parts = json_schema()["$defs"]
    assert {"Россия", "643", 643, "051", 51} < set(parts["person"]["properties"]["citizenship"]["enum"])
    assert parts["admission"]["properties"]["organisation"]["type"] == "string"
    known = json_schema(references({"organisations": ["Омский колледж"]}))["$defs"]
    assert known["admission"]["properties"]["organisation"]["enum"] == ["Омский колледж"]


def test_every_list_has_its_source_and_date() -> None:
    data = files("nmo_autofill.profile") / "data"
    shipped = {file.name.partition(".")[0] for file in data.iterdir() if file.name.endswith((".csv", ".yaml"))}
    assert sources().keys() == (shipped - NO_LISTS) | set(LISTS)
    for told in sources().values():
        assert re.search(r"[а-яё]{3,}.*\.$", told.source)
        assert date.fromisoformat(told.date if len(told.date) > len("2026-11") else f"{told.date}-01") <= TAKEN_BEFORE


# Our own keys and codes, and the sources themselves.
NO_LISTS = {"keys", "group_keys", "other_words", "codes", "sources"}
TAKEN_BEFORE = date(2026, 11, 25)
