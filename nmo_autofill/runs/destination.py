"""The portal that a run goes to."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nmo_autofill.errors import AddressRefusedError, MapError, PortalUnknownError
from nmo_autofill.letters.stand_in import StandInMailbox
from nmo_autofill.portal.atlas import at_address, load_map, names
from nmo_autofill.portal.host import is_test_host
from nmo_autofill.runs.stand_in import stand_in_portal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmo_autofill.letters.letter import Mailbox
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.settings import Skin

STAND_IN = "mock"


@dataclass(frozen=True)
class Destination:
    """A portal map with addresses, and the mailbox that goes with it; None where a person reads the letters."""

    portal: PortalMap
    mailbox: Mailbox | None = None


def portal_map(portal: str) -> PortalMap:
    """Return the map of the portal that `--portal` names; a stand-in portal has the same one at any address.

    Raises AddressRefusedError for an address that is not on loopback, PortalUnknownError for an unknown name and for
    a map file that is not there, MapError for a map that is not well formed.
    """
    if "://" in portal:
        if not _is_stand_ins(portal):
            raise AddressRefusedError(address=portal)
        return at_address(load_map(STAND_IN), portal)
    if portal not in names() and not (portal.endswith((".yaml", ".yml")) and Path(portal).is_file()):
        raise PortalUnknownError(portal=portal, known=", ".join(names()))
    known = load_map(portal)
    if portal != STAND_IN and known.entry.keys() != {"spo", "vo"}:
        raise MapError(map=portal, what="entry: spo, vo")
    return known


@contextmanager
def reach(portal: str, skin: Skin) -> Iterator[Destination]:
    """Give the portal that `--portal` names.

    `mock`: a stand-in portal started for this run; an address on loopback: a stand-in portal that runs already;
    else the name of a portal map, or its file. Raises as `portal_map` does, and StandInError.
    """
    known = portal_map(portal)
    if portal == STAND_IN:
        with stand_in_portal(skin) as running:
            yield Destination(at_address(known, running.address), StandInMailbox(running.address))
    else:
        yield Destination(known, StandInMailbox(portal) if "://" in portal else None)


def _is_stand_ins(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and parts.port != 0 and is_test_host(address)
    except ValueError:  # no port is that high, no host is written like that
        return False
