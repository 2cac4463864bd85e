"""The stand-in portal's witness: what it received, held against the profiles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import eq
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from urllib.request import urlopen

from nmo_autofill.errors import HostRefusedError
from nmo_autofill.folding import digits, fold
from nmo_autofill.portal.host import host_of, is_test_host
from nmo_autofill.profile.model import Way

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.profile.model import Profile

    # Whether what was received is what is meant.
    Rule = Callable[[str], bool]

_SECONDS = 10
_ONCE = ("registration", "purpose", "admission", "cycle")
_TICKED = "yes"


@dataclass(frozen=True)
class Comparison:
    """How many fields were compared, and what differs: `action.field`, or `action` for one not made just once."""

    fields: int
    differing: tuple[str, ...]


def hear_witness(portal_address: str) -> list[dict[str, Any]]:
    """Return what the stand-in portal received, in order. Raises HostRefusedError for an address not on loopback."""
    if not is_test_host(portal_address):
        raise HostRefusedError(host=host_of(portal_address))
    with urlopen(urljoin(portal_address, "/_mock/witness"), timeout=_SECONDS) as answer:  # noqa: S310 (loopback)
        heard: list[dict[str, Any]] = json.load(answer)
        return heard


def compare(profile: Profile, portal: PortalMap, heard: Sequence[dict[str, Any]]) -> Comparison:
    """Hold what the portal accepted for one person against the profile: each action once, each field equal."""
    mine = [event for event in heard if event["accepted"] and digits(event["snils"] or "") == profile.snils]
    accepted = {action: [event["values"] for event in mine if event["action"] == action] for action in _ONCE}
    differing = [action for action in _ONCE if len(accepted[action]) != 1]
    fields = 0
    # Written anew from the profile, not taken from the plan nor compared by the browser's rules of reading back:
    # whatever is wrong there would agree here.
    for action, rules in _rules(profile, portal).items():
        for values in accepted[action][:1]:
            fields += len(rules)
            differing += [f"{action}.{key}" for key, rule in rules.items() if not rule(str(values.get(key) or ""))]
    return Comparison(fields, tuple(differing))


def _rules(profile: Profile, portal: PortalMap) -> dict[str, Mapping[str, Rule]]:
    admission = profile.admission
    extract = admission.way is Way.EXTRACT
    series = portal.zeros.series if extract else admission.series or ""
    number = portal.zeros.number if extract else admission.number or ""
    title = f"{admission.document_type}, {admission.specialty}, {series} {number}"
    return {
        "registration": _registration_rules(profile, portal),
        "purpose": {"purpose": partial(eq, profile.level.value)},
        "admission": {
            "document_type": partial(_same_option, admission.document_type),
            "specialty": partial(_same_option, admission.specialty),
            "organisation": partial(_same_option, admission.organisation),
            "series": partial(eq, series),
            "number": partial(eq, number),
            "exam_date": partial(_same_day, admission.exam_date),
            "issue_date": partial(_same_day, admission.issue_date),
            "confirm_correct": partial(eq, _TICKED),
            "confirm_final": partial(eq, _TICKED),
        },
        "cycle": {"document": partial(_same_document, title, admission.issue_date)},
    }


def _registration_rules(profile: Profile, portal: PortalMap) -> Mapping[str, Rule]:
    return {
        "snils": partial(_same_digits, profile.snils),
        "surname": partial(eq, profile.surname),
        "name": partial(eq, profile.name),
        "patronymic": partial(eq, profile.patronymic or ""),
        "citizenship": partial(_same_option, profile.citizenship),
        "region": partial(_same_option, profile.region),
        "sex": partial(_same_option, portal.field("registration.sex").options[profile.sex.value]),
        "birth_date": partial(_same_day, profile.birth_date),
        "email": partial(eq, profile.email),
        "phone": partial(_same_digits, profile.phone),
        "consent": partial(eq, _TICKED),
        "agreement": partial(eq, _TICKED),
    }


def _same_digits(meant: str, received: str) -> bool:
    return digits(received) == digits(meant)


def _same_option(meant: str, received: str) -> bool:
    return fold(received) == fold(meant)


def _same_day(meant: date, received: str) -> bool:
    """Tell whether the day stands there as the portal shows it, `дд.мм.гггг`."""
    try:
        return datetime.strptime(received, "%d.%m.%Y").date() == meant  # noqa: DTZ007 (a day has no time zone)
    except ValueError:
        return False


def _same_document(title: str, issued: date, received: str) -> bool:
    """Tell whether the line that stands for a document is of this title and ends with this day."""
    begin, _, day = received.rpartition(" ")
    return _same_day(issued, day) and fold(begin.rpartition(" ")[0]) == fold(title)
