"""A good profile, and how to spoil it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from nmo_autofill.profile.loading import Loaded, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2025, 8, 1)

GOOD = {
    "level": "level: spo",
    "snils": "snils: 901-000-111 94",
    "surname": "surname: Берёзкина",
    "name": "name: Алёна",
    "patronymic": "patronymic: Игоревна",
    "citizenship": "citizenship: Россия",
    "region": "region: Омская область",
    "sex": "sex: female",
    "birth_date": "birth_date: 14.03.2004",
    "email": "email: berezkina@example.org",
    "phone": "phone: +7 900 000-01-01",
    "consent": "consent:",
    "consent.date": "  date: 20.06.2025",
    "consent.form": "  form: письменное",
    "admission": "admission:",
    "admission.way": "  way: document",
    "admission.document_type": "  document_type: Свидетельство об аккредитации",
    "admission.specialty": "  specialty: Сестринское дело",
    "admission.organisation": "  organisation: Омский областной медицинский колледж",
    "admission.series": "  series: 7725",
    "admission.number": "  number: 000100201",
    "admission.exam_date": "  exam_date: 03.07.2025",
    "admission.issue_date": "  issue_date: 10.07.2025",
}


@pytest.fixture
def profile_with() -> Callable[[dict[str, str]], str]:
    """Return the text of the good profile with lines replaced by key; an empty line takes the key out."""

    def build(changes: dict[str, str]) -> str:
        assert changes.keys() <= GOOD.keys()
        return "".join(f"{line}\n" for line in (GOOD | changes).values() if line)

    return build


@pytest.fixture
def loaded_from(tmp_path: Path) -> Callable[..., Loaded]:
    """Return a function that loads contents, each as a file of its own: `0.yaml`, `1.yaml`..."""

    def read(*contents: str | bytes) -> Loaded:
        for number, content in enumerate(contents):
            data = content.encode() if isinstance(content, str) else content
            (tmp_path / f"{number}.yaml").write_bytes(data)
        return load([tmp_path / f"{number}.yaml" for number in range(len(contents))], today=TODAY)

    return read
