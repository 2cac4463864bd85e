"""Playwright's errors in our own terms: the only place that knows them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.async_api import Error
from playwright.async_api import TimeoutError as LateError

from nmo_autofill.errors import BrowserError, FieldAmbiguousError, FieldError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Playwright has no class of its own for this error (1.65, `_raiseStrict…` in its server).
_SEVERAL = "strict mode violation"


@contextmanager
def mapped() -> Iterator[None]:
    """Raise our errors in place of Playwright's, without its text: that can hold the typed value.

    Raises BrowserError for all of them, such as a closed page; `kind` is the class of Playwright's error.
    """
    try:
        yield
    except Error as error:
        raise BrowserError(kind=type(error).__name__) from None


@contextmanager
def driven(field: str, label: str) -> Iterator[None]:
    """Raise our errors in place of Playwright's while one control is driven, and name it in all that tell of it.

    Raises:
        ValueRefusedError: the control did not become ready for a person's input in time.
        FieldAmbiguousError: a second control that fits appeared while one was driven.
        FieldError: what the control itself raised, with its name.
        BrowserError: anything else, as `mapped` tells it.
    """
    with mapped():
        try:
            yield
        except FieldError as error:
            error.name(field, label)
            raise
        except LateError:
            raise ValueRefusedError(field=field, label=label) from None
        except Error as error:
            if _SEVERAL in error.message:
                raise FieldAmbiguousError(field=field, label=label, candidates="…") from None
            raise
