"""The portal that a run goes to."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.errors import UsageError
from nmo_autofill.letters.stand_in import StandInMailbox
from nmo_autofill.portal.atlas import at_address, load_map
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


@contextmanager
def reach(portal: str, skin: Skin) -> Iterator[Destination]:
    """Give the portal that `--portal` names.

    `mock`: a stand-in portal started for this run; an address on loopback: a stand-in portal that runs already;
    else the name of a portal map. Raises UsageError for an address elsewhere, MapError for an unknown name.
    """
    if portal == STAND_IN:
        with stand_in_portal(skin) as running:
            yield _stand_in(running.address)
    elif "://" in portal:
        if not is_test_host(portal):
            raise UsageError(what=portal)
        yield _stand_in(portal)
    else:
        yield Destination(load_map(portal))


def _stand_in(address: str) -> Destination:
    return Destination(at_address(load_map(STAND_IN), address), StandInMailbox(address))
