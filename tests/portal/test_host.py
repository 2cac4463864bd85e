"""Where personal data may be typed."""

from __future__ import annotations

import pytest

from nmo_autofill.errors import HostRefusedError
from nmo_autofill.portal.atlas import load_map
from nmo_autofill.portal.host import host_of, is_test_host, require_host


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/",
        "http://127.8.8.8/",
        "http://[::1]:8000/#/registration",
        "http://localhost:1/",
        "http://LOCALHOST./",
    ],
)
def test_loopback_is_a_test_host(address: str) -> None:
    assert is_test_host(address)
    require_host(address, load_map("nmfo"))


@pytest.mark.parametrize(
    "address",
    [
        "http://portal.localhost/",  # browsers resolve it to loopback, but it is a name
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "https://edu-rosminzdrav.ru/",  # a look-alike of the portal
        "https://nmfo-spo.edu.rosminzdrav.ru.example.org/",
        "https://example.org/?nmfo-spo.edu.rosminzdrav.ru",
        "https://nmfo-spo.edu.rosminzdrav.ru@example.org/",
        "http://nmfo-spo.edu.rosminzdrav.ru/",  # listed, but not encrypted
        "http://192.168.0.1/",
        "about:blank",
        "data:text/html,x",
        "file:///registration.html",
        "",
    ],
)
def test_nothing_is_typed_elsewhere(address: str) -> None:
    assert not is_test_host(address)
    with pytest.raises(HostRefusedError) as refused:
        require_host(address, load_map("nmfo"))
    assert refused.value.facts["host"] == (host_of(address) or "—")


@pytest.mark.parametrize(
    "address", ["https://nmfo-spo.edu.rosminzdrav.ru/#/registration", "https://NMFO-VO.edu.rosminzdrav.ru./"]
)
def test_listed_hosts_take_data_over_https_and_are_no_test_hosts(address: str) -> None:
    require_host(address, load_map("nmfo"))
    assert not is_test_host(address)


def test_the_stand_in_portals_map_lists_no_host() -> None:
    with pytest.raises(HostRefusedError):
        require_host("https://nmfo-spo.edu.rosminzdrav.ru/", load_map("mock"))
