"""The entries of each form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmo_autofill.plan.entry import Entry
from nmo_autofill.profile.model import Profile, Way

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from nmo_autofill.portal.model import PortalMap

TICKED = "yes"


def plan_registration(profile: Profile, portal: PortalMap) -> tuple[Entry, ...]:
    """Return the entries of the registration form; a patronymic that the person has not is to be an empty field."""
    values = {
        "snils": profile.snils,
        "surname": profile.surname,
        "name": profile.name,
        "patronymic": profile.patronymic or "",
        "citizenship": profile.citizenship,
        "region": profile.region,
        "sex": profile.sex.value,
        "birth_date": _shown(profile.birth_date),
        "email": profile.email,
        "phone": profile.phone,
        "consent": TICKED,
        "agreement": TICKED,
    }
    return _entries("registration", values, portal)


def plan_purpose(profile: Profile, portal: PortalMap) -> tuple[Entry, ...]:
    """Return the entry of the question that the portal asks at the first sign-in."""
    return _entries("purpose", {"purpose": profile.level.value}, portal)


def document_values(profile: Profile, portal: PortalMap) -> dict[str, str]:
    """Return the admission document as the portal is to show it, by field.

    Without the certificate in hand, series and number are the map's zeros (source: the college's instruction).
    """
    admission = profile.admission
    extract = admission.way is Way.EXTRACT
    return {
        "document_type": admission.document_type,
        "specialty": admission.specialty,
        "organisation": admission.organisation,
        "series": portal.zeros.series if extract else admission.series or "",
        "number": portal.zeros.number if extract else admission.number or "",
        "exam_date": _shown(admission.exam_date),
        "issue_date": _shown(admission.issue_date),
    }


def plan_admission(profile: Profile, portal: PortalMap) -> tuple[Entry, ...]:
    """Return the entries of the admission form."""
    values = document_values(profile, portal) | {"confirm_correct": TICKED, "confirm_final": TICKED}
    return _entries("admission", values, portal)


def plan_cycle(profile: Profile, portal: PortalMap) -> tuple[Entry, ...]:
    """Return the entry of the cycle form: the document on whose strength the cycle is made."""
    return _entries("cycle", {"document": profile.admission.specialty}, portal)


def plan_sign_in(login: str, password: str, portal: PortalMap) -> tuple[Entry, ...]:
    """Return the entries of the sign-in page; an empty password is left to the person."""
    typed = {"snils": login, "password": password} if password else {"snils": login}
    return _entries("sign_in", typed, portal)


def plan_password(current: str, new: str, portal: PortalMap) -> tuple[Entry, ...]:
    """Return the entries of the password change."""
    values = {"current_password": current, "new_password": new, "repeated_password": new}
    return _entries("settings", values, portal)


def _entries(page: str, values: Mapping[str, str], portal: PortalMap) -> tuple[Entry, ...]:
    fields = portal.page(page).fields
    return tuple(Entry(key, fields[key], fields[key].options.get(value, value)) for key, value in values.items())


def _shown(day: date) -> str:
    return day.strftime("%d.%m.%Y")
