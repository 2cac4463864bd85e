"""The report of who still owes the portal real numbers, with the request to its support."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nmo_autofill.profile import snils
from nmo_autofill.report.run_report import VERSION
from nmo_autofill.report.sentences import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nmo_autofill.profile.model import Profile
    from nmo_autofill.source import Source
    from nmo_autofill.texts import Texts

Debt = tuple["Source", str, str, "Profile | None"]
"""Place of the profile, portal, since when (ISO 8601), and the profile if it is still there."""


def follow_up_document(debts: Iterable[Debt], texts: Texts) -> dict[str, Any]:
    """Return the debts as the JSON document that `followups --format json` prints (its shape is in the README)."""
    return {
        "version": VERSION,
        "people": [
            {
                "source": {"file": source.file, "line": source.line, "sheet": source.sheet, "row": source.row},
                "portal": portal,
                "since": since,
                "request": request(profile, texts) if profile else None,
            }
            for source, portal, since, profile in debts
        ],
    }


def render_follow_ups(debts: Iterable[Debt], texts: Texts) -> Iterator[str]:
    """Return for each person the place, the portal and the text of the request."""
    for source, portal, since, profile in debts:
        yield texts("follow_up.heading", place=place(source), portal=portal, day=since[:10])
        yield request(profile, texts) if profile else texts("follow_up.gone")
        yield ""


def request(profile: Profile, texts: Texts) -> str:
    """Return the text that asks the portal's support to put the real numbers in."""
    admission = profile.admission
    name = " ".join(part for part in (profile.surname, profile.name, profile.patronymic) if part)
    return texts(
        "follow_up.request",
        name=name,
        snils=snils.format(profile.snils),
        document=admission.document_type,
        specialty=admission.specialty,
        organisation=admission.organisation,
        exam_date=f"{admission.exam_date:%d.%m.%Y}",
    )
