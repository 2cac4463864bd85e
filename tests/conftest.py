"""What all tests share: which browser is launched, and how."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

Told = TypeVar("Told")


class InThread(Protocol):
    """Call a function in a thread of its own: pytest-playwright's loop occupies the main one."""

    def __call__(self, function: Callable[[], Told]) -> Told: ...


@pytest.fixture
def in_thread() -> InThread:
    def call(function: Callable[[], Told]) -> Told:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(function).result()

    return call


@pytest.fixture(scope="session")
def base_url() -> None:
    # pytest-base-url 2.1 defines its own in a way that pytest 9 warns of, and here each portal has its own address.
    return None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    executable = {"executable_path": found} if found else {}
    as_root = {"args": ["--no-sandbox"]} if os.geteuid() == 0 else {}
    return {**browser_type_launch_args, **executable, **as_root}
