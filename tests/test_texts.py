from __future__ import annotations

import ast
import io
import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, get_args

import pytest
from babel.messages.pofile import read_po

import nmo_autofill
from nmo_autofill import errors
from nmo_autofill.browser.operator import Part
from nmo_autofill.browser.provision import State
from nmo_autofill.errors import NmoAutofillError
from nmo_autofill.outcome import DriftKind, FieldStatus, Outcome
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.profile.diagnostics import Severity, severities
from nmo_autofill.profile.keys import keys
from nmo_autofill.profile.people import Verdict
from nmo_autofill.profile.sheet.row import Kind
from nmo_autofill.runs.handoffs import Decision
from nmo_autofill.runs.queue import Stage
from nmo_autofill.texts import LANGUAGES, Language, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(nmo_autofill.__file__).parent
KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")

# Names in the code that only look like keys of messages: keys of profiles, files.
OTHER_NAMES = {"consent.date", "consent.form", "report.html", "group.yaml"}
# What an English sentence may call in Russian without quoting it.
PROPER_NAMES = {"СНИЛС", "НМФО"}
# The form filler knows which field it fills, and what it shows: facts that it adds to what a control says.
ADDED: dict[type[errors.NmoAutofillError], set[str]] = {
    kind: set(kind(**dict.fromkeys(kind.needs, "")).facts) - kind.needs for kind in errors.FieldError.__subclasses__()
}


def families() -> dict[str, set[str]]:
    """Return the keys that are put together while the program runs: the beginning, and what may follow."""
    return {
        "decision.": set(Decision),
        "doctor.": set(State),
        "drift.": set(DriftKind),
        "field.": set(keys()),
        "field_status.": set(FieldStatus),
        "form_field.": {field for page in load_map("nmfo").pages.values() for field in page.fields},
        "handoff.": {*Part, "words"},
        "outcome.": set(Outcome),
        "row_kind.": {kind.name.lower() for kind in Kind},
        "severity.": set(Severity),
        "stage.": set(Stage),
        "step_name.": {*_first_arguments("StepOutcome"), *_first_arguments("_taken"), *_first_arguments("_troubled")},
        "verdict.": set(get_args(Verdict)),
    }


@cache
def catalogue(language: Language) -> dict[str, tuple[str, ...]]:
    """Return every key of one language with its sentences: one, or one a plural form."""
    found: dict[str, tuple[str, ...]] = {}
    for source in sorted((PACKAGE / "locale" / language).glob("*.po")):
        read = read_po(io.BytesIO(source.read_bytes()), locale=language, abort_invalid=True)
        for message in read:
            if not message.id:
                continue
            key, sentences = _sentences(message.id, message.string)
            assert key not in found, f"{key} stands in {language} twice"
            assert len(sentences) in {1, read.num_plurals}, f"{key} lacks plural forms in {language}"
            found[key] = sentences
    return found


def _sentences(key: str | list[str] | tuple[str, ...], text: object) -> tuple[str, tuple[str, ...]]:
    name = key if isinstance(key, str) else key[0]
    return name, (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def placeholders(sentences: tuple[str, ...]) -> set[str]:
    return {name for sentence in sentences for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def needed(key: str) -> set[str]:
    """Return the facts that a call must give; a key that is missing is another test's business."""
    return placeholders(catalogue("ru").get(key, ())) - {"number"}


@cache
def modules() -> dict[str, ast.Module]:
    return {str(path.relative_to(PACKAGE)): ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Yield place, call and callee's last name of every call in the code."""
    for name, module in modules().items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                callee = node.func
                last = callee.attr if isinstance(callee, ast.Attribute) else getattr(callee, "id", "")
                yield f"{name}:{node.lineno}", node, last


def sentence_calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Yield place, key and call of every `texts("key", …)` and `texts.count("key", …)`."""
    for place, call, last in calls():
        counted = last == "count" and "texts" in ast.unparse(call.func)
        if not counted and last.lstrip("_") != "texts":
            continue
        arguments = 2 if counted else 1
        first = call.args[0] if len(call.args) == arguments else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield place, first.value, call


def raised() -> Iterator[tuple[str, type[NmoAutofillError], ast.Call]]:
    """Yield place, class and call of every error made in the code."""
    for place, call, last in calls():
        kind = getattr(errors, last, None)
        if isinstance(kind, type) and issubclass(kind, NmoAutofillError) and hasattr(kind, "code"):
            yield place, kind, call


def _first_arguments(function: str) -> set[str]:
    first = [call.args[0] for _, call, last in calls() if last == function and call.args]
    return {str(argument.value) for argument in first if isinstance(argument, ast.Constant)}


def given(call: ast.Call) -> set[str] | None:
    """Return the names a call gives, or None when it passes a mapping on."""
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else {name for name in names if name}


def test_both_languages_have_the_same_keys() -> None:
    assert sorted(catalogue("ru")) == sorted(catalogue("en"))


def test_no_sentence_is_empty() -> None:
    for language in LANGUAGES:
        assert [key for key, sentences in catalogue(language).items() if not all(sentences)] == []


def test_both_languages_have_the_same_facts() -> None:
    different = [
        key
        for key, sentences in catalogue("ru").items()
        if placeholders(sentences) != placeholders(catalogue("en")[key])
    ]
    assert different == []


def test_english_sentences_have_cyrillic_only_as_quoted_labels_and_proper_names() -> None:
    russian = re.compile(r"[а-яё]+", re.IGNORECASE)
    cyrillic = {
        key: words
        for key, sentences in catalogue("en").items()
        if (words := set(russian.findall(re.sub(r"«[^»]*»", "", " ".join(sentences)))) - PROPER_NAMES)
    }
    assert cyrillic == {}


def test_every_key_the_code_asks_for_is_there() -> None:
    missing = [f"{place} {key}" for place, key, _ in sentence_calls() if key not in catalogue("ru")]
    assert missing == []


def test_every_name_that_looks_like_a_key_is_one() -> None:
    areas = {key.partition(".")[0] for key in catalogue("ru")}
    wrong = [
        f"{name}:{node.lineno} {node.value}"
        for name, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value)
        if node.value.partition(".")[0] in areas and node.value not in {*catalogue("ru"), *OTHER_NAMES}
    ]
    assert wrong == []


def test_every_key_a_template_asks_for_is_there() -> None:
    asked = [
        key
        for path in PACKAGE.rglob("templates/*")
        for key in re.findall(r"""texts(?:\.count)?\(["']([^"']+)["'][,)]""", path.read_text("utf-8"))
    ]
    assert asked
    assert [key for key in asked if key not in catalogue("ru")] == []


def test_every_member_of_a_family_is_there() -> None:
    assert all(families().values())
    expected = [f"{beginning}{member}" for beginning, members in families().items() for member in members]
    assert [key for key in expected if key not in catalogue("ru")] == []


def test_every_family_is_known() -> None:
    composed = {pattern.removesuffix(".+").replace("\\", "") for pattern in _composed() if pattern.endswith(".+")}
    assert composed == set(families())


def test_every_diagnostic_has_a_sentence_and_a_hint() -> None:
    expected = [key for code in severities() for key in (code, f"{code}.hint")]
    assert [key for key in expected if key not in catalogue("ru")] == []


def test_every_call_gives_the_facts_of_its_sentence() -> None:
    lacking = [
        f"{place} {key} {sorted(needed(key) - names)}"
        for place, key, call in sentence_calls()
        if (names := given(call)) is not None and needed(key) - names
    ]
    assert lacking == []


def test_every_raised_error_gives_the_facts_of_its_sentence() -> None:
    lacking = [
        f"{place} {kind.__name__} {sorted(missing)}"
        for place, kind, call in raised()
        if (names := given(call)) is not None
        if (missing := needed(kind.code) - names - ADDED.get(kind, set()))
    ]
    assert lacking == []


def test_no_sentence_is_forgotten() -> None:
    named = {key for text in _sources() for key in KEY.findall(text)}
    composed = [re.compile(pattern) for pattern in _composed()]
    unused = [
        key for key in catalogue("ru") if key not in named and not any(pattern.fullmatch(key) for pattern in composed)
    ]
    assert unused == []


def _sources() -> Iterator[str]:
    """Yield the text of every file of the package that may name a key."""
    for path in PACKAGE.rglob("*"):
        if path.is_file() and path.suffix in {".py", ".html", ".jinja", ".j2", ".yaml", ".csv", ".toml"}:
            yield path.read_text("utf-8")


def _composed() -> Iterator[str]:
    """Yield a pattern for every key that an f-string or a template puts together."""
    for module in modules().values():
        for node in ast.walk(module):
            if isinstance(node, ast.JoinedStr):
                parts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
                if re.fullmatch(r"[a-z_]+\..*|\.[a-z_]+", next((part for part in parts if part), "")):
                    yield "".join(".+" if part is None else re.escape(part) for part in parts)
    for path in PACKAGE.rglob("templates/*"):
        for beginning in re.findall(r"[\"']([a-z_]+\.)[\"'] *~", path.read_text("utf-8")):
            yield re.escape(beginning) + ".+"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_that_nobody_wrote_is_an_error(language: Language) -> None:
    texts = Texts(language)
    assert "nobody.wrote" not in texts
    with pytest.raises(KeyError, match=r"nobody\.wrote"):
        texts("nobody.wrote")
    with pytest.raises(KeyError, match=r"nobody\.wrote"):
        texts.count("nobody.wrote", 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_its_facts_put_in(language: Language) -> None:
    texts = Texts(language)
    assert "error.browser_missing" in texts
    assert "apt-get" in texts("error.browser_missing", command="apt-get")


def test_plural_forms_follow_the_number() -> None:
    counted = [key for key, sentences in catalogue("ru").items() if len(sentences) > 1]
    facts = {name: "" for key in counted for name in placeholders(catalogue("ru")[key]) - {"number"}}
    for key in counted:
        assert len({re.sub(r"\d+", "", Texts("ru").count(key, number, **facts)) for number in (1, 2, 5)}) > 1, key
        assert len({re.sub(r"\d+", "", Texts("en").count(key, number, **facts)) for number in (1, 2)}) > 1, key
