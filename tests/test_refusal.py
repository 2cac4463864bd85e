"""What the system refuses, in words."""

from __future__ import annotations

import errno

import pytest

from nmo_autofill.refusal import reason
from nmo_autofill.texts import LANGUAGES, Texts


def test_what_is_usual_is_told_in_the_person_s_language() -> None:
    error = OSError(errno.ENAMETOOLONG, "File name too long")
    assert [reason(error, Texts(language)) for language in LANGUAGES] == ["имя слишком длинное", "the name is too long"]


@pytest.mark.parametrize(
    ("error", "told"), [(OSError(errno.EIO, "Input/output error"), "Input/output error"), (OSError(), "OSError")]
)
def test_what_is_rare_is_told_as_the_system_has_it(error: OSError, told: str) -> None:
    assert reason(error, Texts("ru")) == told
