from __future__ import annotations

import re

import pytest

from nmo_autofill import errors
from nmo_autofill.errors import NmoAutofillError, Remedy
from nmo_autofill.texts import LANGUAGES, Language, Texts


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


@pytest.mark.parametrize("error", LEAVES)
def test_an_error_keeps_its_facts(error: type[NmoAutofillError]) -> None:
    raised = error(page="registration")
    assert raised.facts == {"page": "registration"}
    assert error.code in str(raised)


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
