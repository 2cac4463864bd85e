"""The option that a wanted text means, among the texts of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import process

from nmo_autofill.errors import FieldError, OptionAmbiguousError, OptionNotFoundError
from nmo_autofill.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

# What parts a name from what stands with it: «Омская область (55)», «34.02.01 Сестринское дело», a second line.
_SEAM = r"(?:[()\[\];|·•]|\s-\s|,(?=\s|$))"
_BEFORE = re.compile(rf"(?:^|{_SEAM}|^[0-9][0-9.]*\s)\s*$")
_AFTER = re.compile(rf"\s*(?:$|{_SEAM})")
_LETTER = re.compile(r"[^\W\d_]")
_LETTER_NEXT = re.compile(r"[\W_]*[^\W\d_]")
_NEAREST = 5


def bears(option: str, wanted: str) -> bool:
    """Tell whether an option reads as `wanted`: as a whole, or in one part of a line.

    Before and after the part there may be codes and numbers, before it other parts too («Свидетельство, Сестринское
    дело, 0000»). A name that letters go on from behind a comma, dash or bracket is another name («Сестринское дело
    (в педиатрии)», «Омский колледж, Тарский филиал»).
    """
    name = fold(wanted)
    return bool(name) and any(_stands(fold(line), name) for line in option.splitlines())


def reads(shown: str, wanted: str) -> bool:
    """Tell whether what is shown reads as `wanted`: as a whole, or in one of its lines."""
    return fold(wanted) in {fold(shown), *map(fold, shown.splitlines())} and bool(fold(wanted))


def choose(wanted: str, options: Sequence[str]) -> str:
    """Return the text of the option that `wanted` means.

    An exact folded match, else the only one with such a line, else the only one that bears it in a part of a line.

    Raises:
        OptionAmbiguousError: several fit equally; two options with one text too: a person could not tell them apart.
        OptionNotFoundError: none fits; `candidates` are the nearest.
    """
    for fitting in (
        [option for option in options if fold(option) == fold(wanted)],
        [option for option in options if reads(option, wanted)],
        [option for option in options if bears(option, wanted)],
    ):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise _open(OptionAmbiguousError, fitting[:_NEAREST])
    raise not_found(wanted, options)


def exact(wanted: str, options: Sequence[str]) -> str | None:
    """Return the only option that reads as `wanted` as a whole: this one needs no waiting for a better one."""
    fitting = [option for option in options if fold(option) == fold(wanted)]
    return fitting[0] if len(fitting) == 1 else None


def not_found(wanted: str, options: Sequence[str]) -> FieldError:
    """Return the error that tells the nearest options in place of the wanted one."""
    return _open(OptionNotFoundError, nearest(wanted, options))


def nearest(wanted: str, options: Sequence[str]) -> list[str]:
    """Return the options that read most alike, for a person to choose from; never to be chosen by the tool."""
    return [found for found, _, _ in process.extract(wanted, options, processor=fold, limit=_NEAREST)]


def _stands(line: str, name: str) -> bool:
    for found in re.finditer(re.escape(name), line):
        head, rest = line[: found.start()], line[found.end() :]
        goes_on = _LETTER_NEXT.match(rest) if _LETTER.search(head) else _LETTER.search(rest)
        if _BEFORE.search(head) and _AFTER.match(rest) and not goes_on:
            return True
    return False


def _open(kind: type[OptionNotFoundError | OptionAmbiguousError], options: Sequence[str]) -> FieldError:
    """Return the error that tells, and holds for a question, the options that may be meant."""
    error = kind(candidates="; ".join(" ".join(option.split()) for option in options))
    error.options = (*options,)
    return error
