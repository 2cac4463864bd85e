"""Hosts: where personal data may be typed, and where the tool may press by itself."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nmo_autofill.errors import HostRefusedError

if TYPE_CHECKING:
    from nmo_autofill.portal.model import PortalMap


def host_of(address: str) -> str:
    """Return the host name of an address in lower case; empty for `about:blank` and the like."""
    return (urlsplit(address).hostname or "").rstrip(".").lower()


def is_test_host(address: str) -> bool:
    """Tell whether the address itself names loopback.

    A name that only resolves to loopback does not count: who answers for a name can change between two look-ups.
    """
    host = host_of(address)
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def require_host(address: str, portal: PortalMap) -> None:
    """Raise HostRefusedError unless personal data may be typed on a page with this address."""
    if is_test_host(address):
        return
    listed = host_of(address) in portal.hosts
    if not listed or urlsplit(address).scheme != "https":
        raise HostRefusedError(host=host_of(address) or "—")
