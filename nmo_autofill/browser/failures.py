"""Playwright's errors in our own terms: the only place that knows them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.async_api import Error
from playwright.async_api import TimeoutError as LateError

from nmo_autofill.errors import BrowserError, FieldAmbiguousError, ValueRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Playwright has no class of its own for this error (1.65, `_raiseStrict…` in its server).
_SEVERAL = "strict mode violation"


@contextmanager
def mapped(**facts: str) -> Iterator[None]:
    """Raise our errors in place of Playwright's, without its text: that can hold the typed value.

    Raises:
        ValueRefusedError: a control did not become ready for a person's input in time; `facts` name the field.
        FieldAmbiguousError: a second control that fits appeared while one was driven.
        BrowserError: anything else, such as a closed page; `kind` is the class of Playwright's error.
    """
    try:
        yield
    except LateError:
        raise ValueRefusedError(**facts) from None
    except Error as error:
        if _SEVERAL in error.message:
            raise FieldAmbiguousError(candidates="…", **facts) from None
        raise BrowserError(kind=type(error).__name__) from None
