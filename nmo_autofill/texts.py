"""Messages to people, from the gettext catalogues of both languages."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from typing import Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Texts:
    """The messages of one language.

    A message is found by its key (`msgid`), such as `snils.checksum`; the sentence stands in
    `locale/LANGUAGE/*.po`, one file an area. Raises KeyError for a key that no catalogue has,
    so that a forgotten sentence fails a test instead of reaching a person as a key.
    """

    def __init__(self, language: Language = "ru") -> None:
        self.language = language
        self._catalogues = _catalogues(language)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and any(catalogue.gettext(key) != key for catalogue in self._catalogues)

    def __call__(self, key: str, /, **facts: object) -> str:
        """Return the sentence of `key` with its `{facts}` put in."""
        for catalogue in self._catalogues:
            sentence = catalogue.gettext(key)
            if sentence != key:
                return sentence.format_map(facts)
        raise KeyError(key)

    def count(self, key: str, number: int, /, **facts: object) -> str:
        """Return the sentence of `key` in the plural form that `number` asks for; `{number}` is put in."""
        for catalogue in self._catalogues:
            sentence = catalogue.ngettext(key, key, number)
            if sentence != key:
                return sentence.format_map({"number": number, **facts})
        raise KeyError(key)


@cache
def _catalogues(language: Language) -> tuple[GNUTranslations, ...]:
    folder = files("nmo_autofill") / "locale" / language
    return tuple(
        _compiled(source.read_bytes(), language)
        for source in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if source.name.endswith(".po")
    )


def _compiled(source: bytes, language: Language) -> GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
