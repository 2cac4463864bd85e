"""Folders and limits, made once by the command line and passed down."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from nmo_autofill.texts import Language


class Until(StrEnum):
    """How far a run goes."""

    REGISTERED = "registered"
    ADMITTED = "admitted"
    CYCLE = "cycle"
    REVIEW = "review"


class Skin(StrEnum):
    """The two appearances of the stand-in portal."""

    NATIVE = "native"
    KIT = "kit"


@dataclass(frozen=True)
class Settings:
    """What holds for one call of the command line.

    Attributes:
        folder: where the journal, its key and the log of our own faults lie (0700).
        language: of messages.
    """

    folder: Path
    language: Language = "ru"
