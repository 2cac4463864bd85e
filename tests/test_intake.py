"""Lists on the command line: values for a group, questions at a terminal, memory, copies, profiles, templates."""

from __future__ import annotations

import errno
import json
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest

from nmo_autofill import cli
from nmo_autofill.errors import UsageError
from nmo_autofill.intake import parse_given
from nmo_autofill.terminal import Terminal
from nmo_autofill.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.conftest import AtTerminal

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "docs" / "group-sd-42.csv"
REGION = 6
CITIZENSHIP = 5
PHONE = 7
SPECIALTY = 13


class Told(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    monkeypatch.setenv("NMO_AUTOFILL_FOLDER", str(tmp_path / "data"))

    def called(*arguments: str | Path) -> Told:
        code = cli.main([*map(str, arguments)])
        return Told(code, *capsys.readouterr())

    return called


def group(
    folder: Path, *, without: Sequence[int] = (), other: dict[int, str] | None = None, name: str = "list.csv"
) -> Path:
    """Write the sample list without some columns, or with another value in a column, and return it."""
    rows = [line.split(";") for line in SAMPLE.read_text("utf-8-sig").splitlines()]
    for row in rows[2:-1]:
        for column, value in (other or {}).items():
            row[column] = value
    kept = [[cell for column, cell in enumerate(row) if column not in without] for row in rows]
    file = folder / name
    file.write_text("".join(";".join(row) + "\n" for row in kept), encoding="utf-8")
    return file


def test_a_missing_column_is_given_once_and_remembered(call: Callable[..., Told], tmp_path: Path) -> None:
    file = group(tmp_path, without=[REGION])
    told = call("check", file)
    assert told.code == 1
    assert told.out.count("[column.missing]") == 1
    assert '--set region="…"' in told.out
    told = call("check", file, "--set", "Регион=Омская область")
    assert told.code == 0
    assert "group.yaml" in told.err
    told = call("check", file)
    assert told.code == 0
    assert told.err == f"Взято из group.yaml для {file}: Регион постоянного проживания = Омская область.\n"


def test_what_is_said_of_one_list_holds_for_no_other_in_the_folder(call: Callable[..., Told], tmp_path: Path) -> None:
    nurses = group(tmp_path, without=[SPECIALTY], name="СД-41.csv")
    other = group(tmp_path, without=[SPECIALTY], name="ЛД-41.csv")
    assert call("check", nurses, "--set", "admission.specialty=Сестринское дело").code == 0
    told = call("check", other)
    assert (told.code, told.out.count("[column.missing]"), told.err) == (1, 1, "")
    told = call("check", tmp_path)
    assert told.code == 1
    assert [line for line in told.out.splitlines() if "[column.missing]" in line] == [
        line for line in told.out.splitlines() if line.startswith(f"{other}:A")
    ]
    assert told.err.count("Взято из group.yaml") == 1
    assert call("check", other, "--set", "admission.specialty=Лечебное дело").code == 0
    document = json.loads(call("check", tmp_path, "--format", "json").out)
    assert {
        (Path(person["source"]["file"]).name, person["profile"]["admission"]["specialty"])
        for person in document["people"]
    } == {("СД-41.csv", "Сестринское дело"), ("ЛД-41.csv", "Лечебное дело")}
    assert "twice.snils" in {found["code"] for found in document["diagnostics"]}


def test_a_value_for_a_column_that_the_list_has_is_told_and_not_remembered(
    call: Callable[..., Told], tmp_path: Path
) -> None:
    file = group(tmp_path)
    told = call("check", file, "--set", "region=Томская область")
    assert told.code == 0
    assert f"--set region: предупреждение [given.unused] В списке {file} есть столбец" in told.out
    assert not (tmp_path / "group.yaml").exists()


def test_a_remembered_value_for_a_column_that_came_later_is_told_and_not_used(
    call: Callable[..., Told], tmp_path: Path
) -> None:
    assert call("check", group(tmp_path, without=[REGION]), "--set", "region=Томская область").code == 0
    told = call("check", group(tmp_path))
    assert "group.yaml:5:15: предупреждение [given.unused]" in told.out
    assert told.err == ""


def test_a_wrong_remembered_value_is_told_at_its_line(call: Callable[..., Told], tmp_path: Path) -> None:
    file = group(tmp_path, without=[REGION])
    (tmp_path / "group.yaml").write_text("lists:\n  list.csv:\n    set:\n      region: Омск\n", encoding="utf-8")
    told = call("check", file)
    assert told.code == 1
    assert f"{tmp_path / 'group.yaml'}:4:15: ошибка [region.unknown]" in told.out
    assert "--set" not in told.out


def test_a_wrong_remembered_answer_stops_the_call(call: Callable[..., Told], tmp_path: Path) -> None:
    answer = "{field: region, text: Омск, value: Омская обл, date: 01.02.2026}"
    (tmp_path / "group.yaml").write_text(f"lists:\n  list.csv:\n    answers: [{answer}]\n", encoding="utf-8")
    told = call("check", group(tmp_path, other={REGION: "Омск"}))
    assert told.code == 1
    assert f"{tmp_path / 'group.yaml'}:3:" in told.out
    assert told.out.count("ошибка [region.unknown]") == 4


def test_a_value_that_is_wrong_is_told_and_not_remembered(call: Callable[..., Told], tmp_path: Path) -> None:
    told = call("check", group(tmp_path, without=[REGION]), "--set", "region=Омск-город")
    assert told.code == 1
    assert "--set region: ошибка [region.unknown]" in told.out
    assert not (tmp_path / "group.yaml").exists()


@pytest.mark.parametrize("setting", ["region", "region=", "snils=901-000-111 94", "Дата согласия=01.01.2026", "цвет=а"])
def test_what_cannot_be_given_for_a_group_is_wrong_use(call: Callable[..., Told], setting: str) -> None:
    told = call("check", SAMPLE, "--set", setting)
    assert told.code == 2
    assert "--set" in told.err
    assert "111 94" not in told.err


def test_a_field_is_given_once(call: Callable[..., Told]) -> None:
    told = call("check", SAMPLE, "--set", "region=Омская область", "--set", "Регион=Томская область")
    assert told.code == 2
    assert "--set Регион=…: поле названо второй раз" in told.err


@pytest.mark.parametrize("name", ["телефон", "phone", "Дата согласия", "admission.number"])
def test_what_is_each_person_s_own_is_told_to_be_so(name: str) -> None:
    with pytest.raises(UsageError, match="у каждого человека это своё"):
        parse_given([f"{name}=1"], Texts("ru"))
    with pytest.raises(UsageError, match="each person's own"):
        parse_given([f"{name}=1"], Texts("en"))


def test_a_value_holds_only_where_the_list_has_no_column(call: Callable[..., Told], tmp_path: Path) -> None:
    told = call("check", group(tmp_path), "--set", "region=Томская область", "--format", "json")
    assert {person["profile"]["region"] for person in json.loads(told.out)["people"]} == {"Омская область"}


def test_questions_are_asked_once_at_a_terminal_and_remembered(
    call: Callable[..., Told], at_terminal: AtTerminal, tmp_path: Path
) -> None:
    file = group(tmp_path, without=[REGION], other={CITIZENSHIP: "Омичи"})
    code, shown = at_terminal(["Омск", "1", "россия"], "check", file)
    assert code == 0, shown
    assert "1. Омская область" in shown
    assert "«Омичи» (Гражданство, " in shown
    assert "3 человека) нет в списке" in " ".join(shown.split())
    told = call("check", file, "--format", "json")
    document = json.loads(told.out)
    assert told.code == 0
    assert {(person["profile"]["region"], person["profile"]["citizenship"]) for person in document["people"]} == {
        ("Омская область", "Россия")
    }
    assert {found["code"] for found in document["diagnostics"]} >= {"answer.applied"}


def test_a_question_may_be_left_open(at_terminal: AtTerminal, tmp_path: Path) -> None:
    file = group(tmp_path, without=[REGION])
    code, _ = at_terminal([""], "check", file)
    assert code == 1
    assert not (tmp_path / "group.yaml").exists()


def regions(folder: Path, texts: Sequence[str]) -> Path:
    """Write a list of as many people as there are texts, each with one of them in the column of the region."""
    title, heading, person, *_ = group(folder).read_text("utf-8").splitlines()
    rows = [person.split(";") for _ in texts]
    for row, text in zip(rows, texts, strict=True):
        row[REGION] = text
    file = folder / "list.csv"
    file.write_text("\n".join([title, heading, *map(";".join, rows)]) + "\n", encoding="utf-8")
    return file


def test_a_question_that_was_left_open_is_not_asked_again(at_terminal: AtTerminal, tmp_path: Path) -> None:
    code, shown = at_terminal(["", "Омская область"], "check", regions(tmp_path, ["улица", "Омск"]))
    assert code == 1
    assert shown.count("нет в списке. Что это?") == 2


def test_more_than_ten_questions_of_a_field_may_all_be_left_open(at_terminal: AtTerminal, tmp_path: Path) -> None:
    file = regions(tmp_path, [f"Улица {number}" for number in range(11)])
    _, shown = at_terminal(["пропустить"], "check", file)
    shown = " ".join(shown.split())
    assert "Осталось 11 вопросов о поле «Регион постоянного проживания»: Enter — спрашивать дальше" in shown
    assert "нет в списке. Что это?" not in shown


def test_after_five_open_questions_of_a_field_the_rest_may_be_left_open(
    at_terminal: AtTerminal, tmp_path: Path
) -> None:
    file = regions(tmp_path, [f"Улица {number}" for number in range(8)])
    _, shown = at_terminal(["", "", "", "", "", "Пропустить"], "check", file)
    assert "Осталось 3 вопроса о поле" in shown
    _, shown = at_terminal(["", "", "", "", "", "", "", "", ""], "check", file)
    assert shown.count("Осталось") == 1


def test_a_refused_answer_is_asked_again_with_what_is_like_it(
    call: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["как-нибудь", "документ", "Омска обл.", "1", "", "", "", "", "", "пропустить"])
    monkeypatch.setattr(Terminal, "can_ask", property(lambda _: True))
    monkeypatch.setattr("builtins.input", lambda: next(answers))
    regions(tmp_path, ["Омсик", *(f"Улица {number}" for number in range(8))])
    rows = [line.split(";") for line in (tmp_path / "list.csv").read_text("utf-8").splitlines()]
    way = rows[1].index("Основание допуска")
    text = "\n".join(";".join(row[:way] + row[way + 1 :]) for row in rows)
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    told = call("check", tmp_path / "list.csv")
    assert next(answers, None) is None
    assert told.code == 1
    assert "Можно: документ" in told.err
    assert told.err.count("Такого значения нет.") == 2
    assert (
        (tmp_path / "group.yaml")
        .read_text("utf-8")
        .startswith(
            "# Что учебная часть ответила о списках. Строки можно править и удалять.\n"
            "lists:\n"
            "  list.csv:\n"
            "    set:\n"
            "      admission.way: документ\n"
            "    answers:\n"
            "    - field: region\n"
            "      text: Омсик\n"
            "      value: Омская область\n"
        )
    )


def test_a_missing_column_is_asked_for_each_list(
    call: Callable[..., Told], at_terminal: AtTerminal, tmp_path: Path
) -> None:
    group(tmp_path, without=[SPECIALTY], name="ЛД-41.csv")
    group(tmp_path, without=[SPECIALTY], name="СД-41.csv", other={CITIZENSHIP: "Омичи"})
    at_terminal(["Лечебное дело", "", "1"], "check", tmp_path)
    document = json.loads(call("check", tmp_path, "--format", "json").out)
    given = {
        (Path(person["source"]["file"]).name, person["profile"]["admission"].get("specialty"))
        for person in document["people"]
    }
    assert given == {("ЛД-41.csv", "Лечебное дело"), ("СД-41.csv", None)}


def test_nothing_is_asked_where_nobody_sits(call: Callable[..., Told], tmp_path: Path) -> None:
    told = call("check", group(tmp_path, other={CITIZENSHIP: "Омичи"}))
    assert told.code == 1
    assert "Возможно, вы имели в виду" in told.out


def test_a_damaged_memory_is_told(call: Callable[..., Told], tmp_path: Path) -> None:
    file = group(tmp_path)
    (tmp_path / "group.yaml").write_text("set: [a]\n", encoding="utf-8")
    told = call("check", file)
    assert told.code == 1
    assert f"{tmp_path / 'group.yaml'}:1:1 нельзя прочитать или записать: такого поля здесь нет: set;" in told.err


def test_an_answer_that_cannot_be_kept_is_told_and_holds_for_now(call: Callable[..., Told], tmp_path: Path) -> None:
    file = group(tmp_path, without=[REGION])
    (tmp_path / "group.yaml").write_text("graduates: []\n", encoding="utf-8")
    told = call("check", file, "--set", "region=Омская область")
    assert told.code == 0
    assert "group.yaml нельзя прочитать или записать: в нём записаны люди." in told.err


def test_a_folder_that_cannot_be_written_to_is_told_in_words(
    call: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("nmo_autofill.intake.remember", refuse)
    told = call("check", group(tmp_path, without=[REGION]), "--set", "region=Омская область")
    assert told.code == 0
    assert "диск только для чтения" in told.err


def test_a_second_list_is_joined_and_remembered(call: Callable[..., Told], tmp_path: Path) -> None:
    contacts = group(tmp_path, without=[1, 2, 3, 5, *range(9, 19)]).rename(tmp_path / "contacts.csv")
    file = group(tmp_path, without=[6, 7, 8])
    assert call("check", file).code == 1
    told = call("check", file, "--join", contacts)
    assert told.code == 0, told.out
    told = call("check", file)
    assert told.code == 0
    assert f"Взято из group.yaml для {file}: присоединён список contacts.csv.\n" in told.err
    assert call("check", tmp_path, "--join", contacts).out.count("люди 3") == 2
    told = call("check", tmp_path)
    assert (told.code, told.out.count("Проверено 3 человека")) == (0, 1)
    told = call("check", contacts)
    assert (told.code, "Проверено 3 человека" in told.out, told.err) == (1, True, "")


def test_a_list_is_not_joined_with_itself(call: Callable[..., Told], tmp_path: Path) -> None:
    file = group(tmp_path)
    told = call("check", file, "--join", tmp_path / "." / "list.csv")
    assert told.code == 2
    assert "назван и сам, и в --join" in told.err
    assert not (tmp_path / "group.yaml").exists()


def test_a_list_without_anybody_is_not_well(call: Callable[..., Told], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("".join(group(tmp_path).read_text("utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    assert call("check", file).code == 1


def test_the_sum_of_the_rows_is_told(call: Callable[..., Told]) -> None:
    assert ": строк 6 = люди 3, над шапкой 1, шапка 1, итоги 1 (6).\n" in call("check", SAMPLE).out
    document = json.loads(call("check", SAMPLE, "--format", "json").out)
    kinds = {"person": 3, "row.title": 1, "row.heading": 1, "row.total": 1}
    assert document["rows"] == [{"file": str(SAMPLE), "sheet": None, "rows": 6, "kinds": kinds}]
    assert document["people"][0]["source"] == {"file": str(SAMPLE), "line": 3, "sheet": None, "row": 3}


def test_hints_that_differ_in_the_row_only_are_told_together(call: Callable[..., Told]) -> None:
    told = call("check", SAMPLE)
    assert told.out.count("[cell.phone]") == 1
    assert "То же в ячейках: H4, H5" in told.out


def test_github_reads_the_findings_without_values(call: Callable[..., Told], tmp_path: Path) -> None:
    told = call("check", group(tmp_path, other={3: "31.02.2004"}), "--format", "github")
    errors = [line for line in told.out.splitlines() if line.startswith("::error ")]
    assert errors[0].startswith(f"::error file={tmp_path}/list.csv,line=3,title=date.calendar D3::")
    assert len(errors) == 3
    assert "31.02.2004" not in told.out


def test_a_copy_with_remarks_stands_beside_the_list(call: Callable[..., Told], tmp_path: Path) -> None:
    file = group(tmp_path, other={3: "31.02.2004"})
    before = file.read_bytes()
    for name in ("list (проверка).xlsx", "list (проверка 2).xlsx"):
        told = call("check", file, "--annotate")
        assert told.code == 1
        assert name in told.err
        copy = openpyxl.load_workbook(tmp_path / name)
        assert "date.calendar" in {row[8].value for row in copy["Проверка"].iter_rows()}
        assert copy.worksheets[0]["D3"].comment is not None
    assert file.read_bytes() == before


def test_a_copy_of_a_workbook_keeps_its_look_and_is_passed_over_in_its_folder(
    call: Callable[..., Told], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for row in group(tmp_path, other={3: "31.02.2004"}).read_text("utf-8").splitlines():
        book.worksheets[0].append(row.split(";"))
    book.worksheets[0].column_dimensions["B"].width = 41
    (tmp_path / "list.csv").unlink()
    book.save(tmp_path / "list.xlsx")
    assert call("check", tmp_path / "list.xlsx", "--annotate").code == 1
    copy = tmp_path / "list (проверка).xlsx"
    assert openpyxl.load_workbook(copy).worksheets[0].column_dimensions["B"].width == 41
    told = call("check", tmp_path)
    assert "[file.annotated]" in told.out
    assert "Проверено 3 человека" in told.out
    assert "Проверено 3 человека" in call("check", copy).out


def test_a_copy_that_cannot_be_written_is_told_and_leaves_nothing(
    call: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = group(tmp_path)
    monkeypatch.setattr(Path, "write_bytes", refuse)
    told = call("check", file, "--annotate")
    assert told.code == 2
    assert f"{file} (на диске нет места)" in told.err
    assert [*tmp_path.glob("*.xlsx")] == []


@pytest.mark.parametrize("letters", ["д" * 118, "a" * 245])
def test_a_copy_of_a_list_with_a_long_name_has_a_shorter_one(
    call: Callable[..., Told], tmp_path: Path, letters: str
) -> None:
    long = group(tmp_path).rename(tmp_path / f"{letters}.csv")
    for word in ("проверка", "проверка 2"):
        assert call("check", long, "--annotate").code == 0
        (copy,) = tmp_path.glob(f"* ({word}).xlsx")
        assert letters.startswith(copy.stem.partition(" ")[0])
        assert len(copy.name.encode()) in {254, 255}


@pytest.mark.parametrize(("of_list", "of_copy"), [(0o644, 0o600), (0o600, 0o600), (0o440, 0o400)])
def test_a_copy_is_its_owner_s_only(call: Callable[..., Told], tmp_path: Path, of_list: int, of_copy: int) -> None:
    file = group(tmp_path)
    file.chmod(of_list)
    assert call("check", file, "--annotate").code == 0
    assert stat.S_IMODE((tmp_path / "list (проверка).xlsx").stat().st_mode) == of_copy


def test_profiles_are_made_of_a_list(call: Callable[..., Told], tmp_path: Path) -> None:
    told = call("import", SAMPLE, "--out", tmp_path / "profiles")
    assert (told.code, told.out) == (0, f"Записано 3 профиля: {tmp_path / 'profiles'}\n")
    assert call("check", tmp_path / "profiles").code == 0
    told = call("import", SAMPLE, "--out", tmp_path / "profiles")
    assert told.code == 2
    assert "что-то есть" in told.err


def test_a_template_is_an_empty_list_and_overwrites_nothing(call: Callable[..., Told], tmp_path: Path) -> None:
    told = call("template", tmp_path / "list.xlsx")
    assert told.code == 0
    told = call("check", tmp_path / "list.xlsx")
    assert told.code == 1
    assert "строк 2 = шапка 1, пример 1" in told.out
    assert call("template", tmp_path / "list.xlsx").code == 2


def test_a_template_that_is_filled_in_is_read_without_a_question(call: Callable[..., Told], tmp_path: Path) -> None:
    call("template", tmp_path / "list.xlsx")
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    sheet = book.worksheets[0]
    (example,) = sheet.iter_rows(2, 2, values_only=True)
    for column, value in enumerate(("1", *example[1:]), 1):
        sheet.cell(3, column).value = value
    book.save(tmp_path / "list.xlsx")
    told = call("import", tmp_path / "list.xlsx", "--out", tmp_path / "profiles")
    assert told.code == 0
    assert told.out.startswith("Записан 1 профиль")


def test_a_list_beside_profiles_is_found_in_the_folder(call: Callable[..., Told], tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path)
    shutil.copy(ROOT / "profiles" / "kim.yaml", tmp_path)
    (tmp_path / "~$group-sd-42.xlsx").write_bytes(b"\0")
    assert "Проверено 4 человека" in call("check", tmp_path).out
