"""Every finding about a file as a whole and about YAML's grammar, by code and place, with both of PyYAML's parsers."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nmo_autofill.profile import tree, yaml_source
from nmo_autofill.profile.checks import Context
from nmo_autofill.profile.diagnostics import Position, render, severities
from nmo_autofill.profile.document import LARGEST, Document, Unreadable, decode
from nmo_autofill.profile.loading import Loaded, load
from nmo_autofill.profile.node import Mapping, Node, Scalar, Sequence
from nmo_autofill.profile.people import judge
from nmo_autofill.profile.raw import RawFile
from nmo_autofill.profile.references import references
from nmo_autofill.profile.syntax import mistake
from nmo_autofill.texts import LANGUAGES, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TODAY = date(2025, 8, 1)
LOADERS = [yaml.SafeLoader, yaml.CSafeLoader]

BAD_BYTES = [
    ("file.empty", b"", 1, 1),
    ("file.empty", b"\n\n", 1, 1),
    ("file.empty", "\ufeff".encode(), 1, 1),
    ("file.empty", "# только примечание\n".encode(), 1, 1),
    ("file.empty", b"---\n", 1, 1),
    ("file.empty", b"''", 1, 1),
    ("file.large", b"#" * (LARGEST + 1), None, None),
    ("file.control", b"level: spo\nname: \0\n", 2, 7),
    ("file.control", b"level: spo\rname: a\x1b[31m\n", 2, 8),
    ("file.control", "name: а\N{LINE SEPARATOR}б".encode(), 1, 8),
    ("file.control", "name: а\x85б".encode(), 1, 8),
    ("file.encoding", "level: spo\nname: Алёна\n".encode("cp1251"), 2, 7),
    ("file.encoding", "\ufeffname: ".encode() + b"\xc0", 1, 7),
    ("file.encoding", "level: spo\n".encode("utf-16"), 1, 1),
    ("file.encoding", "level: spo\n".encode("utf-16-le"), 1, 2),
    ("file.encoding", "level: spo\n".encode("utf-16-be"), 1, 1),
    ("yaml.tab", b"level: spo\nconsent:\n\tdate: 1\n", 3, 1),
    ("yaml.tab", b"consent:\n  date: 1\n  \tform: 2\n", 3, 3),
    ("yaml.quote", b"name: 'a\nsurname: b\n", 1, 7),
    ("yaml.quote", b'name: a\nsurname: "b\n', 2, 10),
    ("yaml.quote", b"name: 'a\n---\nb: c\n", 1, 7),
    ("yaml.colon", b"name: a: b\n", 1, 8),
    ("yaml.no_colon", b"name: a\nsurname\nsex: b\n", 2, 1),
    ("yaml.no_colon", b"name: a\nsurname:b\nsex: b\n", 2, 1),
    ("yaml.no_colon", "name: a\nsurname:\N{NO-BREAK SPACE}b\nsex: b\n".encode(), 2, 1),
    ("yaml.start", b"name: @a\n", 1, 7),
    ("yaml.start", b"name: -\n", 1, 7),
    ("yaml.start", b"name: - a\n", 1, 7),
    ("yaml.start", b"name: ? a\n", 1, 7),
    ("yaml.start", b"name: > a\n", 1, 7),
    ("yaml.escape", b'name: "\\q"\n', None, None),
    ("yaml.indent", b"consent:\n    date: 1\n  form: 2\n", 3, 3),
    ("yaml.indent", b"- a\nb: c\n", 2, 1),
    ("yaml.syntax", b"name: [a\nb: }\n", None, None),
    ("yaml.syntax", b"%YAML 3.0\n---\nname: a\n", None, None),
    ("yaml.documents", b"name: a\n---\nname: b\n", 2, 1),
    ("yaml.documents", b"name: a\n...\nname: b\n", 3, 1),
    ("yaml.alias", "name: *имя\n".encode(), 1, 7),
    ("yaml.anchor", "name: &имя б\n".encode(), 1, 7),
    ("yaml.tag", b"name: !<a b\n", 1, 7),
    ("yaml.tag", b"name: !e!a b\n", 1, 7),
    ("yaml.deep", b"[" * 100_000, 1, 9),
    ("yaml.wide", b"name: a\n" * 100_000, 101, 1),
    ("yaml.deep", b"a: " + b"{a: " * 1000, 1, 32),
    ("shape.mapping", b"- name: a\n", 1, 1),
    ("shape.mapping", "Берёзкина".encode(), 1, 1),
]


def read_with(loader: type, content: bytes) -> Loaded:
    """Load as `load` does, by the given parser."""
    try:
        file = yaml_source.read("a.yaml", content, loader)
    except Unreadable as unreadable:
        file = RawFile(diagnostics=[unreadable.diagnostic])
    return judge([(file, Context(TODAY, references()))])


@pytest.mark.parametrize("loader", LOADERS, ids=["pure", "libyaml"])
@pytest.mark.parametrize(("code", "content", "line", "column"), BAD_BYTES)
def test_bad_file_is_told_with_its_place(
    code: str, content: bytes, line: int | None, column: int | None, loader: type
) -> None:
    loaded = read_with(loader, content)
    found = loaded.diagnostics[0]
    assert found.code == code
    if line is not None:
        assert (found.position.line, found.position.column) == (line, column)
    for language in LANGUAGES:
        assert f"[{code}]" in render(found, Texts(language))


@pytest.mark.parametrize(
    ("encoding", "guess"),
    [("cp1251", "Windows-1251"), ("cp866", "CP866 (DOS)"), ("koi8-r", "KOI8-R"), ("utf-16", "UTF-16")],
)
def test_the_encoding_is_guessed(encoding: str, guess: str) -> None:
    with pytest.raises(Unreadable) as caught:
        decode("a.yaml", "# примечание\nname: Алёна".encode(encoding))
    assert dict(caught.value.diagnostic.facts)["guess"] == guess


def test_the_encoding_of_one_pasted_line_is_guessed() -> None:
    with pytest.raises(Unreadable) as caught:
        decode("a.yaml", "# длинное примечание, правильное\nname: ".encode() + "Алёна".encode("cp1251"))
    assert dict(caught.value.diagnostic.facts)["guess"] == "Windows-1251"


def test_the_wrong_byte_is_named() -> None:
    with pytest.raises(Unreadable) as caught:
        decode("a.yaml", b"level: spo\nname: \xc0\xeb")
    assert dict(caught.value.diagnostic.facts) == {"byte": "C0", "offset": "17", "guess": "Windows-1251"}
    assert "0xC0" in render(caught.value.diagnostic, Texts("ru"))


def test_a_byte_order_mark_is_accepted(
    profile_with: Callable[[dict[str, str]], str], loaded_from: Callable[..., Loaded]
) -> None:
    loaded = loaded_from(b"\xef\xbb\xbf" + profile_with({"level": "level: нет"}).encode())
    assert [(one.code, one.position.line, one.position.column) for one in loaded.diagnostics] == [
        ("level.unknown", 1, 8)
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_places_are_right_with_any_line_break(
    line_break: str, profile_with: Callable[[dict[str, str]], str], loaded_from: Callable[..., Loaded]
) -> None:
    text = profile_with({"admission.issue_date": "  issue_date: 10.07.2O25"}).replace("\n", line_break)
    (found,) = loaded_from(text.encode()).diagnostics
    assert (found.code, found.position.line, found.position.column) == ("date.format", 23, 22)
    assert found.position.text == "  issue_date: 10.07.2O25"


def test_scalars_stay_as_they_are_written(
    profile_with: Callable[[dict[str, str]], str], loaded_from: Callable[..., Loaded]
) -> None:
    written = {
        "consent.form": "  form: yes",
        "admission.series": "  series: 0012",
        "admission.number": "  number: 1_000",
    }
    (person,) = loaded_from(profile_with(written)).people
    assert person.values["consent.form"] == "yes"
    assert person.values["admission.series"] == "0012"
    assert person.values["admission.number"] == "1_000"
    (person,) = loaded_from(profile_with({"consent.form": "  form: 22:30", "patronymic": "patronymic: нет"})).people
    assert person.values["consent.form"] == "22:30"
    assert person.values["patronymic"] is None


def test_a_mistake_without_a_place_is_still_told() -> None:
    found = mistake(Document("a.yaml", ""), yaml.YAMLError())
    assert (found.code, found.position) == ("yaml.syntax", Position("a.yaml"))


def test_an_alias_bomb_costs_nothing() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    codes = {one.code for one in read_with(yaml.CSafeLoader, bomb.encode()).diagnostics}
    assert {"yaml.alias", "yaml.anchor"} <= codes


def test_many_aliases_are_told_up_to_a_limit() -> None:
    codes = [one.code for one in read_with(yaml.CSafeLoader, b"[" + b"*a," * 100_000 + b"]").diagnostics]
    assert codes == ["shape.mapping", *["yaml.alias"] * 100, "file.many"]


def test_a_self_reference_is_refused() -> None:
    loaded = read_with(yaml.CSafeLoader, b"name: &a [*a]\n")
    told_codes = [one.code for one in loaded.diagnostics if one.code != "field.missing"]
    assert told_codes == ["consent.missing", "yaml.anchor", "shape.text", "yaml.alias"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(st.binary(), st.text().map(str.encode), st.text(alphabet="ab:-[]{}&*!|>'\"%@#?\t\n ,~.").map(str.encode))
)
@example(b"&a *a: b")
@example(b"? |\n a")
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
def test_any_bytes_only_make_diagnostics(content: bytes) -> None:
    for loader in LOADERS:
        loaded = read_with(loader, content)
        assert all(person.profile is None for person in loaded.people)
        assert any(severities()[one.code] == "error" for one in loaded.diagnostics)
        assert all(render(one, Texts("ru")) for one in loaded.diagnostics)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    key=st.sampled_from(["snils", "surname", "patronymic", "birth_date", "email", "phone", "region", "sex"]),
    text=st.text(),
)
def test_any_value_only_makes_diagnostics(key: str, text: str, profile_with: Callable[[dict[str, str]], str]) -> None:
    quoted = "".join(f"\\U{ord(character):08x}" for character in text)
    content = profile_with({key: f'{key}: "{quoted}"'}).encode()
    for loader in LOADERS:
        loaded = read_with(loader, content)
        for one in loaded.diagnostics:
            assert one.field in {key, ""} or one.code == "patronymic.sex"
            assert one.position.line is not None


def test_both_parsers_build_the_same_tree() -> None:
    text = "# п\na: 'О''x'\nb: \"в\\u0041\"\nc: |\n  йцу\n  к\nd: [1, {e: 2}]\n"
    document = decode("a.yaml", text.encode())
    pure, fast = (tree.parse(document, loader).root for loader in LOADERS)
    assert isinstance(pure, Mapping)
    assert isinstance(fast, Mapping)
    assert [*told(pure)] == [*told(fast)]
    assert {place for _, place in told(pure)} == {(2, 4), (3, 4), (4, 4), (7, 5), (7, 12)}
    assert repr(pure) == "Mapping(2:1)"


def told(node: Node) -> Iterator[tuple[str, tuple[int | None, int | None]]]:
    if isinstance(node, Scalar):
        yield node.text, (node.at(99).line, node.at(99).column)
    for child in node.items if isinstance(node, Sequence) else ():
        yield from told(child)
    for _, child in node.pairs if isinstance(node, Mapping) else ():
        yield from told(child)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    loaded = load([tmp_path / "nobody.yaml"], today=TODAY)
    assert [one.code for one in loaded.diagnostics] == ["file.missing"]
    assert [(left.source.file, left.why) for left in loaded.left_out] == [
        (str(tmp_path / "nobody.yaml"), "file.missing")
    ]


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "people.txt").write_text("level: spo")
    assert [one.code for one in load([tmp_path / "people.txt"], today=TODAY).diagnostics] == ["file.kind"]


@pytest.mark.parametrize(("size", "codes"), [(LARGEST, []), (LARGEST + 1, ["file.large"])])
def test_a_long_file_is_read_to_its_end(
    size: int, codes: list[str], profile_with: Callable[[dict[str, str]], str], loaded_from: Callable[..., Loaded]
) -> None:
    profile = profile_with({}).encode()
    comment = b"#" * (size - len(profile) - 1)
    assert [one.code for one in loaded_from(comment + b"\n" + profile).diagnostics] == codes


def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "loop.yaml"
    path.symlink_to(path)
    loaded = load([path, tmp_path], today=TODAY)
    assert [one.code for one in loaded.diagnostics] == ["file.unreadable"]
    assert render(loaded.diagnostics[0], Texts("ru"))


def test_a_pipe_or_device_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    loaded = load([tmp_path], today=TODAY)
    assert [one.code for one in loaded.diagnostics] == ["file.special", "file.special"]
    assert [left.why for left in loaded.left_out] == ["file.special", "file.special"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"graduates:\n" + b"- 1\n" * 20_000, "shape.mapping"), (b"graduates:\n" + b"- {}\n" * 2_000, "field.missing")],
)
def test_a_file_with_very_many_errors_is_told_up_to_a_limit(content: bytes, code: str) -> None:
    loaded = read_with(yaml.CSafeLoader, content)
    found = [one.code for one in loaded.diagnostics]
    assert found.count(code) > 8_000
    assert found[-1] == "file.many"
    assert len(found) < 10_100
    assert [left.why for left in loaded.left_out][-1] == "file.many"


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    assert [one.code for one in load([tmp_path], today=TODAY).diagnostics] == ["file.unreadable"]


def test_a_folder_without_profiles_is_told(tmp_path: Path) -> None:
    (tmp_path / ".hidden.yaml").write_text("level: spo")
    (tmp_path / "notes.txt").write_text("")
    assert [one.code for one in load([tmp_path], today=TODAY).diagnostics] == ["file.none"]


def test_folders_are_searched_in_order_and_files_read_once(
    tmp_path: Path, profile_with: Callable[[dict[str, str]], str]
) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.YAML", "a.yml", "b/d.yaml"):
        (tmp_path / name).write_text(profile_with({}), "utf-8")
    loaded = load([tmp_path / "c.YAML", tmp_path, tmp_path / "b" / ".." / "a.yml"], today=TODAY)
    assert [Path(person.source.file).name for person in loaded.people] == ["c.YAML", "a.yml", "d.yaml"]
