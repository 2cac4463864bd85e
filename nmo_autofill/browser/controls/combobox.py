"""Lists of the page's own making: ARIA comboboxes whose options lie in an overlay, with or without a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nmo_autofill.browser.controls.control import Driver, strike
from nmo_autofill.browser.controls.glance import Glance
from nmo_autofill.browser.controls.options import choose, exact, not_found
from nmo_autofill.browser.controls.popup import Popups
from nmo_autofill.browser.controls.reel import Reel
from nmo_autofill.browser.controls.requests import Requests
from nmo_autofill.browser.finder import ask, part
from nmo_autofill.errors import ListTooLongError, OptionAmbiguousError, OptionNotFoundError, ValueRefusedError
from nmo_autofill.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.async_api import Locator

_FOLLOW_UP = 0.3  # share of the patience for each further query


class Combobox(Driver):
    """A combobox: opened by a click, asked by typing where it takes typing, answered by a click on the option."""

    async def click(self) -> None:
        """Click the list where a person sees it: kits hide or cover the input."""
        face = part(self.locator, "face")
        point = await ask(face, "point", self.patience.field) if await face.count() == 1 else None
        await face.click(position=point, timeout=self.patience.timeout)

    async def put(self, value: str) -> None:
        """Choose the option that reads as `value`.

        Raises:
            ValueRefusedError: the list does not open, or shows something else after the click or once it is left.
        """
        popups = await Popups.watch(self)
        with Requests(self.locator.page) as requests:
            await self._open()
            reel = Reel(self, requests)
            try:
                text = await self._find(value, reel)
                await reel.bring(text)
            except (OptionNotFoundError, OptionAmbiguousError, ListTooLongError):
                locked = not await self._texts() and await ask(self.locator, "locked", self.patience.field)
                await self._give_up(popups)
                if locked:
                    raise ValueRefusedError from None
                raise
        await self._choose(text)
        if not await self.shows(value, text):
            raise ValueRefusedError
        await self.leave()
        if not await self.shows(value, text):
            raise ValueRefusedError
        self.chosen = text

    async def _choose(self, text: str) -> None:
        """Move to the option, then click it.

        jQuery UI 1.14 takes no notice of an option that came to lie under a mouse that stood still.
        """
        option = self._option(text)
        await option.hover(position={"x": 4, "y": 4}, timeout=self.patience.timeout)
        await option.click(timeout=self.patience.timeout)

    async def _open(self) -> None:
        if await self._texts():
            return
        await self.click()

        async def opened() -> bool | None:
            return bool(await self._texts() or await self._search_field()) or None

        if not await self.wait(opened, self.patience.settle):
            await self.press("Alt+ArrowDown")

    async def _find(self, value: str, reel: Reel) -> str:
        limit = self.patience.options
        shown: Sequence[str] = ()
        for query in self._queries(value) if await self._search_field() else ("",):
            before, since = await self._texts(), self.now()
            if search := await self._search_field():
                await self._ask(search, query)
            text, texts = await self._answer(value, _Query(query, before, since, limit), reel)
            if text is not None:
                return text
            shown, limit = texts or shown, self.patience.options * _FOLLOW_UP
        raise not_found(value, shown)

    def _queries(self, value: str) -> Iterator[str]:
        yield value
        longest = max(value.split(), key=len, default="")
        if longest != value:
            yield longest
        yield ""

    async def _ask(self, search: Locator, query: str) -> None:
        for keys in ("ControlOrMeta+a", "Delete"):
            await search.press(keys, timeout=self.patience.timeout)
        await strike(search, query, self.patience)

    async def _answer(self, value: str, query: _Query, reel: Reel) -> tuple[str | None, Sequence[str]]:
        """Return the option's text once the list has settled on the query, else None with the last texts.

        Only an exact option is taken while the list may still change, or does not answer the query.
        """
        seen = Glance()
        late = self.now() + query.limit / 2  # no list's request takes as long: some pages ask without end

        async def look() -> tuple[str | None, Sequence[str]] | None:
            seen.add(await self._texts(), self.now())
            if seen.looks == 1 or not seen.texts:
                return None
            settled = seen.quiet(self.patience.settle) and (not reel.asking(query.since) or self.now() > late)
            sure = query.fits(seen.texts) and exact(value, seen.texts) and await reel.whole()
            if not settled and not sure:
                return None
            whole, wound = await reel.texts()
            if not query.answered(whole) or not (settled or wound):
                text = exact(value, whole)
                return (text, whole) if text is not None else None
            try:
                return choose(value, whole), whole
            except OptionNotFoundError:
                return None, whole

        return await self.wait(look, query.limit) or (None, seen.texts)

    async def _give_up(self, popups: Popups) -> None:
        """Close the list without choosing.

        While it is open, Tab takes the option at hand (Select2 4.1, Ant Design 6.6).
        """
        search = await self._search_field()
        if search:
            await self._ask(search, "")
        if await self._texts() and not await ask(self.locator, "enclosed", self.patience.field):
            await (search or self.locator).press("Escape", timeout=self.patience.timeout)
        await popups.close()
        if not await self._texts():
            await self.leave()

    async def _search_field(self) -> Locator | None:
        search = part(self.locator, "seek")
        return search if await search.count() == 1 else None

    def _option(self, text: str) -> Locator:
        return part(self.locator, "choice", {"text": text})

    async def _texts(self) -> list[str]:
        return [choice["text"] for choice in await ask(self.locator, "choices", self.patience.field)]


@dataclass(frozen=True)
class _Query:
    """What the list is asked, what it showed before, since when, and how many seconds it gets to answer."""

    words: str
    before: Sequence[str]
    since: float
    limit: float

    def fits(self, texts: Sequence[str]) -> bool:
        """Tell whether each text has every word of the query."""
        words = fold(self.words).split()
        return all(all(word in fold(text) for word in words) for text in texts)

    def answered(self, texts: Sequence[str]) -> bool:
        """Tell whether the texts are an answer: they fit, or some that stood there before are gone."""
        return self.fits(texts) or not set(self.before) <= set(texts)
