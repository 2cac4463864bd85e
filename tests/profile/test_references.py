from __future__ import annotations

from collections import defaultdict

import pytest

from nmo_autofill.folding import fold
from nmo_autofill.profile.model import Level
from nmo_autofill.profile.references import ReferenceList, references

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


@pytest.mark.parametrize("text", ["Европейский союз", "неизвестный регион", "мир", "643"])
def test_what_is_no_country_is_not_listed(text: str) -> None:
    assert SHIPPED.countries.find(text) is None


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
