"""What staff said once for a group."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.profile.answers import Answer, Said
from nmo_autofill.profile.diagnostics import message
from nmo_autofill.profile.document import Unreadable
from nmo_autofill.profile.loading import load
from nmo_autofill.profile.memory import Memories, Memory, recall, remember
from nmo_autofill.profile.sheet.completion import GivenOnce
from nmo_autofill.texts import Texts
from tests.profile.sheet.conftest import ALENA, csv_bytes, table

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 24)
LIST = "СД-41.xlsx"


def full(folder: Path) -> Memory:
    said = (
        Said(joined=(folder / "контакты.xlsx",))
        .with_given(GivenOnce("region", "Омская область"))
        .with_answer("citizenship", Answer(" Р Ф ", "Россия", TODAY))
    )
    return Memory({LIST: said})


def test_what_is_remembered_is_recalled(tmp_path: Path) -> None:
    remember(tmp_path / "group.yaml", full(tmp_path))
    recalled = recall(tmp_path / "group.yaml")
    assert recalled == full(tmp_path)
    assert recalled.lists[LIST].answers["citizenship"]["р ф"].text == "Р Ф"
    assert str(recalled.lists[LIST].given["region"].at()) == f"{tmp_path / 'group.yaml'}:5:15"
    assert [file.name for file in tmp_path.iterdir()] == ["group.yaml"]


def test_it_is_written_for_people_to_read(tmp_path: Path) -> None:
    remember(tmp_path / "group.yaml", full(tmp_path))
    assert (tmp_path / "group.yaml").read_text("utf-8") == (
        "# Что учебная часть ответила о списках. Строки можно править и удалять.\n"
        "lists:\n"
        "  СД-41.xlsx:\n"
        "    set:\n"
        "      region: Омская область\n"
        "    join:\n"
        "    - контакты.xlsx\n"
        "    answers:\n"
        "    - field: citizenship\n"
        "      text: Р Ф\n"
        "      value: Россия\n"
        "      date: 24.11.2026\n"
    )


def test_each_list_has_what_was_said_for_it(tmp_path: Path) -> None:
    remember(tmp_path / "group.yaml", full(tmp_path))
    memories = Memories()
    assert memories.said(str(tmp_path / LIST)) == full(tmp_path).lists[LIST]
    assert memories.said(str(tmp_path / "ЛД-41.xlsx")) == Said()
    assert memories.said(str(tmp_path / "other" / LIST)) == Said()


def test_only_what_is_new_is_written(tmp_path: Path) -> None:
    memories, said = Memories(), Said().with_given(GivenOnce("region", "Омская область"))
    memories.learn(str(tmp_path / "a.csv"), Said())
    assert [*memories.changed()] == []
    memories.learn(str(tmp_path / "a.csv"), said)
    assert [*memories.changed()] == [(tmp_path / "group.yaml", Memory({"a.csv": said}))]


def test_nothing_is_recalled_where_nothing_was_said(tmp_path: Path) -> None:
    assert recall(tmp_path / "group.yaml") == Memory()
    (tmp_path / "group.yaml").write_text("", encoding="utf-8")
    assert recall(tmp_path / "group.yaml") == Memory()


@pytest.mark.parametrize(
    "people",
    ["graduates:\n  - surname: Ягодкина\n", "graduates: 3\n", "Фамилия: Ягодкина\n", "lists: {}\nsnils: 1\n"],
)
def test_a_file_with_people_is_no_memory_and_is_left_alone(tmp_path: Path, people: str) -> None:
    (tmp_path / "group.yaml").write_text(people, encoding="utf-8")
    assert recall(tmp_path / "group.yaml") == Memory()
    with pytest.raises(Unreadable):
        remember(tmp_path / "group.yaml", full(tmp_path))
    assert (tmp_path / "group.yaml").read_text("utf-8") == people


def of_list(text: str) -> str:
    return f"lists:\n  а.xlsx:\n    {text}\n"


ANSWER = "answers: [{field: region, text: Омск, value: Омская область, date: 24.11.2026}]"
LACKING = ANSWER.replace(", date: 24.11.2026", "")


@pytest.mark.parametrize("text", ["lists:\n", of_list(""), of_list("set:"), of_list("join:"), of_list("answers: []")])
def test_what_is_emptied_by_hand_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "group.yaml").write_text(text, encoding="utf-8")
    assert all(said == Said() for said in recall(tmp_path / "group.yaml").lists.values())


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("- а\n", 1, "название: значение"),
        ("а\n", 1, "название: значение"),
        ("что-то: 1\nlists: {}\n", 1, "нет: что-то; годятся lists"),
        ("set:\n  region: Омская область\n", 1, "нет: set; годятся lists"),
        ("lists: [а]\n", 1, "название: значение"),
        ("lists: {}\nlists: {}\n", 2, "второй раз: lists"),
        (of_list("цвет: красный"), 3, "нет: цвет; годятся set, join, answers"),
        (of_list("set: [region]"), 3, "название: значение"),
        (of_list("set: {цвет: красный}"), 3, "нет: цвет"),
        (of_list("set: {phone: '1'}"), 3, "поле phone у каждого человека своё"),
        (of_list("set: {region: [a]}"), 3, "одно значение"),
        (of_list("set: {region: А, region: Б}"), 3, "второй раз: region"),
        (of_list("set: {[a]: Б}"), 3, "одно значение"),
        (of_list("join: б.xlsx"), 3, "перечень"),
        (of_list("join: [../б.xlsx]"), 3, "из той же папки"),
        (of_list("join: [а.xlsx]"), 3, "другой файл"),
        (of_list("answers: [region]"), 3, "название: значение"),
        (of_list(ANSWER.replace("Омская область", "")), 3, "одно значение"),
        (of_list(ANSWER.replace("24.11.2026", "вчера")), 3, "дата ответа"),
        (of_list(ANSWER.replace("region", "surname")), 3, "нет: surname; годятся region, citizenship"),
        (of_list(LACKING), 3, "не хватает: date"),
        (of_list("set: {region: Омская область"), 4, "YAML"),
        ("\tlists: {}\n", 1, "табуляцией"),
    ],
)
def test_what_is_written_otherwise_is_told_with_its_line_and_the_reason(
    tmp_path: Path, text: str, line: int, why: str
) -> None:
    (tmp_path / "group.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable) as raised:
        recall(tmp_path / "group.yaml")
    found = raised.value.diagnostic
    assert (found.position.file, found.position.line) == (str(tmp_path / "group.yaml"), line)
    assert why in message(found, Texts("ru"))
    assert message(found, Texts("en"))


def test_what_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "group.yaml").write_bytes(b"lists: {region: \xce}")
    with pytest.raises(Unreadable, match=r"file\.encoding"):
        recall(tmp_path / "group.yaml")
    (tmp_path / "group.yaml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(Unreadable, match=r"file\.large"):
        recall(tmp_path / "group.yaml")
    (tmp_path / "group.yaml").write_text("[" * 900_000, encoding="utf-8")
    with pytest.raises(Unreadable, match=r"yaml\.deep"):
        recall(tmp_path / "group.yaml")
    with pytest.raises(FileNotFoundError):
        remember(tmp_path / "nowhere" / "group.yaml", full(tmp_path))


def test_it_is_nobody_s_profile_in_a_folder(tmp_path: Path) -> None:
    remember(tmp_path / "group.yaml", full(tmp_path))
    loaded = load([tmp_path], today=TODAY)
    assert (loaded.people, loaded.diagnostics, loaded.left_out) == ((), (), ())


@pytest.mark.parametrize(
    ("heading", "key", "code"),
    [
        ("Регион", "region", "region.unknown"),
        ("Гражданство", "citizenship", "citizenship.unknown"),
        ("Специальность", "admission.specialty", "specialty.unknown"),
    ],
)
def test_an_answer_that_the_closed_list_does_not_have_is_told_and_not_used(
    tmp_path: Path, heading: str, key: str, code: str
) -> None:
    (tmp_path / "а.csv").write_bytes(csv_bytes(table(ALENA | {heading: "Нарния"})))
    text = of_list(f"answers: [{{field: {key}, text: Нарния, value: Омская обл, date: 24.11.2026}}]")
    (tmp_path / "group.yaml").write_text(text, encoding="utf-8")
    loaded = load([tmp_path / "а.csv"], today=TODAY, said=Memories().said)
    assert [one.code for one in loaded.diagnostics] == [code]
    (tmp_path / "group.yaml").write_text(text.replace("а.xlsx", "а.csv"), encoding="utf-8")
    loaded = load([tmp_path / "а.csv"], today=TODAY, said=Memories().said)
    places = [(one.code, one.field, one.position.file.rpartition("/")[2]) for one in loaded.diagnostics]
    assert sorted(places) == sorted([(code, key, "group.yaml"), (code, key, "а.csv")])
    assert loaded.people[0].profile is None
    assert [left.why for left in loaded.left_out if left.is_wrong] == [code]


def test_an_answer_is_spelled_as_the_closed_list_has_it(tmp_path: Path) -> None:
    (tmp_path / "а.csv").write_bytes(csv_bytes(table(ALENA | {"Регион": "Омск"})))
    text = of_list(ANSWER.replace("Омская область", "омская  область")).replace("а.xlsx", "а.csv")
    (tmp_path / "group.yaml").write_text(text, encoding="utf-8")
    loaded = load([tmp_path / "а.csv"], today=TODAY, said=Memories().said)
    assert loaded.people[0].values["region"] == "Омская область"


def test_a_wrong_value_is_told_where_it_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "а.csv").write_bytes(csv_bytes(table(ALENA, without=["Регион"])))
    (tmp_path / "group.yaml").write_text(of_list("set: {region: Омск}").replace("а.xlsx", "а.csv"), encoding="utf-8")
    loaded = load([tmp_path / "а.csv"], today=TODAY, said=Memories().said)
    assert [(one.code, str(one.position)) for one in loaded.diagnostics] == [
        ("region.unknown", f"{tmp_path / 'group.yaml'}:3:19")
    ]
