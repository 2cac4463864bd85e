"""The stand-in portal's witness: what it received, held against the profiles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from urllib.request import urlopen

from nmo_autofill.browser.controls.agreement import agrees
from nmo_autofill.errors import HostRefusedError
from nmo_autofill.folding import digits, fold
from nmo_autofill.plan.forms import plan_admission, plan_registration
from nmo_autofill.portal.host import host_of, is_test_host
from nmo_autofill.portal.model import ValueKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmo_autofill.plan.entry import Entry
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.profile.model import Profile

_SECONDS = 10
_ONCE = ("registration", "admission", "cycle")


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
    for action, entries in _planned(profile, portal).items():
        for values in accepted[action][:1]:
            fields += len(entries)
            differing += [f"{action}.{entry.key}" for entry in entries if not _equal(entry, values)]
    return Comparison(fields, tuple(differing))


def _planned(profile: Profile, portal: PortalMap) -> dict[str, Sequence[Entry]]:
    return {"registration": plan_registration(profile, portal), "admission": plan_admission(profile, portal)}


def _equal(entry: Entry, values: dict[str, Any]) -> bool:
    received = values.get(entry.key)
    if not entry.value:
        return not received
    if entry.field.value is ValueKind.CHECKED:
        return bool(received)
    if entry.field.value is ValueKind.OPTION:
        return isinstance(received, str) and fold(received) == fold(entry.value)
    return isinstance(received, str) and agrees(entry.field.value, entry.value, received)
