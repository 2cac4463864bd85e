"""Playwright's errors become ours, without their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import playwright.async_api
import pytest
from playwright._impl import _errors

from nmo_autofill.browser.failures import driven, mapped
from nmo_autofill.errors import (
    BrowserError,
    FieldAmbiguousError,
    NmoAutofillError,
    OptionNotFoundError,
    ValueRefusedError,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

FIELD = ("snils", "СНИЛС")
TYPED = "112-233-445 95"
KINDS = [kind for kind in vars(_errors).values() if isinstance(kind, type) and issubclass(kind, _errors.Error)]


def raised(error: Exception, within: AbstractContextManager[None]) -> NmoAutofillError:
    with pytest.raises(NmoAutofillError) as caught, within:
        raise error
    assert caught.value.__suppress_context__
    assert caught.value.__cause__ is None
    assert TYPED not in repr(caught.value)
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_of_playwright_has_a_place(kind: type[_errors.Error]) -> None:
    late = kind is playwright.async_api.TimeoutError
    assert isinstance(raised(kind(f"fill {TYPED}"), driven(*FIELD)), ValueRefusedError if late else BrowserError)
    assert raised(kind(f"fill {TYPED}"), mapped()).facts == {"kind": kind.__name__}


def test_the_facts_name_the_field() -> None:
    named = {"field": "snils", "label": "СНИЛС"}
    late = raised(playwright.async_api.TimeoutError(TYPED), driven(*FIELD))
    assert late.facts == {"shown": "…", **named}
    assert raised(playwright.async_api.Error(TYPED), driven(*FIELD)).facts == {"kind": "Error"}


def test_what_a_control_says_gets_its_name() -> None:
    with pytest.raises(OptionNotFoundError) as caught, driven(*FIELD):
        raise OptionNotFoundError(candidates="Омск")
    assert caught.value.facts == {"field": "snils", "label": "СНИЛС", "candidates": "Омск"}


def test_a_second_fitting_control_is_ambiguous() -> None:
    error = playwright.async_api.Error(f"Error: strict mode violation: {TYPED}")
    assert isinstance(raised(error, driven(*FIELD)), FieldAmbiguousError)


@pytest.mark.parametrize("within", [mapped(), driven(*FIELD)])
def test_other_errors_go_through(within: AbstractContextManager[None]) -> None:
    with pytest.raises(KeyError), within:
        raise KeyError(TYPED)
