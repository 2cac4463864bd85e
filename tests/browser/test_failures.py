"""Playwright's errors become ours, without their text."""

from __future__ import annotations

import playwright.async_api
import pytest
from playwright._impl import _errors

from nmo_autofill.browser.failures import mapped
from nmo_autofill.errors import BrowserError, FieldAmbiguousError, NmoAutofillError, ValueRefusedError

TYPED = "112-233-445 95"
KINDS = [kind for kind in vars(_errors).values() if isinstance(kind, type) and issubclass(kind, _errors.Error)]


def raised(error: Exception, **facts: str) -> NmoAutofillError:
    with pytest.raises(NmoAutofillError) as caught, mapped(**facts):
        raise error
    assert caught.value.__suppress_context__
    assert caught.value.__cause__ is None
    assert TYPED not in repr(caught.value)
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_of_playwright_has_a_place(kind: type[_errors.Error]) -> None:
    expected = ValueRefusedError if kind is playwright.async_api.TimeoutError else BrowserError
    assert isinstance(raised(kind(f"fill {TYPED}")), expected)


def test_the_facts_name_the_field() -> None:
    assert raised(playwright.async_api.TimeoutError(TYPED), field="snils").facts == {"field": "snils"}
    assert raised(playwright.async_api.Error(TYPED), field="snils").facts == {"kind": "Error"}


def test_a_second_fitting_control_is_ambiguous() -> None:
    error = playwright.async_api.Error(f"Error: strict mode violation: {TYPED}")
    assert isinstance(raised(error), FieldAmbiguousError)


def test_other_errors_go_through() -> None:
    with pytest.raises(KeyError), mapped():
        raise KeyError(TYPED)
