from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import nmo_autofill
from nmo_autofill import errors
from nmo_autofill.errors import NmoAutofillError, Remedy
from nmo_autofill.texts import LANGUAGES, Language, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator


def subclasses(base: type[NmoAutofillError]) -> list[type[NmoAutofillError]]:
    below = base.__subclasses__()
    return [*below, *(leaf for branch in below for leaf in subclasses(branch))]


CLASSES = subclasses(NmoAutofillError)
LEAVES = [error for error in CLASSES if not error.__subclasses__()]


@pytest.mark.parametrize("error", LEAVES)
def test_every_error_has_a_code_of_its_own_and_a_remedy(error: type[NmoAutofillError]) -> None:
    assert [other for other in LEAVES if other.code == error.code] == [error]
    assert isinstance(error.remedy, Remedy)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", LEAVES)
def test_every_error_has_a_sentence_made_of_the_facts_its_docstring_names(
    error: type[NmoAutofillError], language: Language
) -> None:
    texts = Texts(language)
    described = " ".join(base.__doc__ or "" for base in error.__mro__ if issubclass(base, NmoAutofillError))
    facts = {fact: f"‹{fact}›" for fact in re.findall(r"`(\w+)`", described)}
    sentence = texts(error.code, **facts)
    assert sentence.endswith((".", "›"))
    assert "{" not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", LEAVES)
def test_an_error_needs_the_facts_of_its_sentence(error: type[NmoAutofillError], language: Language) -> None:
    facts = {fact: f"‹{fact}›" for fact in error.needs}
    raised = error(**facts)
    assert raised.facts.items() >= facts.items()
    assert error.code in str(raised)
    assert "{" not in Texts(language)(raised.code, **raised.facts)
    for fact in facts:
        with pytest.raises(TypeError, match=fact):
            error(**{other: "" for other in facts if other != fact})


def raised_in_the_code() -> Iterator[tuple[str, type[NmoAutofillError], frozenset[str] | None]]:
    """Yield place, class and the names of the facts of every error that is made, called or bare; None: a mapping."""
    package = Path(nmo_autofill.__file__).parent
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            made = node.exc if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) else node
            name = made.func if isinstance(made, ast.Call) else made
            kind = getattr(errors, name.id, None) if isinstance(name, ast.Name) else None
            if kind in LEAVES and (isinstance(made, ast.Call) or made is not node):
                keywords = made.keywords if isinstance(made, ast.Call) else []
                names = [keyword.arg for keyword in keywords]
                place = f"{path.relative_to(package)}:{node.lineno}"  # type: ignore[attr-defined]  # (has one)
                yield place, kind, None if None in names else frozenset(filter(None, names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_can_be_told_as_it_is_raised(language: Language) -> None:
    sites = [*raised_in_the_code()]
    assert {kind for _, kind, _ in sites} >= {errors.PasswordUnknownError, errors.ValueRefusedError}
    for place, kind, given in sites:
        facts = kind.needs if given is None else given
        error = kind(**dict.fromkeys(facts, place))
        assert Texts(language)(error.code, **error.facts)


def test_an_error_of_a_control_is_told_even_when_nobody_named_the_field() -> None:
    error = errors.ValueRefusedError()
    assert error.facts == {"field": "…", "label": "…", "shown": "…"}
    error.name("snils", "СНИЛС")
    assert error.facts == {"field": "snils", "label": "СНИЛС", "shown": "…"}
    assert "snils" in str(error)


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = re.findall(r"^ {4}([│├└─ ]*)(\w+Error)(?: +(stop|retry|ask))?\b", errors.__doc__ or "", re.MULTILINE)
    assert [name for _, name, _ in drawn] == [NmoAutofillError.__name__, *_in_order(NmoAutofillError)]
    by_name = {error.__name__: error for error in CLASSES}
    remedy = ""
    for branch, name, told in drawn[1:]:
        assert told or "│" in branch, f"{name} tells no remedy and has no branch to take it from"
        remedy = told or remedy
        assert by_name[name].remedy == remedy
        assert by_name[name].__bases__[0] is (NmoAutofillError if "│" not in branch else errors.FieldError)


def _in_order(base: type[NmoAutofillError]) -> list[str]:
    return [name for error in base.__subclasses__() for name in (error.__name__, *_in_order(error))]
