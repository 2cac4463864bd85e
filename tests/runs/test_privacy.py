"""Planted values: no trace of them after success, failure and crash, but where they belong."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mock_portal.actions.registration import register
from tests.processes import below

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mock_portal.stand import Skin
    from tests.runs.conftest import Office

PLANTED = """\
level: spo
snils: 987-654-321 83
surname: Плантова
name: Приметна
patronymic: Тайновна
citizenship: Россия
region: Омская область
sex: female
birth_date: 17.02.2003
email: planted.secret@example.org
phone: +7 913 777-31-46
consent: {date: 18.06.2025, form: письменное}
admission:
  way: document
  document_type: Свидетельство об аккредитации
  specialty: Сестринское дело
  organisation: Омский областной медицинский колледж
  series: 7725
  number: 918273645
  exam_date: 01.07.2025
  issue_date: 02.07.2025
"""
SOMEBODY_ELSE = {
    "snils": "160-722-394 47", "surname": "Другая", "name": "Анна", "patronymic": "", "citizenship": "Россия",
    "region": "Омская область", "sex": "Женский", "birth_date": "14.03.2004", "email": "planted.secret@example.org",
    "phone": "+7(913)401-22-38", "consent": "yes", "agreement": "yes",
}  # fmt: skip
TRACES = re.compile(
    r"плантов|приметн|тайновн|planted|secret@|987\D{0,2}654\D{0,2}321|777\D{0,2}31\D{0,2}46|918273645|17\.02\.2003|2003-02-17",
    re.IGNORECASE,
)


def start(office: Office, folder: Path, *options: str, profile: str = PLANTED) -> subprocess.Popen[str]:
    """Start a run as its users do, with everything it could write in one folder."""
    file = folder / "group" / "person.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(profile, encoding="utf-8")
    return subprocess.Popen(  # noqa: S603 (our own command, no shell)
        [sys.executable, "-m", "nmo_autofill", "run", str(file), "--portal", office.portal.address, *options],
        cwd=folder,
        env={**os.environ, "NMO_AUTOFILL_FOLDER": str(folder / "data"), "TMPDIR": str(folder), "HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def passwords(office: Office) -> list[str]:
    texts = [row["text"] for row in office.portal.stand.store.rows("SELECT text FROM letters")]
    return [found[1] for text in texts if (found := re.search(r"Пароль: (\S+)", text))]


def traces(office: Office, folder: Path, *printed: str) -> list[str]:
    """Return every place in which something personal was left, beside the profile itself."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "person.yaml"]
    assert any(path.name == "journal.sqlite" for path in files)
    told = {str(path): path.read_bytes().decode("utf-8", "replace") for path in files}
    told |= {f"name of {path}": path.name for path in folder.rglob("*")}
    told |= {f"printed {number}": text for number, text in enumerate(printed)}
    secret = re.compile("|".join([TRACES.pattern, *map(re.escape, passwords(office))]), re.IGNORECASE)
    return [f"{place}: {found[0]}" for place, text in told.items() if (found := secret.search(text))]


def test_after_success(office: Office, tmp_path: Path) -> None:
    process = start(office, tmp_path, "--format", "json", "--report", "report.html")
    printed = process.communicate(timeout=120)
    assert process.returncode == 0, printed[1]
    assert passwords(office)
    assert traces(office, tmp_path, *printed) == []


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize("field", ["surname", "series"])
def test_after_a_change_of_a_page(office: Office, tmp_path: Path, output: str, field: str) -> None:
    office.portal.stand.faults.replace({"new_label": {"field": field, "label": "Иное"}})
    process = start(office, tmp_path, "--format", output, "--report", "report.html")
    printed = process.communicate(timeout=120)
    assert process.returncode == 1
    (shown,) = (tmp_path / "data").glob("changed-*.html")
    assert shown.stat().st_mode & 0o777 == 0o600
    assert traces(office, tmp_path, *printed) == []


@pytest.mark.parametrize("output", ["text", "json"])
def test_after_failure(office: Office, tmp_path: Path, output: str) -> None:
    unknown = PLANTED.replace("Омский областной медицинский колледж", "Колледж, которого нет в списке")
    process = start(office, tmp_path, "--format", output, "--report", "report.html", profile=unknown)
    printed = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "step.form_disagrees" in printed[0] or "организация" in printed[0]
    (shown,) = (tmp_path / "data").glob("disagrees-admission-*.html")
    assert shown.stat().st_mode & 0o777 == 0o600
    assert traces(office, tmp_path, *printed) == []


def test_after_refusal(office: Office, tmp_path: Path) -> None:
    register(office.portal.stand, SOMEBODY_ELSE, office.portal.address)
    process = start(office, tmp_path, "--report", "report.html")
    printed = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "уже используется" in printed[0]
    assert traces(office, tmp_path, *printed) == []


def test_after_a_crash_of_the_browser(office_at: Callable[[Skin], Office], tmp_path: Path) -> None:
    office = office_at("native")
    office.portal.stand.faults.replace({"late_answer": {"action": "registration", "ms": 20_000, "times": 1}})
    process = start(office, tmp_path, "--report", "report.html")
    while not office.portal.witness("registration"):
        assert process.poll() is None, process.communicate(timeout=60)
    for pid, name in below(process.pid).items():
        if "chrom" in name or "headless" in name:
            os.kill(pid, signal.SIGKILL)
    printed = process.communicate(timeout=120)
    assert process.returncode == 0, printed  # a browser that died after a press is no end: the next one looks first
    assert len(office.portal.witness("registration", accepted=True)) == 1
    assert traces(office, tmp_path, *printed) == []
