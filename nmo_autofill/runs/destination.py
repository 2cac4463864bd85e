"""The portal that a run goes to."""

from __future__ import annotations

import secrets
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nmo_autofill.errors import AddressRefusedError, MapError, PortalUnknownError
from nmo_autofill.letters.source import AskSource, LetterSource, PortalSource, opened
from nmo_autofill.portal.atlas import at_address, load_map, names
from nmo_autofill.portal.host import is_test_host
from nmo_autofill.runs.stand_in import stand_in_portal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmo_autofill.letters.post import Letters
    from nmo_autofill.portal.model import PortalMap
    from nmo_autofill.settings import Skin

STAND_IN = "mock"
ONCE = "#"  # parts the name of a stand-in portal that was started for one run from that run's mark


@dataclass(frozen=True)
class Destination:
    """A portal map with addresses, and where its letters come from; None where a person reads them."""

    portal: PortalMap
    letters: Letters | None = None


def portal_map(portal: str) -> PortalMap:
    """Return the map of the portal that `--portal` names; a stand-in portal has the same one at any address.

    Its name is the portal's own, for the journal: what is done on one stand-in portal was not done on another.
    Raises AddressRefusedError for an address that is not on loopback, PortalUnknownError for an unknown name and for
    a map file that is not there, MapError for a map that is not well formed.
    """
    if "://" in portal:
        if not _is_stand_ins(portal):
            raise AddressRefusedError(address=portal)
        return at_address(load_map(STAND_IN), portal).model_copy(update={"name": portal.rstrip("/")})
    if portal not in names() and not (portal.endswith((".yaml", ".yml")) and Path(portal).is_file()):
        raise PortalUnknownError(portal=portal, known=", ".join(names()))
    known = load_map(portal)
    if portal != STAND_IN and known.entry.keys() != {"spo", "vo"}:
        raise MapError(map=portal, what="entry: spo, vo")
    return known


@contextmanager
def reach(
    portal: str,
    skin: Skin,
    source: LetterSource | None = None,
    **mailbox: Any,  # noqa: ANN401 (as ImapMailbox takes them)
) -> Iterator[Destination]:
    """Give the portal that `--portal` names.

    `mock`: a stand-in portal started for this run; an address on loopback: a stand-in portal that runs already;
    else the name of a portal map, or its file. Raises as `portal_map` does, and StandInError.
    """
    known = portal_map(portal)
    usual = PortalSource() if portal == STAND_IN or "://" in portal else AskSource()
    with ExitStack() as stack:
        if portal == STAND_IN:
            running = stack.enter_context(stand_in_portal(skin))
            named = known.model_copy(update={"name": f"{STAND_IN}{ONCE}{secrets.token_hex(4)}"})
            known = at_address(named, running.address)
        yield Destination(known, stack.enter_context(opened(source or usual, known, **mailbox)))


def _is_stand_ins(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and parts.port != 0 and is_test_host(address)
    except ValueError:  # no port is that high, no host is written like that
        return False
